import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from docket.domain.document import DocumentStatus
from docket.domain.errors import (
    ConcurrentChange,
    NothingToCharge,
    NotReadyToPay,
    OrderNotFound,
    PaymentNotConfirmed,
    QuoteOutdated,
)
from docket.domain.order import PAYMENT_CHECK, OrderStatus
from docket.domain.payment import IntentStatus, PaymentStatus, RefundStatus, Reversal
from docket.domain.pricing import Money
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from docket.table import client, documents, events, keys, orders
from docket.table import payments as payment_table
from tests.make import (
    OID,
    OTHER_OID,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    an_event,
    an_intent,
    an_order,
)

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=5)


def save(**fields):
    usual = {"documents": (a_read_document(),), "payment": a_payment()}
    orders.create_order(an_order(**{**usual, **fields}), an_event("opened"))


def get_order():
    return orders.get("ada", OID)


def complete(intent=None, *, stripe_event=None, order_id=OID):
    event = an_event("paid", at=LATER)
    return payment_table.complete(order_id, intent or an_intent(), event, stripe_event=stripe_event)


def count_events(name):
    return [event.name for event in events.of_order(OID)].count(name)


def test_an_attached_payment_makes_the_order_due():
    save(payment=None)

    payment_table.attach(get_order(), a_payment(), an_event("payment_started"))

    order = get_order()
    assert order.payment == a_payment()
    assert [
        order for _, order in orders.due(THEN + PAYMENT_CHECK, due_class=keys.DUE_MONEY, limit=9)
    ] == [order]


def test_a_payment_of_an_earlier_revision_is_not_attached():
    save(payment=None, revision=2)

    with pytest.raises(ConcurrentChange):
        payment_table.attach(get_order(), a_payment(revision=1), an_event())

    assert get_order().payment is None


def test_a_succeeded_payment_completes_its_order_and_requests_the_analysis():
    save()

    assert complete()

    order = get_order()
    assert (order.status, order.analysed_at) == (OrderStatus.COMPLETED, LATER)
    assert order.payment == a_payment(status=PaymentStatus.SUCCEEDED, paid_at=LATER)
    assert orders.newest("ada", limit=9, status=OrderStatus.COMPLETED) == [order]


def test_a_payment_completes_an_order_once_from_any_source():
    save()
    complete(stripe_event="evt_1")

    assert not complete()
    assert not complete(stripe_event="evt_1")
    assert not complete(stripe_event="evt_2")

    assert count_events("paid") == 1


@pytest.mark.usefixtures("atomic")
def test_concurrent_completions_take_effect_once():
    save()

    with ThreadPoolExecutor(6) as threads:
        events_ = [None, "evt_1", "evt_1", None, "evt_2", None]
        changes = list(threads.map(lambda event: complete(stripe_event=event), events_))

    assert changes.count(True) == 1
    assert count_events("paid") == 1


def test_one_payment_does_not_complete_two_orders():
    save()
    save(id=OTHER_OID, payment=a_payment(payment_intent_id="pi_2"))
    complete()

    with pytest.raises(PaymentNotConfirmed):
        complete(order_id=OTHER_OID)

    assert orders.get("ada", OTHER_OID).status is OrderStatus.PENDING


@pytest.mark.parametrize(
    ("order", "intent", "error"),
    [
        ({}, {"money": Money(1, "eur")}, PaymentNotConfirmed),
        ({}, {"money": Money(251, "eur")}, PaymentNotConfirmed),
        ({}, {"money": Money(250, "usd")}, PaymentNotConfirmed),
        ({}, {"status": IntentStatus.OPEN}, PaymentNotConfirmed),
        ({}, {"id": "pi_2"}, QuoteOutdated),
        ({"revision": 1}, {}, QuoteOutdated),
        ({"status": OrderStatus.CANCELLED}, {}, QuoteOutdated),
        ({"payment": None}, {}, QuoteOutdated),
        ({}, {"user_id": "eve"}, OrderNotFound),
    ],
)
def test_a_payment_that_does_not_match_does_not_complete_an_order(order, intent, error):
    save(**order)
    before = client.get(keys.order("ada", OID))

    if "status" in intent:  # the workflow checks the status before it writes
        with pytest.raises(error):
            get_order().require_paid_by(an_intent(**intent))
        return
    with pytest.raises(error):
        complete(an_intent(**intent))

    assert client.get(keys.order("ada", OID)) == before


