import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from docket.domain.document import DocumentStatus, Outcome
from docket.domain.errors import (
    NothingToCharge,
    NotReadyToPay,
    PaymentNotConfirmed,
    PaymentsUnreachable,
    QuoteOutdated,
)
from docket.domain.order import OrderStatus
from docket.domain.payment import Intent, PaymentStatus, RefundStatus, Reversal
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from docket.gateways import stripe as gateway
from docket.runtime.clock import now
from docket.schemas.orders import OrderResponse
from docket.table import documents, events, orders
from docket.workflows import payment as payment_workflow
from docket.workflows.audit import audit_context
from tests.fakes import signed
from tests.make import OID, OTHER_OID, a_document, a_read_document, an_event, an_order

pytestmark = pytest.mark.usefixtures("service")

DEBIT, DECLINED = "pm_success_de", "pm_card_visa_chargeDeclined"


@pytest.fixture(autouse=True)
def order(stripe):
    save()


def save(order_id=OID, **fields):
    usual = {"id": order_id, "documents": (a_read_document(),)}
    orders.create_order(an_order(**{**usual, **fields}), an_event("opened"))


def get_order(order_id=OID):
    return orders.get("ada", order_id)


def current_intent(order_id=OID) -> Intent:
    return payment_workflow.current_intent(get_order(order_id), audit_context("customer"))


def confirm(intent, order_id=OID):
    return payment_workflow.confirm(get_order(order_id), intent.id, audit_context("customer"))


def deliver_webhook(stripe, type_, intent):
    """Handle an event of Stripe's as its webhook does."""
    body = stripe.event(f"payment_intent.{type_}", intent.id)
    webhook_event = gateway.verify_webhook(body, signed(body)["stripe-signature"])
    return payment_workflow.handle_event(webhook_event, audit_context("stripe"))


def change_documents():
    """Change the quote: add a read document of one page."""
    more = a_read_document("more.pdf")
    documents.add("ada", more, an_event("document_added"))


def count_events(name, order_id=OID):
    return [event.name for event in events.of_order(order_id)].count(name)


def test_a_repeated_request_gets_the_same_intent():
    first, second = current_intent(), current_intent()

    assert first == second
    assert (first.money.amount, first.money.currency) == (250, "eur")
    assert count_events("payment_started") == 1


@pytest.mark.stripe_server
@pytest.mark.usefixtures("atomic")
def test_concurrent_requests_get_one_intent(stripe, monkeypatch):
    monkeypatch.setattr(gateway, "RETRIES", 8)
    before = get_order()

    with ThreadPoolExecutor(4) as threads:
        ask = lambda _: payment_workflow.current_intent(before, audit_context("customer"))  # noqa: E731 - short, and used once below
        intent_ids = {intent.id for intent in threads.map(ask, range(4))}

    assert len(intent_ids) == len(stripe.intents()) == 1


def test_a_changed_order_gets_a_new_intent_and_the_old_one_is_cancelled(stripe):
    first = current_intent()
    change_documents()

    second = current_intent()

    assert second.id != first.id
    assert second.money.amount == 300
    assert stripe.intent(first.id).status == "canceled"


def test_a_replaced_intent_that_was_paid_is_refunded(stripe):
    first = current_intent()
    change_documents()
    stripe.pay(first.id)

    second = current_intent()

    assert stripe.refunds(first.id) == [250]
    assert get_order().current_payment() is not None
    assert stripe.intent(second.id).status == "requires_payment_method"
    assert count_events("refunded") == 1
    assert not deliver_webhook(stripe, "succeeded", first)
    assert stripe.refunds(first.id) == [250]


def test_a_new_intent_does_not_need_the_cancellation_of_the_old_one(stripe):
    first = current_intent()
    change_documents()
    stripe.fail_calls(path=f"/v1/payment_intents/{first.id}")

    assert current_intent().id != first.id


