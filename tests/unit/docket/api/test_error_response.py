from http import HTTPStatus

from docket.api.error_response import NOT_FOUND, error_response, wrong_method
from docket.domain import errors


def test_an_error_has_a_message_a_code_and_parameters():
    response = error_response(errors.OrderFull(40))

    assert response.status == HTTPStatus.CONFLICT
    assert response.body("r-1") == {
        "error": "An order holds at most 40 documents, and this one would have more. "
        "Create another order for the others.",
        "code": "order_full",
        "params": {"max_documents": 40},
        "request_id": "r-1",
    }


def test_every_invalid_field_is_named_in_details_and_message():
    response = error_response(
        errors.BadInput(
            errors.FieldProblem("size", "too_big", {"maximum": 5}),
            errors.FieldProblem("filename", "required"),
        )
    )

    assert response.text == "size: Must be at most 5.; filename: This field is required."
    assert response.details[0] == {
        "field": "size",
        "error": "Must be at most 5.",
        "code": "too_big",
        "params": {"maximum": 5},
    }


def test_a_rejected_transition_names_the_allowed_ones():
    (detail,) = error_response(errors.IllegalMove("pending", "completed", ["cancelled"])).details

    assert detail["error"] == "Allowed: cancelled."
    assert detail["params"] == {"allowed": ("cancelled",)}


def test_a_final_status_allows_no_transition():
    response = error_response(errors.IllegalMove("completed", "cancelled", []))

    assert response.text.endswith("Its status is final.")
    assert response.details[0]["error"] == "This status is final."


def test_a_wrong_method_names_the_allowed_ones():
    response = wrong_method(("GET", "PUT"))

    assert response.headers == {"Allow": "GET, PUT"}
    assert response.text == "This path accepts GET, PUT only."


def test_not_found_has_no_details():
    assert "details" not in NOT_FOUND.body("r-1")
