from datetime import timedelta

import pytest

from docket.domain.user import Caller
from docket.table import client, sessions
from tests.make_people import THEN, a_session

pytestmark = pytest.mark.usefixtures("table")

ADA = Caller(user_id="ada", session_id="S1")
LATER = THEN + timedelta(minutes=10)
MUCH_LATER = THEN + timedelta(days=31)


@pytest.fixture(autouse=True)
def session(table):
    client.write(sessions.put(a_session()))


def rotate(old, new="new", at=LATER):
    return sessions.rotate(ADA, old=old, new=new, at=at, until=at + timedelta(days=30))


def test_a_session_counts_until_its_time_is_up_whether_or_not_its_item_is_still_there():
    assert sessions.is_open(ADA, at=LATER)
    assert not sessions.is_open(ADA, at=MUCH_LATER)
    assert not sessions.is_open(Caller(user_id="eve", session_id="S1"), at=LATER)


def test_ending_a_session_ends_it_at_once_and_twice_is_once():
    sessions.end(ADA)
    sessions.end(ADA)

    assert not sessions.is_open(ADA, at=LATER)


def test_using_the_current_token_keeps_the_session_going():
    assert rotate("current")

    assert sessions.is_open(ADA, at=MUCH_LATER - timedelta(days=1))


def test_an_old_token_ends_the_session_for_both_who_have_it():
    rotate("current")

    assert not rotate("current")

    assert not sessions.is_open(ADA, at=LATER)
    assert not rotate("new")


def test_a_token_is_too_old_when_its_session_is():
    assert not rotate("current", at=MUCH_LATER)
