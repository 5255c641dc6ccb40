from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.errors import ConcurrentChange, NothingToCharge, NotReadyToPay, OrderNotFound
from docket.domain.orders.document import Outcome
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import (
    ACTION_REQUIRED,
    TIME_TO_REPAY,
    Effect,
    IntentStatus,
    PaymentStatus,
    RefundStatus,
)
from docket.domain.payments.pricing import Money
from docket.domain.payments.refund import RefundReason
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from docket.domain.task import TaskKind
from docket.table import keys, tasks
from docket.table.documents import documents, readings
from docket.table.documents.readings import Finished
from docket.table.orders import contents, orders, usage
from docket.table.payments import payments
from tests.make import (
    LIMITS,
    OID,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_event,
    an_intent,
    an_order,
)
from tests.table_state import (
    event_names,
    get_order,
    get_payment,
    get_refund,
    interrupted,
    item_at,
    save,
)

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=5)
AUDIT = an_audit_context("stripe", at=LATER)
DECLINED, EXPIRED = Reason("payment_declined"), Reason("payment_expired")
GUARANTEE = timedelta(hours=2)
READ, READING = a_read_document(), a_reading_document()
READING_MORE = a_reading_document("more.pdf")
OPEN = a_payment()
PROMISED = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN, promised_at=LATER)


def start_payment(payment=OPEN):
    return payments.start_payment(payment, an_event("payment_started", at=LATER))


def succeed(intent=None, **options):
    intent = intent or an_intent(paid_at=THEN)
    return payments.record_success(intent, AUDIT, guarantee=GUARANTEE, **options)


def add_document():
    event = an_event("document_added")
    documents.add("ada", [a_document("more.pdf")], event, limits=LIMITS)


def cancel():
    orders.cancel("ada", OID, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)


def debt_class(key):
    return item_at(key).get("GSI2PK", "").partition("#")[0]


def test_a_payment_is_opened_for_the_quote():
    save(an_order(READ), READ)

    order = start_payment()

    assert order == get_order()
    assert get_payment() == order.payment == OPEN
    assert debt_class(keys.payment(OID, "pi_1")) == "housekeeping"
    assert start_payment() == order
    assert event_names() == ["payment_started"]


def test_another_payment_replaces_the_open_one():
    save(an_order(READ, payment=OPEN), READ)

    start_payment(a_payment(payment_intent_id="pi_2"))

    assert get_payment().status is PaymentStatus.TO_CANCEL
    assert get_payment("pi_2").status is PaymentStatus.OPEN
    assert get_order().payment.payment_intent_id == "pi_2"


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (an_order(READING), NotReadyToPay),
        (an_order(), NothingToCharge),
        (an_order(READ, status=OrderStatus.COMPLETED), NothingToCharge),
        (an_order(READ, revision=1), ConcurrentChange),
        (an_order(READ, user_id="eve"), OrderNotFound),
    ],
)
def test_a_payment_is_not_opened(order, error):
    save(order)

    with pytest.raises(error):
        start_payment()
    assert get_payment() is None


@pytest.mark.parametrize("act", [add_document, cancel])
def test_a_payment_is_not_opened_for_a_quote_that_changes_meanwhile(act):
    save(an_order(READ), READ)

    with interrupted(act), pytest.raises((NotReadyToPay, NothingToCharge)):
        start_payment()
    assert get_payment() is None


def test_the_success_of_the_current_payment_completes_the_order():
    save(an_order(READ, payment=OPEN), READ)

    assert succeed() is Effect.COMPLETES

    order = get_order()
    assert (order.status, order.is_paid, order.analysed_at) == (OrderStatus.COMPLETED, True, LATER)
    assert get_payment() == order.payment
    assert (order.payment.paid_at, order.payment.promised_at) == (THEN, THEN + GUARANTEE)
    assert tasks.get(OID, TaskKind.CONTENT, OID) is not None
    assert (usage.get("ada").unpaid_orders, usage.get("ada").unpaid_pages) == (0, 0)
    assert not debt_class(keys.order("ada", OID))
    assert not debt_class(keys.payment(OID, "pi_1"))


