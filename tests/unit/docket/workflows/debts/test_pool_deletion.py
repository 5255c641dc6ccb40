"""The deletion of an account whose password is in a user pool."""

from datetime import timedelta

import pytest

from docket.domain.accounts.deletion import LAST_REQUEST
from docket.domain.accounts.user import RequestDevice
from docket.domain.errors import TableUnavailable
from docket.domain.orders.order import OrderStatus
from docket.domain.task import LAST_WRITE
from docket.gateways import cognito
from docket.table import client
from docket.table.accounts import deletions, users
from docket.table.accounts.pool import pool_profiles
from docket.workflows.accounts import deletion as deletion_workflow
from docket.workflows.debts import deletion_debts
from tests.due_debts import settle_due
from tests.make import OID, OTHER_OID, THEN, an_order
from tests.table_state import open_session, save, stored

pytestmark = pytest.mark.usefixtures("service", "pool")

OVER = THEN + LAST_WRITE


@pytest.fixture
def user():
    """Ada's account in the pool, with a profile and a reservation of its address."""
    user = cognito.create("ada@example.com", "Ada").user
    cognito.set_password(user.id, "seven purple bicycles")
    users.reserve(user.address, "mine", at=THEN - timedelta(hours=1))
    client.write(pool_profiles.unchanged_write(user))
    return user


def request_deletion(user):
    device = RequestDevice(address="203.0.113.7", agent="a browser")
    deletion_workflow.begin(open_session(user.id, at=THEN), device, at=THEN)


def test_the_address_is_free_a_minute_later_whatever_the_account_has(user, monkeypatch):
    monkeypatch.setattr(deletion_debts, "MOST_ORDERS", 1)
    for order_id in (OID, OTHER_OID):
        save(an_order(id=order_id, user_id=user.id, status=OrderStatus.CANCELLED))
    request_deletion(user)

    settle_due(THEN)
    assert cognito.find(user.id)

    settle_due(THEN + LAST_REQUEST)
    assert cognito.create("ada@example.com", "Ada").user.id != user.id
    assert not [item for item in stored() if item["PK"].startswith("EMAIL#")]
    assert users.find(user.id) == user


def test_the_account_of_the_next_owner_of_the_address_stays(user):
    request_deletion(user)
    settle_due(THEN + LAST_REQUEST)
    users.reserve(user.address, "theirs", at=THEN + LAST_REQUEST)
    theirs = cognito.create("ada@example.com", "Ada").user
    reserved = [item for item in stored() if item["PK"].startswith("EMAIL#")]

    for days in (1, 2, 3):
        settle_due(OVER + timedelta(days=days))

    assert users.find(user.id) is None
    assert cognito.find(theirs.id)
    assert [item for item in stored() if item["PK"].startswith("EMAIL#")] == reserved


def test_a_reservation_that_was_in_use_when_the_address_was_freed_goes_with_the_account(user):
    request_deletion(user)
    users.reserve(user.address, "another request", at=THEN + LAST_REQUEST)
    settle_due(THEN + LAST_REQUEST)
    assert [item for item in stored() if item["PK"].startswith("EMAIL#")]

    settle_due(OVER)

    assert not [item for item in stored() if item["PK"].startswith("EMAIL#")]


@pytest.mark.parametrize("step", ["record_free_address", "remove_account"])
def test_a_deletion_that_stopped_after_the_pool_is_completed(user, step, monkeypatch):
    request_deletion(user)

    def fail(*_, **__):
        raise TableUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(deletions, step, fail)
        settle_due(OVER)
    assert cognito.find(user.id) is None
    assert users.find(user.id) == user

    for days in (1, 2, 3):
        settle_due(OVER + timedelta(days=days))

    assert users.find(user.id) is None
    left = [item for item in stored() if user.id in str(item) or item["PK"].startswith("EMAIL#")]
    assert left == []
