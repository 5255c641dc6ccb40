import json
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import stripe as sdk

from docket.domain.errors import BadSignature, PaymentsUnreachable
from docket.domain.payments.payment import Decline, DisputeStatus, IntentStatus, RefundStatus
from docket.domain.payments.pricing import Money
from docket.domain.payments.refund import Refund, RefundReason
from docket.gateways import stripe as stripe_gateway
from docket.runtime import config
from tests.fakes import signed
from tests.make import OID, THEN, a_payment, an_order

MONEY = Money(250, "eur")
OUTAGES = ["error", "rate_limit", "reset"]

pytestmark = pytest.mark.stripe_server


@pytest.fixture(autouse=True)
def no_pauses(stripe, monkeypatch):
    """The SDK retries without a pause."""
    monkeypatch.setattr(time, "sleep", lambda _: None)


def create_intent(**fields):
    return stripe_gateway.create_intent(an_order(**fields), MONEY)


def test_an_intent_has_the_amount_and_the_ids_of_its_order(stripe):
    intent = create_intent()

    assert (intent.money, intent.status) == (MONEY, IntentStatus.OPEN)
    assert (intent.order_id, intent.user_id) == (OID, "ada")
    assert intent.client_secret
    assert stripe.intent(intent.id).automatic_payment_methods["enabled"]
    assert stripe_gateway.get_intent(intent.id) == intent


def test_an_intent_excludes_methods_that_wait_for_days(stripe):
    excluded = stripe.intent(create_intent().id).excluded_payment_method_types

    assert {"boleto", "customer_balance", "multibanco", "us_bank_account"} < set(excluded)
    assert not {"card", "sepa_debit", "paypal"} & set(excluded)


def test_creating_an_intent_twice_is_idempotent(stripe):
    assert create_intent() == create_intent()
    assert len(stripe.intents()) == 1


def test_a_changed_revision_or_payment_gets_a_new_intent():
    first = create_intent()

    other = create_intent(revision=1)
    after = create_intent(payment=a_payment(payment_intent_id=first.id))

    assert len({first.id, other.id, after.id}) == 3


