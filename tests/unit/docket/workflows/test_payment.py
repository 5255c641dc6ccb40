import json
import time
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


def the_order(order_id=OID):
    return orders.get("ada", order_id)


def current_intent(order_id=OID) -> Intent:
    return payment_workflow.current_intent(the_order(order_id), audit_context("customer"))


def confirm(intent, order_id=OID):
    return payment_workflow.confirm(the_order(order_id), intent.id, audit_context("customer"))


def deliver_webhook(stripe, type_, intent):
    """Take an event of Stripe's, as its webhook brings it."""
    body = stripe.event(f"payment_intent.{type_}", intent.id)
    webhook_event = gateway.verify_webhook(body, signed(body)["stripe-signature"])
    return payment_workflow.handle_event(webhook_event, audit_context("stripe"))


def change_documents():
    """Something that moves the quote: one more document of a page, read."""
    more = a_read_document("more.pdf")
    documents.add("ada", more, an_event("document_added"))


def how_often(what, order_id=OID):
    return [event.what for event in events.of_order(order_id)].count(what)


def test_asking_twice_what_to_pay_gives_the_same_intent_for_the_orders_quote():
    first, second = current_intent(), current_intent()

    assert first == second
    assert (first.money.amount, first.money.currency) == (250, "eur")
    assert how_often("payment_started") == 1


@pytest.mark.usefixtures("atomic")
def test_asking_many_times_at_once_gives_one_intent(stripe, monkeypatch):
    monkeypatch.setattr(gateway, "RETRIES", 8)
    before = the_order()

    with ThreadPoolExecutor(4) as threads:
        ask = lambda _: payment_workflow.current_intent(before, audit_context("customer"))  # noqa: E731
        found = {intent.id for intent in threads.map(ask, range(4))}

    assert len(found) == len(stripe.intents()) == 1


def test_a_changed_order_has_a_new_intent_and_the_old_one_can_be_paid_no_more(stripe):
    first = current_intent()
    change_documents()

    second = current_intent()

    assert second.id != first.id
    assert second.money.amount == 300
    assert stripe.intent(first.id).status == "canceled"


def test_an_old_intent_that_was_paid_at_that_moment_is_given_back(stripe):
    first = current_intent()
    change_documents()
    stripe.pay(first.id)

    second = current_intent()

    assert stripe.refunds(first.id) == [250]
    assert the_order().current_payment() is not None
    assert stripe.intent(second.id).status == "requires_payment_method"
    assert how_often("refunded") == 1
    assert not deliver_webhook(stripe, "succeeded", first)
    assert stripe.refunds(first.id) == [250]


