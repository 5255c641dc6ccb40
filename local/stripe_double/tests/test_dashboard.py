"""What people, banks and Stripe itself do to payments and refunds."""

import json

import pytest
import stripe

from local.stripe_double.errors import StripeError


def test_a_person_refunds_in_part_and_then_the_rest(shop):
    intent = shop.pay()

    part = shop.act(f"payment_intents/{intent.id}/refund", amount=400)
    rest = shop.act(f"payment_intents/{intent.id}/refund", reason="requested_by_customer")

    assert [part["amount"], rest["amount"]] == [400, 600]
    assert shop.types()[3:] == ["charge.refunded", "refund.created"] * 2
    events = shop.sdk.v1.events.list({"type": "charge.refunded"}).data
    assert [event.data.object["amount_refunded"] for event in events] == [1000, 400]
    assert [event.data.object["refunded"] for event in events] == [True, False]
    assert events[0].request.idempotency_key is None
    with pytest.raises(StripeError, match="already been refunded"):
        shop.act(f"payment_intents/{intent.id}/refund")


@pytest.mark.parametrize("outcome", ["at_once", "pending", "fails_later"])
def test_a_refund_that_succeeded_or_is_pending_can_fail(shop, outcome):
    intent = shop.pay()
    refund = shop.act(f"payment_intents/{intent.id}/refund", amount=400, outcome=outcome)
    assert refund["status"] == ("pending" if outcome == "pending" else "succeeded")
    assert refund.get("pending_reason") == ("processing" if outcome == "pending" else None)

    failed = shop.act(f"refunds/{refund['id']}/fail", failure_reason="lost_or_stolen_card")

    assert (failed["status"], failed["failure_reason"]) == ("failed", "lost_or_stolen_card")
    assert failed["failure_balance_transaction"].startswith("txn_")
    assert "pending_reason" not in failed
    assert shop.types()[5:] == ["refund.updated", "charge.refund.updated", "refund.failed"]
    (updated,) = shop.sdk.v1.events.list({"type": "refund.updated"}).data
    assert updated.data.previous_attributes["status"] == refund["status"]
    assert shop.sdk.v1.charges.retrieve(intent.latest_charge).amount_refunded == 0
    shop.pass_seconds(100)
    assert shop.types()[8:] == []
    assert shop.sdk.v1.refunds.create({"payment_intent": intent.id}).amount == 1000


def test_a_pending_refund_succeeds_later(shop):
    intent = shop.pay()
    refund = shop.act(f"payment_intents/{intent.id}/refund", outcome="pending")

    shop.pass_seconds(60)

    assert shop.sdk.v1.refunds.retrieve(refund["id"]).status == "succeeded"
    assert shop.types()[5:] == ["refund.updated", "charge.refund.updated"]


def test_a_person_cancels_a_pending_refund(shop):
    intent = shop.pay()
    refund = shop.act(f"payment_intents/{intent.id}/refund", outcome="pending")

    canceled = shop.act(f"refunds/{refund['id']}/cancel")

    assert (canceled["status"], canceled["failure_reason"]) == ("canceled", "merchant_request")
    assert shop.types()[5:] == ["refund.updated", "charge.refund.updated"]
    assert not shop.sdk.v1.charges.retrieve(intent.latest_charge).refunded
    with pytest.raises(StripeError, match="status of canceled"):
        shop.act(f"refunds/{refund['id']}/fail")


def test_a_refund_is_updated_without_another_status(shop):
    refund = shop.act(f"payment_intents/{shop.pay().id}/refund")

    updated = shop.act(f"refunds/{refund['id']}/reach_bank")

    assert updated["status"] == "succeeded"
    assert updated["destination_details"]["card"]["reference_status"] == "available"
    assert shop.types()[5:] == ["refund.updated", "charge.refund.updated"]
    (event,) = shop.sdk.v1.events.list({"type": "refund.updated"}).data
    assert "status" not in event.data.previous_attributes
    with pytest.raises(StripeError, match="has it"):
        shop.act(f"refunds/{refund['id']}/reach_bank")


def test_a_final_refund_is_neither_canceled_nor_settled(shop):
    refund = shop.act(f"payment_intents/{shop.pay().id}/refund")

    with pytest.raises(StripeError, match="status of succeeded"):
        shop.act(f"refunds/{refund['id']}/cancel")
    with pytest.raises(StripeError, match="no scheduled task"):
        shop.act(f"refunds/{refund['id']}/settle")
    with pytest.raises(stripe.InvalidRequestError, match="cannot be canceled"):
        shop.sdk.v1.refunds.cancel(refund["id"])


def test_a_bank_rejects_a_debit_with_its_own_code(shop):
    debit = shop.pay("pm_success_de")

    shop.act(
        f"payment_intents/{debit.id}/settle",
        outcome="fails",
        code="insufficient_funds",
        decline_code="insufficient_funds",
        message="The account has no money.",
    )

    now = shop.sdk.v1.payment_intents.retrieve(debit.id, {"expand": ["latest_charge"]})
    assert (now.status, now.amount_received) == ("requires_payment_method", 0)
    assert now.last_payment_error.code == "insufficient_funds"
    assert now.last_payment_error.message == "The account has no money."
    assert now.latest_charge.failure_code == "insufficient_funds"
    shop.pass_seconds(100)
    assert shop.sdk.v1.payment_intents.retrieve(debit.id).status == "requires_payment_method"


