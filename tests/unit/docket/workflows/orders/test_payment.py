import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from docket.domain.errors import (
    NothingToCharge,
    NotReadyToPay,
    PaymentNotConfirmed,
    PaymentsUnreachable,
    QuoteOutdated,
)
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import ACTION_REQUIRED, Intent, PaymentStatus, RefundStatus
from docket.domain.payments.refund import RefundReason
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from docket.gateways import stripe as gateway
from docket.table import client, keys
from docket.table.documents import documents
from docket.table.orders import events, orders, payment_items
from docket.table.payments import refunds
from docket.workflows.audit import audit_context
from docket.workflows.debts import payment_debts
from docket.workflows.orders import payment as payment_workflow
from tests.fakes import signed
from tests.make import (
    LIMITS,
    OID,
    OTHER_OID,
    a_document,
    a_read_document,
    a_reading_document,
    an_event,
    an_order,
)
from tests.table_state import get_order, interrupted, save

pytestmark = pytest.mark.usefixtures("service")

READ = a_read_document()
DEBIT, FAILING_DEBIT = "pm_success_de", "pm_failed_de"
DECLINED = "pm_card_visa_chargeDeclined"
CONFIRMED_AT_BANK = "pm_card_authenticationRequired"


@pytest.fixture(autouse=True)
def order(stripe):
    save(an_order(READ), READ)


def current_intent() -> Intent:
    return payment_workflow.current_intent(get_order(), audit_context("customer"))


def confirm(intent, order_id=OID):
    return payment_workflow.confirm("ada", order_id, intent.id, audit_context("customer"))


def deliver_webhook(stripe, type_, intent):
    """Handle an event of Stripe's as its webhook does."""
    body = stripe.event(type_, intent.id)
    webhook_event = gateway.verify_webhook(body, signed(body)["stripe-signature"])
    return payment_workflow.handle_event(webhook_event, audit_context("stripe"))


def change_documents():
    """Change the quote: add a document and remove it."""
    more = a_document("more.pdf")
    documents.add("ada", [more], an_event("document_added"), limits=LIMITS)
    documents.remove("ada", more.id, audit_context("customer"))


def owed_refund(intent):
    return refunds.get(OID, intent.id)


def request_refund(intent):
    payment_workflow.request_refund(owed_refund(intent), intent, audit_context("worker"))


def at_stripe(intent):
    return gateway.get_intent(intent.id)


def reconcile(intent):
    return payment_workflow.reconcile(intent, audit_context("worker"))


def choose_card(stripe, intent):
    """The customer chooses a card, and does not pay yet: Stripe then states no error."""
    stripe.sdk.v1.payment_intents.update(intent.id, {"payment_method": "pm_card_visa"})


def follow(payment):
    payment_debts.follow(payment, audit_context("worker"))


def stored_payment(intent):
    return payment_items.get(OID, intent.id)


def event_names():
    return [event.name for event in events.of_order(OID)]


def test_a_repeated_request_gets_the_same_intent():
    first, second = current_intent(), current_intent()

    assert first == second
    assert (first.money.amount, first.money.currency) == (250, "eur")
    assert event_names() == ["payment_started"]


@pytest.mark.stripe_server
@pytest.mark.usefixtures("atomic")
def test_concurrent_requests_get_one_intent(stripe, monkeypatch):
    monkeypatch.setattr(gateway, "RETRIES", 8)
    before = get_order()

    def request(_):
        return payment_workflow.current_intent(before, audit_context("customer"))

    with ThreadPoolExecutor(4) as threads:
        intent_ids = {intent.id for intent in threads.map(request, range(4))}

    assert len(intent_ids) == len(stripe.intents()) == 1


def test_a_changed_order_gets_a_new_intent_after_the_old_one_was_cancelled(stripe):
    first = current_intent()
    change_documents()
    second = current_intent()
    assert second.id != first.id
    assert stored_payment(first).status is PaymentStatus.CANCELED

    assert payment_workflow.cancel(stored_payment(first), audit_context("worker"))

    assert stripe.intent(first.id).status == "canceled"
    assert stored_payment(first).status is PaymentStatus.CANCELED
    assert get_order().current_payment.payment_intent_id == second.id


def test_a_paid_order_is_completed_by_the_browser_and_the_webhook_together(stripe):
    intent = current_intent()
    stripe.pay(intent.id)

    assert confirm(intent).status is OrderStatus.COMPLETED
    assert not deliver_webhook(stripe, "payment_intent.succeeded", intent)
    assert confirm(intent).is_paid
    assert event_names().count("paid") == 1