def test_a_new_intent_does_not_wait_for_the_old_one_to_be_withdrawn(stripe, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    first = current_intent()
    change_documents()
    stripe.fails(path=f"/v1/payment_intents/{first.id}")

    assert current_intent().id != first.id


def test_an_intent_that_was_withdrawn_gives_way_to_a_new_one(stripe):
    first = current_intent()
    stripe.sdk.v1.payment_intents.cancel(first.id)

    assert current_intent().id != first.id


def test_there_is_nothing_to_pay_while_documents_are_on_their_way(stripe):
    documents.add("ada", a_document("late.pdf"), an_event())

    with pytest.raises(NotReadyToPay):
        current_intent()

    assert stripe.intents() == []


def test_what_stripe_knows_to_be_paid_is_not_to_be_paid_again(stripe):
    intent = current_intent()
    stripe.pay(intent.id)

    with pytest.raises(NothingToCharge) as refused:
        current_intent()

    assert refused.value.params == {"context": "paid"}

    assert the_order().is_paid


def test_what_the_bank_is_confirming_is_not_to_be_paid_again(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DEBIT)

    with pytest.raises(NothingToCharge) as refused:
        current_intent()

    assert refused.value.params == {"context": "processing"}

    assert the_order().status is OrderStatus.PROCESSING


def test_a_paid_intent_completes_its_order_once(stripe):
    intent = current_intent()
    stripe.pay(intent.id)

    first, second = confirm(intent), confirm(intent)

    assert first.is_paid
    assert first == second == the_order()
    assert how_often("paid") == 1


@pytest.mark.parametrize("method", [None, DEBIT, DECLINED])
def test_an_intent_that_is_not_paid_completes_nothing(stripe, method):
    intent = current_intent()
    if method:
        stripe.pay(intent.id, method)

    with pytest.raises(PaymentNotConfirmed):
        confirm(intent)

    assert not the_order().is_paid


def test_the_intent_of_another_order_completes_nothing(stripe):
    save(OTHER_OID)
    intent = current_intent(OTHER_OID)
    current_intent()
    stripe.pay(intent.id)

    with pytest.raises(PaymentNotConfirmed):
        confirm(intent)

    assert not the_order().is_paid
    assert stripe.refunds(intent.id) == []
    assert confirm(intent, OTHER_OID).is_paid


def test_the_intent_of_another_customer_completes_nothing(stripe):
    orders.create_order(an_order(user_id="eve", documents=(a_read_document(),)), an_event("opened"))
    intent = payment_workflow.current_intent(orders.get("eve", OID), audit_context("customer"))
    stripe.pay(intent.id)

    with pytest.raises(PaymentNotConfirmed):
        confirm(intent)

    assert not the_order().is_paid


def test_an_intent_made_by_hand_in_the_orders_name_completes_nothing_and_is_given_back(stripe):
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

    assert not the_order().is_paid
    assert stripe.refunds(cheap.id) == [50]


def test_the_orders_own_intent_made_smaller_at_stripe_completes_nothing(stripe):
    intent = current_intent()
    stripe.sdk.v1.payment_intents.update(intent.id, {"amount": 50})
    stripe.pay(intent.id)

    with pytest.raises(PaymentNotConfirmed) as refused:
        confirm(intent)
    assert deliver_webhook(stripe, "succeeded", intent)

    assert refused.value.params == {"context": "other_amount"}

    assert not the_order().is_paid
    assert stripe.refunds(intent.id) == [50]


def test_what_stripe_does_not_know_completes_nothing():
    current_intent()

    with pytest.raises(PaymentNotConfirmed) as refused:
        payment_workflow.confirm(the_order(), "pi_nothing", audit_context("customer"))

    assert refused.value.params == {"context": "unknown"}


def test_an_outage_is_an_outage(stripe, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    intent = current_intent()
    stripe.pay(intent.id)
    stripe.fails()

    with pytest.raises(PaymentsUnreachable):
        confirm(intent)
    stripe.recovers()

    assert confirm(intent).is_paid


def test_a_payment_for_a_quote_that_changed_is_given_back_once_and_said_once(stripe):
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id)

    assert deliver_webhook(stripe, "succeeded", intent)
    assert not deliver_webhook(stripe, "succeeded", intent)
    with pytest.raises(QuoteOutdated):
        confirm(intent)

    assert stripe.refunds(intent.id) == [250]
    assert how_often("refunded") == 1
    assert the_order().status is OrderStatus.PENDING
    assert the_order().explanation.code == "quote_changed"


def test_a_refund_that_was_made_and_not_said_is_said_when_the_event_comes_again(
    stripe, monkeypatch
):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id)
    stripe.fails(path="/v1/refunds", when="after")
    with pytest.raises(PaymentsUnreachable):
        deliver_webhook(stripe, "succeeded", intent)
    stripe.recovers()

    assert deliver_webhook(stripe, "succeeded", intent)

    assert stripe.refunds(intent.id) == [250]
    assert how_often("refunded") == 1


def test_a_cancelled_order_gives_a_late_payment_back(stripe):
    intent = current_intent()
    orders.cancel(the_order(), an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id)

    assert deliver_webhook(stripe, "succeeded", intent)

    assert the_order().status is OrderStatus.CANCELLED
    assert the_order().explanation.code == "order_cancelled"
    assert stripe.refunds(intent.id) == [250]


def test_a_payment_for_an_order_that_is_gone_is_given_back(stripe):
    money = {"amount": 250, "currency": "eur"}
    gone = stripe.sdk.v1.payment_intents.create(
        {**money, "metadata": {"order_id": OTHER_OID, "user_id": "ada", "stage": "test"}}
    )
    stripe.pay(gone.id)

    assert deliver_webhook(stripe, "succeeded", gone)

    assert stripe.refunds(gone.id) == [250]


def test_a_payment_that_is_another_shops_is_left_alone(stripe):
    other = stripe.sdk.v1.payment_intents.create(
        {"amount": 999, "currency": "eur", "metadata": {"order_id": "1001"}}
    )
    stripe.pay(other.id)

    assert not deliver_webhook(stripe, "succeeded", other)

    assert stripe.refunds(other.id) == []


