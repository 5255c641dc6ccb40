from dataclasses import replace
from datetime import timedelta

import pytest

from docket.table import client
from docket.table.client import ConditionFailed
from docket.table.orders import events
from tests.make import OID, OTHER_OID, THEN, an_event

pytestmark = pytest.mark.usefixtures("table")


def test_the_events_of_an_order_are_listed_oldest_first():
    first = an_event("opened", to_status="pending")
    second = an_event("paid", at=THEN + timedelta(minutes=1), facts={"amount": 250})
    client.write(events.event_write(OID, second), events.event_write(OTHER_OID, an_event()))
    client.write(events.event_write(OID, first))

    assert events.of_order(OID) == sorted([first, second], key=lambda event: event.id)


def test_an_event_cannot_be_replaced():
    event = an_event()
    client.write(events.event_write(OID, event))

    with pytest.raises(ConditionFailed):
        client.write(events.event_write(OID, replace(event, name="cancelled")))
    assert events.of_order(OID) == [event]


def test_a_missing_order_has_no_events():
    assert events.of_order(OID) == []
