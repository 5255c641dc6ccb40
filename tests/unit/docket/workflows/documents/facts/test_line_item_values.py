"""The handler's tests have the problems of each field."""

import pytest

from docket.domain.errors import BadInput
from docket.schemas.corrections import LineItemRequest
from docket.workflows.documents.facts.line_item_values import typed
from tests.reading import a_gross_fact, a_line_item

READ = {"id": "3f1c5a7e9b2d4c60", **a_line_item("Paper", "60.00")}
SEGMENTS = [{"first_page": 0, "last_page": 0}, {"first_page": 1, "last_page": 1}]


def item(**fields):
    return LineItemRequest(**{"description": "Paper", "amount": "61", **fields})


def rows(*items, page_count=2, **result):
    return typed(items, {READ["id"]: READ}, result, page_count=page_count)


def test_a_corrected_row_keeps_its_place():
    (row,) = rows(item(id=READ["id"], page=2))

    assert (row["page"], row["box"], row["confidence"]) == (READ["page"], READ["box"], None)


def test_a_new_row_has_the_page_that_is_named():
    first, second = rows(item(), item(page=2))

    assert (first["page"], second["page"], second["box"]) == (0, 1, None)


def test_an_amount_has_the_decimals_of_the_document_it_is_in():
    dinar = a_gross_fact() | {"page": 1, "normalised": {"minor": 1000, "currency": "kwd"}}
    result = {"segments": SEGMENTS, "facts": [a_gross_fact(), dinar]}

    first, second = rows(item(page=1), item(page=2), **result)

    assert (first["amount"], second["amount"]) == ("61.00", "61.000")


def test_all_problems_are_named_at_once():
    with pytest.raises(BadInput) as error:
        rows(item(page=3), item(), item(amount="1.234"))

    assert [problem.field for problem in error.value.problems] == ["items.0.page", "items.2.amount"]