def test_an_event_has_its_effect_once(stripe):
    intent = current_intent()
    stripe.pay(intent.id)

    assert deliver_webhook(stripe, "succeeded", intent)
    assert not deliver_webhook(stripe, "succeeded", intent)

    assert how_often("paid") == 1


@pytest.mark.usefixtures("atomic")
def test_the_browser_and_the_webhook_at_once_complete_the_order_once(stripe):
    intent = current_intent()
    stripe.pay(intent.id)

    with ThreadPoolExecutor(4) as threads:
        browsers = [threads.submit(confirm, intent) for _ in range(2)]
        webhooks = [threads.submit(deliver_webhook, stripe, "succeeded", intent) for _ in range(2)]
    confirmed = [future.result() for future in browsers]
    [future.result() for future in webhooks]

    assert all(future.is_paid for future in confirmed)
    assert how_often("paid") == 1
    assert stripe.refunds(intent.id) == []


def test_a_debit_is_processing_until_the_bank_answers(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DEBIT)

    assert deliver_webhook(stripe, "processing", intent)
    assert the_order().status is OrderStatus.PROCESSING
    stripe.complete_payment(intent.id)
    assert deliver_webhook(stripe, "succeeded", intent)

    assert the_order().is_paid


def test_events_in_the_wrong_order_end_where_stripe_is(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DECLINED)
    stripe.pay(intent.id, DEBIT)
    stripe.complete_payment(intent.id)

    assert deliver_webhook(
        stripe, "payment_failed", intent
    )  # Stripe is asked, and says that it is paid
    assert not deliver_webhook(stripe, "succeeded", intent)
    assert not deliver_webhook(stripe, "processing", intent)
    assert not deliver_webhook(stripe, "payment_failed", intent)

    assert the_order().is_paid
    assert how_often("paid") == 1
    assert how_often("payment_failed") == 0


def test_a_declined_payment_says_so_and_may_be_tried_again(stripe):
    intent = current_intent()
    stripe.pay(intent.id, DECLINED)

    assert deliver_webhook(stripe, "payment_failed", intent)

    order = the_order()
    assert order.status is OrderStatus.PENDING
    assert order.explanation == Reason("payment_declined")
    assert order.payment is not None
    assert order.payment.status is PaymentStatus.FAILED
    assert current_intent().id == intent.id
    stripe.pay(intent.id)
    assert confirm(intent).is_paid


def test_a_debit_that_fails_in_the_end_leaves_the_order_to_be_paid_anew(stripe):
    intent = current_intent()
    stripe.pay(intent.id, "pm_failed_de")
    deliver_webhook(stripe, "processing", intent)
    stripe.complete_payment(intent.id)

    assert deliver_webhook(stripe, "payment_failed", intent)

    assert the_order().status is OrderStatus.PENDING


def test_a_withdrawn_payment_says_so(stripe):
    intent = current_intent()
    stripe.sdk.v1.payment_intents.cancel(intent.id)

    assert deliver_webhook(stripe, "canceled", intent)

    assert the_order().explanation == Reason("payment_expired")


def test_events_about_anything_else_have_no_effect(stripe):
    intent = current_intent()

    assert not deliver_webhook(stripe, "created", intent)
    assert not payment_workflow.handle_event(
        gateway.WebhookEvent("evt_1", "charge.refunded"), audit_context("stripe")
    )


def an_unreadable_document():
    return a_document(
        id=f"{OTHER_OID}-1", status=DocumentStatus.UNREADABLE, version="v1", filename="scan.pdf"
    )


def send_again(version="v2"):
    """The unreadable document is uploaded again, and its reading begins."""
    return documents.start_reading(
        "ada", an_unreadable_document().id, version, order_id=OTHER_OID, at=now()
    )


def finish(order, document_id, **outcome):
    read = Outcome(**{"reader_version": "1", "page_count": 120, "charged_pages": 120, **outcome})
    documents.finish_reading(order, order.document(document_id), read, an_event("document_read"))


