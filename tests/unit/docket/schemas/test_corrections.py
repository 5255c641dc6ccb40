import pytest
from pydantic import ValidationError

from docket.schemas.corrections import (
    CorrectFactRequest,
    CorrectLineItemsRequest,
    LineItemRequest,
)
from docket.workflows.documents.facts.reviewed_line_items import COLUMNS

BOX = (0.1, 0.1, 0.2, 0.2)


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"action": "accept"}, []),
        ({"action": "correct", "value": "1"}, []),
        ({"action": "correct", "value": "1", "page": 1, "box": BOX}, []),
        ({"action": "correct"}, [("value", "required")]),
        ({"action": "correct", "value": "1", "page": 1}, [("box", "required")]),
        ({"action": "reset", "value": "1"}, [("value", "only_with_correct")]),
    ],
)
def test_an_action_has_its_own_fields(fields, problems):
    request = CorrectFactRequest(**fields)

    assert [(problem.field, problem.code) for problem in request.problems()] == problems


@pytest.mark.parametrize("box", [(0.2, 0.1, 0.1, 0.2), (0, 0, 1.1, 1), (0, 0.5, 1, 0.5)])
def test_a_box_is_on_the_page(box):
    with pytest.raises(ValidationError):
        CorrectFactRequest(action="correct", value="1", page=1, box=box)


def test_a_line_item_has_all_columns_of_a_row():
    assert {*LineItemRequest.model_fields} == {"id", "page", *COLUMNS}


def test_numbers_have_a_sign_and_decimals():
    row = LineItemRequest(description="Credit", quantity="-2.5", unit_price="0.1234", amount="-1")

    assert (row.quantity, row.unit_price, row.amount) == ("-2.5", "0.1234", "-1")


def test_the_return_to_what_was_read_is_said_by_null():
    assert CorrectLineItemsRequest.model_validate({"items": None}).items is None
    assert CorrectLineItemsRequest.model_fields["items"].is_required()