def test_a_processing_payment_is_recorded_on_the_order():
    save()
    processing = an_intent(status=IntentStatus.PROCESSING)

    assert payment_table.record_processing(OID, processing, an_event("payment_processing"))
    assert not payment_table.record_processing(OID, processing, an_event("payment_processing"))

    order = get_order()
    assert order.status is OrderStatus.PROCESSING
    assert order.payment is not None
    assert order.payment.status is PaymentStatus.PROCESSING
    assert complete()


def test_a_late_event_does_not_change_a_completed_order():
    save()
    complete()
    before = get_order()

    assert not payment_table.record_processing(OID, an_intent(), an_event())
    assert not payment_table.record_failed(
        OID, an_intent(), an_event(), reason=Reason("payment_declined")
    )

    assert get_order() == before


@pytest.mark.parametrize("status", [OrderStatus.PENDING, OrderStatus.PROCESSING])
def test_after_a_failed_payment_the_order_can_be_paid_again(status):
    save(status=status)

    assert payment_table.record_failed(
        OID, an_intent(), an_event("payment_failed"), reason=Reason("payment_declined")
    )

    order = get_order()
    assert order.status is OrderStatus.PENDING
    assert order.status_reason == Reason("payment_declined")
    assert order.current_payment() is not None
    assert not payment_table.record_failed(
        OID, an_intent(), an_event(), reason=Reason("payment_declined")
    )
    assert count_events("payment_failed") == 1


def test_an_event_of_another_payment_changes_nothing():
    save()
    other = an_intent(id="pi_2")

    assert not payment_table.record_failed(
        OID, other, an_event(), reason=Reason("payment_declined")
    )
    assert not payment_table.record_processing(OID, other, an_event())

    assert get_order().status_reason is None


REFUNDED = Reversal(payment_intent_id="pi_1", amount_refunded=250, refund=RefundStatus.SUCCEEDED)


def test_a_refund_is_recorded_once():
    save(status=OrderStatus.CANCELLED)

    def refunded(intent, stripe_event=None, **changed):
        return payment_table.record_reversal(
            OID,
            intent,
            dataclasses.replace(REFUNDED, payment_intent_id=intent.id, **changed),
            an_event("refunded"),
            reason=Reason("quote_changed"),
            stripe_event=stripe_event,
        )

    assert refunded(an_intent())
    assert not refunded(an_intent())
    assert not refunded(an_intent(), "evt_1")
    assert refunded(an_intent(id="pi_2"))
    assert refunded(an_intent(), refund=RefundStatus.FAILED, amount_refunded=0)

    order = get_order()
    assert order.status is OrderStatus.CANCELLED
    assert order.status_reason == Reason("quote_changed")
    assert count_events("refunded") == 3
    assert order.reversal("pi_2") == dataclasses.replace(REFUNDED, payment_intent_id="pi_2")
    with pytest.raises(OrderNotFound):
        payment_table.record_reversal(
            OTHER_OID, an_intent(), REFUNDED, an_event(), reason=Reason("refunded")
        )


def test_a_stripe_event_is_stored_longer_than_it_is_resent():
    save()

    complete(stripe_event="evt_1")

    item = client.get(keys.stripe_event("evt_1"))
    assert item is not None
    assert item["ttl"] == int((LATER + timedelta(days=35)).timestamp())


def test_a_payment_is_not_attached_to_a_paid_or_changed_order():
    save(status=OrderStatus.COMPLETED)

    with pytest.raises(NothingToCharge):
        payment_table.attach(an_order(), a_payment(), an_event())

    save(id=OTHER_OID, documents=(a_document(),), revision=1)
    with pytest.raises(NotReadyToPay):
        payment_table.attach(an_order(id=OTHER_OID), a_payment(), an_event())


