"""The deletion of an account whose password is in a user pool."""

from datetime import timedelta

import pytest

from docket.domain.accounts.user import RequestDevice
from docket.domain.errors import TableUnavailable
from docket.domain.task import LAST_WRITE
from docket.gateways import cognito
from docket.table import client
from docket.table.accounts import deletions, users
from docket.table.accounts.pool import pool_profiles
from docket.workflows.accounts import deletion as deletion_workflow
from tests.due_debts import settle_due
from tests.make import THEN
from tests.table_state import open_session, stored

pytestmark = pytest.mark.usefixtures("service", "pool")

OVER = THEN + LAST_WRITE


def test_a_deletion_that_stopped_after_the_pool_is_completed(monkeypatch):
    user = cognito.create("ada@example.com", "Ada").user
    cognito.set_password(user.id, "seven purple bicycles")
    users.reserve(user.address, "mine", at=THEN)
    client.write(pool_profiles.unchanged_write(user))
    device = RequestDevice(address="203.0.113.7", agent="a browser")
    deletion_workflow.begin(open_session(user.id, at=THEN), device, at=THEN)

    def fail(*_, **__):
        raise TableUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(deletions, "remove_account", fail)
        settle_due(OVER)
    assert cognito.find(user.id) is None
    assert users.find(user.id) == user

    for days in (1, 2, 3):
        settle_due(OVER + timedelta(days=days))

    assert users.find(user.id) is None
    left = [item for item in stored() if user.id in str(item) or item["PK"].startswith("EMAIL#")]
    assert left == []
