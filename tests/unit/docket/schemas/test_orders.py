import pytest
from pydantic import ValidationError

from docket.domain.order import OrderStatus
from docket.domain.payment import PaymentStatus
from docket.schemas.orders import (
    MAX_TITLE_LENGTH,
    CreateOrderRequest,
    EventResponse,
    OrderResponse,
    UpdateOrderStatusRequest,
)
from tests.make import OID, THEN, a_document, a_payment, a_read_document, an_event, an_order


def test_a_title_is_optional_and_stripped():
    assert CreateOrderRequest().title is None
    assert CreateOrderRequest(title=" November ").title == "November"
    assert CreateOrderRequest(title="x" * MAX_TITLE_LENGTH).title == "x" * MAX_TITLE_LENGTH


@pytest.mark.parametrize("title", ["x" * (MAX_TITLE_LENGTH + 1), "two\nlines", 7, ["x"]])
def test_an_invalid_title_is_rejected(title):
    with pytest.raises(ValidationError):
        CreateOrderRequest.model_validate({"title": title})


@pytest.mark.parametrize("status", ["paid", "COMPLETED", "", None, 1])
def test_an_unknown_status_is_rejected(status):
    with pytest.raises(ValidationError):
        UpdateOrderStatusRequest.model_validate({"status": status})


def test_a_new_order_has_null_for_missing_parts():
    response = OrderResponse.of(an_order(title="")).model_dump()

    nothing = ("title", "analysis", "quote", "payment")
    assert [response[name] for name in nothing] == [None] * 4
    assert (response["id"], response["user_id"], response["documents"]) == (OID, "ada", [])


def test_a_quote_has_a_line_per_document_in_minor_units():
    order = an_order(documents=(a_read_document(pages=3), a_document("b.pdf")))

    quote = OrderResponse.of(order).quote

    assert quote is not None
    assert (quote.amount, quote.currency) == (350, "eur")
    assert [(line.label, line.pages, line.amount) for line in quote.lines] == [
        ("base", None, 200),
        ("invoice.pdf", 3, 150),
    ]
    assert '"amount":350,' in quote.model_dump_json()


def test_a_paid_order_has_its_payment_and_analysis():
    order = an_order(
        documents=(a_read_document(),),
        status=OrderStatus.COMPLETED,
        payment=a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN),
        analysed_at=THEN,
    )

    response = OrderResponse.of(order)

    assert response.payment is not None
    assert (response.payment.amount, response.payment.paid_at) == (250, THEN)
    assert response.analysis is not None
    assert response.analysis.status == "completed"
    assert "revision" not in response.model_dump_json()


def test_an_event_has_both_statuses():
    event = an_event("cancelled", from_status="pending", to_status="cancelled")

    response = EventResponse.of(event).model_dump(by_alias=True)

    assert (response["from"], response["to"]) == ("pending", "cancelled")
    assert (response["who"], response["what"], response["facts"]) == ("customer", "cancelled", {})