def test_a_success_that_is_reported_again_has_no_effect():
    save(an_order(READ, payment=OPEN), READ)
    succeed(stripe_event="evt_1")

    assert succeed(stripe_event="evt_1") is None
    assert succeed(stripe_event="evt_2") is None
    assert succeed() is None
    assert event_names() == ["paid"]


def test_two_reports_of_a_success_at_the_same_time_have_one_effect():
    save(an_order(READ, payment=OPEN), READ)

    with interrupted(lambda: succeed(stripe_event="evt_1")):
        assert succeed() is None

    assert event_names() == ["paid"]


def test_an_event_has_its_effect_once():
    save(an_order(READ, payment=OPEN), READ)
    intent = an_intent(status=IntentStatus.OPEN, failed=True)
    assert payments.record_declined(intent, AUDIT, reason=DECLINED, stripe_event="evt_1")

    assert not payments.record_declined(intent, AUDIT, reason=EXPIRED, stripe_event="evt_1")


def test_a_success_while_a_document_is_read_waits_until_the_promised_time():
    save(an_order(READ, READING, payment=OPEN), READ, READING)

    assert succeed() is Effect.WAITS

    order = get_order()
    assert (order.status, order.promised_at) == (OrderStatus.PROCESSING, THEN + GUARANTEE)
    assert debt_class(keys.order("ada", OID)) == "money"
    assert event_names() == ["payment_received"]


def test_a_success_as_the_last_document_is_read_completes_the_order():
    confirming = a_payment(status=PaymentStatus.PROCESSING)
    order = an_order(READ, READING_MORE, payment=confirming, status=OrderStatus.PROCESSING)
    save(order, READ, READING_MORE)
    outcome = Outcome(reader_version="1", page_count=1, charged_pages=1)
    read = Finished(document_id=READING_MORE.id, attempt=1, outcome=outcome)

    with interrupted(lambda: readings.record("ada", OID, [read], AUDIT)):
        assert succeed() is Effect.COMPLETES

    assert get_order().status is OrderStatus.COMPLETED


@pytest.mark.parametrize(
    ("fields", "money", "reason"),
    [
        ({"revision": 1}, None, RefundReason.QUOTE_CHANGED),
        ({"status": OrderStatus.CANCELLED}, None, RefundReason.ORDER_CANCELLED),
        ({}, Money(1, "eur"), RefundReason.PAYMENT_MISMATCH),
        ({"status": OrderStatus.COMPLETED}, None, RefundReason.QUOTE_CHANGED),
    ],
)
def test_a_success_that_cannot_complete_the_order_is_owed(fields, money, reason):
    save(an_order(READ, payment=OPEN, **fields), READ)
    intent = an_intent(money=money or OPEN.money)

    assert succeed(intent) is reason

    refund = get_refund("pi_1")
    assert (refund.status, refund.reason, refund.money) == (
        RefundStatus.OWED,
        reason,
        intent.money,
    )
    assert get_payment().money == intent.money
    assert debt_class(keys.refund(OID, "pi_1")) == "money"
    assert get_payment().status is PaymentStatus.SUCCEEDED
    assert get_order().payment == get_payment()
    assert event_names() == ["refund_owed"]
    assert succeed(intent) is None


@pytest.mark.parametrize("differs", [{"money": Money(1, "eur")}, {"user_id": "eve"}])
def test_a_mismatched_success_of_a_debit_does_not_pay_the_order(differs):
    processing = a_payment(status=PaymentStatus.PROCESSING)
    save(an_order(READ, payment=processing, status=OrderStatus.PROCESSING), READ)

    assert succeed(an_intent(**differs)) is RefundReason.PAYMENT_MISMATCH

    order = get_order()
    assert order.status is OrderStatus.PENDING
    assert order.require_payable() == OPEN.money
    assert (order.waiting_payment, order.promised_at, order.current_payment) == (None, None, None)
    assert get_refund("pi_1").status is RefundStatus.OWED


def test_a_debit_that_is_mismatched_after_another_reading_moves_the_quote():
    processing = a_payment(status=PaymentStatus.PROCESSING)
    save(
        an_order(READ, payment=processing, status=OrderStatus.PROCESSING, paid_pages=1),
        READ,
    )

    succeed(an_intent(money=Money(1, "eur")))

    order = get_order()
    assert (order.paid_pages, order.revision) == (None, processing.revision + 1)