def test_a_cancelled_intent_is_replaced(stripe):
    first = current_intent()
    stripe.sdk.v1.payment_intents.cancel(first.id)

    assert current_intent().id != first.id


def test_an_order_with_pending_documents_gets_no_intent(stripe):
    documents.add("ada", a_document("late.pdf"), an_event())

    with pytest.raises(NotReadyToPay):
        current_intent()

    assert stripe.intents() == []


def test_a_paid_intent_is_not_replaced(stripe):
    intent = current_intent()
    stripe.pay(intent.id)

    with pytest.raises(NothingToCharge) as refused:
        current_intent()

    assert refused.value.params == {"context": "paid"}

    assert get_order().is_paid


def test_a_processing_intent_is_not_replaced(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DEBIT)

    with pytest.raises(NothingToCharge) as refused:
        current_intent()

    assert refused.value.params == {"context": "processing"}

    assert get_order().status is OrderStatus.PROCESSING


def test_a_paid_intent_completes_its_order_once(stripe):
    intent = current_intent()
    stripe.pay(intent.id)

    first, second = confirm(intent), confirm(intent)

    assert first.is_paid
    assert first == second == get_order()
    assert count_events("paid") == 1


@pytest.mark.parametrize("method", [None, DEBIT, DECLINED])
def test_an_unpaid_intent_does_not_complete_an_order(stripe, method):
    intent = current_intent()
    if method:
        stripe.pay(intent.id, method)

    with pytest.raises(PaymentNotConfirmed):
        confirm(intent)

    assert not get_order().is_paid


def test_the_intent_of_another_order_does_not_complete_an_order(stripe):
    save(OTHER_OID)
    intent = current_intent(OTHER_OID)
    current_intent()
    stripe.pay(intent.id)

    with pytest.raises(PaymentNotConfirmed):
        confirm(intent)

    assert not get_order().is_paid
    assert stripe.refunds(intent.id) == []
    assert confirm(intent, OTHER_OID).is_paid


def test_the_intent_of_another_customer_does_not_complete_an_order(stripe):
    orders.create_order(an_order(user_id="eve", documents=(a_read_document(),)), an_event("opened"))
    intent = payment_workflow.current_intent(orders.get("eve", OID), audit_context("customer"))
    stripe.pay(intent.id)

    with pytest.raises(PaymentNotConfirmed):
        confirm(intent)

    assert not get_order().is_paid


def test_an_intent_that_was_created_manually_is_refunded(stripe):
    current_intent()
    cheap = stripe.sdk.v1.payment_intents.create(
        {
            "amount": 50,
            "currency": "eur",
            "metadata": {"order_id": OID, "user_id": "ada", "stage": "test"},
        }
    )
    stripe.pay(cheap.id)

    with pytest.raises(QuoteOutdated):
        confirm(cheap)

    assert not get_order().is_paid
    assert stripe.refunds(cheap.id) == [50]


def test_an_intent_whose_amount_was_reduced_is_refunded(stripe):
    intent = current_intent()
    stripe.sdk.v1.payment_intents.update(intent.id, {"amount": 50})
    stripe.pay(intent.id)

    with pytest.raises(PaymentNotConfirmed) as refused:
        confirm(intent)
    assert deliver_webhook(stripe, "succeeded", intent)

    assert refused.value.params == {"context": "other_amount"}

    assert not get_order().is_paid
    assert stripe.refunds(intent.id) == [50]


def test_an_unknown_intent_does_not_complete_an_order():
    current_intent()

    with pytest.raises(PaymentNotConfirmed) as refused:
        payment_workflow.confirm(get_order(), "pi_nothing", audit_context("customer"))

    assert refused.value.params == {"context": "unknown"}


def test_an_outage_of_stripe_is_an_error_and_can_be_retried(stripe):
    intent = current_intent()
    stripe.pay(intent.id)
    stripe.fail_calls()

    with pytest.raises(PaymentsUnreachable):
        confirm(intent)
    stripe.restore()

    assert confirm(intent).is_paid


