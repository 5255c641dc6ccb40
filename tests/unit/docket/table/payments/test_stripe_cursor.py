from datetime import timedelta

import pytest

from docket.table.payments import stripe_cursor
from tests.make import THEN

pytestmark = pytest.mark.usefixtures("table")

UNTIL = THEN + timedelta(minutes=5)


def claim(at=THEN, until=UNTIL):
    return stripe_cursor.claim(at=at, until=until)


def a_claim(at=THEN, until=UNTIL):
    cursor = claim(at, until)
    assert cursor is not None
    return cursor


def test_one_worker_has_the_cursor():
    cursor = a_claim()
    assert cursor.event_id is None

    assert claim() is None
    assert claim(until=UNTIL + timedelta(seconds=1)) is None

    stripe_cursor.release(cursor)
    assert claim() is not None


def test_the_cursor_keeps_its_place():
    moved = stripe_cursor.move(a_claim(), "evt_1")
    assert moved is not None
    stripe_cursor.release(moved)

    assert a_claim().event_id == moved.event_id == "evt_1"


def test_a_claim_ends_with_its_time():
    lost = a_claim()
    cursor = a_claim(at=UNTIL, until=UNTIL + timedelta(minutes=5))

    assert stripe_cursor.move(lost, "evt_9") is None
    stripe_cursor.release(lost)

    assert claim(at=UNTIL, until=UNTIL + timedelta(minutes=9)) is None
    assert stripe_cursor.move(cursor, "evt_1") is not None