@pytest.mark.parametrize("kind", ["error", "reset"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_retried_call_creates_one_intent(stripe, kind, when):
    stripe.fail_calls(kind, times=stripe_gateway.RETRIES, when=when)

    intent = create_intent()

    assert [intent_.id for intent_ in stripe.intents()] == [intent.id]


@pytest.mark.parametrize("kind", OUTAGES)
def test_an_outage_is_an_error_and_not_a_missing_intent(stripe, kind):
    intent = create_intent()
    stripe.fail_calls(kind)

    for call in (
        lambda: stripe_gateway.get_intent(intent.id),
        lambda: stripe_gateway.cancel_intent(intent.id),
        lambda: stripe_gateway.create_refund(owed(intent)),
        lambda: stripe_gateway.reversal(intent.id),
        lambda: stripe_gateway.events_after(None),
        lambda: stripe_gateway.event("evt_1"),
        lambda: create_intent(revision=1),
    ):
        with pytest.raises(PaymentsUnreachable):
            call()


def test_a_rejected_key_is_an_outage(stripe):
    stripe.set_keys(secret_key="sk_test_wrong")

    with pytest.raises(PaymentsUnreachable):
        stripe_gateway.get_intent("pi_1")


@pytest.mark.parametrize("name", ["secret_key", "webhook_secret", "publishable_key"])
def test_empty_keys_are_an_outage(stripe, name):
    stripe.set_keys(**{name: ""})

    with pytest.raises(PaymentsUnreachable):
        stripe_gateway.publishable_key()
    with pytest.raises(PaymentsUnreachable):
        stripe_gateway.verify_webhook("{}", signed("{}", secret="")["stripe-signature"])


def test_a_secret_without_the_keys_is_an_outage(stripe):
    stripe.set_fields({"secret_key": "sk_test_double"})

    with pytest.raises(PaymentsUnreachable):
        stripe_gateway.publishable_key()


@pytest.fixture
def redirecting(stripe, monkeypatch):
    """Stripe's API redirects each request. Returns the paths of the requests."""
    paths = []

    class Redirect(BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path.partition("?")[0])
            self.send_response(307)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            """Print nothing."""

    with HTTPServer(("127.0.0.1", 0), Redirect) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("DOCKET_STRIPE_API", f"http://127.0.0.1:{server.server_port}")
        config._load.cache_clear()
        stripe_gateway._client_with.cache_clear()
        yield paths
        server.shutdown()
    stripe_gateway._client_with.cache_clear()


def test_no_redirect_is_followed(redirecting):
    with pytest.raises(PaymentsUnreachable):
        stripe_gateway.get_intent("pi_1")

    assert redirecting == ["/v1/payment_intents/pi_1"]


def test_an_unknown_intent_is_none():
    assert stripe_gateway.get_intent("pi_nothing") is None
    assert stripe_gateway.cancel_intent("pi_nothing") is None


def test_a_cancelled_intent_cannot_be_paid(stripe):
    intent = create_intent()

    cancelled = stripe_gateway.cancel_intent(intent.id)

    assert cancelled is not None
    assert cancelled.status is IntentStatus.CANCELED
    assert stripe_gateway.cancel_intent(intent.id) == cancelled
    with pytest.raises(sdk.InvalidRequestError):
        stripe.pay(intent.id)


def test_cancelling_a_paid_intent_returns_it_as_succeeded(stripe):
    intent = create_intent()
    stripe.pay(intent.id)

    paid = stripe_gateway.cancel_intent(intent.id)

    assert paid is not None
    assert paid.status is IntentStatus.SUCCEEDED


@pytest.mark.parametrize(
    ("method", "status", "failed"),
    [
        ("pm_card_visa", IntentStatus.SUCCEEDED, False),
        ("pm_success_de", IntentStatus.PROCESSING, False),
        ("pm_card_visa_chargeDeclined", IntentStatus.OPEN, True),
        ("pm_card_authenticationRequiredOnSetup", IntentStatus.OPEN, False),
    ],
)
def test_the_status_of_an_intent_is_mapped(stripe, method, status, failed):
    created = create_intent()

    stripe.pay(created.id, method)

    intent = stripe_gateway.get_intent(created.id)
    assert intent is not None
    assert (intent.status, intent.failed) == (status, failed)


@pytest.mark.parametrize(
    ("method", "decline"),
    [
        ("pm_card_chargeDeclined", None),
        ("pm_card_chargeDeclinedInsufficientFunds", Decline.INSUFFICIENT_FUNDS),
        ("pm_card_chargeDeclinedExpiredCard", Decline.EXPIRED_CARD),
        ("pm_card_chargeDeclinedIncorrectCvc", Decline.WRONG_DETAILS),
        ("pm_card_chargeDeclinedProcessingError", Decline.TRY_LATER),
        ("pm_card_visa_chargeDeclinedStolenCard", None),
    ],
)
def test_a_declined_payment_has_a_reason_that_helps_the_customer(stripe, method, decline):
    created = create_intent()

    stripe.pay(created.id, method)

    intent = stripe_gateway.get_intent(created.id)
    assert intent is not None
    assert intent.decline is decline


def owed(intent, amount=250):
    """The refund of an intent that is owed."""
    paid = a_payment(payment_intent_id=intent.id, money=Money(amount, "eur"))
    return Refund.owed(paid, RefundReason.QUOTE_CHANGED, at=THEN)


def test_a_request_of_a_refund_that_is_repeated_makes_one(stripe):
    intent = create_intent()
    stripe.pay(intent.id)

    created = stripe_gateway.create_refund(owed(intent))

    assert stripe_gateway.create_refund(owed(intent)) == created
    assert created is not None
    assert created.refund_id == intent.id
    assert stripe.refunds(intent.id) == [250]
    assert stripe_gateway.reversal(intent.id).refunds == (created,)


def test_a_request_after_a_failed_one_has_a_key_of_its_own(stripe):
    intent = create_intent()
    stripe.pay(intent.id)

    for failures in (0, 1):
        assert stripe_gateway.create_refund(owed(intent, 100), failures=failures)

    assert stripe.refunds(intent.id) == [100, 100]


def test_stripe_refuses_what_was_refunded_by_hand(stripe):
    intent = create_intent()
    stripe.pay(intent.id)
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id})

    assert stripe_gateway.create_refund(owed(intent)) is None
    assert stripe.refunds(intent.id) == [250]
    assert stripe_gateway.reversal(intent.id).refunds[0].refund_id is None


