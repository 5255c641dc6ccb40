"""Refunds: at most the paid amount, some of them pending or failing later."""

import pytest
import stripe


def create_paid_intent(api, method="pm_card_visa"):
    return api.v1.payment_intents.create(
        {
            "amount": 1000,
            "currency": "eur",
            "payment_method": method,
            "confirm": True,
            "return_url": "https://docket.test/",
        }
    )


def test_a_refund_without_an_amount_is_complete(api):
    intent = create_paid_intent(api)

    refund = api.v1.refunds.create(
        {
            "payment_intent": intent.id,
            "reason": "requested_by_customer",
            "metadata": {"why": "late"},
        }
    )

    assert (refund.status, refund.amount, refund.currency) == ("succeeded", 1000, "eur")
    assert (refund.payment_intent, refund.charge) == (intent.id, intent.latest_charge)
    charge = api.v1.charges.retrieve(intent.latest_charge)
    assert (charge.refunded, charge.amount_refunded) == (True, 1000)
    assert api.v1.payment_intents.retrieve(intent.id).status == "succeeded"
    assert api.v1.refunds.retrieve(refund.id).metadata["why"] == "late"


def test_refunds_never_exceed_the_payment(api):
    intent = create_paid_intent(api)
    api.v1.refunds.create({"payment_intent": intent.id, "amount": 400})

    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded") as refused:
        api.v1.refunds.create({"payment_intent": intent.id, "amount": 601})

    assert refused.value.param == "amount"
    rest = api.v1.refunds.create({"charge": intent.latest_charge})
    assert rest.amount == 600
    with pytest.raises(stripe.InvalidRequestError) as repeated:
        api.v1.refunds.create({"payment_intent": intent.id})
    assert repeated.value.code == "charge_already_refunded"
    list_page = api.v1.refunds.list({"payment_intent": intent.id}).data
    assert [refund.amount for refund in list_page] == [600, 400]


def test_an_unpaid_intent_has_nothing_to_refund(api):
    intent = api.v1.payment_intents.create({"amount": 1000, "currency": "eur"})

    with pytest.raises(stripe.InvalidRequestError, match="successful charge"):
        api.v1.refunds.create({"payment_intent": intent.id})


def test_a_refund_can_be_pending_before_it_succeeds(api, within):
    refund = api.v1.refunds.create(
        {"payment_intent": create_paid_intent(api, "pm_card_pendingRefund").id}
    )
    assert refund.status == "pending"

    within(lambda: api.v1.refunds.retrieve(refund.id).status == "succeeded", "refund")

    types = [event.type for event in api.v1.events.list().data]
    assert "refund.updated" in types


def test_a_refund_can_fail_afterwards(api, within):
    intent = create_paid_intent(api, "pm_card_refundFail")
    refund = api.v1.refunds.create({"payment_intent": intent.id})
    assert refund.status == "succeeded"

    within(lambda: api.v1.refunds.retrieve(refund.id).status == "failed", "failure")

    assert api.v1.refunds.retrieve(refund.id).failure_reason
    assert api.v1.charges.retrieve(intent.latest_charge).amount_refunded == 0
    types = [event.type for event in api.v1.events.list().data]
    assert {"refund.updated", "refund.failed"} <= set(types)


def test_a_refunds_event_holds_the_previous_attributes(api):
    api.v1.refunds.create({"payment_intent": create_paid_intent(api).id, "amount": 400})

    event = api.v1.events.list({"type": "charge.refunded"}).data[0]

    assert event.data.object["amount_refunded"] == 400
    assert event.data.previous_attributes["amount_refunded"] == 0
    assert len(api.v1.events.list({"types": ["refund.created"]}).data) == 1


@pytest.mark.parametrize("params", [{}, {"payment_intent": "pi_none"}, {"charge": "ch_none"}])
def test_a_refund_without_a_payment_is_rejected(api, params):
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.refunds.create(params)


@pytest.mark.parametrize("evidence", [None, "losing_evidence", "winning_evidence"])
def test_a_disputed_payment_is_refunded_only_when_the_dispute_was_won(api, evidence):
    intent = create_paid_intent(api, "pm_card_createDispute")
    (dispute,) = api.v1.disputes.list({"payment_intent": intent.id}).data
    if evidence:
        api.v1.disputes.update(dispute.id, {"evidence": {"uncategorized_text": evidence}})

    if evidence == "winning_evidence":
        assert api.v1.refunds.create({"payment_intent": intent.id}).amount == 1000
        return
    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.v1.refunds.create({"payment_intent": intent.id})
    assert refused.value.code == "charge_disputed"
