import json
from pathlib import Path

from analysis.__main__ import describe
from analysis.errors import left_out
from analysis.model.page_numbers import published

SAMPLE = Path(__file__).parents[3] / "layers/core/python/docket/samples/invoice.pdf"


def test_only_page_numbers_are_incremented():
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


def test_the_parameters_of_a_warning_are_no_page_numbers():
    warnings = left_out("attachments_not_read", ["a.bin", "b.bin"])

    assert published({"warnings": warnings}) == {"warnings": warnings}


def test_the_command_line_numbers_pages_from_one():
    description = json.loads(json.dumps(describe(SAMPLE)))

    assert [page["number"] for page in description["pages"]] == [1, 2]
    assert {fact["page"] for fact in description["facts"]} == {1, 2}