def test_a_payment_of_an_outdated_quote_is_refunded(stripe):
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id)

    with pytest.raises(QuoteOutdated):
        confirm(intent)
    assert owed_refund(intent).status is RefundStatus.OWED
    request_refund(intent)

    assert stripe.refunds(intent.id) == [250]
    assert owed_refund(intent).reason is RefundReason.QUOTE_CHANGED
    assert owed_refund(intent).status in (RefundStatus.PENDING, RefundStatus.SUCCEEDED)
    with pytest.raises(QuoteOutdated):
        confirm(intent)
    assert stripe.refunds(intent.id) == [250]


def test_a_refund_is_requested_once_although_the_reply_is_not_recorded(stripe):
    intent = current_intent()
    orders.cancel("ada", OID, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id)
    deliver_webhook(stripe, "payment_intent.succeeded", intent)

    gateway.create_refund(owed_refund(intent))
    request_refund(intent)

    assert stripe.refunds(intent.id) == [250]
    assert owed_refund(intent).reason is RefundReason.ORDER_CANCELLED


def test_nothing_is_called_at_stripe_before_the_refund_is_owed(stripe):
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id)
    deliver_webhook(stripe, "payment_intent.succeeded", intent)

    assert stripe.refunds(intent.id) == []
    assert event_names().count("refund_owed") == 1


def test_a_declined_payment_has_what_the_customer_can_do(stripe):
    intent = current_intent()
    stripe.pay(intent.id, "pm_card_chargeDeclinedExpiredCard")
    deliver_webhook(stripe, "payment_intent.payment_failed", intent)

    assert get_order().explanation == Reason("payment_declined", {"context": "expired_card"})


def test_a_declined_payment_can_be_paid_again(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DECLINED)
    assert deliver_webhook(stripe, "payment_intent.payment_failed", intent)
    assert get_order().explanation.code == "payment_declined"

    assert current_intent().id == intent.id
    stripe.pay(intent.id)
    assert confirm(intent).is_paid


def test_a_payment_that_the_bank_wants_confirmed_is_shown_until_it_is(stripe):
    intent = current_intent()
    stripe.pay(intent.id, CONFIRMED_AT_BANK)
    assert deliver_webhook(stripe, "payment_intent.requires_action", intent)
    assert get_order().explanation == ACTION_REQUIRED
    assert not deliver_webhook(stripe, "payment_intent.requires_action", intent)

    stripe.authenticate(intent.id)

    assert confirm(intent).is_paid
    assert get_order().payment.failure is None


def test_a_confirmation_at_the_bank_that_failed_is_a_decline(stripe):
    intent = current_intent()
    stripe.pay(intent.id, CONFIRMED_AT_BANK)
    deliver_webhook(stripe, "payment_intent.requires_action", intent)

    stripe.authenticate(intent.id, "fail")
    deliver_webhook(stripe, "payment_intent.payment_failed", intent)

    assert get_order().explanation == Reason("payment_declined", {"context": "authentication"})


def test_a_late_event_about_a_required_action_has_no_effect(stripe):
    intent = current_intent()
    stripe.pay(intent.id, CONFIRMED_AT_BANK)
    stripe.authenticate(intent.id)
    confirm(intent)

    assert not deliver_webhook(stripe, "payment_intent.requires_action", intent)

    assert get_order().is_paid


def test_a_bank_debit_is_processing_until_the_bank_confirms_it(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DEBIT)
    with pytest.raises(PaymentNotConfirmed):
        confirm(intent)
    assert deliver_webhook(stripe, "payment_intent.processing", intent)
    assert get_order().status is OrderStatus.PROCESSING
    with pytest.raises(NothingToCharge):
        current_intent()

    stripe.complete_payment(intent.id)

    assert confirm(intent).is_paid


def test_a_debit_that_ended_without_a_reason_can_be_paid_again(stripe):
    intent = current_intent()
    stripe.pay(intent.id, FAILING_DEBIT)
    deliver_webhook(stripe, "payment_intent.processing", intent)
    stripe.complete_payment(intent.id)
    choose_card(stripe, intent)
    processing = get_order()

    follow(stored_payment(intent))

    assert processing.status is OrderStatus.PROCESSING
    assert get_order().status is OrderStatus.PENDING
    assert get_order().explanation == Reason("payment_declined")
    assert current_intent() == at_stripe(intent)