def test_a_payment_of_an_outdated_quote_is_refunded_once(stripe):
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id)

    assert deliver_webhook(stripe, "succeeded", intent)
    assert not deliver_webhook(stripe, "succeeded", intent)
    with pytest.raises(QuoteOutdated):
        confirm(intent)

    assert stripe.refunds(intent.id) == [250]
    assert count_events("refunded") == 1
    assert get_order().status is OrderStatus.PENDING
    assert get_order().explanation.code == "quote_changed"


def test_a_refund_that_was_not_recorded_is_recorded_by_the_repeated_event(stripe):
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id)
    stripe.fail_calls(path="/v1/refunds", when="after")
    with pytest.raises(PaymentsUnreachable):
        deliver_webhook(stripe, "succeeded", intent)
    stripe.restore()

    assert deliver_webhook(stripe, "succeeded", intent)

    assert stripe.refunds(intent.id) == [250]
    assert count_events("refunded") == 1


def test_a_late_payment_of_a_cancelled_order_is_refunded(stripe):
    intent = current_intent()
    orders.cancel(get_order(), an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id)

    assert deliver_webhook(stripe, "succeeded", intent)

    assert get_order().status is OrderStatus.CANCELLED
    assert get_order().explanation.code == "order_cancelled"
    assert stripe.refunds(intent.id) == [250]


def test_a_payment_without_an_order_is_refunded(stripe):
    money = {"amount": 250, "currency": "eur"}
    orphaned = stripe.sdk.v1.payment_intents.create(
        {**money, "metadata": {"order_id": OTHER_OID, "user_id": "ada", "stage": "test"}}
    )
    stripe.pay(orphaned.id)

    assert deliver_webhook(stripe, "succeeded", orphaned)

    assert stripe.refunds(orphaned.id) == [250]


def test_a_payment_of_another_application_is_ignored(stripe):
    other = stripe.sdk.v1.payment_intents.create(
        {"amount": 999, "currency": "eur", "metadata": {"order_id": "1001"}}
    )
    stripe.pay(other.id)

    assert not deliver_webhook(stripe, "succeeded", other)

    assert stripe.refunds(other.id) == []


def test_a_repeated_event_has_one_effect(stripe):
    intent = current_intent()
    stripe.pay(intent.id)

    assert deliver_webhook(stripe, "succeeded", intent)
    assert not deliver_webhook(stripe, "succeeded", intent)

    assert count_events("paid") == 1


@pytest.mark.usefixtures("atomic")
def test_concurrent_confirmations_and_webhooks_complete_an_order_once(stripe):
    intent = current_intent()
    stripe.pay(intent.id)

    with ThreadPoolExecutor(4) as threads:
        browsers = [threads.submit(confirm, intent) for _ in range(2)]
        webhooks = [threads.submit(deliver_webhook, stripe, "succeeded", intent) for _ in range(2)]
    confirmed = [future.result() for future in browsers]
    [future.result() for future in webhooks]

    assert all(future.is_paid for future in confirmed)
    assert count_events("paid") == 1
    assert stripe.refunds(intent.id) == []


def test_a_debit_is_processing_until_the_bank_answers(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DEBIT)

    assert deliver_webhook(stripe, "processing", intent)
    assert get_order().status is OrderStatus.PROCESSING
    stripe.complete_payment(intent.id)
    assert deliver_webhook(stripe, "succeeded", intent)

    assert get_order().is_paid


def test_events_in_the_wrong_order_end_in_the_state_of_stripe(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DECLINED)
    stripe.pay(intent.id, DEBIT)
    stripe.complete_payment(intent.id)

    # The workflow gets the intent from Stripe, where it is paid.
    assert deliver_webhook(stripe, "payment_failed", intent)
    assert not deliver_webhook(stripe, "succeeded", intent)
    assert not deliver_webhook(stripe, "processing", intent)
    assert not deliver_webhook(stripe, "payment_failed", intent)

    assert get_order().is_paid
    assert count_events("paid") == 1
    assert count_events("payment_failed") == 0


