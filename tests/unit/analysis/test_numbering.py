import json
from pathlib import Path

from analysis.__main__ import describe
from analysis.model.page_numbers import published

SAMPLE = Path(__file__).parents[3] / "local/samples/invoice.pdf"


def test_pages_count_from_one_wherever_they_are_named_and_nothing_else_changes():
    result = {
        "page_count": 2,
        "pages": [{"number": 0, "width": 595}],
        "facts": ({"page": 1, "value": "0"}, {"page": None, "value": "1"}),
        "partial": False,
    }

    assert published(result) == {
        "page_count": 2,
        "pages": [{"number": 1, "width": 595}],
        "facts": [{"page": 2, "value": "0"}, {"page": None, "value": "1"}],
        "partial": False,
    }


def test_the_reader_on_its_own_counts_pages_from_one():
    found = json.loads(json.dumps(describe(SAMPLE)))

    assert [page["number"] for page in found["pages"]] == [1, 2]
    assert {fact["page"] for fact in found["facts"]} == {1, 2}