def test_a_success_of_a_replaced_payment_is_owed_and_the_current_one_stays():
    replaced = a_payment(payment_intent_id="pi_0", status=PaymentStatus.TO_CANCEL)
    save(an_order(READ, payment=OPEN), READ, payments=(replaced,))

    assert succeed(an_intent(id="pi_0")) is RefundReason.QUOTE_CHANGED

    assert get_payment("pi_0").status is PaymentStatus.SUCCEEDED
    assert get_order().payment == OPEN
    assert get_refund("pi_0").status is RefundStatus.OWED


def test_a_success_of_an_unknown_intent_is_owed():
    save(an_order(READ), READ)

    assert succeed() is RefundReason.QUOTE_CHANGED
    assert get_refund("pi_1").money == OPEN.money
    assert get_payment().status is PaymentStatus.SUCCEEDED


@pytest.mark.parametrize(
    ("act", "reason"),
    [(add_document, RefundReason.QUOTE_CHANGED), (cancel, RefundReason.ORDER_CANCELLED)],
)
def test_a_change_of_the_order_before_the_success_decides(act, reason):
    save(an_order(READ, payment=OPEN), READ)

    with interrupted(act):
        assert succeed() is reason

    assert get_refund("pi_1").reason is reason


def test_a_bank_confirms_a_payment():
    save(an_order(READ, payment=OPEN), READ)
    intent = an_intent(status=IntentStatus.PROCESSING)

    assert payments.record_processing(intent, AUDIT)

    assert get_order().status is OrderStatus.PROCESSING
    assert get_order().promised_at is None
    assert get_payment().status is PaymentStatus.PROCESSING
    assert debt_class(keys.payment(OID, "pi_1")) == "money"
    assert not payments.record_processing(intent, AUDIT)
    assert succeed() is Effect.COMPLETES


def test_an_outdated_payment_is_confirmed_without_the_order():
    replaced = a_payment(status=PaymentStatus.TO_CANCEL)
    save(an_order(READ, payment=replaced, revision=1), READ)

    assert payments.record_processing(an_intent(status=IntentStatus.PROCESSING), AUDIT)

    assert get_order().status is OrderStatus.PENDING
    assert get_payment().status is PaymentStatus.PROCESSING


def test_a_declined_payment_can_be_paid_again():
    processing = a_payment(status=PaymentStatus.PROCESSING)
    save(an_order(READ, payment=processing, status=OrderStatus.PROCESSING), READ)
    intent = an_intent(status=IntentStatus.OPEN, failed=True)

    assert payments.record_declined(intent, AUDIT, reason=DECLINED)

    order = get_order()
    assert (order.status, order.status_reason) == (OrderStatus.PENDING, DECLINED)
    assert order.current_payment.failure == DECLINED
    assert get_payment() == order.payment
    assert not payments.record_declined(intent, AUDIT, reason=DECLINED)


def test_a_payment_that_requires_an_action_stays_open():
    save(an_order(READ, payment=a_payment()), READ)
    intent = an_intent(requires_action=True)

    assert payments.record_action_required(intent, AUDIT, stripe_event="evt_1")

    order = get_order()
    assert (order.status, order.explanation) == (OrderStatus.PENDING, ACTION_REQUIRED)
    assert get_payment().requires_action
    assert get_payment() == order.payment
    assert event_names() == ["payment_action_required"]
    assert not payments.record_action_required(intent, AUDIT, stripe_event="evt_2")


def test_an_order_that_its_payment_cannot_complete_asks_for_no_action():
    processing = a_payment(status=PaymentStatus.PROCESSING)
    save(an_order(READ, payment=processing, status=OrderStatus.PROCESSING, revision=1), READ)

    assert payments.record_action_required(an_intent(requires_action=True), AUDIT)

    assert get_payment().status is PaymentStatus.TO_CANCEL
    assert (get_order().status, get_order().status_reason) == (OrderStatus.PENDING, None)


def test_a_payment_that_waited_for_its_customer_expires():
    save(an_order(READ, payment=a_payment()), READ)
    payments.record_action_required(an_intent(requires_action=True), AUDIT)

    payments.record_canceled(an_intent(), AUDIT, reason=EXPIRED)

    assert get_order().explanation == EXPIRED