def test_a_declined_payment_can_be_retried(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DECLINED)

    assert deliver_webhook(stripe, "payment_failed", intent)

    order = get_order()
    assert order.status is OrderStatus.PENDING
    assert order.explanation == Reason("payment_declined")
    assert order.payment is not None
    assert order.payment.status is PaymentStatus.FAILED
    assert current_intent().id == intent.id
    stripe.pay(intent.id)
    assert confirm(intent).is_paid


def test_an_order_is_pending_again_after_a_failed_debit(stripe):
    intent = current_intent()
    stripe.pay(intent.id, "pm_failed_de")
    deliver_webhook(stripe, "processing", intent)
    stripe.complete_payment(intent.id)

    assert deliver_webhook(stripe, "payment_failed", intent)

    assert get_order().status is OrderStatus.PENDING


def test_a_cancelled_intent_is_recorded_as_expired(stripe):
    intent = current_intent()
    stripe.sdk.v1.payment_intents.cancel(intent.id)

    assert deliver_webhook(stripe, "canceled", intent)

    assert get_order().explanation == Reason("payment_expired")


def test_other_events_have_no_effect(stripe):
    intent = current_intent()

    assert not deliver_webhook(stripe, "created", intent)
    assert not payment_workflow.handle_event(
        gateway.WebhookEvent("evt_1", "charge.refunded"), audit_context("stripe")
    )


def an_unreadable_document():
    return a_document(
        id=f"{OTHER_OID}-1", status=DocumentStatus.UNREADABLE, version="v1", filename="scan.pdf"
    )


def start_again(version="v2"):
    """Upload a new version of the unreadable document and start its ingestion."""
    return documents.start_reading(
        "ada", an_unreadable_document().id, version, order_id=OTHER_OID, at=now(), quarantined=False
    )


def finish(order, document_id, **outcome):
    read = Outcome(**{"reader_version": "1", "page_count": 120, "charged_pages": 120, **outcome})
    documents.finish_reading(order, order.document(document_id), read, an_event("document_read"))


def test_pages_added_after_the_quote_are_not_paid_by_it(stripe):
    save(OTHER_OID, documents=(a_read_document(), an_unreadable_document()))
    intent = current_intent(OTHER_OID)
    assert intent.money.amount == 250
    order = start_again()
    stripe.pay(intent.id)

    with pytest.raises(QuoteOutdated):
        confirm(intent, OTHER_OID)
    deliver_webhook(stripe, "succeeded", intent)
    finish(order, an_unreadable_document().id)

    order = get_order(OTHER_OID)
    assert (order.status, order.is_paid) == (OrderStatus.PENDING, False)
    assert order.explanation.code == "quote_changed"
    assert order.explanation.params == {"amount": 250, "currency": "eur"}
    assert stripe.refunds(intent.id) == [250]
    assert order.quote is not None
    assert order.quote.total.amount == 200 + 121 * 50


@pytest.fixture
def waiting_intent(stripe):
    """The intent of a debit that the bank confirmed while an ingestion was repeated."""
    intent = current_intent()
    stripe.pay(intent.id, DEBIT)
    deliver_webhook(stripe, "processing", intent)
    documents.read_again(get_order(), get_order().documents[0], an_event("reading_repeated"))
    stripe.complete_payment(intent.id)
    assert deliver_webhook(stripe, "succeeded", intent)
    return intent


def test_a_payment_waits_for_a_repeated_ingestion(stripe, waiting_intent):
    assert not deliver_webhook(stripe, "succeeded", waiting_intent)
    order = confirm(waiting_intent)

    assert (order.status, order.is_paid) == (OrderStatus.PROCESSING, False)
    assert order.payment is not None
    assert order.payment.status is PaymentStatus.SUCCEEDED
    assert order.explanation == Reason("waiting_for_documents")
    assert stripe.refunds(waiting_intent.id) == []
    assert count_events("payment_received") == 1
    assert count_events("paid") == 0


