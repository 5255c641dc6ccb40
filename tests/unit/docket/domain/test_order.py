from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain import errors
from docket.domain.document import DocumentStatus
from docket.domain.order import MAX_DOCUMENTS, AnalysisStatus, Order, OrderStatus
from docket.domain.payment import (
    DisputeStatus,
    IntentStatus,
    PaymentStatus,
    RefundReason,
    RefundStatus,
    Reversal,
)
from docket.domain.pricing import Money
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from tests.make import (
    OID,
    OTHER_OID,
    PRICES,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    an_intent,
    an_order,
)

LATER = THEN + timedelta(hours=1)


def test_a_new_order_stores_the_current_prices():
    order = Order.create(OID, "ada", None, prices=PRICES, at=THEN)

    assert (order.prices, order.status, order.title) == (PRICES, OrderStatus.PENDING, "")


@pytest.mark.parametrize("new_status", [OrderStatus.PROCESSING, OrderStatus.COMPLETED])
@pytest.mark.parametrize("status", OrderStatus)
def test_a_customer_cannot_complete_an_order_without_paying(new_status, status):
    with pytest.raises(errors.IllegalMove):
        an_order(status=status).require_transition(new_status)


def test_a_rejected_transition_names_the_allowed_ones():
    with pytest.raises(errors.IllegalMove) as refused:
        an_order().require_transition(OrderStatus.COMPLETED)

    assert refused.value.allowed == ("cancelled",)


@pytest.mark.parametrize("status", [OrderStatus.PROCESSING, OrderStatus.COMPLETED])
def test_a_processing_or_completed_order_cannot_be_cancelled(status):
    with pytest.raises(errors.IllegalMove) as refused:
        an_order(status=status).require_transition(OrderStatus.CANCELLED)

    assert refused.value.allowed == ()


def test_cancelling_is_idempotent():
    assert an_order().require_transition(OrderStatus.CANCELLED)
    assert not an_order(status=OrderStatus.CANCELLED).require_transition(OrderStatus.CANCELLED)


def test_an_order_has_at_most_forty_documents():
    documents = tuple(a_document(f"{n}.pdf") for n in range(MAX_DOCUMENTS))
    an_order(documents=documents[1:]).require_capacity()

    with pytest.raises(errors.OrderFull):
        an_order(documents=documents).require_capacity()


@pytest.mark.parametrize("status", [status for status in OrderStatus if status != "pending"])
def test_documents_change_only_while_the_order_is_pending(status):
    order = an_order(status=status, documents=(a_document(),))

    with pytest.raises(errors.OrderClosed):
        order.require_capacity()
    with pytest.raises(errors.OrderClosed):
        order.require_uploadable(a_document().id)


@pytest.mark.parametrize("status", [DocumentStatus.READING, DocumentStatus.READY])
def test_an_uploaded_document_cannot_be_uploaded_again(status):
    uploaded = replace(a_read_document(), status=status)

    with pytest.raises(errors.DocumentSettled):
        an_order(documents=(uploaded,)).require_uploadable(uploaded.id)


def test_an_unreadable_document_can_be_uploaded_again():
    broken = a_document(status=DocumentStatus.UNREADABLE)

    assert an_order(documents=(broken,)).require_uploadable(broken.id) == broken


def test_a_document_of_another_order_is_not_found():
    with pytest.raises(errors.DocumentNotFound):
        an_order(documents=(a_document(),)).document(a_document("other.pdf").id)


def test_an_order_with_pending_documents_cannot_be_paid():
    order = an_order(documents=(a_read_document(), a_document("late.pdf")))

    with pytest.raises(errors.NotReadyToPay) as refused:
        order.require_payable()

    assert refused.value.params == {"filenames": ("late.pdf",)}


@pytest.mark.parametrize(
    "order",
    [
        an_order(),
        an_order(documents=(a_document(status=DocumentStatus.UNREADABLE),)),
        an_order(documents=(a_read_document(),), status=OrderStatus.COMPLETED),
        an_order(documents=(a_read_document(),), status=OrderStatus.CANCELLED),
        an_order(documents=(a_read_document(),), status=OrderStatus.PROCESSING),
    ],
)
def test_an_order_without_readable_pages_or_not_pending_cannot_be_paid(order):
    with pytest.raises(errors.NothingToCharge):
        order.require_payable()


def test_an_analysis_needs_an_uploaded_document():
    waiting = a_document()
    with pytest.raises(errors.NothingToRead):
        an_order(documents=(waiting,)).require_analysable()
    with pytest.raises(errors.NothingToRead):
        an_order().require_analysable()

    an_order(documents=(waiting, a_read_document("b.pdf"))).require_analysable()


def test_the_payment_of_an_order_completes_it():
    order = an_order(
        documents=(a_read_document(),),
        payment=a_payment(),
        status_reason=Reason("payment_declined"),
    )

    assert order.require_paid_by(an_intent()) == a_payment()


