"""Lists of events, payments, charges and refunds, as a reconciliation reads them."""

import pytest
import stripe

DAY = 86_400


def test_events_are_stored_for_thirty_days(shop):
    shop.sdk.v1.payment_intents.create({"amount": 1000, "currency": "eur"})
    (old,) = shop.sdk.v1.events.list().data
    shop.clock.sleep(30 * DAY)
    assert shop.sdk.v1.events.retrieve(old.id).id == old.id

    shop.clock.sleep(1)
    new = shop.pay()

    events = shop.sdk.v1.events.list({"limit": 100, "created": {"gte": old.created}}).data
    assert old.id not in [event.id for event in events]
    assert {event.created for event in events} == {new.created}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.sdk.v1.events.retrieve(old.id)
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")
    assert len(shop.sdk.v1.payment_intents.list().data) == 2


def test_events_are_filtered_by_type_and_delivery(shop):
    shop.pay()
    shop.double.run_due()
    shop.act(f"payment_intents/{shop.pay().id}/refund")
    api = shop.sdk.v1.events

    def types(**params):
        return [event.type for event in api.list({"limit": 100, **params}).data]

    assert types(type="charge.*") == ["charge.refunded", "charge.succeeded", "charge.succeeded"]
    assert types(types=["refund.created", "charge.refunded"]) == [
        "refund.created",
        "charge.refunded",
    ]
    assert len(types(delivery_success=True)) == 3
    assert len(types(delivery_success=False)) == 5
    for wrong in (
        {"type": "charge.refunded", "types": ["refund.created"]},
        {"types": ["refund.created"] * 21},
        {"limit": 101},
        {"limit": 0},
        {"starting_after": "evt_none"},
    ):
        with pytest.raises(stripe.InvalidRequestError):
            api.list(wrong)


def test_new_events_are_read_from_a_cursor(shop):
    shop.pay()
    cursor = shop.sdk.v1.events.list({"limit": 1}).data[0].id
    shop.pay()
    shop.pay()

    page = shop.sdk.v1.events.list({"limit": 4, "ending_before": cursor})

    assert page.has_more
    ids = [event.id for event in page.auto_paging_iter()]
    everything = [event.id for event in shop.sdk.v1.events.list({"limit": 6}).data]
    assert len(ids) == 6
    assert sorted(ids) == sorted(everything)
    with pytest.raises(stripe.InvalidRequestError, match="only specify one"):
        shop.sdk.v1.events.list({"ending_before": cursor, "starting_after": cursor})


def test_an_event_can_be_listed_after_a_later_one(shop):
    shop.double.faults.add({"events": {"unlist": 1, "unlist_seconds": 30}})
    shop.sdk.v1.payment_intents.create({"amount": 1000, "currency": "eur"})
    shop.pay()

    def types():
        return [event.type for event in shop.sdk.v1.events.list().data]

    assert types() == ["payment_intent.succeeded", "charge.succeeded", "payment_intent.created"]
    assert shop.double.run_due() == 4
    shop.clock.sleep(30)
    assert types()[2:] == ["payment_intent.created"] * 2


@pytest.mark.parametrize("kind", ["payment_intents", "charges", "refunds"])
def test_objects_are_listed_by_the_time_of_their_creation(shop, kind):
    days = []
    for _ in range(3):
        intent = shop.pay()
        shop.act(f"payment_intents/{intent.id}/refund")
        days.append(int(shop.clock.now))
        shop.clock.sleep(DAY)
    api = getattr(shop.sdk.v1, kind)

    def created(**bounds):
        return [item.created for item in api.list({"created": bounds}).data]

    assert created(gte=days[0], lt=days[2]) == [days[1], days[0]]
    assert created(gt=days[0], lte=days[2]) == [days[2], days[1]]
    assert [item.created for item in api.list({"created": days[1]}).data] == [days[1]]
    first = api.list({"limit": 2})
    assert first.has_more
    assert len(list(first.auto_paging_iter())) == 3


def test_charges_and_refunds_are_listed_by_their_payment(shop):
    intents = [shop.pay(), shop.pay()]
    for intent in intents:
        shop.act(f"payment_intents/{intent.id}/refund", amount=400)
        shop.act(f"payment_intents/{intent.id}/refund", amount=100)

    (charge,) = shop.sdk.v1.charges.list({"payment_intent": intents[0].id}).data
    refunds = shop.sdk.v1.refunds.list({"payment_intent": intents[0].id}).data

    assert charge.id == intents[0].latest_charge
    assert [refund.amount for refund in refunds] == [100, 400]
    assert [refund.amount for refund in shop.sdk.v1.refunds.list({"charge": charge.id}).data] == [
        100,
        400,
    ]