def test_pages_that_arrive_after_the_quote_was_paid_are_not_opened_for_it(stripe):
    save(OTHER_OID, documents=(a_read_document(), an_unreadable_document()))
    intent = current_intent(OTHER_OID)
    assert intent.money.amount == 250
    order = send_again()
    stripe.pay(intent.id)

    with pytest.raises(QuoteOutdated):
        confirm(intent, OTHER_OID)
    deliver_webhook(stripe, "succeeded", intent)
    finish(order, an_unreadable_document().id)

    order = the_order(OTHER_OID)
    assert (order.status, order.is_paid) == (OrderStatus.PENDING, False)
    assert order.explanation.code == "quote_changed"
    assert order.explanation.params == {"amount": 250, "currency": "eur"}
    assert stripe.refunds(intent.id) == [250]
    assert order.quote is not None
    assert order.quote.total.amount == 200 + 121 * 50


@pytest.fixture
def waiting(stripe):
    """A debit that the bank confirmed while a document was being read again. Its intent."""
    intent = current_intent()
    stripe.pay(intent.id, DEBIT)
    deliver_webhook(stripe, "processing", intent)
    documents.read_again(the_order(), the_order().documents[0], an_event("reading_repeated"))
    stripe.complete_payment(intent.id)
    assert deliver_webhook(stripe, "succeeded", intent)
    return intent


def test_a_payment_waits_while_a_document_is_being_read_again(stripe, waiting):
    assert not deliver_webhook(stripe, "succeeded", waiting)
    order = confirm(waiting)

    assert (order.status, order.is_paid) == (OrderStatus.PROCESSING, False)
    assert order.payment is not None
    assert order.payment.status is PaymentStatus.SUCCEEDED
    assert order.explanation == Reason("waiting_for_documents")
    assert stripe.refunds(waiting.id) == []
    assert how_often("payment_received") == 1
    assert how_often("paid") == 0


def test_the_last_documents_end_completes_the_order_that_was_paid(stripe, waiting):
    order = the_order()
    finish(order, order.documents[0].id)

    assert confirm(waiting).is_paid
    assert how_often("paid") == 1
    assert stripe.refunds(waiting.id) == []


def test_what_is_not_read_by_the_deadline_is_refunded_and_opens_no_more(stripe, waiting):
    order = the_order()
    payment = order.waiting_payment
    assert payment is not None

    payment_workflow.give_up(order, payment, audit_context("sweeper"))
    payment_workflow.give_up(order, payment, audit_context("sweeper"))
    finish(the_order(), order.documents[0].id)

    with pytest.raises(QuoteOutdated):
        confirm(waiting)
    order = the_order()
    assert (order.status, order.is_paid) == (OrderStatus.CANCELLED, False)
    assert order.explanation.code == "not_completed_in_time"
    assert stripe.refunds(waiting.id) == [250]
    assert how_often("refunded") == 1


def test_a_refund_after_an_outage_at_the_deadline_is_made_the_next_time(
    stripe, waiting, monkeypatch
):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    order = the_order()
    payment = order.waiting_payment
    assert payment is not None
    stripe.fails()
    with pytest.raises(PaymentsUnreachable):
        payment_workflow.give_up(order, payment, audit_context("sweeper"))
    stripe.recovers()

    paid = gateway.get_intent(waiting.id)
    assert paid is not None
    assert payment_workflow.reconcile(OID, paid, audit_context("sweeper"))

    assert the_order().explanation.code == "not_completed_in_time"
    assert stripe.refunds(waiting.id) == [250]


def deliver_newest(stripe, type_):
    body = stripe.newest_event(type_)
    return payment_workflow.handle_event(
        gateway.verify_webhook(body, signed(body)["stripe-signature"]), audit_context("stripe")
    )


@pytest.mark.parametrize("type_", ["refund.failed", "refund.updated", "charge.refund.updated"])
def test_a_refund_that_fails_at_the_bank_is_said_and_is_not_made_again(stripe, type_, capsys):
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id, "pm_card_refundFail")
    deliver_webhook(stripe, "succeeded", intent)
    assert the_order().explanation.code == "quote_changed"
    stripe.complete_refunds(intent.id)
    stripe.expire_idempotency_keys()

    assert deliver_newest(stripe, type_)
    assert not deliver_newest(stripe, type_)
    deliver_webhook(stripe, "succeeded", intent)

    order = the_order()
    assert order.explanation.code == "refund_failed"
    assert order.reversals == (
        Reversal(payment_intent_id=intent.id, amount_refunded=0, refund=RefundStatus.FAILED),
    )
    assert len(stripe.refunds(intent.id)) == 1
    assert how_often("refund_failed") == 1
    assert "RefundFailed" in capsys.readouterr().out


