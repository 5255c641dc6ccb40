"""Disputes and inquiries: statuses, funds, evidence, and what they do to refunds."""

import pytest
import stripe

from local.stripe_double.objects.disputes import DECIDED, NEXT


def events_since(shop, number):
    return [type_.removeprefix("charge.dispute.") for type_ in shop.types()[number:]]


def open_dispute(shop, **body):
    intent = shop.pay()
    return intent, shop.act(f"payment_intents/{intent.id}/dispute", **body)


def funds(dispute):
    return [transaction["amount"] for transaction in dispute["balance_transactions"]]


@pytest.mark.parametrize(
    ("status", "events", "moved"),
    [
        ("needs_response", ["created", "funds_withdrawn"], [-1000]),
        ("warning_needs_response", ["created"], []),
        ("prevented", ["created", "closed"], []),
    ],
)
def test_a_bank_opens_a_dispute(shop, status, events, moved):
    intent, dispute = open_dispute(shop, status=status, reason="product_not_received")

    assert (dispute["status"], dispute["reason"]) == (status, "product_not_received")
    assert dispute["payment_intent"] == intent.id
    assert funds(dispute) == moved
    assert events_since(shop, 3) == events
    assert shop.sdk.v1.charges.retrieve(intent.latest_charge).disputed


@pytest.mark.parametrize(
    ("steps", "events", "moved"),
    [
        (["won"], ["updated", "closed", "funds_reinstated"], [-1000, 1000]),
        (["lost"], ["updated", "closed"], [-1000]),
        (["under_review", "lost"], ["updated", "updated", "closed"], [-1000]),
        (
            ["lost", "appeal_needs_response", "appeal_under_review", "won"],
            ["updated", "closed", "updated", "updated", "updated", "closed", "funds_reinstated"],
            [-1000, 1000],
        ),
    ],
)
def test_a_bank_decides_a_dispute(shop, steps, events, moved):
    _, dispute = open_dispute(shop)

    for status in steps:
        dispute = shop.act(f"disputes/{dispute['id']}/decide", status=status)

    assert dispute["status"] == steps[-1]
    assert events_since(shop, 5) == events
    assert funds(dispute) == moved


def test_an_inquiry_escalates(shop):
    _, dispute = open_dispute(shop, status="warning_needs_response", amount=400)
    shop.act(f"disputes/{dispute['id']}/decide", status="warning_under_review")

    dispute = shop.act(f"disputes/{dispute['id']}/decide", status="needs_response")

    assert events_since(shop, 4) == ["updated", "updated", "funds_withdrawn"]
    assert funds(dispute) == [-400]


@pytest.mark.parametrize("status", NEXT)
def test_only_statuses_that_can_follow_are_accepted(shop, status):
    _, dispute = open_dispute(shop)
    shop.double._store._db.execute(
        "UPDATE object SET body = json_set(body, '$.status', ?) WHERE id = ?",
        (status, dispute["id"]),
    )
    with pytest.raises(Exception, match="status is one of") as refused:
        shop.act(f"disputes/{dispute['id']}/decide", status=status)

    assert all(next_ in str(refused.value) for next_ in NEXT[status])


@pytest.mark.parametrize("status", ["won", "warning_closed", "prevented"])
def test_a_final_dispute_stays(shop, status):
    _, dispute = open_dispute(shop)
    shop.act(f"disputes/{dispute['id']}/decide", status=status)

    for other in DECIDED:
        with pytest.raises(Exception, match="one of none"):
            shop.act(f"disputes/{dispute['id']}/decide", status=other)
    with pytest.raises(stripe.InvalidRequestError, match="already closed"):
        shop.sdk.v1.disputes.update(dispute["id"], {"evidence": {"product_description": "x"}})


@pytest.mark.parametrize("status", ["needs_response", "under_review", "lost"])
def test_a_disputed_charge_is_not_refunded(shop, status):
    intent, dispute = open_dispute(shop)
    if status != "needs_response":
        shop.act(f"disputes/{dispute['id']}/decide", status=status)

    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.sdk.v1.refunds.create({"payment_intent": intent.id})

    assert (refused.value.http_status, refused.value.code) == (400, "charge_disputed")
    (stored,) = shop.sdk.v1.disputes.list({"payment_intent": intent.id}).data
    assert not stored.is_charge_refundable


def test_a_refund_in_whole_resolves_an_inquiry(shop):
    intent, dispute = open_dispute(shop, status="warning_needs_response")
    assert dispute["is_charge_refundable"]

    shop.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 400})
    assert shop.sdk.v1.disputes.retrieve(dispute["id"]).status == "warning_needs_response"
    shop.sdk.v1.refunds.create({"payment_intent": intent.id})

    assert shop.sdk.v1.disputes.retrieve(dispute["id"]).status == "warning_closed"
    assert shop.types()[-2:] == ["charge.dispute.updated", "charge.dispute.closed"]