@pytest.mark.parametrize(
    ("order", "status"),
    [
        ({"status": OrderStatus.CANCELLED}, PaymentStatus.TO_CANCEL),
        ({"revision": 1}, PaymentStatus.TO_CANCEL),
        ({"payment": a_payment(payment_intent_id="pi_2")}, PaymentStatus.TO_CANCEL),
        ({}, PaymentStatus.OPEN),
    ],
    ids=["cancelled", "outdated", "replaced", "payable"],
)
def test_a_debit_that_fails_can_be_paid_again_only_if_it_may_complete_the_order(order, status):
    processing = a_payment(status=PaymentStatus.PROCESSING)
    save(an_order(READ, **{"payment": processing, **order}), READ, payments=(processing,))

    assert payments.record_declined(an_intent(), AUDIT, reason=DECLINED)

    assert get_payment().status is status
    is_money = debt_class(keys.payment(OID, "pi_1")) == "money"
    assert is_money is (status is PaymentStatus.TO_CANCEL)
    assert get_order().status is order.get("status", OrderStatus.PENDING)


def decline():
    payments.record_declined(an_intent(), AUDIT, reason=DECLINED)


def expire():
    payments.record_canceled(an_intent(status=IntentStatus.CANCELED), AUDIT, reason=EXPIRED)


def mismatch():
    succeed(an_intent(money=Money(1, "eur")))


@pytest.mark.parametrize("fail", [decline, expire, mismatch])
@pytest.mark.parametrize("status", [OrderStatus.PENDING, OrderStatus.PROCESSING])
def test_an_order_is_quoted_anew_after_a_debit_that_did_not_pay_it(fail, status):
    payment = a_payment(
        status=PaymentStatus.PROCESSING if status is OrderStatus.PROCESSING else PaymentStatus.OPEN
    )
    save(an_order(READ, payment=payment, status=status), READ)

    fail()

    was_debit = status is OrderStatus.PROCESSING
    assert (tasks.get(OID, TaskKind.CONTENT, OID) is not None) is was_debit
    assert [*contents.unrecorded("ada")] == [OID] * was_debit


@pytest.mark.parametrize("fail", [decline, expire, mismatch])
def test_an_order_whose_debit_did_not_pay_it_can_be_paid_for_a_day_more(fail):
    """It expired while the bank was confirming the payment."""
    order = an_order(
        READ,
        payment=a_payment(status=PaymentStatus.PROCESSING),
        status=OrderStatus.PROCESSING,
        expires_at=AUDIT.at - timedelta(days=3),
    )
    save(order, READ)

    fail()

    assert get_order().expires_at == AUDIT.at + TIME_TO_REPAY


def test_a_declined_payment_of_a_pending_order_extends_nothing():
    order = an_order(READ, payment=a_payment(), expires_at=AUDIT.at + timedelta(hours=1))
    save(order, READ)

    decline()

    assert get_order().expires_at == order.expires_at


def test_why_an_attempt_to_pay_failed_outlasts_the_cancellation_of_the_payment():
    save(an_order(READ, payment=a_payment(status=PaymentStatus.PROCESSING)), READ)
    payments.record_declined(an_intent(), AUDIT, reason=DECLINED)

    payments.record_canceled(an_intent(), AUDIT, reason=EXPIRED)

    assert get_order().explanation == DECLINED
    assert get_payment().status is PaymentStatus.CANCELED


def test_a_canceled_payment_leaves_the_order_payable():
    save(an_order(READ, payment=OPEN), READ)
    intent = an_intent(status=IntentStatus.CANCELED)

    assert payments.record_canceled(intent, AUDIT, reason=EXPIRED)

    assert get_order().explanation == EXPIRED
    assert get_order().current_payment is None
    assert not debt_class(keys.payment(OID, "pi_1"))
    assert not payments.record_canceled(intent, AUDIT, reason=EXPIRED)


def test_the_cancellation_of_a_replaced_payment_is_not_the_orders():
    replaced = a_payment(payment_intent_id="pi_0", status=PaymentStatus.TO_CANCEL)
    save(an_order(READ, payment=OPEN), READ, payments=(replaced,))
    intent = an_intent(id="pi_0", status=IntentStatus.CANCELED)

    assert payments.record_canceled(intent, AUDIT, reason=EXPIRED)

    assert get_order().status_reason is None
    assert get_payment("pi_0").status is PaymentStatus.CANCELED