def test_a_bank_accepts_a_debit_whose_account_would_fail(shop):
    debit = shop.pay("pm_failedDelayed_de")

    shop.act(f"payment_intents/{debit.id}/settle", outcome="succeeds")

    assert shop.sdk.v1.payment_intents.retrieve(debit.id).amount_received == 1000
    with pytest.raises(StripeError, match="not processing"):
        shop.act(f"payment_intents/{debit.id}/settle")


@pytest.mark.parametrize(
    ("act", "body", "reason"),
    [
        ("cancel", {"reason": "automatic"}, "automatic"),
        ("cancel", {}, None),
        ("expire", {}, "expired"),
    ],
)
def test_a_person_or_stripe_cancels_a_payment(shop, act, body, reason):
    intent = shop.sdk.v1.payment_intents.create({"amount": 1000, "currency": "eur"})

    shop.act(f"payment_intents/{intent.id}/{act}", **body)

    now = shop.sdk.v1.payment_intents.retrieve(intent.id)
    assert (now.status, now.cancellation_reason) == ("canceled", reason)
    assert now.canceled_at == shop.clock.now
    assert shop.types() == ["payment_intent.created", "payment_intent.canceled"]


@pytest.mark.parametrize("method", ["pm_card_visa", "pm_success_de"])
def test_a_payment_that_is_paid_or_processing_is_not_canceled(shop, method):
    intent = shop.pay(method)

    for cancel in (
        lambda: shop.sdk.v1.payment_intents.cancel(intent.id),
        lambda: shop.act(f"payment_intents/{intent.id}/expire"),
    ):
        with pytest.raises((stripe.InvalidRequestError, StripeError), match="You cannot cancel"):
            cancel()
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.sdk.v1.payment_intents.cancel(intent.id)
    assert refused.value.code == "payment_intent_unexpected_state"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("payment_intents/{}/refund", {"reason": "why"}),
        ("payment_intents/{}/refund", {"outcome": "never"}),
        ("payment_intents/{}/refund", {"amount": 1001}),
        ("payment_intents/{}/settle", {"outcome": "maybe"}),
        ("payment_intents/{}/cancel", {"reason": "why"}),
        ("payment_intents/{}/authenticate", {"outcome": "maybe"}),
        ("payment_intents/{}/expire", {"at": 3}),
        ("payment_intents/pi_none/refund", {}),
        ("refunds/re_none/fail", {}),
    ],
)
def test_an_act_with_wrong_values_is_refused(shop, path, body):
    intent = shop.pay()

    with pytest.raises(StripeError):
        shop.act(path.format(intent.id), **body)

    assert len(shop.types()) == 3


def test_an_unpaid_payment_is_neither_refunded_nor_disputed(shop):
    intent = shop.pay("pm_success_de")

    for act in ("refund", "dispute"):
        with pytest.raises(StripeError, match="not paid"):
            shop.act(f"payment_intents/{intent.id}/{act}")


def test_a_failure_reason_is_one_of_stripes(shop):
    refund = shop.act(f"payment_intents/{shop.pay().id}/refund")

    with pytest.raises(StripeError, match="failure_reason is one of"):
        shop.act(f"refunds/{refund['id']}/fail", failure_reason="bored")


def test_deliveries_are_held_released_in_an_order_dropped_and_sent(shop):
    shop.pay()
    ids = [event["deliveries"][0]["id"] for event in reversed(shop.double.control.events())]
    for id_ in ids:
        shop.act(f"deliveries/{id_}/hold")
    assert shop.double.run_due() == 0

    shop.act("deliveries/release", order=[ids[2], ids[0]])
    shop.pass_seconds(1)
    assert [event["type"] for event in shop.sent] == [
        "payment_intent.succeeded",
        "payment_intent.created",
    ]
    shop.act(f"deliveries/{ids[1]}/drop")
    shop.pass_seconds(100)
    assert len(shop.sent) == 2
    assert shop.act(f"deliveries/{ids[1]}/send")["state"] == "delivered"
    assert shop.sent[2]["type"] == "charge.succeeded"
    shop.act(f"events/{shop.sent[0]['id']}/resend")
    shop.double.run_due()
    assert shop.sent[3]["id"] == shop.sent[0]["id"]


def test_a_rolled_secret_overlaps_with_the_new_one(shop):
    def signs(secret):
        shop.signatures.clear()
        shop.sdk.v1.payment_intents.create({"amount": 1000, "currency": "eur"})
        shop.double.run_due()
        body = shop.sent[-1]
        try:
            return stripe.WebhookSignature.verify_header(
                json.dumps(body), shop.signatures[0], secret
            )
        except stripe.SignatureVerificationError:
            return False

    shop.act("webhook/roll", secret="whsec_new", overlap_seconds=3600)
    assert signs("whsec_new")
    assert signs("whsec_of_the_tests")

    shop.clock.sleep(3601)
    assert signs("whsec_new")
    assert not signs("whsec_of_the_tests")
    shop.act("webhook/roll", secret="whsec_newer")
    assert not signs("whsec_new")
    for body in ({}, {"secret": "x", "overlap_seconds": 90_000}, {"secret": "x", "hours": 1}):
        with pytest.raises(StripeError):
            shop.act("webhook/roll", **body)
