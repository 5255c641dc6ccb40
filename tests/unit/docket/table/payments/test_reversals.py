from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import (
    ACTION_REQUIRED,
    DisputeStatus,
    PaymentStatus,
    RefundStatus,
)
from docket.domain.payments.pricing import Money
from docket.domain.payments.refund import (
    BACK_OFF,
    Refund,
    RefundReason,
    ReversalMissing,
    StripeRefund,
    StripeReversal,
)
from docket.domain.reason import NEVER_PAID, Reason
from docket.domain.task import TaskKind
from docket.schemas.orders import OrderResponse
from docket.table import keys, tasks
from docket.table.orders import events
from docket.table.payments import refunds, reversals
from tests.make import (
    OID,
    THEN,
    a_payment,
    a_read_document,
    an_audit_context,
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
READ = a_read_document()
PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
OWED = Refund.owed(PAID, RefundReason.QUOTE_CHANGED, at=THEN)
PENDING = OWED.requested("re_1", at=THEN)


def a_refund(status=RefundStatus.SUCCEEDED, amount=250, id_="re_1", of=None):
    return StripeRefund(id=id_, status=status, money=Money(amount, "eur"), refund_id=of)


def a_reversal(status=RefundStatus.SUCCEEDED, amount=250, id_="re_1", of=None):
    return StripeReversal(refunds=(a_refund(status, amount, id_, of),))


def record(reversal, **options):
    options = {"dispute_closes": False, **options}
    return reversals.record(an_intent(), lambda: reversal, AUDIT, **options)


def save_owed(refund, payment_fields=(), **fields):
    payment = replace(PAID, **dict(payment_fields))
    save(an_order(READ, payment=payment, revision=1, **fields), READ, refunds_=(refund,))


def save_completed():
    save(an_order(READ, payment=PAID, status=OrderStatus.COMPLETED), READ)


def test_an_owed_refund_is_requested_once():
    save_owed(OWED)

    assert reversals.record_request(OWED, "re_1", AUDIT)

    assert get_refund() == OWED.requested("re_1", at=LATER)
    assert not reversals.record_request(OWED, "re_1", AUDIT)
    assert event_names() == ["refund_requested"]


def test_refunds_of_two_payments_that_change_at_the_same_time_are_both_shown():
    earlier = replace(PAID, payment_intent_id="pi_0")
    owed = Refund.owed(earlier, RefundReason.QUOTE_CHANGED, at=THEN)
    order = an_order(READ, payment=PAID, revision=1)
    save(order, READ, payments=(earlier,), refunds_=(OWED, owed))

    with interrupted(lambda: reversals.record_request(owed, "re_0", AUDIT)):
        reversals.record_request(OWED, "re_1", AUDIT)

    assert {refund.status for refund in get_order().refunds} == {RefundStatus.PENDING}


def test_a_refund_is_followed_to_its_end():
    save_owed(PENDING)

    (refund,) = record(a_reversal(of="pi_1"), stripe_event="evt_1")

    assert get_refund() == refund == PENDING.succeeded(at=LATER)
    assert get_order().payment.amount_refunded == 250
    assert get_order().explanation.code == "quote_changed"
    assert get_payment() == get_order().payment
    assert "GSI2PK" not in item_at(keys.refund(OID, "pi_1"))
    assert record(a_reversal(of="pi_1"), stripe_event="evt_2") == []
    assert event_names() == ["refunded"]


def test_an_answer_that_lacks_a_known_refund_is_not_recorded():
    save_completed()
    record(a_reversal())
    assert not get_order().is_paid

    with pytest.raises(ReversalMissing):
        record(StripeReversal())

    assert not get_order().is_paid
    assert get_payment().amount_refunded == 250


@pytest.mark.parametrize("dispute", list(DisputeStatus))
def test_an_answer_that_lacks_a_known_dispute_is_not_recorded(dispute):
    save_completed()
    record(StripeReversal(dispute=dispute))

    with pytest.raises(ReversalMissing):
        record(StripeReversal())

    assert get_payment().dispute is dispute


def test_two_reports_of_a_refund_at_the_same_time_have_one_effect():
    save_owed(PENDING)

    with interrupted(lambda: record(a_reversal(of="pi_1"))):
        assert record(a_reversal(of="pi_1")) == []

    assert event_names() == ["refunded"]


def test_a_webhook_may_be_faster_than_the_reply_to_the_request():
    save_owed(OWED)

    record(a_reversal(of="pi_1"))

    assert (get_refund().status, get_refund().stripe_id) == (RefundStatus.SUCCEEDED, "re_1")
    assert not reversals.record_request(OWED, "re_1", AUDIT)
    assert len(refunds.of_order(OID)) == 1


def test_a_refund_that_fails_later_is_tried_again():
    save_owed(PENDING.succeeded(at=THEN))

    record(a_reversal(RefundStatus.FAILED))

    failed = get_refund()
    assert failed.status is RefundStatus.FAILED
    assert get_order().payment.amount_refunded == 0
    assert get_order().explanation.code == "refund_failed"
    due = item_at(keys.refund(OID, "pi_1"))["GSI2SK"]
    assert due.startswith((LATER + BACK_OFF[0]).isoformat()[:16])
    assert get_order().refunds == (failed.summary,)
    assert reversals.retry(failed, AUDIT) == failed.retried(at=LATER) == get_refund()
    assert get_order().refunds == (failed.retried(at=LATER).summary,)
    assert reversals.retry(failed, AUDIT) == get_refund()
    assert event_names() == ["refund_failed", "refund_retried"]
    assert get_refund().stripe_key(0) != OWED.stripe_key(0)


def test_a_refund_that_has_failed_again_meanwhile_is_not_tried_again():
    failed = PENDING.failed(at=THEN)
    again = failed.retried(at=THEN).requested("re_2", at=THEN).failed(at=THEN)
    save_owed(again)

    assert reversals.retry(failed, AUDIT) is None
    assert get_refund() == again


def test_an_earlier_attempt_of_a_refund_was_not_made_by_hand():
    again = PENDING.failed(at=THEN).retried(at=THEN)
    save_owed(again.counted([]))
    first = a_refund(RefundStatus.FAILED, id_="re_0", of="pi_1")
    latest = a_refund(RefundStatus.FAILED, id_="re_1", of="pi_1")
    assert record(StripeReversal(refunds=(latest, first))) == []
    attempts = (
        a_refund(RefundStatus.PENDING, id_="re_2", of="pi_1"),
        a_refund(RefundStatus.FAILED, id_="re_1", of="pi_1"),
    )

    (requested,) = record(StripeReversal(refunds=attempts))

    assert (requested.status, requested.stripe_id) == (RefundStatus.PENDING, "re_2")
    assert record(StripeReversal(refunds=attempts)) == []
    assert [refund.id for refund in refunds.of_order(OID)] == ["pi_1"]


@pytest.mark.parametrize("owed", [OWED, PENDING.failed(at=THEN)])
def test_a_lost_dispute_settles_what_was_owed(owed):
    save_owed(owed)

    earlier = tuple(a_refund(RefundStatus.FAILED, of="pi_1") for _ in range(owed.attempts))
    record(StripeReversal(refunds=earlier, dispute=DisputeStatus.LOST, amount_lost=250))

    assert (get_refund().status, get_refund().money.amount) == (RefundStatus.SUCCEEDED, 0)
    assert "GSI2PK" not in item_at(keys.refund(OID, "pi_1"))
    assert (get_payment().amount_refunded, get_payment().amount_lost) == (0, 250)
    assert get_order().explanation.code == "dispute_lost"


LOST = StripeReversal(dispute=DisputeStatus.LOST, amount_lost=250)
WON = StripeReversal(dispute=DisputeStatus.WON)


@pytest.mark.parametrize("refunds_", [(OWED,), ()])
def test_a_payment_for_nothing_is_refunded_if_a_lost_dispute_is_won_after_all(refunds_):
    order = an_order(READ, payment=PAID, status=OrderStatus.CANCELLED)
    save(order, READ, refunds_=refunds_)
    record(LOST)

    record(WON)

    assert (get_refund().status, get_refund().money.amount) == (RefundStatus.OWED, 250)
    assert get_order().refunds == (get_refund().summary,)
    assert "GSI2PK" in item_at(keys.refund(OID, "pi_1"))


def test_a_payment_is_refunded_in_whole_if_a_person_returned_what_an_appeal_did_not_win():
    failed = replace(OWED, status=RefundStatus.FAILED, attempts=9, money=Money(150, "eur"))
    lost = replace(PAID, dispute=DisputeStatus.LOST, amount_lost=100)
    order = an_order(READ, payment=lost, status=OrderStatus.CANCELLED)
    save(order, READ, refunds_=(failed,))
    assert reversals.acknowledge(failed, AUDIT)

    record(WON)

    assert (get_refund().status, get_refund().money.amount) == (RefundStatus.OWED, 100)
    assert "GSI2PK" in item_at(keys.refund(OID, "pi_1"))


def test_a_payment_of_an_order_that_its_customer_cancelled_is_refunded_for_that_reason():
    cancelled = an_order(READ, payment=PAID, status=OrderStatus.CANCELLED)
    save(cancelled, READ)
    record(a_reversal())

    record(a_reversal(RefundStatus.FAILED))

    assert get_refund().reason is RefundReason.ORDER_CANCELLED


def test_what_the_operator_refunds_is_refunded_if_a_lost_dispute_is_won_after_all():
    by_operator = replace(OWED, reason=RefundReason.BY_HAND)
    save(an_order(READ, payment=PAID, status=OrderStatus.COMPLETED), READ, refunds_=(by_operator,))
    record(LOST)

    record(WON)

    assert get_refund().status is RefundStatus.OWED


def test_a_completed_order_that_nobody_refunds_is_kept_if_a_lost_dispute_is_won_after_all():
    save_completed()
    record(LOST)

    record(WON)

    assert get_order().is_paid
    assert refunds.of_order(OID) == []


def test_what_a_failed_refund_by_hand_did_not_return_is_owed_again():
    save_owed(OWED)
    record(a_reversal(amount=250, id_="re_2"))
    assert get_refund().money.amount == 0

    record(a_reversal(RefundStatus.FAILED, amount=250, id_="re_2"))

    assert (get_refund().status, get_refund().money.amount) == (RefundStatus.OWED, 250)
    assert get_refund("re_2").needs_person


@pytest.mark.parametrize("is_current", [True, False])
def test_an_earlier_answer_of_stripe_does_not_replace_a_later_one(is_current):
    payment = replace(PAID, payment_intent_id="pi_1")
    current = payment if is_current else replace(PAID, payment_intent_id="pi_2")
    order = an_order(READ, payment=current, revision=1)
    save(order, READ, payments=() if is_current else (payment,), refunds_=(PENDING,))
    failed = a_reversal(RefundStatus.FAILED, of="pi_1")
    answers = [a_reversal(RefundStatus.PENDING, of="pi_1"), failed]

    def ask():
        answer = answers.pop(0)
        if answers:
            reversals.record(an_intent(), lambda: failed, AUDIT, dispute_closes=False)
        return answer

    reversals.record(an_intent(), ask, AUDIT, dispute_closes=False)

    assert answers == []
    assert get_payment().amount_refunded == 0
    assert (get_refund().status, get_refund().money.amount) == (RefundStatus.FAILED, 250)


OPEN = StripeReversal(dispute=DisputeStatus.OPEN)


@pytest.mark.parametrize("current", ["pi_1", "pi_2"])
def test_an_answer_that_states_nothing_new_overtakes_an_earlier_one(current):
    disputed = replace(PAID, dispute=DisputeStatus.OPEN)
    payment = replace(disputed, payment_intent_id=current)
    order = an_order(READ, payment=payment, status=OrderStatus.COMPLETED)
    save(order, READ, payments=() if current == "pi_1" else (disputed,), refunds_=(OWED,))
    before_the_appeal = [LOST, OPEN]

    def ask():
        answer = before_the_appeal.pop(0)
        if answer == LOST:
            assert record(OPEN, stripe_event="evt_2") == []
        return answer

    reversals.record(an_intent(), ask, AUDIT, dispute_closes=False, stripe_event="evt_1")

    assert (get_payment().dispute, get_payment().amount_lost) == (DisputeStatus.OPEN, 0)
    assert get_order().is_paid
    assert event_names() == []


def test_an_answer_without_any_reversal_writes_nothing():
    save_completed()
    before = get_order(), get_payment()

    record(StripeReversal(), stripe_event="evt_1")

    assert (get_order(), get_payment()) == before


def test_what_earlier_attempts_returned_is_counted_as_stripe_states_it():
    save_owed(PENDING)
    attempt = a_refund(of="pi_1")
    by_hand = a_refund(RefundStatus.FAILED, amount=50, id_="re_2")
    record(StripeReversal(refunds=(by_hand, replace(attempt, money=Money(200, "eur")))))
    assert (get_refund().status, get_refund().money.amount) == (RefundStatus.OWED, 50)
    assert get_refund().returned == get_payment().amount_refunded == 200

    failed = a_refund(RefundStatus.FAILED, amount=200, of="pi_1")
    record(StripeReversal(refunds=(by_hand, failed)))

    assert (get_refund().status, get_refund().money.amount) == (RefundStatus.OWED, 250)
    assert get_refund().returned == get_payment().amount_refunded == 0


@pytest.mark.parametrize(
    ("reversal", "left"),
    [
        (a_reversal(amount=100, id_="re_2"), 150),
        (a_reversal(amount=250, id_="re_2"), 0),
        (StripeReversal(dispute=DisputeStatus.LOST, amount_lost=50), 200),
        (a_reversal(RefundStatus.FAILED, amount=100, id_="re_2"), 250),
    ],
)
def test_no_more_is_refunded_than_what_was_neither_refunded_nor_lost(reversal, left):
    save_owed(OWED)

    record(reversal)

    assert get_refund().money.amount == get_payment().refundable.amount == left
    assert get_refund().is_open is (left > 0)


def test_a_refund_that_failed_too_often_needs_a_person():
    failed = replace(PENDING.failed(at=THEN), attempts=len(BACK_OFF) + 1)
    save_owed(failed)

    assert failed.needs_person
    assert reversals.retry(failed, AUDIT) is None


BY_SERVICE = replace(OWED, status=RefundStatus.FAILED, attempts=len(BACK_OFF) + 1)


def by_hand(id_, amount):
    return Refund.by_hand(PAID, a_refund(RefundStatus.FAILED, amount, id_), at=THEN)


@pytest.mark.parametrize(
    ("returned", "other", "rest"),
    [
        (by_hand("re_2", 100), BY_SERVICE, replace(BY_SERVICE, money=Money(150, "eur"))),
        (BY_SERVICE, by_hand("re_2", 100), by_hand("re_2", 100).closed(at=LATER)),
        (by_hand("re_2", 200), by_hand("re_3", 100), by_hand("re_3", 50)),
        (by_hand("re_2", 100), by_hand("re_3", 100), by_hand("re_3", 100)),
    ],
)
def test_what_a_person_has_returned_is_not_owed_by_another_refund(returned, other, rest):
    order = an_order(READ, payment=PAID, status=OrderStatus.COMPLETED)
    save(order, READ, refunds_=(returned, other))

    assert reversals.acknowledge(returned, AUDIT)

    assert replace(get_refund(other.id), since=THEN) == rest


def view():
    return OrderResponse.of(get_order(), [READ])


def test_an_order_whose_payment_a_person_returned_is_shown_as_closed():
    save_completed()
    failed = a_reversal(RefundStatus.FAILED)
    record(failed)
    assert view().payment.refund_status == "failed"

    reversals.acknowledge(get_refund("re_1"), AUDIT)

    assert not view().is_analysis_open
    assert view().status_reason_code == "refunded"
    assert (view().payment.amount_refunded, view().payment.refund_status) == (
        250,
        "succeeded",
    )
    before = event_names()
    record(failed)
    assert (view().payment.refund_status, event_names()) == ("succeeded", before)


def test_an_order_that_was_refunded_by_hand_and_by_a_person_is_shown_as_closed():
    save_completed()
    done, rest = a_refund(amount=100), a_refund(RefundStatus.FAILED, 150, "re_2")
    record(StripeReversal(refunds=(rest, done)))
    assert view().is_analysis_open

    reversals.acknowledge(get_refund("re_2"), AUDIT)

    assert not view().is_analysis_open
    assert view().status_reason_code == "refunded"


def test_a_refund_by_hand_that_was_closed_without_a_return_is_not_shown():
    save_completed()
    record(a_reversal(RefundStatus.FAILED))

    assert reversals.close(get_refund("re_1"), AUDIT)

    assert view().payment.refund_status is None
    assert view().is_analysis_open
    assert view().status_reason_code == "completed"


def test_an_order_with_a_lost_and_an_open_dispute_is_shown_as_closed():
    save_completed()

    record(StripeReversal(dispute=DisputeStatus.OPEN, amount_lost=100))

    assert not view().is_analysis_open
    assert view().status_reason_code == "dispute_lost"


def test_a_failed_refund_by_hand_is_of_no_more_than_what_is_left():
    save_completed()
    record(a_reversal(RefundStatus.FAILED, amount=200, id_="re_1"))

    lost = StripeReversal(
        refunds=(a_refund(RefundStatus.FAILED, 200),), dispute=DisputeStatus.LOST, amount_lost=100
    )
    record(lost)

    assert get_refund("re_1").money == Money(150, "eur")


def test_a_partial_refund_by_hand_keeps_the_order_open():
    save_completed()

    (refund,) = record(a_reversal(amount=100))

    assert (refund.id, refund.reason) == ("re_1", RefundReason.BY_HAND)
    assert get_refund("re_1") == refund
    assert get_order().is_paid
    assert get_order().explanation.code == "partially_refunded"
    assert tasks.get(OID, TaskKind.CONTENT, OID) is None


def test_a_whole_refund_by_hand_closes_the_order():
    save_completed()

    record(a_reversal())

    assert not get_order().is_paid
    assert get_order().explanation.code == "refunded"
    assert tasks.get(OID, TaskKind.CONTENT, OID) is not None


def test_a_stage_may_close_an_order_from_the_beginning_of_a_dispute():
    save_completed()

    record(StripeReversal(dispute=DisputeStatus.OPEN), dispute_closes=True)
    disputed = get_order()
    record(StripeReversal(dispute=DisputeStatus.WON), dispute_closes=True)

    assert not disputed.is_paid
    assert disputed.explanation.params["context"] == "closed"
    assert get_order().is_paid
    assert get_order().explanation.code == "completed"


def test_a_dispute_is_followed_to_its_end():
    save_completed()
    reversal = StripeReversal(dispute=DisputeStatus.OPEN)
    record(reversal)
    assert get_order().explanation.code == "dispute_open"
    assert get_order().is_paid
    assert item_at(keys.payment(OID, "pi_1"))["GSI2PK"].startswith("money#")

    record(StripeReversal(dispute=DisputeStatus.LOST))

    assert not get_order().is_paid
    assert "GSI2PK" not in item_at(keys.payment(OID, "pi_1"))
    assert event_names() == ["payment_disputed", "dispute_closed"]


def test_a_refund_of_another_payment_does_not_explain_a_completed_order():
    other = replace(PAID, payment_intent_id="pi_0")
    refund = Refund.owed(other, RefundReason.QUOTE_CHANGED, at=THEN).requested("re_0", at=THEN)
    order = an_order(READ, payment=PAID, status=OrderStatus.COMPLETED)
    save(order, READ, payments=(other,), refunds_=(refund,))

    reversals.record(
        an_intent(id="pi_0"), lambda: a_reversal(id_="re_0"), AUDIT, dispute_closes=False
    )

    assert get_order().explanation.code == "completed"
    assert get_payment("pi_0").amount_refunded == 250


EARLIER = replace(PAID, payment_intent_id="pi_0")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"status": OrderStatus.PROCESSING}, "payment_processing"),
        ({"status": OrderStatus.CANCELLED, "status_reason": NEVER_PAID}, "never_paid"),
        ({"status_reason": ACTION_REQUIRED}, "payment_requires_action"),
        ({"status_reason": Reason("refunded")}, "quote_changed"),
        ({}, "quote_changed"),
    ],
)
def test_the_refund_of_an_earlier_payment_explains_only_what_nothing_else_does(fields, code):
    refund = Refund.owed(EARLIER, RefundReason.QUOTE_CHANGED, at=THEN).requested("re_0", at=THEN)
    is_confirming = fields.get("status") is OrderStatus.PROCESSING
    current = a_payment(status=PaymentStatus.PROCESSING if is_confirming else PaymentStatus.OPEN)
    save(an_order(READ, payment=current, **fields), READ, payments=(EARLIER,), refunds_=(refund,))
    reversal = a_reversal(id_="re_0", of="pi_0")

    reversals.record(an_intent(id="pi_0"), lambda: reversal, AUDIT, dispute_closes=False)

    assert get_order().explanation.code == code
    assert [refund.status for refund in get_order().refunds] == [RefundStatus.SUCCEEDED]


