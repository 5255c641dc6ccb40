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
AWAY = ["error", "rate_limit", "reset"]


@pytest.fixture(autouse=True)
def quick(stripe, monkeypatch):
    """The SDK's pauses between its tries are left out."""
    monkeypatch.setattr(time, "sleep", lambda _: None)


def create_intent(**fields):
    return stripe_gateway.create_intent(an_order(**fields), MONEY)


def test_an_intent_is_for_the_orders_money_and_carries_whose_it_is(stripe):
    intent = create_intent()

    assert (intent.money, intent.status) == (MONEY, IntentStatus.OPEN)
    assert (intent.order_id, intent.user_id) == (OID, "ada")
    assert intent.client_secret
    assert stripe.intent(intent.id).automatic_payment_methods["enabled"]
    assert stripe_gateway.get_intent(intent.id) == intent


def test_asking_twice_for_the_same_order_is_asking_once(stripe):
    assert create_intent() == create_intent()
    assert len(stripe.intents()) == 1


def test_an_order_that_changed_or_whose_intent_was_withdrawn_gets_a_new_one():
    first = create_intent()

    other = create_intent(revision=1)
    after = create_intent(payment=a_payment(payment_intent_id=first.id))

    assert len({first.id, other.id, after.id}) == 3


@pytest.mark.parametrize("kind", ["error", "reset"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_call_that_failed_a_few_times_finds_what_it_made(stripe, kind, when):
    stripe.fails(kind, times=stripe_gateway.RETRIES, when=when)

    intent = create_intent()

    assert [intent_.id for intent_ in stripe.intents()] == [intent.id]


@pytest.mark.parametrize("kind", AWAY)
def test_an_outage_is_an_outage_and_never_not_found(stripe, kind):
    intent = create_intent()
    stripe.fails(kind)

    for call in (
        lambda: stripe_gateway.get_intent(intent.id),
        lambda: stripe_gateway.cancel_intent(intent.id),
        lambda: stripe_gateway.refund(intent),
        lambda: create_intent(revision=1),
    ):
        with pytest.raises(PaymentsUnreachable):
            call()


def test_a_key_that_stripe_does_not_take_is_an_outage(stripe):
    stripe.keys_are(secret_key="sk_test_wrong")

    with pytest.raises(PaymentsUnreachable):
        stripe_gateway.get_intent("pi_1")


@pytest.mark.parametrize("name", ["secret_key", "webhook_secret", "publishable_key"])
def test_keys_that_were_not_filled_in_are_an_outage(stripe, name):
    stripe.keys_are(**{name: ""})

    with pytest.raises(PaymentsUnreachable):
        stripe_gateway.publishable_key()
    with pytest.raises(PaymentsUnreachable):
        stripe_gateway.verify_webhook("{}", signed("{}", secret="")["stripe-signature"])


def test_a_secret_without_the_keys_is_an_outage(stripe):
    stripe.fields_are({"secret_key": "sk_test_double"})

    with pytest.raises(PaymentsUnreachable):
        stripe_gateway.publishable_key()


def test_what_stripe_does_not_know_is_not_there():
    assert stripe_gateway.get_intent("pi_nothing") is None
    assert stripe_gateway.cancel_intent("pi_nothing") is None


def test_a_withdrawn_intent_can_be_paid_no_more(stripe):
    intent = create_intent()

    withdrawn = stripe_gateway.cancel_intent(intent.id)

    assert withdrawn is not None
    assert withdrawn.status is IntentStatus.CANCELED
    assert stripe_gateway.cancel_intent(intent.id) == withdrawn
    with pytest.raises(sdk.InvalidRequestError):
        stripe.pay(intent.id)


def test_an_intent_that_was_paid_is_not_withdrawn_and_says_so(stripe):
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
def test_what_can_become_of_an_intent_is_told_as_far_as_it_matters(stripe, method, status, failed):
    created = create_intent()

    stripe.pay(created.id, method)

    intent = stripe_gateway.get_intent(created.id)
    assert intent is not None
    assert (intent.status, intent.failed) == (status, failed)


def test_a_payment_is_given_back_whole_and_once(stripe):
    intent = create_intent()
    stripe.pay(intent.id)

    stripe_gateway.refund(intent)
    stripe_gateway.refund(intent)

    assert stripe.refunds(intent.id) == [250]


def test_what_was_given_back_by_hand_is_not_given_back_again(stripe):
    intent = create_intent()
    stripe.pay(intent.id)
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id})

    stripe_gateway.refund(intent)

    assert stripe.refunds(intent.id) == [250]


def test_news_that_stripe_signed_is_told_as_it_stands(stripe):
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


def test_news_of_anything_else_has_no_intent(stripe):
    intent = create_intent()
    stripe.pay(intent.id)
    body = stripe.event("charge.succeeded", stripe.intent(intent.id).latest_charge)

    assert stripe_gateway.verify_webhook(body, signed(body)["stripe-signature"]).intent is None


def body_of(about):
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
    ids=["none", "no signature", "an empty one", "another secret's", "too old", "another body's"],
)
def test_news_that_stripe_did_not_sign_just_now_is_refused(signature):
    with pytest.raises(BadSignature):
        stripe_gateway.verify_webhook(body_of({}), signature(body_of({})))


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"order_id": "1001"},
        {"user_id": "ada"},
        {"order_id": OID, "user_id": "ada", "stage": "dev"},
    ],
)
def test_an_intent_of_another_shop_on_the_account_is_none_of_ours(stripe, metadata):
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


def test_a_refund_that_failed_is_never_made_again(stripe):
    intent = create_intent()
    stripe.pay(intent.id, "pm_card_refundFail")
    stripe_gateway.refund(intent)
    stripe.complete_refunds(intent.id)
    stripe.expire_idempotency_keys()

    assert stripe_gateway.refund(intent).refund is RefundStatus.FAILED
    assert stripe_gateway.refund(intent).amount_refunded == 0

    assert len(stripe.refunds(intent.id)) == 1


@pytest.mark.parametrize("status", ["won", "warning_closed", "prevented"])
def test_a_payment_that_was_disputed_is_refunded_when_the_dispute_leaves_us_the_money(
    stripe, status
):
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


def test_a_refund_carries_an_idempotency_key_made_of_its_payment(stripe):
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


def test_an_intent_with_an_unknown_status_is_none_that_we_know(stripe):
    intent = create_intent()
    stripe.pay(intent.id)
    event = json.loads(stripe.event("payment_intent.succeeded", intent.id))
    event["data"]["object"]["status"] = "requires_patience"
    body = json.dumps(event)

    assert stripe_gateway.verify_webhook(body, signed(body)["stripe-signature"]).intent is None
