"""Acts of shops, people and banks in any order: amounts add up, and events report each change."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import stripe

from local.stripe_double.errors import StripeError
from local.stripe_double.objects import disputes
from local.stripe_double.tests.conftest import Shop, seeded

STEPS = 80
METHODS = (
    "pm_card_visa",
    "pm_card_pendingRefund",
    "pm_card_refundFail",
    "pm_card_createDisputeInquiry",
    "pm_card_authenticationRequired",
    "pm_card_chargeDeclined",
    "pm_successDelayed_de",
    "pm_failed_de",
)


def acts(shop: Shop, random: Any) -> list[Callable[[], object]]:
    """What can be tried; most of it is refused most of the time."""
    api = shop.sdk.v1
    stored = {kind: objects(shop, kind) for kind in ("payment_intent", "refund", "dispute")}

    def pick(kind: str) -> str:
        return str(random.choice(stored[kind])["id"]) if stored[kind] else "none"

    intent, refund, dispute = pick("payment_intent"), pick("refund"), pick("dispute")
    amount = random.choice((None, 1, 400, 1000))
    part: Any = {"amount": amount} if amount else {}
    parameters: Any = {"payment_intent": intent, **part}
    outcome = random.choice(("at_once", "pending", "fails_later"))
    status = random.choice((*disputes.NEXT, *disputes.DECIDED))
    return [
        lambda: api.payment_intents.create({"amount": 1000, "currency": "eur"}),
        lambda: shop.pay(random.choice(METHODS)),
        lambda: shop.pay("pm_card_visa"),
        lambda: api.payment_intents.confirm(
            intent, {"payment_method": random.choice(METHODS), "return_url": "https://x.test/"}
        ),
        lambda: api.payment_intents.cancel(intent),
        lambda: api.refunds.create(parameters),
        lambda: api.disputes.close(dispute),
        lambda: api.disputes.update(dispute, {"evidence": {"product_description": "Pages"}}),
        lambda: shop.act(f"payment_intents/{intent}/authenticate", outcome="complete"),
        lambda: shop.act(f"payment_intents/{intent}/settle", outcome="fails"),
        lambda: shop.act(f"payment_intents/{intent}/expire"),
        lambda: shop.act(f"payment_intents/{intent}/refund", outcome=outcome, **part),
        lambda: shop.act(f"payment_intents/{intent}/dispute", **part),
        lambda: shop.act(f"payment_intents/{intent}/dispute", status="warning_needs_response"),
        lambda: shop.act(f"refunds/{refund}/fail"),
        lambda: shop.act(f"refunds/{refund}/cancel"),
        lambda: shop.act(f"refunds/{refund}/reach_bank"),
        lambda: shop.act(f"disputes/{dispute}/decide", status=status),
        lambda: shop.pass_seconds(random.choice((1, 61, 86_400))),
    ]


def objects(shop: Shop, kind: str) -> list[Any]:
    with shop.double._store.transaction() as transaction:
        return transaction.newest(kind, limit=1000, where={})


@pytest.mark.parametrize("seed", range(4))
def test_amounts_add_up_and_events_tell_every_change(shop, seed):
    random = seeded(seed)
    done = 0
    for _ in range(STEPS):
        before = [len(objects(shop, "event")), states(shop)]
        try:
            random.choice(acts(shop, random))()
        except (StripeError, stripe.CardError, stripe.InvalidRequestError):
            pass
        else:
            done += 1
        check(shop)
        if states(shop) != before[1]:
            assert len(objects(shop, "event")) > before[0]

    assert done > STEPS / 5
    shop.double.run_due()
    assert {event["id"] for event in shop.sent} == {item["id"] for item in objects(shop, "event")}


def states(shop):
    kinds = ("payment_intent", "refund", "dispute")
    return {item["id"]: item["status"] for kind in kinds for item in objects(shop, kind)}


def check(shop):
    refunds = objects(shop, "refund")
    for charge in objects(shop, "charge"):
        refunded = sum(
            refund["amount"]
            for refund in refunds
            if refund["charge"] == charge["id"] and refund["status"] in ("pending", "succeeded")
        )
        assert refunded == charge["amount_refunded"] <= charge["amount_captured"]
        assert charge["refunded"] == (charge["paid"] and refunded == charge["amount"])
    for intent in objects(shop, "payment_intent"):
        paid = intent["status"] == "succeeded"
        assert intent["amount_received"] == (intent["amount"] if paid else 0)
        assert (intent["canceled_at"] is not None) == (intent["status"] == "canceled")
    for dispute in objects(shop, "dispute"):
        moved = sum(transaction["amount"] for transaction in dispute["balance_transactions"])
        assert moved == (-dispute["amount"] if dispute["status"] in disputes.WITHDRAWN else 0)
    newest_events_tell_the_present(shop)


def newest_events_tell_the_present(shop):
    """The newest event of a refund or a dispute holds it as it is, and so does that of an intent
    which ended or is being paid.
    """
    newest = {}
    for event in reversed(objects(shop, "event")):
        subject = event["data"]["object"]
        newest[subject["id"]] = subject
    silent = ("requires_payment_method", "requires_confirmation")
    for kind in ("payment_intent", "refund", "dispute"):
        for item in objects(shop, kind):
            if item["status"] not in silent:
                assert json.dumps(newest[item["id"]]) == json.dumps(item)
