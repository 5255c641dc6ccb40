import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from docket.domain.errors import OrderNotFound
from docket.domain.payments.refund import BACK_OFF
from docket.gateways import stripe as stripe_gateway
from docket.runtime.clock import now
from docket.table import client, keys
from docket.table.payments import payments, stripe_cursor
from docket.workflows.audit import audit_context
from docket.workflows.debts import event_list
from docket.workflows.debts.event_list import OVERLAP
from docket.workflows.orders import payment as payment_workflow
from tests.due_debts import owed, settle_due
from tests.make import OID, OTHER_OID, a_read_document, an_audit_context, an_order
from tests.table_state import event_names, get_order, get_payment, item_at, save

pytestmark = pytest.mark.usefixtures("service")

READ = a_read_document()


def start_paying(order_id=OID):
    read = a_read_document(id=f"{order_id}-1")
    save(an_order(read, id=order_id), read)
    return payment_workflow.current_intent(get_order(order_id), audit_context("customer"))


def handle_missed(after=timedelta()):
    return event_list.handle_missed(an_audit_context("stripe", now() + after))


def cursor():
    return item_at(keys.stripe_cursor()).get("event_id")


def event_id(stripe, type_="payment_intent.succeeded"):
    return json.loads(stripe.newest_event(type_))["id"]


def test_an_order_whose_webhook_was_lost_is_completed(stripe):
    intent = start_paying()
    stripe.pay(intent.id)

    assert handle_missed() == 1

    assert get_order().is_paid
    created = json.loads(stripe.event("payment_intent.succeeded", intent.id))["created"]
    assert get_order().payment.paid_at == datetime.fromtimestamp(created, UTC)


def test_a_debit_is_paid_when_it_settled_and_not_when_it_was_started(stripe, monkeypatch):
    intent = start_paying()
    stripe.pay(intent.id, "pm_success_de")
    handle_missed()
    assert get_order().promised_at is None
    settled = time.time() + 3 * 86_400
    with monkeypatch.context() as later:
        later.setattr(time, "time", lambda: settled)
        stripe.complete_payment(intent.id)
        handle_missed(timedelta(days=3))

    assert get_order().is_paid
    assert abs(get_order().payment.paid_at.timestamp() - settled) < 2


def test_an_event_that_had_its_effect_is_not_fetched_again(stripe):
    intent = start_paying()
    stripe.pay(intent.id, "pm_card_visa_chargeDeclined")
    handle_missed()
    assert event_names().count("payment_failed") == 1
    calls = stripe.calls()

    handle_missed()

    assert stripe.calls() == calls + 1  # the list itself


def test_an_event_without_an_effect_is_fetched_once(stripe):
    intent = start_paying()
    stripe.pay(intent.id)
    payment_workflow.confirm("ada", OID, intent.id, audit_context("customer"))
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id})
    payment_workflow.follow_reversal(intent, audit_context("stripe"))
    handle_missed()
    calls = stripe.calls()

    handle_missed()

    assert event_names().count("refunded") == 1
    assert stripe.calls() == calls + 1


def test_a_success_does_not_wait_for_events_that_ask_stripe(stripe, monkeypatch):
    other = start_paying(OTHER_OID)
    stripe.pay(other.id)
    stripe.sdk.v1.refunds.create({"payment_intent": other.id})
    stripe.pay(start_paying().id)
    monkeypatch.setattr(event_list, "RUN", timedelta(0))

    handle_missed()

    assert get_order().is_paid
    assert get_order(OTHER_OID).is_paid  # its refund is followed in the next run


def test_abandoned_payments_cost_no_call_for_each(stripe):
    intents = [start_paying(f"01JD{number:022d}") for number in range(5)]
    for intent in intents:
        stripe.sdk.v1.payment_intents.cancel(intent.id)
    calls = stripe.calls()

    handle_missed()

    assert stripe.calls() == calls + 1


def test_the_cursor_follows_at_a_distance(stripe):
    stripe.pay(start_paying().id)

    handle_missed()
    assert cursor() is None
    handle_missed(after=OVERLAP + timedelta(seconds=2))

    assert cursor() == event_id(stripe)


def test_an_event_that_is_listed_late_is_not_missed(stripe, monkeypatch):
    """Stripe lists an event of an earlier time after the cursor has passed a later one."""
    late, punctual = start_paying(), start_paying(OTHER_OID)
    stripe.double.faults.add({"events": {"unlist": 9, "unlist_seconds": 60}})
    stripe.pay(late.id)
    stripe.restore()
    stripe.pay(punctual.id)
    handle_missed(after=timedelta(minutes=1))
    assert (get_order().is_paid, get_order(OTHER_OID).is_paid) == (False, True)

    listed = time.time() + 61
    with monkeypatch.context() as later:
        later.setattr(time, "time", lambda: listed)
        handle_missed(after=timedelta(minutes=2))

    assert get_order().is_paid
    assert get_order(OTHER_OID).is_paid


def test_the_first_run_does_not_look_at_what_other_shops_did_long_ago(stripe, monkeypatch):
    stripe.pay(start_paying().id)
    week_later = time.time() + 7 * 86_400
    with monkeypatch.context() as later:
        later.setattr(time, "time", lambda: week_later)
        stripe.pay(start_paying(OTHER_OID).id)
        handle_missed(timedelta(days=7))

    assert (get_order().is_paid, get_order(OTHER_OID).is_paid) == (False, True)


