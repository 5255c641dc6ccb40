"""What a preview shows of facts: names, places and confidence, and nothing of their values."""

import json

import pytest

from analysis.extract.catalogue import CATALOGUE
from docket.workflows.documents.facts.fact_previews import MASKS, MAX_FACT_PREVIEWS, preview
from docket.workflows.documents.facts.reviewed_facts import marks
from tests.reading import a_gross_fact, a_page

GROSS = a_gross_fact()
SELLER = GROSS | {"name": "seller", "value": "Holzwerk Brandt GmbH", "normalised": None}


def previewed(*facts, **result):
    return preview({"kind": "invoice", "facts": list(facts), **result})


def test_a_fact_has_its_name_place_and_confidence():
    (fact,) = previewed(GROSS)["fact_previews"]

    assert fact == {
        "name": "gross",
        "masked_value": "•••,••",
        "confidence": 0.97,
        "doubtful": False,
        "page": 0,
        "box": [0.1, 0.2, 0.3, 0.4],
    }


@pytest.mark.parametrize("value", ["1", "Brandt", "a clause of a contract, word for word. " * 20])
@pytest.mark.parametrize("name", ["gross", "seller", "issue_date"])
def test_the_value_has_no_effect_on_the_preview(name, value):
    usual = previewed(GROSS | {"name": name})

    other = previewed(GROSS | {"name": name, "value": value, "normalised": value})

    assert other == usual


def test_there_is_a_mask_without_letters_and_digits_for_each_type():
    assert {spec.type for spec in CATALOGUE} <= MASKS.keys()
    assert not any(sign.isalnum() for mask in MASKS.values() for sign in mask)


def test_doubtful_facts_are_those_of_a_review():
    doubtful = SELLER | {"confidence": 0.6}
    alternative = GROSS | {"value": "120.00", "confidence": 0.4}
    facts = [GROSS, alternative, doubtful]

    response = previewed(*facts)

    assert [fact["name"] for fact in response["fact_previews"]] == ["gross", "seller"]
    assert (response["fact_count"], response["doubtful_count"]) == (2, 1)
    assert sum(mark.doubtful for mark in marks({"kind": "invoice", "facts": facts})) == 1


def test_a_name_outside_the_catalogue_is_not_shown():
    assert previewed(GROSS | {"name": "Ada Lovelace"})["fact_previews"] == []


def test_more_facts_than_a_preview_names_are_counted():
    iban = GROSS | {"name": "iban", "confidence": 0.6}
    many = [iban | {"value": f"IBAN {number}"} for number in range(MAX_FACT_PREVIEWS + 20)]

    response = previewed(*many)

    assert len(response["fact_previews"]) == MAX_FACT_PREVIEWS
    assert response["fact_count"] == response["doubtful_count"] == MAX_FACT_PREVIEWS + 20


def test_the_size_of_the_first_page_is_in_points():
    pages = [{"number": page.number, "width": 595, "height": 842} for page in map(a_page, (0, 1))]

    assert previewed(pages=pages)["first_page_size"] == {"width": 595, "height": 842}
    assert previewed(pages=pages[1:])["first_page_size"] is None


def test_a_preview_of_an_empty_result_is_json():
    assert json.loads(json.dumps(preview({}))) == {
        "fact_count": 0,
        "doubtful_count": 0,
        "fact_previews": [],
        "first_page_size": None,
    }
