from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.accounts.user import AccountAccess, OpenSession
from docket.table import client, keys
from docket.table.accounts import account_access
from docket.table.client import ConditionFailed, Delete, Put
from tests.make_people import THEN, a_session, an_api_key

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=1)
OLD = a_session(id="old")
CURRENT = a_session(id="present")
NEW = a_session(id="new", created_at=LATER + timedelta(seconds=1))


def found():
    return account_access.find("ada")


def of_now(session):
    """The session as it is opened now."""
    return replace(session, generation=found().generation)


def end_others(session, access=None, *, at):
    open_session = OpenSession(session=session, access=access or found())
    client.write(account_access.end_others_write(open_session, at=at))


def admitted(*sessions):
    return [found().admits(session) for session in sessions]


def test_an_account_admits_every_session_at_first():
    assert found() == AccountAccess()
    assert found().admits(OLD)


def test_all_sessions_but_one_end_and_later_ones_are_admitted():
    end_others(CURRENT, at=LATER)

    assert admitted(OLD, CURRENT, of_now(NEW)) == [False, True, True]

    client.write(account_access.end_sessions_write("ada", at=LATER))

    assert admitted(OLD, CURRENT, of_now(NEW)) == [False, False, True]


@pytest.mark.parametrize(
    "ended",
    [
        account_access.end_sessions_write("ada", at=LATER),
        account_access.end_others_write(
            OpenSession(session=CURRENT, access=AccountAccess()), at=LATER
        ),
    ],
)
def test_a_repeated_end_owes_its_notice_once(ended):
    """The first reply was lost; the notice was sent and deleted before the repetition."""
    notice = Put(item=keys.mail("ada@example.com", "m1"))

    client.write(ended, notice)
    client.write(Delete(key=keys.mail("ada@example.com", "m1")))
    client.write(ended, notice)

    assert client.get(keys.mail("ada@example.com", "m1")) is None


def test_a_session_of_an_earlier_generation_is_over_whenever_it_began():
    client.write(account_access.end_sessions_write("ada", at=LATER, with_keys=True))
    key = an_api_key(created_at=LATER + timedelta(seconds=1))

    assert admitted(NEW, of_now(NEW)) == [False, True]
    assert not found().admits_key(key)
    assert found().admits_key(replace(key, generation=found().key_generation))


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

    client.write(account_access.end_sessions_write("ada", at=THEN))

    assert not found().admits(OLD)


def test_no_end_of_all_others_saves_a_session_from_the_end_of_all():
    """Also if the clock of what ends them all is late."""
    end_others(CURRENT, at=LATER)
    assert admitted(CURRENT) == [True]

    account_access.end_sessions("ada", at=THEN, with_keys=True)

    assert admitted(OLD, CURRENT, of_now(NEW)) == [False, False, True]
    assert not found().admits_key(an_api_key(created_at=LATER))


def test_the_end_of_sessions_changes_nothing_once_the_deletion_has_begun():
    client.write(account_access.deleting_write("ada", at=THEN))
    closed = found()

    account_access.end_sessions("ada", at=LATER)

    assert found() == closed
    with pytest.raises(ConditionFailed):
        client.write(account_access.end_sessions_write("ada", at=LATER))


def test_a_session_that_was_ended_meanwhile_ends_no_others_and_stays_ended():
    access = found()
    for at in (LATER, THEN):
        account_access.end_sessions("ada", at=LATER)

        with pytest.raises(ConditionFailed):
            end_others(OLD, access, at=at)
        assert admitted(OLD) == [False]
        access = found()


def test_an_end_of_all_others_is_not_recorded_as_earlier_than_one_before():
    account_access.end_sessions("ada", at=LATER)

    end_others(CURRENT, at=THEN)

    assert found().ended_before == LATER
    assert admitted(CURRENT, of_now(NEW)) == [True, True]


@pytest.mark.parametrize(
    "act",
    [
        account_access.end_sessions_write,
        account_access.disable_write,
        account_access.deleting_write,
    ],
)
def test_a_change_is_refused_once_sessions_have_ended_or_the_account_is_closed(act):
    access = found()
    unchanged = account_access.unchanged_write("ada", access)
    client.write(unchanged)
    assert found() == access
    client.write(act("ada", at=LATER))

    with pytest.raises(ConditionFailed):
        client.write(unchanged)
    with pytest.raises(ConditionFailed):
        client.write(account_access.deleting_write("ada", at=LATER, requested_with=access))


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
    for at in (THEN, THEN):  # generations tell what times do not
        access = account_access.find("ada")
        use = account_access.unchanged_use_write("ada", access, "en", at=THEN)
        client.write(use)
        assert replace(account_access.find("ada"), used_at=access.used_at) == access
        account_access.end_sessions("ada", at=at)

        with pytest.raises(ConditionFailed):
            client.write(use)


def test_a_use_is_precise_to_the_day():
    account_access.record_use("ada", "de", at=THEN)

    assert (found().used_at, found().language) == (THEN, "de")
    assert found().is_use_recorded(THEN + timedelta(hours=23, minutes=59))
    assert not found().is_use_recorded(THEN + timedelta(days=1))
    assert not AccountAccess().is_use_recorded(THEN)


def test_no_use_is_recorded_once_the_deletion_has_begun():
    client.write(account_access.deleting_write("ada", at=THEN))

    account_access.record_use("ada", "en", at=LATER)

    assert found().used_at is None


def test_a_use_refuses_the_deletion_of_an_account_that_was_unused_before():
    unused = found()
    account_access.record_use("ada", "en", at=THEN)
    used = found()
    account_access.record_use("ada", "en", at=LATER)

    for read in (unused, used):
        with pytest.raises(ConditionFailed):
            client.write(account_access.deleting_write("ada", at=LATER, unused=read))
    client.write(account_access.deleting_write("ada", at=LATER, unused=found()))
