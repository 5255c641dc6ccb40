import json

import pytest

from docket.runtime.reply_size import MAX_ENVELOPE_BYTES
from docket.table import client, keys
from docket.table.items.times import to_iso
from tests.make import OTHER_OID, THEN
from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")


@pytest.fixture
def order_id(service):
    order_id: str = call("orders/create", {}).json["id"]
    return order_id


def test_the_events_of_an_order_are_listed(order_id):
    call("orders/update_status", {"status": "cancelled"}, order_id=order_id)

    reply = call("orders/list_events", order_id=order_id)

    assert reply.status == 200
    by_name = {event["what"]: event for event in reply.json}
    assert by_name.keys() == {"opened", "cancelled"}
    assert (by_name["cancelled"]["from"], by_name["cancelled"]["to"]) == ("pending", "cancelled")
    assert by_name["cancelled"].keys() == {"id", "at", "who", "what", "from", "to", "facts"}


def test_a_rejected_transition_has_no_event(order_id):
    call("orders/update_status", {"status": "completed"}, order_id=order_id)

    assert [event["what"] for event in call("orders/list_events", order_id=order_id).json] == [
        "opened"
    ]


def test_another_customers_events_are_not_found(order_id):
    forbidden = call("orders/list_events", order_id=order_id, as_user="eve")

    assert forbidden.refusal == (404, "order_not_found")
    assert call("orders/list_events", order_id=OTHER_OID).refusal == forbidden.refusal


def test_a_long_history_is_cut_to_its_newest_events(order_id):
    text = 'Счёт "7" ' * 20_000
    for number in range(30):
        put = client.Put(
            item={
                **keys.event(order_id, f"{number:026}"),
                "id": f"{number:026}",
                "at": to_iso(THEN),
                "actor": "customer",
                "what": "document_added",
                "facts": {"filename": text},
            }
        )
        client.write(put)

    reply = call("orders/list_events", order_id=order_id)

    assert reply.status == 200
    envelope = {"statusCode": 200, "headers": reply.headers, "body": reply.body}
    assert 5_000_000 < len(json.dumps(envelope, ensure_ascii=False).encode()) < MAX_ENVELOPE_BYTES
    assert [event["what"] for event in reply.json][-1] == "opened"
    event_ids = [event["id"] for event in reply.json]
    assert event_ids == sorted(event_ids)
