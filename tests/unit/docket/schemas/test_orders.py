import pytest
from pydantic import ValidationError

from docket.domain.order import OrderStatus
from docket.domain.payment import PaymentStatus
from docket.schemas.orders import (
    LONGEST_TITLE,
    CreateOrderRequest,
    EventResponse,
    OrderResponse,
    UpdateOrderStatusRequest,
)
from tests.make import OID, THEN, a_document, a_payment, a_read_document, an_event, an_order


def test_a_title_is_a_line_or_none():
    assert CreateOrderRequest().title is None
    assert CreateOrderRequest(title=" November ").title == "November"
    assert CreateOrderRequest(title="x" * LONGEST_TITLE).title == "x" * LONGEST_TITLE


@pytest.mark.parametrize("title", ["x" * (LONGEST_TITLE + 1), "two\nlines", 7, ["x"]])
def test_what_is_no_title_is_refused(title):
    with pytest.raises(ValidationError):
        CreateOrderRequest.model_validate({"title": title})


@pytest.mark.parametrize("status", ["paid", "COMPLETED", "", None, 1])
def test_a_status_is_one_of_the_known_ones(status):
    with pytest.raises(ValidationError):
        UpdateOrderStatusRequest.model_validate({"status": status})


def test_a_new_order_shows_what_is_not_there_yet_as_null():
    shown = OrderResponse.of(an_order(title="")).model_dump()

    nothing = ("title", "analysis", "quote", "payment")
    assert [shown[name] for name in nothing] == [None] * 4
    assert (shown["id"], shown["user_id"], shown["documents"]) == (OID, "ada", [])


def test_a_quote_is_whole_minor_units_by_document_and_adds_up():
    order = an_order(documents=(a_read_document(pages=3), a_document("b.pdf")))

    quote = OrderResponse.of(order).quote

    assert quote is not None
    assert (quote.amount, quote.currency) == (350, "eur")
    assert [(line.label, line.pages, line.amount) for line in quote.lines] == [
        ("base", None, 200),
        ("invoice.pdf", 3, 150),
    ]
    assert '"amount":350,' in quote.model_dump_json()


def test_a_paid_order_shows_its_payment_and_its_analysis():
    order = an_order(
        documents=(a_read_document(),),
        status=OrderStatus.COMPLETED,
        payment=a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN),
        analysed_at=THEN,
    )

    shown = OrderResponse.of(order)

    assert shown.payment is not None
    assert (shown.payment.amount, shown.payment.paid_at) == (250, THEN)
    assert shown.analysis is not None
    assert shown.analysis.status == "completed"
    assert "revision" not in shown.model_dump_json()


def test_an_event_says_from_and_to():
    event = an_event("cancelled", from_status="pending", to_status="cancelled")

    shown = EventResponse.of(event).model_dump(by_alias=True)

    assert (shown["from"], shown["to"]) == ("pending", "cancelled")
    assert (shown["who"], shown["what"], shown["facts"]) == ("customer", "cancelled", {})