def test_a_failed_refund_that_a_person_made_again_is_said_to_be_made(stripe):
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id, "pm_card_refundFail")
    deliver_webhook(stripe, "succeeded", intent)
    stripe.complete_refunds(intent.id)
    deliver_newest(stripe, "refund.failed")
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id})

    assert deliver_newest(stripe, "charge.refunded")

    assert the_order().explanation.code == "quote_changed"
    (reversal,) = the_order().reversals
    assert (reversal.amount_refunded, reversal.refund) == (250, RefundStatus.SUCCEEDED)


@pytest.mark.parametrize(
    ("amount", "code", "stays_open"), [(100, "partially_refunded", True), (250, "refunded", False)]
)
def test_a_refund_made_in_stripes_dashboard_has_its_effect_once(stripe, amount, code, stays_open):
    intent = current_intent()
    stripe.pay(intent.id)
    confirm(intent)
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": amount})

    assert deliver_newest(stripe, "charge.refunded")
    assert not deliver_newest(stripe, "refund.created")

    order = the_order()
    assert (order.explanation.code, order.is_paid) == (code, stays_open)
    assert order.payment_reversal is not None
    assert order.payment_reversal.amount_refunded == amount
    assert how_often("refunded") == 1


def test_a_dispute_is_followed_to_its_end(stripe):
    intent = current_intent()
    stripe.pay(intent.id, "pm_card_createDispute")
    deliver_webhook(stripe, "succeeded", intent)

    assert deliver_newest(stripe, "charge.dispute.created")
    assert not deliver_newest(stripe, "charge.dispute.funds_withdrawn")
    assert (the_order().explanation.code, the_order().is_paid) == ("dispute_open", True)

    stripe.sdk.v1.disputes.close(stripe.dispute(intent.id).id)
    assert deliver_newest(stripe, "charge.dispute.closed")

    assert (the_order().explanation.code, the_order().is_paid) == ("dispute_lost", False)
    assert (how_often("payment_disputed"), how_often("dispute_closed")) == (1, 1)


def test_a_dispute_that_was_won_leaves_the_order_as_it_was(stripe):
    intent = current_intent()
    stripe.pay(intent.id, "pm_card_createDispute")
    deliver_webhook(stripe, "succeeded", intent)
    deliver_newest(stripe, "charge.dispute.created")
    stripe.sdk.v1.disputes.update(
        stripe.dispute(intent.id).id, {"evidence": {"uncategorized_text": "winning_evidence"}}
    )

    assert deliver_newest(stripe, "charge.dispute.closed")

    assert (the_order().explanation.code, the_order().is_paid) == ("completed", True)


def test_a_refund_that_had_failed_before_it_was_recorded_is_said_to_have_failed(stripe, capsys):
    intent = current_intent()
    change_documents()
    stripe.pay(intent.id, "pm_card_refundFail")
    gateway.refund(intent)  # and whoever made it was ended before they could say so
    stripe.complete_refunds(intent.id)

    assert deliver_webhook(stripe, "succeeded", intent)

    assert the_order().explanation.code == "refund_failed"
    assert (how_often("refund_failed"), how_often("refunded")) == (1, 0)
    written = capsys.readouterr().out
    assert '"RefundFailed":[1.0]' in written
    assert "OrderRefunded" not in written


def fail_refund(stripe, intent):
    """The order's payment succeeds, is refunded, and the refund fails at the bank."""
    stripe.pay(intent.id, "pm_card_refundFail")
    deliver_webhook(stripe, "succeeded", intent)
    stripe.complete_refunds(intent.id)
    deliver_newest(stripe, "refund.failed")


def test_a_cancelled_order_says_why_it_was_cancelled_and_that_its_refund_failed(stripe):
    intent = current_intent()
    orders.cancel(the_order(), an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    fail_refund(stripe, intent)

    order = the_order()
    assert order.explanation.code == "order_cancelled"
    assert order.explanation.params == {
        "amount": 0,
        "currency": "eur",
        "refund_status": "failed",
        "context": "refund_failed",
    }
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id})
    assert deliver_newest(stripe, "charge.refunded")


