from datetime import timedelta

import pytest

from docket.domain.accounts.user import AccountAccess
from docket.table import client
from docket.table.accounts import account_access
from docket.table.client import ConditionFailed
from tests.make_people import THEN, a_session

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=1)
OLD = a_session(id="old")
PRESENT = a_session(id="present")
NEW = a_session(id="new", created_at=LATER + timedelta(seconds=1))


def found():
    return account_access.find("ada")


def test_an_account_admits_every_session_at_first():
    assert found() == AccountAccess()
    assert found().admits(OLD)


def test_all_sessions_but_one_end_and_later_ones_are_admitted():
    client.write(account_access.end_sessions_write("ada", at=LATER, kept_session="present"))

    assert [found().admits(session) for session in (OLD, PRESENT, NEW)] == [False, True, True]

    client.write(account_access.end_sessions_write("ada", at=LATER))

    assert [found().admits(session) for session in (OLD, PRESENT, NEW)] == [False, False, True]


def test_the_end_of_a_session_voids_earlier_requests():
    client.write(account_access.session_ended_write("ada", at=LATER))
    with pytest.raises(ConditionFailed):
        client.write(account_access.session_ended_write("ada", at=THEN))

    after = LATER + timedelta(seconds=1)
    assert [found().admits_request(at) for at in (THEN, LATER, after)] == [False, False, True]
    assert found().admits(OLD)


@pytest.mark.parametrize(
    "end", [account_access.session_ended_write, account_access.end_sessions_write]
)
def test_an_end_of_sessions_refuses_the_effect_of_an_earlier_request(end):
    client.write(end("ada", at=LATER))
    at = LATER + timedelta(minutes=5)

    with pytest.raises(ConditionFailed):
        client.write(account_access.end_sessions_write("ada", at=at, requested_at=LATER))
    after = LATER + timedelta(seconds=1)
    client.write(account_access.end_sessions_write("ada", at=at, requested_at=after))


@pytest.mark.parametrize("close", [account_access.disable_write, account_access.deleting_write])
def test_a_closed_account_admits_no_request(close):
    client.write(close("ada", at=THEN))

    assert not found().admits_request(LATER)


def test_an_end_that_arrives_late_does_not_admit_sessions_again():
    client.write(account_access.end_sessions_write("ada", at=LATER))

    with pytest.raises(ConditionFailed):
        client.write(account_access.end_sessions_write("ada", at=THEN, kept_session="old"))

    assert not found().admits(OLD)


def test_of_two_ends_the_later_one_decides():
    account_access.end_sessions("ada", at=LATER, kept_session="present")
    account_access.end_sessions("ada", at=THEN, kept_session="old")

    assert [found().admits(session) for session in (OLD, PRESENT)] == [False, True]


def test_a_disabled_account_admits_no_session_and_no_earlier_one_afterwards():
    client.write(account_access.disable_write("ada", at=LATER))
    client.write(account_access.disable_write("ada", at=LATER + timedelta(days=1)))

    assert found().disabled_at == LATER
    assert found().is_closed
    assert not found().admits(NEW)

    client.write(account_access.enable_write("ada"))

    assert not found().is_closed
    assert not found().admits(OLD)


def test_the_deletion_of_an_account_begins_once_and_not_while_it_is_disabled():
    client.write(account_access.deleting_write("ada", at=LATER))
    client.write(account_access.deleting_write("ada", at=LATER + timedelta(days=1)))

    assert found().deleting_at == LATER
    assert found().is_closed
    with pytest.raises(ConditionFailed):
        client.write(account_access.disable_write("ada", at=LATER))
    client.write(account_access.disable_write("bob", at=LATER))
    with pytest.raises(ConditionFailed):
        client.write(account_access.deleting_write("bob", at=LATER))


def test_what_was_checked_before_all_sessions_ended_opens_none():
    for at in (THEN, THEN + timedelta(minutes=1)):
        access = account_access.find("ada")
        client.write(account_access.unchanged_write("ada", access))
        assert account_access.find("ada") == access
        account_access.end_sessions("ada", at=at)

        with pytest.raises(ConditionFailed):
            client.write(account_access.unchanged_write("ada", access))
