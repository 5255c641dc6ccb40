from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain import errors
from docket.domain.orders.counters import Counters
from docket.domain.orders.document import DocumentStatus
from docket.domain.orders.filenames import NamedDocument
from docket.domain.orders.order import MAX_DOCUMENTS, Order, OrderStatus
from docket.domain.payments.payment import DisputeStatus, Effect, PaymentStatus, RefundStatus
from docket.domain.payments.pricing import Money
from docket.domain.payments.refund import Refund, RefundReason
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from tests.make import (
    OID,
    PRICES,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    a_reading_document,
    an_order,
)

LATER = THEN + timedelta(hours=1)


def test_a_new_order_stores_the_current_prices():
    order = Order.create(OID, "ada", None, prices=PRICES, at=THEN, expires_at=LATER)

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


def test_an_order_has_at_most_500_documents():
    documents = tuple(a_document(f"{n}.pdf") for n in range(MAX_DOCUMENTS))
    an_order(*documents[1:]).require_capacity(1)

    with pytest.raises(errors.OrderFull):
        an_order(*documents).require_capacity(1)


@pytest.mark.parametrize("status", [status for status in OrderStatus if status != "pending"])
def test_documents_change_only_while_the_order_is_pending(status):
    order = an_order(a_document(), status=status)

    with pytest.raises(errors.OrderClosed):
        order.require_capacity(1)


def test_an_order_with_pending_documents_cannot_be_paid():
    order = an_order(a_read_document(), a_document("late.pdf"))

    with pytest.raises(errors.NotReadyToPay) as refused:
        order.require_payable([a_read_document(), a_document("late.pdf")])

    assert refused.value.params == {"filenames": ("late.pdf",)}


@pytest.mark.parametrize(
    "order",
    [
        an_order(),
        an_order(a_document(status=DocumentStatus.UNREADABLE)),
        an_order(a_read_document(), status=OrderStatus.COMPLETED),
        an_order(a_read_document(), status=OrderStatus.CANCELLED),
        an_order(a_read_document(), status=OrderStatus.PROCESSING),
    ],
)
def test_an_order_without_readable_pages_or_not_pending_cannot_be_paid(order):
    with pytest.raises(errors.NothingToCharge):
        order.require_payable()


@pytest.mark.parametrize(
    ("document", "context"),
    [
        (a_read_document(charged_pages=0), "paid_before"),
        (a_document(status=DocumentStatus.UNREADABLE), "unreadable"),
    ],
)
def test_an_order_without_a_price_states_why(document, context):
    with pytest.raises(errors.NothingToCharge) as refused:
        an_order(document).require_payable()

    assert refused.value.params == {"context": context}


def test_a_succeeded_payment_waits_while_its_order_is_processing():
    succeeded = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)

    assert an_order(payment=succeeded, status=OrderStatus.PROCESSING).waiting_payment == succeeded
    assert an_order(payment=succeeded, status=OrderStatus.COMPLETED).waiting_payment is None
    assert an_order(payment=a_payment(), status=OrderStatus.PROCESSING).waiting_payment is None


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (an_order(), "no_documents"),
        (an_order(a_document()), "documents_in_progress"),
        (an_order(a_document(status=DocumentStatus.UNREADABLE)), "nothing_readable"),
        (an_order(a_read_document()), "ready_to_pay"),
        (an_order(a_read_document(charged_pages=0)), "paid_before"),
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


PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN, promised_at=LATER)
READ = a_read_document()


@pytest.mark.parametrize(
    ("order", "effect"),
    [
        (an_order(READ, payment=a_payment()), Effect.COMPLETES),
        (an_order(payment=a_payment(), status=OrderStatus.PROCESSING), Effect.COMPLETES),
        (an_order(a_reading_document(), payment=a_payment()), Effect.WAITS),
        (an_order(), RefundReason.QUOTE_CHANGED),
        (an_order(payment=a_payment(payment_intent_id="pi_2")), RefundReason.QUOTE_CHANGED),
        (an_order(payment=a_payment(), revision=1), RefundReason.QUOTE_CHANGED),
        (an_order(payment=PAID, status=OrderStatus.COMPLETED), RefundReason.QUOTE_CHANGED),
        (
            an_order(payment=a_payment(), status=OrderStatus.CANCELLED),
            RefundReason.ORDER_CANCELLED,
        ),
        (an_order(payment=PAID, status=OrderStatus.CANCELLED), RefundReason.ORDER_CANCELLED),
        (
            an_order(payment=PAID, status=OrderStatus.CANCELLED, is_late=True),
            RefundReason.NOT_COMPLETED_IN_TIME,
        ),
    ],
)
def test_the_effect_of_a_success_follows_from_the_order(order, effect):
    assert order.effect_of(a_payment(), a_payment().money) is effect