def test_a_payment_confirmed_late_completes_a_processing_order():
    order = an_order(payment=a_payment(), status=OrderStatus.PROCESSING)

    assert order.require_paid_by(an_intent()) == a_payment()


def test_completing_a_payment_twice_is_idempotent():
    succeeded = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
    paid = an_order(payment=succeeded, status=OrderStatus.COMPLETED)

    assert paid.require_paid_by(an_intent()) == succeeded


def test_a_succeeded_payment_waits_while_its_order_is_processing():
    succeeded = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)

    assert an_order(payment=succeeded, status=OrderStatus.PROCESSING).waiting_payment == succeeded
    assert an_order(payment=succeeded, status=OrderStatus.COMPLETED).waiting_payment is None
    assert an_order(payment=a_payment(), status=OrderStatus.PROCESSING).waiting_payment is None


@pytest.mark.parametrize(
    ("reversal", "is_paid"),
    [
        ({"amount_refunded": 100, "refund": RefundStatus.SUCCEEDED}, True),
        ({"amount_refunded": 250, "refund": RefundStatus.SUCCEEDED}, False),
        ({"amount_refunded": 0, "refund": RefundStatus.FAILED}, True),
        ({"dispute": DisputeStatus.OPEN}, True),
        ({"dispute": DisputeStatus.WON}, True),
        ({"dispute": DisputeStatus.LOST}, False),
        ({"payment_intent_id": "pi_other", "amount_refunded": 250}, True),
    ],
)
def test_an_order_is_not_paid_after_a_full_reversal(reversal, is_paid):
    known = Reversal(**{"payment_intent_id": "pi_1", **reversal})
    order = an_order(payment=a_payment(), status=OrderStatus.COMPLETED, reversals=(known,))

    assert order.is_paid is is_paid


@pytest.mark.parametrize(
    "wrong",
    [
        {"order_id": OTHER_OID},
        {"user_id": "eve"},
        {"order_id": None, "user_id": None},
        {"money": Money(249, "eur")},
        {"money": Money(250, "jpy")},
        {"status": IntentStatus.OPEN},
        {"status": IntentStatus.PROCESSING},
        {"status": IntentStatus.CANCELED},
    ],
)
def test_an_intent_of_another_order_or_amount_or_status_is_rejected(wrong):
    with pytest.raises(errors.PaymentNotConfirmed):
        an_order(payment=a_payment()).require_paid_by(an_intent(**wrong))


@pytest.mark.parametrize(
    "order",
    [
        an_order(),
        an_order(payment=a_payment(payment_intent_id="pi_2")),
        an_order(payment=a_payment(revision=0), revision=1),
        an_order(payment=a_payment(), status=OrderStatus.CANCELLED),
    ],
)
def test_a_payment_of_an_earlier_revision_is_outdated(order):
    with pytest.raises(errors.QuoteOutdated):
        order.require_paid_by(an_intent())


def test_the_current_payment_belongs_to_the_current_revision():
    assert an_order().current_payment() is None
    assert an_order(payment=a_payment(), revision=1).current_payment() is None
    assert an_order(payment=a_payment(status=PaymentStatus.SUCCEEDED)).current_payment() is None
    declined = a_payment(status=PaymentStatus.FAILED)
    assert an_order(payment=declined).current_payment() == declined


def test_the_analysis_is_a_preview_until_the_order_is_paid():
    read, reading = a_read_document(), a_document("b.pdf", status=DocumentStatus.READING)

    assert an_order(documents=(read,)).analysis_status is AnalysisStatus.PREVIEW
    assert an_order(documents=(read, reading)).analysis_status is AnalysisStatus.READING
    paid = an_order(documents=(read,), status=OrderStatus.COMPLETED)
    assert paid.analysis_status is AnalysisStatus.COMPLETED


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (an_order(), "no_documents"),
        (an_order(documents=(a_document(),)), "documents_in_progress"),
        (an_order(documents=(a_document(status=DocumentStatus.UNREADABLE),)), "nothing_readable"),
        (an_order(documents=(a_read_document(),)), "ready_to_pay"),
        (an_order(status=OrderStatus.PROCESSING), "payment_processing"),
        (an_order(status=OrderStatus.COMPLETED), "completed"),
        (an_order(status=OrderStatus.CANCELLED), "cancelled"),
        (
            an_order().cancelled(reason=CANCELLED_BY_CUSTOMER, at=THEN),
            "cancelled_by_customer",
        ),
    ],
)
def test_every_order_has_an_explanation(order, code):
    assert order.explanation == Reason(code)


def test_a_disputed_order_keeps_the_reason_of_its_refund():
    paid = a_payment(status=PaymentStatus.FAILED, paid_at=LATER)
    disputed = an_order(
        status=OrderStatus.CANCELLED, status_reason=Reason("dispute_open"), payment=paid
    )

    assert disputed.refund_reason is RefundReason.NOT_COMPLETED_IN_TIME
