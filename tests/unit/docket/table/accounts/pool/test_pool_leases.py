from datetime import timedelta

import pytest

from docket.table import client, keys
from docket.table.accounts import account_access
from docket.table.accounts.pool import pool_leases
from docket.table.accounts.pool.pool_leases import LIFETIME, Lease
from docket.table.client import ConditionFailed
from infra.endpoints import ENDPOINTS
from tests.make_people import THEN
from tests.table_state import item_at

pytestmark = pytest.mark.usefixtures("table")

CHANGES_ACCOUNTS = {
    "cognito-idp:AdminSetUserPassword",
    "cognito-idp:AdminUpdateUserAttributes",
}


def lease(lease_id="L1", *, is_settled=True):
    return Lease(user_id="ada", id=lease_id, is_settled=is_settled)


def acquire(lease_id="L1", *, at=THEN):
    client.write(pool_leases.take_write(lease(lease_id), account_access.find("ada"), at=at))


def end_with(held, *, at=THEN):
    client.write(pool_leases.held_write(account_access.end_sessions_write("ada", at=at), held))


def is_taken():
    return "pool_lease" in item_at(keys.account_access("ada"))


def test_an_account_has_one_lease_at_a_time():
    acquire()

    with pytest.raises(ConditionFailed):
        acquire("L2", at=THEN + LIFETIME)
    acquire("L2", at=THEN + LIFETIME + timedelta(milliseconds=1))


def test_no_function_that_changes_the_pool_runs_as_long_as_a_lease():
    changing = [row for row in ENDPOINTS if CHANGES_ACCOUNTS & set(row.cognito.user_pool)]

    assert changing
    assert all(2 * row.timeout_seconds < LIFETIME.total_seconds() for row in changing)


def test_a_lease_is_not_taken_after_a_change_that_the_request_has_not_read():
    access = account_access.find("ada")
    account_access.end_sessions("ada", at=THEN)

    with pytest.raises(ConditionFailed):
        client.write(pool_leases.take_write(lease(), access, at=THEN))


def take_for_reset(lease_id="L1"):
    client.write(pool_leases.take_write(lease(lease_id), None, at=THEN))


def test_a_reset_takes_the_lease_whatever_sessions_were_ended():
    account_access.end_sessions("ada", at=THEN)

    take_for_reset()

    with pytest.raises(ConditionFailed):
        take_for_reset("L2")


@pytest.mark.parametrize("close", [account_access.disable_write, account_access.deleting_write])
def test_a_reset_takes_no_lease_of_a_closed_account(close):
    client.write(close("ada", at=THEN))

    with pytest.raises(ConditionFailed):
        take_for_reset()


def test_the_last_write_of_a_change_gives_the_lease_back():
    acquire()

    end_with(lease())

    assert not is_taken()


def test_a_lease_that_is_gone_refuses_the_write():
    acquire(at=THEN)
    acquire("L2", at=THEN + 2 * LIFETIME)

    with pytest.raises(ConditionFailed):
        end_with(lease())
    pool_leases.give_back(lease())
    assert is_taken()


def test_a_call_that_may_still_arrive_keeps_the_lease():
    acquire()

    pool_leases.give_back(lease(is_settled=False))
    end_with(lease(is_settled=False))

    assert is_taken()


def test_a_lease_is_given_back_twice():
    acquire()

    for _ in range(2):
        pool_leases.give_back(lease())

    assert not is_taken()


def test_without_a_pool_a_write_stays_as_it_is():
    write = account_access.end_sessions_write("ada", at=THEN)

    assert pool_leases.held_write(write, None) is write