def test_an_amount_that_stripe_refuses_is_not_taken_for_refunded(stripe):
    intent = create_intent()
    stripe.pay(intent.id)

    assert stripe_gateway.create_refund(owed(intent, 999)) is None


def test_a_signed_event_is_parsed(stripe):
    intent = create_intent()
    stripe.pay(intent.id)
    body = stripe.event("payment_intent.succeeded", intent.id)

    webhook_event = stripe_gateway.verify_webhook(body, signed(body)["stripe-signature"])

    assert webhook_event.type == "payment_intent.succeeded"
    assert webhook_event.id == json.loads(body)["id"]
    assert webhook_event.intent is not None
    assert (webhook_event.intent.id, webhook_event.intent.status) == (
        intent.id,
        IntentStatus.SUCCEEDED,
    )


def test_an_event_of_another_object_has_no_intent(stripe):
    intent = create_intent()
    stripe.pay(intent.id)
    body = stripe.event("charge.succeeded", stripe.intent(intent.id).latest_charge)

    assert stripe_gateway.verify_webhook(body, signed(body)["stripe-signature"]).intent is None


def event_body(about):
    return json.dumps({"id": "evt_1", "object": "event", "type": "x", "data": {"object": about}})


@pytest.mark.parametrize(
    "signature",
    [
        lambda _: "",
        lambda _: "nonsense",
        lambda _: "t=,v1=",
        lambda body: signed(body, secret="whsec_other")["stripe-signature"],
        lambda body: signed(body, at=time.time() - 301)["stripe-signature"],
        lambda body: signed(body + " ")["stripe-signature"],
    ],
    ids=["missing", "malformed", "empty", "other secret", "too old", "other body"],
)
def test_an_event_without_a_valid_recent_signature_is_rejected(signature):
    with pytest.raises(BadSignature):
        stripe_gateway.verify_webhook(event_body({}), signature(event_body({})))


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"order_id": "1001"},
        {"user_id": "ada"},
        {"order_id": OID, "user_id": "ada", "stage": "dev"},
    ],
)
def test_an_intent_of_another_application_has_no_order(stripe, metadata):
    other = stripe.sdk.v1.payment_intents.create(
        {"amount": 999, "currency": "eur", "metadata": metadata}
    )

    intent = stripe_gateway.get_intent(other.id)

    assert intent is not None
    assert (intent.order_id, intent.user_id) == (None, None)


def test_a_refund_that_was_cancelled_counts_as_failed(stripe):
    intent = create_intent()
    stripe.pay(intent.id, "pm_card_pendingRefund")
    created = stripe_gateway.create_refund(owed(intent))
    assert created is not None
    assert created.status is RefundStatus.PENDING

    stripe.cancel_refunds(intent.id)

    reversal = stripe_gateway.reversal(intent.id)
    assert (reversal.status, reversal.amount_refunded) == (RefundStatus.FAILED, 0)


@pytest.mark.parametrize(
    ("status", "state", "lost"),
    [
        ("won", DisputeStatus.WON, 0),
        ("warning_closed", DisputeStatus.WON, 0),
        ("prevented", DisputeStatus.WON, 0),
        ("lost", DisputeStatus.LOST, 250),
    ],
)
def test_a_dispute_is_followed_to_its_end(stripe, status, state, lost):
    intent = create_intent()
    stripe.pay(intent.id, "pm_card_createDispute")
    assert stripe_gateway.create_refund(owed(intent)) is None
    assert stripe_gateway.reversal(intent.id).dispute is DisputeStatus.OPEN

    stripe.decide_dispute(intent.id, status)

    reversal = stripe_gateway.reversal(intent.id)
    assert (reversal.dispute, reversal.amount_lost) == (state, lost)