def test_a_dispute_fails_the_refund_under_way(shop):
    intent = shop.pay("pm_card_pendingRefund")
    refund = shop.sdk.v1.refunds.create({"payment_intent": intent.id})

    shop.act(f"payment_intents/{intent.id}/dispute")

    refund = shop.sdk.v1.refunds.retrieve(refund.id)
    assert (refund.status, refund.failure_reason) == (
        "failed",
        "charge_for_pending_refund_disputed",
    )
    shop.pass_seconds(100)
    assert shop.sdk.v1.refunds.retrieve(refund.id).status == "failed"


@pytest.mark.parametrize(
    "body",
    [
        {"status": "won"},
        {"reason": "bored"},
        {"amount": 1001},
        {"amount": 0},
        {"amount": True},
        {"mood": "bad"},
    ],
)
def test_a_dispute_needs_documented_values(shop, body):
    intent = shop.pay()

    with pytest.raises(Exception, match=r"is one of|up to that|can't be|Unknown"):
        shop.act(f"payment_intents/{intent.id}/dispute", **body)


def test_a_refunded_or_disputed_payment_is_not_disputed(shop):
    refunded, (disputed, _) = shop.pay(), open_dispute(shop)
    shop.sdk.v1.refunds.create({"payment_intent": refunded.id})

    for intent in (refunded, disputed):
        with pytest.raises(Exception, match=r"refunded|disputed"):
            shop.act(f"payment_intents/{intent.id}/dispute")


def test_evidence_is_staged_and_submitted(shop):
    _, dispute = open_dispute(shop)
    evidence = {"product_description": "Pages"}
    api = shop.sdk.v1.disputes

    staged = api.update(dispute["id"], {"evidence": evidence, "submit": False})
    submitted = api.update(dispute["id"], {"evidence": {"customer_name": "Ada"}})

    assert (staged.status, staged.evidence_details.submission_count) == ("needs_response", 0)
    assert staged.evidence_details.has_evidence
    assert (submitted.status, submitted.evidence_details.submission_count) == ("under_review", 1)
    assert submitted.evidence.product_description == "Pages"


@pytest.mark.parametrize(
    ("opening", "text", "status"),
    [
        ("needs_response", "winning_evidence", "won"),
        ("needs_response", "losing_evidence", "lost"),
        ("warning_needs_response", "winning_evidence", "warning_closed"),
        ("warning_needs_response", "escalate_inquiry_evidence", "needs_response"),
    ],
)
def test_the_test_values_of_evidence_decide(shop, opening, text, status):
    _, dispute = open_dispute(shop, status=opening)

    decided = shop.sdk.v1.disputes.update(dispute["id"], {"evidence": {"uncategorized_text": text}})

    assert decided.status == status


@pytest.mark.parametrize(
    ("opening", "days", "status"),
    [("needs_response", 7, "lost"), ("warning_needs_response", 120, "warning_closed")],
)
def test_a_dispute_ends_when_nobody_responds(shop, opening, days, status):
    _, dispute = open_dispute(shop, status=opening)

    shop.pass_seconds(days * 86_400 - 1)
    assert shop.sdk.v1.disputes.retrieve(dispute["id"]).status == opening
    shop.pass_seconds(1)

    assert shop.sdk.v1.disputes.retrieve(dispute["id"]).status == status


@pytest.mark.parametrize("status", ["under_review", "won"])
def test_a_dispute_with_a_response_does_not_end_at_the_deadline(shop, status):
    _, dispute = open_dispute(shop)
    shop.act(f"disputes/{dispute['id']}/decide", status=status)

    shop.pass_seconds(8 * 86_400)

    assert shop.sdk.v1.disputes.retrieve(dispute["id"]).status == status


def test_an_inquiry_is_neither_accepted_nor_escalated_twice(shop):
    _, inquiry = open_dispute(shop, status="warning_needs_response")
    _, dispute = open_dispute(shop)

    with pytest.raises(stripe.InvalidRequestError, match="inquiry"):
        shop.sdk.v1.disputes.close(inquiry["id"])
    with pytest.raises(stripe.InvalidRequestError, match="no inquiry"):
        shop.sdk.v1.disputes.update(
            dispute["id"], {"evidence": {"uncategorized_text": "escalate_inquiry_evidence"}}
        )
    assert shop.sdk.v1.disputes.close(dispute["id"]).status == "lost"