def amounts_by_event():
    return [(event.name, event.facts["amount"]) for event in events.of_order(OID)]


def test_a_refund_that_is_under_way_is_not_called_refunded():
    save_owed(OWED)
    reversals.record_request(OWED, "re_1", AUDIT)

    record(a_reversal(RefundStatus.PENDING, of="pi_1"))
    record(a_reversal(of="pi_1"))

    assert amounts_by_event() == [("refund_requested", 250), ("refunded", 250)]


def test_an_earlier_attempt_that_fails_is_an_event_of_what_it_had_returned():
    both = replace(PENDING, stripe_id="re_2", attempts=2).succeeded(at=THEN)
    save_owed(replace(both, returned=250), payment_fields={"amount_refunded": 250})
    refunds_ = (
        a_refund(amount=100, id_="re_2", of="pi_1"),
        a_refund(RefundStatus.FAILED, amount=150, of="pi_1"),
    )

    record(StripeReversal(refunds=refunds_))

    assert amounts_by_event() == [("refund_failed", 150)]
    assert (get_refund().status, get_refund().money.amount) == (RefundStatus.OWED, 150)


def test_a_refund_that_stripe_refuses_is_never_called_refunded():
    save_owed(OWED)

    for _ in range(2):
        reversals.record_refusal(get_refund(), AUDIT)
        record(StripeReversal())
        reversals.retry(get_refund(), AUDIT)
        record(StripeReversal())

    assert event_names() == ["refund_failed", "refund_retried"] * 2
    assert get_order().payment.refund is None


def test_a_refund_by_hand_that_failed_before_it_was_known_is_closed_by_the_next():
    save_completed()
    failed, second = a_refund(RefundStatus.FAILED), a_refund(id_="re_2")

    record(StripeReversal(refunds=(second, failed)))

    by_hand = {refund.id: refund for refund in refunds.of_order(OID)}
    assert by_hand["re_1"].closed_at
    assert [summary.id for summary in get_order().refunds] == ["re_2"]


def test_the_refunds_of_an_unknown_payment_are_not_recorded():
    save(an_order(READ), READ)

    assert record(a_reversal()) == []
