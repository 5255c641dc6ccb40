from datetime import timedelta

import pytest

from docket.domain.accounts.user import Caller
from docket.table import client, keys
from docket.table.accounts import account_access, mails, sessions
from tests.dynamodb_faults import before_write
from tests.make_people import THEN, a_mail, a_session
from tests.table_state import stored

pytestmark = pytest.mark.usefixtures("table")

ADA = Caller(user_id="ada", session_id="S1")
EVE = Caller(user_id="eve", session_id="S1")
LATER = THEN + timedelta(minutes=10)
MUCH_LATER = THEN + timedelta(days=31)


@pytest.fixture(autouse=True)
def session(table):
    client.write(sessions.put(a_session()))


def rotate(old, new="new", at=LATER):
    session = sessions.find_open(ADA, at=THEN) or a_session()
    return sessions.rotate(session, old=old, new=new, at=at, until=at + timedelta(days=30))


def test_a_session_is_open_until_it_expires():
    assert sessions.is_open(ADA, at=LATER)
    assert not sessions.is_open(ADA, at=MUCH_LATER)
    assert not sessions.is_open(EVE, at=LATER)


def test_ending_a_session_is_immediate_and_idempotent():
    sessions.end(ADA)
    sessions.end(ADA)

    assert not sessions.is_open(ADA, at=LATER)


def test_using_the_current_token_extends_the_session():
    session = rotate("current")

    assert session == sessions.find_open(ADA, at=MUCH_LATER - timedelta(days=1))
    assert session.refresh_hash == "new"
    assert session.replaced == {"current": LATER}


def test_an_earlier_token_changes_nothing_and_returns_the_session_as_it_is():
    rotated = rotate("current")
    before = client.get(keys.session("ada", "S1"))

    assert rotate("current", "another", LATER + timedelta(seconds=5)) == rotated

    assert client.get(keys.session("ada", "S1")) == before


def test_a_token_of_an_expired_or_unknown_session_is_rejected():
    assert rotate("current", at=MUCH_LATER) is None
    of_eve = a_session(user_id="eve")
    assert sessions.rotate(of_eve, old="current", new="new", at=LATER, until=MUCH_LATER) is None


def test_a_session_ends_however_often_it_is_used():
    end = THEN + timedelta(days=180)
    until = end + timedelta(days=9)
    sessions.rotate(a_session(), old="current", new="n1", at=LATER, until=until)

    assert sessions.is_open(ADA, at=end - timedelta(seconds=1))
    assert not sessions.is_open(ADA, at=end)
    assert sessions.rotate(a_session(), old="n1", new="n2", at=end, until=until) is None


def test_an_open_session_is_read_with_all_its_fields():
    assert sessions.find_open(ADA, at=LATER) == a_session()


def test_the_sessions_of_a_user_are_the_open_ones_newest_first():
    ids = ["01JD0000000000000000000000", "01JD0000000000000000000001", "7ZZZ0000000000000000000000"]
    for session_id in ids:
        client.write(sessions.put(a_session(id=session_id, user_id="bob")))
    expired = a_session(id="01JD0000000000000000000002", user_id="bob", expires_at=THEN)
    client.write(sessions.put(expired))

    assert [session.id for session in sessions.of_user("bob", at=LATER)] == ids[::-1]


def test_a_confirmation_is_recorded():
    client.update(sessions.confirm_write(ADA, at=LATER))

    session = sessions.find_open(ADA, at=LATER)
    assert session
    assert session.verified_at == LATER


def test_a_session_that_its_account_does_not_admit_is_not_open():
    client.write(account_access.end_sessions_write("ada", at=LATER))

    assert not sessions.is_open(ADA, at=LATER)
    assert sessions.of_user("ada", at=LATER) == []


def end_another_later():
    client.write(sessions.put(a_session(id="S2")))
    sessions.revoke(Caller(user_id="ada", session_id="S2"), at=MUCH_LATER)


@pytest.mark.parametrize("number", [1, 2])
def test_two_requests_that_end_one_session_owe_one_mail(number):
    end_another_later()  # so that the end of this one needs a second write

    with before_write(lambda: sessions.revoke(ADA, mails.put(a_mail()), at=LATER), number=number):
        sessions.revoke(ADA, mails.put(a_mail(id="M2")), at=LATER)

    assert not sessions.is_open(ADA, at=LATER)
    assert [item["id"] for item in stored() if "kind" in item] == [a_mail().id]
