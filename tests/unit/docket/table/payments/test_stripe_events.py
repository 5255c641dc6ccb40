import pytest

from docket.table import client
from docket.table.client import ConditionFailed, Delete
from docket.table.orders import events
from docket.table.payments import stripe_events
from tests.make import OID, THEN, an_event

pytestmark = pytest.mark.usefixtures("table")


def write(stripe_event="evt_1", at=THEN):
    return stripe_events.write_once([events.event_write(OID, an_event())], stripe_event, at=at)


def test_an_event_has_its_effect_once():
    assert write()
    assert not write()
    assert write("evt_2")
    assert len(events.of_order(OID)) == 2


def test_an_expired_event_counts_as_absent():
    write()

    assert write(at=THEN + stripe_events.LIFETIME)


def test_the_refusal_of_another_part_is_raised():
    with pytest.raises(ConditionFailed):
        stripe_events.write_once([Delete(key={"PK": "a", "SK": "b"})], "evt_1", at=THEN)
    assert client.get({"PK": "STRIPE#evt_1", "SK": "EVENT"}) is None


def test_an_event_without_an_effect_is_noted():
    stripe_events.note([], at=THEN)
    stripe_events.note(["evt_1", "evt_2"], at=THEN)
    stripe_events.note(["evt_2"], at=THEN)

    assert stripe_events.recorded(["evt_1", "evt_2", "evt_3"]) == {"evt_1", "evt_2"}


def test_a_noted_event_can_still_have_its_effect_once():
    stripe_events.note(["evt_1"], at=THEN)

    assert write("evt_1")
    stripe_events.note(["evt_2", "evt_1"], at=THEN)
    assert not write("evt_1")
    assert stripe_events.recorded(["evt_1", "evt_2"]) == {"evt_1", "evt_2"}


def test_the_events_that_had_an_effect_are_found_in_one_call():
    write("evt_2")

    assert stripe_events.recorded(["evt_1", "evt_2"]) == {"evt_2"}
    assert stripe_events.recorded([]) == set()