def test_an_order_that_was_not_read_in_time_says_so_although_its_refund_failed(stripe, waiting):
    order = the_order()
    assert order.waiting_payment is not None
    payment_workflow.give_up(order, order.waiting_payment, audit_context("sweeper"))
    assert the_order().explanation.code == "not_completed_in_time"
    stripe.cancel_refunds(waiting.id)

    assert deliver_newest(stripe, "refund.updated")

    order = the_order()
    assert order.explanation.code == "not_completed_in_time"
    assert order.explanation.params["refund_status"] == "failed"


def test_a_refund_of_another_shops_payment_has_no_effect(stripe):
    other = stripe.sdk.v1.payment_intents.create({"amount": 999, "currency": "eur"})
    stripe.pay(other.id)
    stripe.sdk.v1.refunds.create({"payment_intent": other.id})

    assert not deliver_newest(stripe, "charge.refunded")


def test_an_intent_that_gave_way_is_remembered_until_it_is_cancelled(stripe, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    first = current_intent()
    change_documents()
    stripe.fails(path=f"/v1/payment_intents/{first.id}")
    current_intent()
    assert the_order().replaced_intents == (first.id,)
    stripe.recovers()

    assert payment_workflow.cancel_replaced(the_order(), first.id, audit_context("sweeper"))

    assert the_order().replaced_intents == ()
    assert stripe.intent(first.id).status == "canceled"


def test_what_was_paid_is_counted(stripe, capsys):
    intent = current_intent()
    stripe.pay(intent.id)

    confirm(intent)
    confirm(intent)

    counted = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [metrics_["OrderPaid"] for metrics_ in counted if "OrderPaid" in metrics_] == [[1.0]]


def test_a_refund_while_a_paid_order_waits_is_not_said_to_be_of_another_payment(stripe, waiting):
    stripe.sdk.v1.refunds.create({"payment_intent": waiting.id, "amount": 100})

    assert deliver_newest(stripe, "charge.refunded")

    assert the_order().status_reason == Reason(
        "partially_refunded", {"amount": 100, "currency": "eur"}
    )


def test_what_becomes_of_a_replaced_payment_says_nothing_of_the_one_that_was_made(stripe):
    first = current_intent()
    change_documents()
    stripe.pay(first.id, "pm_card_pendingRefund")
    second = current_intent()
    stripe.pay(second.id)
    assert confirm(second).is_paid
    stripe.complete_refunds(first.id)

    assert deliver_newest(stripe, "refund.updated")

    assert the_order().is_paid
    assert the_order().explanation.code == "quote_changed"


@pytest.mark.parametrize("late", ["webhook", "browser"])
@pytest.mark.parametrize(
    ("amount", "code", "is_open"), [(250, "refunded", False), (100, "partially_refunded", True)]
)
def test_what_went_back_of_a_payment_before_it_was_heard_of_is_said_and_named(
    stripe, late, amount, code, is_open
):
    intent = current_intent()
    stripe.pay(intent.id)
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": amount})
    deliver_newest(stripe, "charge.refunded")

    deliver_webhook(stripe, "succeeded", intent) if late == "webhook" else confirm(intent)

    order = the_order()
    assert (order.status, order.is_paid) == (OrderStatus.COMPLETED, is_open)
    assert order.explanation.code == code
    view = OrderResponse.of(order)
    assert view.status_reason_code == code
    assert view.status_reason_params == {"amount": amount, "currency": "eur"}


def test_a_disputed_payment_of_a_cancelled_order_is_not_said_to_be_refunded(stripe):
    intent = current_intent()
    orders.cancel(the_order(), an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id, "pm_card_createDispute")

    assert deliver_webhook(stripe, "succeeded", intent)

    assert the_order().explanation.code == "dispute_open"
    assert (how_often("refunded"), how_often("payment_disputed")) == (0, 1)


def test_a_declined_payment_is_not_named_by_the_refund_before_it(stripe):
    first = current_intent()
    change_documents()
    stripe.pay(first.id)
    second = current_intent()
    assert the_order().explanation.code == "quote_changed"
    stripe.pay(second.id, DECLINED)

    deliver_webhook(stripe, "payment_failed", second)

    order = the_order()
    assert order.explanation.code == "payment_declined"
    assert order.explanation.params == {}


def test_a_debit_is_not_named_by_the_refund_before_it(stripe):
    first = current_intent()
    change_documents()
    stripe.pay(first.id)
    second = current_intent()
    stripe.pay(second.id, DEBIT)

    deliver_webhook(stripe, "processing", second)

    assert the_order().explanation.code == "payment_processing"