def test_an_older_answer_of_stripe_does_not_undo_a_newer_one(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DECLINED)
    declined = at_stripe(intent)
    stripe.pay(intent.id, DEBIT)
    reconcile(at_stripe(intent))

    assert not reconcile(declined)

    assert get_order().status is OrderStatus.PROCESSING
    assert stored_payment(intent).status is PaymentStatus.PROCESSING


def test_what_has_overtaken_an_older_answer_of_stripe_is_recorded(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DECLINED)
    reconcile(at_stripe(intent))
    stripe.pay(intent.id, DEBIT)
    processing = at_stripe(intent)
    stripe.complete_payment(intent.id)

    assert reconcile(processing)

    assert get_order().is_paid


def test_an_answer_is_asked_for_again_if_another_one_was_recorded_meanwhile(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DECLINED)
    declined = at_stripe(intent)
    stripe.pay(intent.id, DEBIT)
    processing = at_stripe(intent)

    with interrupted(lambda: reconcile(processing)):
        assert not reconcile(declined)

    assert get_order().status is OrderStatus.PROCESSING


def test_an_intent_that_nobody_has_tried_to_pay_changes_nothing(stripe):
    intent = current_intent()
    choose_card(stripe, intent)

    assert not reconcile(at_stripe(intent))

    assert stored_payment(intent).failure is None


def test_an_order_with_a_document_in_progress_cannot_be_paid():
    late = a_reading_document("late.pdf")
    save(an_order(READ, late), READ, late)

    with pytest.raises(NotReadyToPay) as refused:
        current_intent()
    assert refused.value.params == {"filenames": ("late.pdf",)}


def test_the_first_20_documents_in_progress_of_a_large_order_are_named():
    read = [a_read_document(f"{number}.pdf") for number in range(30)]
    late = [a_reading_document(f"late {number}.pdf") for number in range(30)]
    save(an_order(*read, *late), *read, *late)

    with pytest.raises(NotReadyToPay) as refused:
        current_intent()

    names = refused.value.params["filenames"]
    assert isinstance(names, tuple)
    assert len(names) == 20
    assert all(name.startswith("late") for name in names)


def test_a_payment_of_another_order_is_not_confirmed(stripe):
    save(an_order(READ, id=OTHER_OID))
    intent = current_intent()
    stripe.pay(intent.id)

    with pytest.raises(PaymentNotConfirmed):
        confirm(intent, OTHER_OID)
    assert get_order(OTHER_OID).status is OrderStatus.PENDING


def test_an_unknown_payment_is_not_confirmed():
    with pytest.raises(PaymentNotConfirmed):
        payment_workflow.confirm("ada", OID, "pi_unknown", audit_context("customer"))


def test_an_unreachable_stripe_leaves_the_refund_owed(stripe, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id)
    deliver_webhook(stripe, "payment_intent.succeeded", intent)
    stripe.fail_calls()

    with pytest.raises(PaymentsUnreachable):
        request_refund(intent)
    assert owed_refund(intent).status is RefundStatus.OWED

    stripe.restore()
    request_refund(intent)
    assert stripe.refunds(intent.id) == [250]


def test_a_refund_of_a_payment_whose_success_was_lost_records_both(stripe):
    intent = current_intent()
    stripe.pay(intent.id)
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 100})
    body = stripe.newest_event("refund.created")
    event = gateway.verify_webhook(body, signed(body)["stripe-signature"])

    assert payment_workflow.handle_event(event, audit_context("stripe"))

    payment = stored_payment(intent)
    assert (payment.status, payment.amount_refunded) == (PaymentStatus.SUCCEEDED, 100)
    assert get_order().status is OrderStatus.COMPLETED


@pytest.mark.parametrize("type_", ["payment_intent.succeeded", "payment_intent.canceled"])
def test_the_event_that_ends_a_payment_is_stored_with_its_effect(stripe, type_):
    intent = current_intent()
    if type_ == "payment_intent.succeeded":
        stripe.pay(intent.id)
    else:
        gateway.cancel_intent(intent.id)

    assert deliver_webhook(stripe, type_, intent)

    event_id = json.loads(stripe.event(type_, intent.id))["id"]
    assert client.get(keys.stripe_event(event_id)) is not None