def test_the_last_outcome_completes_a_paid_order(stripe, waiting_intent):
    order = get_order()
    finish(order, order.documents[0].id)

    assert confirm(waiting_intent).is_paid
    assert count_events("paid") == 1
    assert stripe.refunds(waiting_intent.id) == []


def test_an_order_that_is_not_read_by_the_deadline_is_refunded(stripe, waiting_intent):
    order = get_order()
    payment = order.waiting_payment
    assert payment is not None

    payment_workflow.give_up(order, payment, audit_context("sweeper"))
    payment_workflow.give_up(order, payment, audit_context("sweeper"))
    finish(get_order(), order.documents[0].id)

    with pytest.raises(QuoteOutdated):
        confirm(waiting_intent)
    order = get_order()
    assert (order.status, order.is_paid) == (OrderStatus.CANCELLED, False)
    assert order.explanation.code == "not_completed_in_time"
    assert stripe.refunds(waiting_intent.id) == [250]
    assert count_events("refunded") == 1


def test_a_refund_at_the_deadline_is_repeated_after_an_outage(stripe, waiting_intent):
    order = get_order()
    payment = order.waiting_payment
    assert payment is not None
    stripe.fail_calls()
    with pytest.raises(PaymentsUnreachable):
        payment_workflow.give_up(order, payment, audit_context("sweeper"))
    stripe.restore()

    paid = gateway.get_intent(waiting_intent.id)
    assert paid is not None
    assert payment_workflow.reconcile(OID, paid, audit_context("sweeper"))

    assert get_order().explanation.code == "not_completed_in_time"
    assert stripe.refunds(waiting_intent.id) == [250]


def deliver_newest(stripe, type_):
    body = stripe.newest_event(type_)
    return payment_workflow.handle_event(
        gateway.verify_webhook(body, signed(body)["stripe-signature"]), audit_context("stripe")
    )


@pytest.mark.parametrize("type_", ["refund.failed", "refund.updated", "charge.refund.updated"])
def test_a_refund_that_fails_at_the_bank_is_recorded_and_not_repeated(stripe, type_, capsys):
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id, "pm_card_refundFail")
    deliver_webhook(stripe, "succeeded", intent)
    assert get_order().explanation.code == "quote_changed"
    stripe.complete_refunds(intent.id)
    stripe.expire_idempotency_keys()

    assert deliver_newest(stripe, type_)
    assert not deliver_newest(stripe, type_)
    deliver_webhook(stripe, "succeeded", intent)

    order = get_order()
    assert order.explanation.code == "refund_failed"
    assert order.reversals == (
        Reversal(payment_intent_id=intent.id, amount_refunded=0, refund=RefundStatus.FAILED),
    )
    assert len(stripe.refunds(intent.id)) == 1
    assert count_events("refund_failed") == 1
    assert "RefundFailed" in capsys.readouterr().out


def test_a_failed_refund_that_was_repeated_manually_is_recorded(stripe):
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id, "pm_card_refundFail")
    deliver_webhook(stripe, "succeeded", intent)
    stripe.complete_refunds(intent.id)
    deliver_newest(stripe, "refund.failed")
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id})

    assert deliver_newest(stripe, "charge.refunded")

    assert get_order().explanation.code == "quote_changed"
    (reversal,) = get_order().reversals
    assert (reversal.amount_refunded, reversal.refund) == (250, RefundStatus.SUCCEEDED)