def test_all_pages_of_the_refunds_of_a_payment_are_read(stripe, monkeypatch):
    monkeypatch.setattr(stripe_gateway, "_PAGE", 2)
    intent = create_intent()
    stripe.pay(intent.id)
    for _ in range(5):
        stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 10})

    assert stripe_gateway.reversal(intent.id).amount_refunded == 50


def test_a_part_of_the_refunds_of_a_payment_is_no_answer(stripe, monkeypatch):
    monkeypatch.setattr(stripe_gateway, "_PAGE", 1)
    monkeypatch.setattr(stripe_gateway, "_REVERSAL_PAGES", 2)
    intent = create_intent()
    stripe.pay(intent.id)
    for _ in range(3):
        stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 10})

    with pytest.raises(PaymentsUnreachable):
        stripe_gateway.reversal(intent.id)


def test_a_refused_list_of_refunds_is_not_an_empty_one(stripe, monkeypatch):
    intent = create_intent()
    stripe.pay(intent.id)
    monkeypatch.setattr(stripe_gateway, "_PAGE", 101)  # Stripe refuses it

    with pytest.raises(PaymentsUnreachable):
        stripe_gateway.reversal(intent.id)


def test_events_are_listed_after_one_of_them_oldest_first(stripe):
    ids = [create_intent(revision=number).id for number in range(3)]
    for payment_intent_id in ids:
        stripe.pay(payment_intent_id)
    assert stripe_gateway.cancel_intent(create_intent(revision=9).id) is not None

    page = stripe_gateway.events_after(None)
    later = stripe_gateway.events_after(page.events[0].id)

    assert [event.intent and event.intent.id for event in page.events] == ids
    assert not page.has_more
    assert later.events == page.events[1:]
    assert stripe_gateway.event(later.events[0].id) == later.events[0]


def test_a_long_list_begins_with_its_oldest_page(stripe, monkeypatch):
    monkeypatch.setattr(stripe_gateway, "_PAGE", 2)
    ids = [create_intent(revision=number).id for number in range(5)]
    for payment_intent_id in ids:
        stripe.pay(payment_intent_id)

    found, position = [], None
    while True:
        page = stripe_gateway.events_after(position)
        found += [event.intent and event.intent.id for event in page.events]
        if not page.has_more:
            break
        position = page.events[-1].id

    assert found == ids


def test_an_event_that_stripe_no_longer_has_begins_the_list_anew(stripe):
    stripe.pay(create_intent().id)

    assert stripe_gateway.event("evt_old") is None
    assert stripe_gateway.events_after("evt_old") == stripe_gateway.events_after(None)


def test_an_intent_with_an_unknown_status_is_ignored(stripe):
    intent = create_intent()
    stripe.pay(intent.id)
    event = json.loads(stripe.event("payment_intent.succeeded", intent.id))
    event["data"]["object"]["status"] = "requires_patience"
    body = json.dumps(event)

    assert stripe_gateway.verify_webhook(body, signed(body)["stripe-signature"]).intent is None


def test_the_time_of_a_success_is_that_of_its_event(stripe, monkeypatch):
    ids = [create_intent(id=f"01ORDER{number}").id for number in range(4)]
    for payment_intent_id in ids[:3]:
        stripe.pay(payment_intent_id)
    monkeypatch.setattr(stripe_gateway, "_PAGE", 1)
    event = json.loads(stripe.event("payment_intent.succeeded", ids[0]))
    at = datetime.fromtimestamp(event["created"], UTC)

    assert stripe_gateway.success_time(ids[0], since=None) == at
    assert stripe_gateway.success_time(ids[0], since=at) == at
    assert stripe_gateway.success_time(ids[0], since=at + timedelta(days=1)) is None
    assert stripe_gateway.success_time(ids[3], since=None) is None
    monkeypatch.setattr(stripe_gateway, "_SUCCESS_PAGES", 2)
    assert stripe_gateway.success_time(ids[0], since=None) is None
