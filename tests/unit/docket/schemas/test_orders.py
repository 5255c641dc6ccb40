from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import ValidationError

from docket.domain.orders.document import DocumentStatus
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import PaymentStatus, RefundStatus
from docket.domain.payments.refund import BACK_OFF, Refund, RefundReason
from docket.domain.reason import Reason
from docket.schemas.base import MAX_TITLE_LENGTH
from docket.schemas.orders import (
    CreateOrderRequest,
    EventResponse,
    OrderResponse,
    UpdateOrderStatusRequest,
)
from tests.make import (
    OID,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    a_reading_document,
    an_event,
    an_order,
)

READ = a_read_document()
LATER = THEN + timedelta(hours=2)


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
    response = OrderResponse.of(an_order(title=""), []).model_dump()

    nothing = ("title", "analysis", "quote", "payment")
    assert [response[name] for name in nothing] == [None] * 4
    assert (response["id"], response["user_id"], response["documents"]) == (OID, "ada", [])


def test_a_quote_has_a_line_per_document_in_minor_units():
    documents = (a_read_document(pages=3), a_document("b.pdf"))

    quote = OrderResponse.of(an_order(*documents), documents).quote

    assert quote is not None
    assert (quote.amount, quote.currency) == (350, "eur")
    assert [(line.label, line.pages, line.amount) for line in quote.lines] == [
        ("base", None, 200),
        ("invoice.pdf", 3, 150),
    ]
    assert '"amount":350,' in quote.model_dump_json()


def test_a_paid_order_has_its_payment_and_analysis():
    order = an_order(
        READ,
        status=OrderStatus.COMPLETED,
        payment=a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN),
        analysed_at=THEN,
    )

    response = OrderResponse.of(order, [READ])

    assert response.payment is not None
    assert (response.payment.amount, response.payment.paid_at) == (250, THEN)
    assert response.analysis is not None
    assert response.analysis.status == "completed"
    assert "revision" not in response.model_dump_json()


def test_an_analysis_is_shown_as_soon_as_a_document_was_read():
    assert OrderResponse.of(an_order(a_document()), []).analysis is None

    summary = OrderResponse.of(an_order(READ, read_at=THEN), []).analysis

    assert summary is not None
    assert (summary.status, summary.created_at) == ("preview", THEN)


def test_the_progress_counts_every_document_once():
    documents = (
        a_document("a.pdf"),
        a_reading_document("b.pdf"),
        a_read_document("c.pdf", pages=3),
        a_document("d.pdf", status=DocumentStatus.UNREADABLE),
    )

    response = OrderResponse.of(an_order(*documents), [])

    assert (response.document_count, response.in_progress, response.documents) == (4, 2, [])
    assert response.progress.model_dump() == {
        "awaiting_upload": 1,
        "reading": 1,
        "ready": 1,
        "unreadable": 1,
        "doubtful": 0,
        "reviewed": 0,
        "charged_pages": 3,
    }


def test_an_order_shows_its_promised_time_only_while_it_waits():
    paid = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN, promised_at=LATER)
    waiting = an_order(READ, a_document(), status=OrderStatus.PROCESSING, payment=paid)

    response = OrderResponse.of(waiting, [])

    assert (response.promised_at, response.expires_at) == (LATER, None)
    assert response.status_reason_code == "waiting_for_documents"
    assert OrderResponse.of(an_order(READ), []).promised_at is None


def test_an_unpaid_order_shows_when_it_expires():
    assert OrderResponse.of(an_order(), []).expires_at == an_order().expires_at


@pytest.mark.parametrize("reason", RefundReason)
def test_a_refund_has_its_state_and_reason(reason):
    refund = Refund.owed(a_payment(), reason, at=THEN)

    (response,) = OrderResponse.of(an_order().with_refund(refund), []).refunds

    assert (response.amount, response.currency, response.status) == (250, "eur", "owed")
    assert (response.reason_code, response.updated_at) == (reason, THEN)
    assert response.reason.endswith(".")
    assert not response.needs_person


def test_a_refund_that_failed_for_good_needs_a_person():
    owed = Refund.owed(a_payment(), RefundReason.ORDER_CANCELLED, at=THEN)
    failed = replace(owed, status=RefundStatus.FAILED, attempts=len(BACK_OFF) + 1)

    (response,) = OrderResponse.of(an_order().with_refund(failed), []).refunds

    assert response.needs_person


def test_a_declined_payment_has_its_reason():
    declined = a_payment(failure=Reason("payment_declined"))

    payment = OrderResponse.of(an_order(READ, payment=declined), []).payment

    assert payment is not None
    assert (payment.status, payment.failure_code) == ("failed", "payment_declined")
    assert "declined" in (payment.failure_reason or "")


def test_a_payment_that_requires_an_action_says_so():
    waiting = a_payment().awaiting_action()

    payment = OrderResponse.of(an_order(READ, payment=waiting), []).payment

    assert payment is not None
    assert (payment.status, payment.failure_code) == ("requires_action", "payment_requires_action")
    assert "confirm the payment" in (payment.failure_reason or "")


def test_an_order_without_a_title_has_the_name_of_a_document():
    order = an_order(a_document()).named_by(added=a_document())

    assert OrderResponse.of(order, []).first_filename == "invoice.pdf"


def test_an_event_has_both_statuses():
    event = an_event("cancelled", from_status="pending", to_status="cancelled")

    response = EventResponse.of(event).model_dump(by_alias=True)

    assert (response["from"], response["to"]) == ("pending", "cancelled")
    assert (response["who"], response["what"], response["facts"]) == ("customer", "cancelled", {})