def test_a_late_report_does_not_undo_a_success():
    save(an_order(READ, payment=OPEN), READ)
    succeed()

    assert not payments.record_processing(an_intent(), AUDIT)
    assert not payments.record_declined(an_intent(), AUDIT, reason=DECLINED)
    assert not payments.record_canceled(an_intent(), AUDIT, reason=EXPIRED)
    assert get_order().status is OrderStatus.COMPLETED


def test_a_recorded_payment_that_names_another_customer_is_refunded():
    """Only a person can have changed the metadata at Stripe."""
    save(an_order(READ, payment=a_payment()), READ)

    of_eve = an_intent(paid_at=THEN, user_id="eve")

    assert succeed(of_eve) is RefundReason.PAYMENT_MISMATCH

    assert not get_order().is_paid
    assert (get_refund("pi_1").user_id, get_refund("pi_1").money.amount) == ("ada", 250)
    assert succeed(of_eve) is None


def test_a_success_after_a_recorded_cancellation_is_followed():
    save(an_order(READ, payment=a_payment(status=PaymentStatus.CANCELED)), READ)

    assert succeed() is Effect.COMPLETES


def test_an_order_that_is_not_complete_at_the_promised_time_is_refunded():
    save(an_order(READING, payment=PROMISED, status=OrderStatus.PROCESSING), READING)

    assert payments.give_up("ada", OID, AUDIT)

    order = get_order()
    assert (order.status, order.status_reason.code) == (
        OrderStatus.CANCELLED,
        "not_completed_in_time",
    )
    assert get_refund("pi_1").reason is RefundReason.NOT_COMPLETED_IN_TIME
    assert order.is_late
    assert usage.get("ada").unpaid_orders == 0
    assert not payments.give_up("ada", OID, AUDIT)


def test_an_order_whose_payment_was_returned_by_hand_is_cancelled_at_the_promised_time():
    returned = replace(PROMISED, amount_refunded=PROMISED.money.amount)
    save(an_order(READING, payment=returned, status=OrderStatus.PROCESSING), READING)

    assert payments.give_up("ada", OID, AUDIT)

    assert get_order().status is OrderStatus.CANCELLED
    assert get_refund("pi_1") is None


def test_an_order_whose_refund_is_owed_already_is_cancelled_at_the_promised_time():
    save(an_order(READING, payment=PROMISED, status=OrderStatus.PROCESSING), READING)
    payments.owe_refund("ada", OID, "pi_1", AUDIT, reason=RefundReason.BY_HAND)

    assert payments.give_up("ada", OID, AUDIT)

    assert get_order().status is OrderStatus.CANCELLED
    assert get_refund("pi_1").reason is RefundReason.BY_HAND


def test_an_order_is_not_given_up_before_the_promised_time():
    save(an_order(READING, payment=PROMISED, status=OrderStatus.PROCESSING), READING)

    before = an_audit_context("worker", at=LATER - timedelta(seconds=1))
    assert not payments.give_up("ada", OID, before)


def test_the_operator_refunds_a_payment_once():
    completed = an_order(READ, payment=PROMISED, status=OrderStatus.COMPLETED)
    save(completed, READ)

    def refund():
        reason = RefundReason.BY_HAND
        return payments.owe_refund("ada", OID, "pi_1", AUDIT, reason=reason)

    assert refund()
    assert not refund()
    assert get_refund("pi_1").money == OPEN.money
    assert event_names() == ["refund_owed"]


def test_a_payment_that_did_not_succeed_is_not_refunded():
    save(an_order(READ, payment=OPEN), READ)

    reason = RefundReason.BY_HAND
    assert not payments.owe_refund("ada", OID, "pi_1", AUDIT, reason=reason)


@pytest.mark.parametrize("intent", [an_intent(order_id=None), an_intent(user_id="eve", id="pi_2")])
def test_an_intent_of_no_order_is_not_recorded(intent):
    save(an_order(READ, payment=OPEN), READ)

    with pytest.raises(OrderNotFound):
        succeed(intent)
