from docket.domain.orders.correction import CorrectedLineItems
from docket.workflows.documents.facts.reviewed_line_items import reader_rows, reviewed
from tests.make import THEN
from tests.reading import a_line_item

PAPER, PENS = a_line_item("Paper", "60.00"), a_line_item("Pens", "30.00")
RESULT = {"line_items": [PAPER, PENS]}


def corrected(*rows):
    return CorrectedLineItems(rows=rows, user_id="ada", at=THEN)


def test_rows_have_ids_of_what_they_state():
    first, second = (row["id"] for row in reader_rows(RESULT))

    assert first != second
    assert [row["id"] for row in reader_rows({"line_items": [PENS, PAPER]})] == [second, first]


def test_the_short_form_has_the_same_ids():
    long = a_line_item("Paper " * 60, "60.00")
    cut = {**long, "description": long["description"][:200]}

    assert (
        reader_rows({"line_items": [cut]})[0]["id"] == reader_rows({"line_items": [long]})[0]["id"]
    )


def test_rows_as_the_reader_found_them_are_not_corrected():
    sheets, pens = reader_rows(RESULT)

    fields = reviewed(RESULT, corrected(pens, {**sheets, "amount": "61.00", "confidence": None}))

    assert [row["corrected"] for row in fields["line_items"]] == [False, True]
    assert fields["line_items"][0]["confidence"] == PENS["confidence"]


def test_a_row_that_another_reading_does_not_find_is_the_customers():
    sheets, _ = reader_rows(RESULT)

    (row,) = reviewed({"line_items": [PENS]}, corrected(sheets))["line_items"]

    assert (row["id"], row["description"], row["corrected"]) == (sheets["id"], "Paper", True)


def test_a_result_without_line_items_shows_none():
    assert reviewed({"facts": []}, None) == {}


def test_a_list_that_may_have_been_cut_is_incomplete():
    assert reviewed({"line_items": [PAPER] * 399}, None)["line_items_complete"] is True
    assert reviewed({"line_items": [PAPER] * 400}, None)["line_items_complete"] is False