def test_a_success_over_another_amount_is_refunded():
    order = an_order(READ, payment=a_payment())

    assert order.effect_of(a_payment(), Money(1, "eur")) is RefundReason.PAYMENT_MISMATCH


@pytest.mark.parametrize(
    ("reversal", "is_paid"),
    [
        ({"amount_refunded": 100}, True),
        ({"amount_refunded": 250}, False),
        ({"dispute": DisputeStatus.OPEN}, True),
        ({"dispute": DisputeStatus.OPEN, "is_withheld": True}, False),
        ({"dispute": DisputeStatus.WON}, True),
        ({"dispute": DisputeStatus.LOST}, False),
    ],
)
def test_an_order_is_not_paid_after_a_full_reversal(reversal, is_paid):
    order = an_order(payment=replace(PAID, **reversal), status=OrderStatus.COMPLETED)

    assert order.is_paid is is_paid


def test_the_current_payment_belongs_to_the_current_revision():
    assert an_order().current_payment is None
    assert an_order(payment=a_payment(), revision=1).current_payment is None
    assert an_order(payment=PAID).current_payment is None
    assert an_order(payment=a_payment().to_cancel()).current_payment is None
    declined = a_payment(failure=Reason("payment_declined"))
    assert an_order(payment=declined).current_payment == declined


def test_a_change_of_the_quote_moves_the_revision_and_ends_the_open_payment():
    order = an_order(payment=a_payment(), status_reason=Reason("payment_declined"))

    updated = order.counted(Counters(documents=1), at=LATER, moves_quote=True)

    assert (updated.revision, updated.version, updated.documents) == (1, 2, 1)
    assert updated.payment == a_payment().to_cancel()
    assert updated.status_reason is None


def test_a_change_of_a_paid_order_does_not_move_its_revision():
    order = an_order(payment=PAID, status=OrderStatus.COMPLETED)

    updated = order.counted(Counters(in_progress=1), at=LATER, moves_quote=True)

    assert (updated.revision, updated.payment, updated.status) == (0, PAID, order.status)


def test_the_last_document_completes_a_paid_order():
    order = an_order(a_reading_document(), payment=PAID, status=OrderStatus.PROCESSING)
    assert order.promised_at == LATER

    completed = order.counted(Counters(in_progress=-1), at=LATER, moves_quote=True)

    assert (completed.status, completed.promised_at) == (OrderStatus.COMPLETED, None)
    assert completed.version == order.version + 1


def test_the_total_of_a_quote_is_that_of_the_order():
    order = an_order(READ, a_read_document("2.pdf", pages=2))

    quote = order.quote([READ])

    assert quote is not None
    assert quote.total == order.quote_total == Money(350, "eur")
    assert [line.document_id for line in quote.lines] == [None, READ.id]
    assert an_order(a_document()).quote([a_document()]) is None


def test_an_order_is_called_by_its_first_document_until_that_is_removed():
    first, second = a_document("a.pdf"), a_document("b.pdf")

    order = an_order().named_by(added=first).named_by(added=second)

    assert order.named_document == NamedDocument(id=first.id, filename="a.pdf")
    assert order.named_by(removed=second) == order
    assert order.named_by(removed=first).named_document is None
    assert order.named_by(removed=first, added=second).named_document == NamedDocument(
        id=second.id, filename="b.pdf"
    )


def test_an_order_has_each_refund_once_in_the_order_of_the_decisions():
    first = Refund.owed(a_payment(), RefundReason.QUOTE_CHANGED, at=THEN)
    second = Refund.owed(a_payment(payment_intent_id="pi_2"), RefundReason.ORDER_CANCELLED, at=THEN)

    order = an_order().with_refund(first).with_refund(second)
    updated = order.with_refund(first.requested("re_1", at=LATER))

    assert order.refunds == (first.summary, second.summary)
    assert [(refund.id, refund.status) for refund in updated.refunds] == [
        ("pi_1", RefundStatus.PENDING),
        ("pi_2", RefundStatus.OWED),
    ]


def test_an_order_states_since_when_a_document_can_be_read():
    reading = an_order(a_reading_document())
    change = Counters.of(READ) - Counters.of(a_reading_document())

    read = reading.counted(change, at=LATER, moves_quote=True)

    assert (reading.read_at, read.read_at) == (None, LATER)
    again = read.counted(Counters.of(READ), at=LATER + timedelta(1), moves_quote=True)
    assert again.read_at == LATER
