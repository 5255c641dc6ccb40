import json
import time

import pytest
import stripe as sdk

from docket.domain.errors import BadSignature, PaymentsUnreachable
from docket.domain.payment import DisputeStatus, IntentStatus, RefundStatus, Reversal
from docket.domain.pricing import Money
from docket.gateways import stripe as stripe_gateway
from tests.fakes import signed
from tests.make import OID, a_payment, an_order

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
        lambda: stripe_gateway.refund(intent),
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


def test_a_payment_is_refunded_once(stripe):
    intent = create_intent()
    stripe.pay(intent.id)

    stripe_gateway.refund(intent)
    stripe_gateway.refund(intent)

    assert stripe.refunds(intent.id) == [250]


def test_a_manual_refund_is_not_repeated(stripe):
    intent = create_intent()
    stripe.pay(intent.id)
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id})

    stripe_gateway.refund(intent)

    assert stripe.refunds(intent.id) == [250]


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
    assert stripe_gateway.refund(intent).refund is RefundStatus.PENDING

    stripe.cancel_refunds(intent.id)

    failed = Reversal(payment_intent_id=intent.id, amount_refunded=0, refund=RefundStatus.FAILED)
    assert stripe_gateway.reversal(intent) == failed


def test_a_failed_refund_is_not_repeated(stripe):
    intent = create_intent()
    stripe.pay(intent.id, "pm_card_refundFail")
    stripe_gateway.refund(intent)
    stripe.complete_refunds(intent.id)
    stripe.expire_idempotency_keys()

    assert stripe_gateway.refund(intent).refund is RefundStatus.FAILED
    assert stripe_gateway.refund(intent).amount_refunded == 0

    assert len(stripe.refunds(intent.id)) == 1


@pytest.mark.parametrize("status", ["won", "warning_closed", "prevented"])
def test_a_disputed_payment_is_refunded_after_a_won_or_withdrawn_dispute(stripe, status):
    intent = create_intent()
    stripe.pay(intent.id, "pm_card_createDispute")
    assert stripe_gateway.refund(intent).dispute is DisputeStatus.OPEN
    assert stripe.refunds(intent.id) == []
    stripe.decide_dispute(intent.id, status)

    assert stripe_gateway.refund(intent).dispute is DisputeStatus.WON

    assert stripe.refunds(intent.id) == [250]


def refund_key(stripe):
    """The idempotency key of the call that made the newest refund."""
    return json.loads(stripe.newest_event("refund.created"))["request"]["idempotency_key"]


def test_a_refund_has_an_idempotency_key_of_its_payment(stripe):
    intent = create_intent()
    stripe.pay(intent.id)

    stripe_gateway.refund(intent)

    assert refund_key(stripe) == f"refund-{intent.id}"


def test_a_refund_after_a_dispute_has_an_idempotency_key_of_its_own(stripe):
    intent = create_intent()
    stripe.pay(intent.id, "pm_card_createDispute")
    stripe.decide_dispute(intent.id, "won")

    stripe_gateway.refund(intent)

    assert refund_key(stripe) == f"refund-{intent.id}-won"


def test_an_intent_with_an_unknown_status_is_ignored(stripe):
    intent = create_intent()
    stripe.pay(intent.id)
    event = json.loads(stripe.event("payment_intent.succeeded", intent.id))
    event["data"]["object"]["status"] = "requires_patience"
    body = json.dumps(event)

    assert stripe_gateway.verify_webhook(body, signed(body)["stripe-signature"]).intent is None