@pytest.mark.parametrize("status", [OrderStatus.PENDING, OrderStatus.PROCESSING])
def test_a_payment_does_not_complete_an_order_with_a_document_in_progress(status):
    reading = a_document("late.pdf", status=DocumentStatus.READING, version="v1")
    save(documents=(a_read_document(), reading), status=status)

    with pytest.raises(NotReadyToPay):
        complete()

    assert payment_table.wait_for_documents(OID, an_intent(), an_event("payment_received"))
    assert not payment_table.wait_for_documents(OID, an_intent(), an_event("payment_received"))
    assert get_order().waiting_payment is not None
    assert not payment_table.complete_waiting(get_order(), an_event("paid"))


def test_an_outdated_order_is_not_completed():
    succeeded = a_payment(status=PaymentStatus.SUCCEEDED)
    save(status=OrderStatus.PROCESSING, payment=succeeded)
    before = get_order()
    documents.read_again(before, before.documents[0], an_event("reading_repeated"))

    assert not payment_table.complete_waiting(before, an_event("paid"))

    assert get_order().status is OrderStatus.PROCESSING


def test_a_replaced_payment_is_stored_until_it_is_forgotten():
    save(revision=1)
    second = a_payment(payment_intent_id="pi_2", revision=1)
    before = get_order()
    for _ in range(2):  # the reply to the first call was lost
        payment_table.attach(before, second, an_event("payment_started"))
    assert get_order().replaced_intents == ("pi_1",)
    assert count_events("payment_started") == 1

    for _ in range(2):
        payment_table.forget_replaced(get_order(), "pi_1")

    assert get_order().replaced_intents == ()


def test_a_concurrent_payment_is_not_attached():
    save(payment=None)
    before = get_order()
    payment_table.attach(before, a_payment(), an_event())

    with pytest.raises(ConcurrentChange):
        payment_table.attach(before, a_payment(payment_intent_id="pi_2"), an_event())

    assert get_order().payment == a_payment()


def test_a_payment_is_not_attached_to_an_order_with_a_document_in_progress():
    reading = a_read_document("late.pdf", status=DocumentStatus.READING)
    save(documents=(a_read_document(), reading), payment=None)

    with pytest.raises(NotReadyToPay):
        payment_table.attach(get_order(), a_payment(), an_event("payment_started"))

    assert get_order().payment is None


READING = a_document("late.pdf", status=DocumentStatus.READING, version="v1")
SUCCEEDED = a_payment(status=PaymentStatus.SUCCEEDED)


@pytest.mark.parametrize(
    ("before", "change"),
    [
        ({"payment": None}, lambda: payment_table.attach(get_order(), a_payment(), an_event())),
        ({}, lambda: payment_table.record_processing(OID, an_intent(), an_event())),
        (
            {"documents": (READING,)},
            lambda: payment_table.wait_for_documents(OID, an_intent(), an_event()),
        ),
        (
            {"documents": (READING,), "payment": SUCCEEDED, "status": OrderStatus.PROCESSING},
            lambda: payment_table.give_up(get_order(), SUCCEEDED, an_event()),
        ),
        (
            {},
            lambda: payment_table.record_reversal(
                OID,
                an_intent(),
                Reversal(payment_intent_id="pi_1", refund=RefundStatus.PENDING),
                an_event(),
                reason=None,
            ),
        ),
        (
            {},
            lambda: orders.cancel(get_order(), an_event(), reason=CANCELLED_BY_CUSTOMER),
        ),
    ],
    ids=["attach", "processing", "wait_for_documents", "give_up", "record_reversal", "cancel"],
)
def test_an_order_is_due_while_its_payment_is_unresolved(before, change):
    save(**before)
    order = get_order()
    for due_key, _ in orders.due(LATER, due_class=keys.DUE_WORK, limit=9):
        orders.reschedule(order, due_key, next_check=None)

    change()

    due = orders.due(THEN + PAYMENT_CHECK, due_class=keys.DUE_MONEY, limit=9)
    assert [order.id for _, order in due] == [OID]