@pytest.mark.parametrize(
    ("amount", "code", "is_paid"), [(100, "partially_refunded", True), (250, "refunded", False)]
)
def test_a_refund_made_in_the_dashboard_is_recorded_once(stripe, amount, code, is_paid):
    intent = current_intent()
    stripe.pay(intent.id)
    confirm(intent)
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": amount})

    assert deliver_newest(stripe, "charge.refunded")
    assert not deliver_newest(stripe, "refund.created")

    order = get_order()
    assert (order.explanation.code, order.is_paid) == (code, is_paid)
    assert order.payment_reversal is not None
    assert order.payment_reversal.amount_refunded == amount
    assert count_events("refunded") == 1


def test_a_lost_dispute_is_recorded(stripe):
    intent = current_intent()
    stripe.pay(intent.id, "pm_card_createDispute")
    deliver_webhook(stripe, "succeeded", intent)

    assert deliver_newest(stripe, "charge.dispute.created")
    assert not deliver_newest(stripe, "charge.dispute.funds_withdrawn")
    assert (get_order().explanation.code, get_order().is_paid) == ("dispute_open", True)

    stripe.sdk.v1.disputes.close(stripe.dispute(intent.id).id)
    assert deliver_newest(stripe, "charge.dispute.closed")

    assert (get_order().explanation.code, get_order().is_paid) == ("dispute_lost", False)
    assert (count_events("payment_disputed"), count_events("dispute_closed")) == (1, 1)


def test_a_won_dispute_leaves_the_order_completed(stripe):
    intent = current_intent()
    stripe.pay(intent.id, "pm_card_createDispute")
    deliver_webhook(stripe, "succeeded", intent)
    deliver_newest(stripe, "charge.dispute.created")
    stripe.sdk.v1.disputes.update(
        stripe.dispute(intent.id).id, {"evidence": {"uncategorized_text": "winning_evidence"}}
    )

    assert deliver_newest(stripe, "charge.dispute.closed")

    assert (get_order().explanation.code, get_order().is_paid) == ("completed", True)


def test_a_refund_that_failed_before_it_was_recorded_is_recorded_as_failed(stripe, capsys):
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id, "pm_card_refundFail")
    gateway.refund(intent)  # without recording it, as a function that ends too early
    stripe.complete_refunds(intent.id)

    assert deliver_webhook(stripe, "succeeded", intent)

    assert get_order().explanation.code == "refund_failed"
    assert (count_events("refund_failed"), count_events("refunded")) == (1, 0)
    output = capsys.readouterr().out
    assert '"RefundFailed":[1.0]' in output
    assert "OrderRefunded" not in output


def fail_refund(stripe, intent):
    """Pay the order, refund the payment, and let the refund fail at the bank."""
    stripe.pay(intent.id, "pm_card_refundFail")
    deliver_webhook(stripe, "succeeded", intent)
    stripe.complete_refunds(intent.id)
    deliver_newest(stripe, "refund.failed")


def test_a_cancelled_order_with_a_failed_refund_has_both_reasons(stripe):
    intent = current_intent()
    orders.cancel(get_order(), an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    fail_refund(stripe, intent)

    order = get_order()
    assert order.explanation.code == "order_cancelled"
    assert order.explanation.params == {
        "amount": 0,
        "currency": "eur",
        "refund_status": "failed",
        "context": "refund_failed",
    }
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id})
    assert deliver_newest(stripe, "charge.refunded")


def test_an_order_that_was_not_completed_keeps_its_reason_after_a_failed_refund(
    stripe, waiting_intent
):
    order = get_order()
    assert order.waiting_payment is not None
    payment_workflow.give_up(order, order.waiting_payment, audit_context("sweeper"))
    assert get_order().explanation.code == "not_completed_in_time"
    stripe.cancel_refunds(waiting_intent.id)

    assert deliver_newest(stripe, "refund.updated")

    order = get_order()
    assert order.explanation.code == "not_completed_in_time"
    assert order.explanation.params["refund_status"] == "failed"