def test_one_worker_reads_the_list_at_a_time(stripe):
    stripe.pay(start_paying().id)
    item = stripe_cursor.claim(at=now(), until=now() + timedelta(minutes=5))
    assert item is not None

    assert handle_missed() == 0
    assert not get_order().is_paid


def fail_for(monkeypatch, order_id):
    """Make the recording of a success fail for one order."""
    state_of = payments.state_of

    def failing(intent):
        if intent.order_id == order_id:
            raise RuntimeError
        return state_of(intent)

    monkeypatch.setattr(payments, "state_of", failing)


def test_an_event_that_cannot_be_handled_does_not_hold_up_the_others(stripe, monkeypatch):
    for order_id in (OID, OTHER_OID):
        stripe.pay(start_paying(order_id).id)
    with monkeypatch.context() as broken:
        fail_for(broken, OID)
        handle_missed(after=OVERLAP + timedelta(seconds=2))

    assert (get_order().is_paid, get_order(OTHER_OID).is_paid) == (False, True)
    assert cursor() == event_id(stripe)
    assert keys.UNHANDLED in owed()
    settle_due(now() + OVERLAP + BACK_OFF[0] + timedelta(minutes=1))

    assert get_order().is_paid
    assert keys.UNHANDLED not in owed()


def test_an_event_that_can_never_be_handled_alerts_a_person(stripe, monkeypatch, capsys):
    stripe.pay(start_paying().id)
    fail_for(monkeypatch, OID)
    handle_missed()

    at = now()
    for _ in range(6):
        at += timedelta(days=1)
        settle_due(at)

    assert '"DebtNeedsPerson":[1.0]' in capsys.readouterr().out
    assert keys.UNHANDLED in owed()


@pytest.fixture
def gone(stripe, monkeypatch):
    """A payment whose event could not be handled, and that Stripe no longer has."""
    intent = start_paying()
    stripe.pay(intent.id)
    with monkeypatch.context() as broken:
        fail_for(broken, OID)
        handle_missed()
    monkeypatch.setattr(stripe_gateway, "event", lambda _: None)
    return intent


def test_of_an_event_that_stripe_no_longer_has_the_payment_is_recorded(gone):
    settle_due(now() + timedelta(days=31))

    assert get_order().is_paid
    assert keys.UNHANDLED not in owed()


def test_of_an_event_that_stripe_no_longer_has_the_refunds_are_recorded(stripe, gone):
    stripe.sdk.v1.refunds.create({"payment_intent": gone.id})

    settle_due(now() + timedelta(days=31))

    assert not get_order().is_paid
    assert get_payment(gone.id).amount_refunded == 250
    assert keys.UNHANDLED not in owed()


def test_an_event_that_stripe_no_longer_has_of_an_unknown_payment_alerts_a_person(
    gone, monkeypatch, capsys
):
    monkeypatch.setattr(stripe_gateway, "get_intent", lambda _: None)

    at = now()
    for _ in range(6):
        at += timedelta(days=1)
        settle_due(at)

    assert '"DebtNeedsPerson":[1.0]' in capsys.readouterr().out
    assert keys.UNHANDLED in owed()


def test_a_missed_webhook_is_counted_but_not_a_slow_one(stripe, capsys):
    stripe.pay(start_paying().id)
    handle_missed()
    assert "WebhookMissed" not in capsys.readouterr().out
    stripe.pay(start_paying(OTHER_OID).id)

    handle_missed(after=timedelta(minutes=2))

    assert '"WebhookMissed":[1.0]' in capsys.readouterr().out


def test_events_of_other_shops_have_no_effect(stripe):
    stripe.sdk.v1.payment_intents.create(
        {
            "amount": 999,
            "currency": "eur",
            "confirm": True,
            "payment_method": "pm_card_visa",
            "return_url": "https://shop.test/",
        }
    )

    assert handle_missed() == 0
    with pytest.raises(OrderNotFound):
        get_order()


def test_a_worker_whose_claim_has_ended_leaves_the_other_pages(stripe, monkeypatch):
    for order_id in (OID, OTHER_OID):
        stripe.pay(start_paying(order_id).id, "pm_card_visa_chargeDeclined")
    pages, handle = event_list._pages, payment_workflow.handle_event
    handled = []

    def handle_and_lose_the_claim(event, audit):
        handled.append(event.type)
        other = item_at(keys.stripe_cursor()) | {"claimed_until": "of another worker"}
        client.write(client.Put(item=other, condition=None))
        return handle(event, audit)

    def of_one_event(position, *, since):
        return [[event] for page in pages(position, since=since) for event in page]

    monkeypatch.setattr(event_list, "_pages", of_one_event)
    monkeypatch.setattr(payment_workflow, "handle_event", handle_and_lose_the_claim)

    handle_missed(OVERLAP + timedelta(minutes=1))

    assert handled.count("payment_intent.payment_failed") == 1
    assert item_at(keys.stripe_cursor())["claimed_until"] == "of another worker"
