from datetime import timedelta

import pytest

from docket.domain.user import REFRESH_GRACE, Caller
from docket.table import client, keys, sessions
from docket.table.sessions import Rotation
from tests.make_people import THEN, a_session

pytestmark = pytest.mark.usefixtures("table")

ADA = Caller(user_id="ada", session_id="S1")
EVE = Caller(user_id="eve", session_id="S1")
LATER = THEN + timedelta(minutes=10)
MUCH_LATER = THEN + timedelta(days=31)


@pytest.fixture(autouse=True)
def session(table):
    client.write(sessions.put(a_session()))


def rotate(old, new="new", at=LATER):
    return sessions.rotate(ADA, old=old, new=new, at=at, until=at + timedelta(days=30))


def test_a_session_is_open_until_it_expires():
    assert sessions.is_open(ADA, at=LATER)
    assert not sessions.is_open(ADA, at=MUCH_LATER)
    assert not sessions.is_open(EVE, at=LATER)


def test_ending_a_session_is_immediate_and_idempotent():
    sessions.end(ADA)
    sessions.end(ADA)

    assert not sessions.is_open(ADA, at=LATER)


def test_using_the_current_token_extends_the_session():
    rotation = rotate("current")

    assert rotation == Rotation(refresh_hash="new", age=timedelta())
    assert sessions.is_open(ADA, at=MUCH_LATER - timedelta(days=1))


def test_an_earlier_token_changes_nothing_and_returns_the_current_rotation():
    rotate("current")
    before = client.get(keys.session("ada", "S1"))

    rotation = rotate("current", "another", LATER + timedelta(seconds=5))

    assert rotation == Rotation(refresh_hash="new", age=timedelta(seconds=5))
    assert client.get(keys.session("ada", "S1")) == before


def test_the_grace_period_ends():
    assert Rotation(refresh_hash="new", age=REFRESH_GRACE).in_grace
    assert not Rotation(refresh_hash="new", age=REFRESH_GRACE + timedelta(milliseconds=1)).in_grace


def test_a_token_of_an_expired_or_unknown_session_is_rejected():
    assert rotate("current", at=MUCH_LATER) is None
    assert sessions.rotate(EVE, old="current", new="new", at=LATER, until=MUCH_LATER) is None