def test_a_refund_of_another_application_has_no_effect(stripe):
    other = stripe.sdk.v1.payment_intents.create({"amount": 999, "currency": "eur"})
    stripe.pay(other.id)
    stripe.sdk.v1.refunds.create({"payment_intent": other.id})

    assert not deliver_newest(stripe, "charge.refunded")


def test_a_replaced_intent_is_stored_until_it_is_cancelled(stripe):
    first = current_intent()
    change_documents()
    stripe.fail_calls(path=f"/v1/payment_intents/{first.id}")
    current_intent()
    assert get_order().replaced_intents == (first.id,)
    stripe.restore()

    assert payment_workflow.cancel_replaced(get_order(), first.id, audit_context("sweeper"))

    assert get_order().replaced_intents == ()
    assert stripe.intent(first.id).status == "canceled"


def test_a_paid_order_is_counted_once(stripe, capsys):
    intent = current_intent()
    stripe.pay(intent.id)

    confirm(intent)
    confirm(intent)

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [metrics["OrderPaid"] for metrics in lines if "OrderPaid" in metrics] == [[1.0]]


def test_a_partial_refund_of_a_waiting_order_is_recorded(stripe, waiting_intent):
    stripe.sdk.v1.refunds.create({"payment_intent": waiting_intent.id, "amount": 100})

    assert deliver_newest(stripe, "charge.refunded")

    assert get_order().status_reason == Reason(
        "partially_refunded", {"amount": 100, "currency": "eur"}
    )


def test_a_refund_of_a_replaced_payment_does_not_change_the_paid_status(stripe):
    first = current_intent()
    change_documents()
    stripe.pay(first.id, "pm_card_pendingRefund")
    second = current_intent()
    stripe.pay(second.id)
    assert confirm(second).is_paid
    stripe.complete_refunds(first.id)

    assert deliver_newest(stripe, "refund.updated")

    assert get_order().is_paid
    assert get_order().explanation.code == "quote_changed"


@pytest.mark.parametrize("late_report", ["webhook", "browser"])
@pytest.mark.parametrize(
    ("amount", "code", "is_paid"), [(250, "refunded", False), (100, "partially_refunded", True)]
)
def test_a_refund_before_the_completion_is_recorded_with_its_amount(
    stripe, late_report, amount, code, is_paid
):
    intent = current_intent()
    stripe.pay(intent.id)
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": amount})
    deliver_newest(stripe, "charge.refunded")

    deliver_webhook(stripe, "succeeded", intent) if late_report == "webhook" else confirm(intent)

    order = get_order()
    assert (order.status, order.is_paid) == (OrderStatus.COMPLETED, is_paid)
    assert order.explanation.code == code
    view = OrderResponse.of(order)
    assert view.status_reason_code == code
    assert view.status_reason_params == {"amount": amount, "currency": "eur"}


def test_a_disputed_payment_of_a_cancelled_order_is_not_refunded(stripe):
    intent = current_intent()
    orders.cancel(get_order(), an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id, "pm_card_createDispute")

    assert deliver_webhook(stripe, "succeeded", intent)

    assert get_order().explanation.code == "dispute_open"
    assert (count_events("refunded"), count_events("payment_disputed")) == (0, 1)


def test_a_declined_payment_has_no_parameters_of_an_earlier_refund(stripe):
    first = current_intent()
    change_documents()
    stripe.pay(first.id)
    second = current_intent()
    assert get_order().explanation.code == "quote_changed"
    stripe.pay(second.id, DECLINED)

    deliver_webhook(stripe, "payment_failed", second)

    order = get_order()
    assert order.explanation.code == "payment_declined"
    assert order.explanation.params == {}


def test_a_debit_has_no_reason_of_an_earlier_refund(stripe):
    first = current_intent()
    change_documents()
    stripe.pay(first.id)
    second = current_intent()
    stripe.pay(second.id, DEBIT)

    deliver_webhook(stripe, "processing", second)

    assert get_order().explanation.code == "payment_processing"
