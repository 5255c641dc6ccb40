"""`tests/unit/docket/workflows/debts/test_account_debts.py` has what follows from each state."""

from datetime import timedelta

import pytest

from docket.domain.accounts.retention import CHECK, RemovalNotice
from docket.table import keys
from docket.table.accounts import account_access, account_retention, api_keys, users
from docket.table.debts import Claim
from tests.due_debts import due, next_check
from tests.make_people import THEN, a_credential, a_mail, an_api_key
from tests.table_state import stored

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(days=1)
NOTICE = RemovalNotice(at=LATER, removal_at=LATER + timedelta(days=30))


@pytest.fixture(autouse=True)
def ada(table):
    users.add(a_credential())


def claim(due_key=None):
    (debt,) = due()
    return Claim(key=debt.key, due_key=due_key or debt.due_key, item={}, failures=0)


def test_a_new_account_is_due_from_its_creation():
    assert next_check("PROFILE") == THEN + CHECK
    assert account_retention.notice_of("ada") is None
    assert account_retention.notice_of("nobody") is None


def test_the_last_uses_are_those_of_sessions_and_of_each_key():
    assert account_retention.last_uses("ada").times == (None,)
    key = an_api_key()
    api_keys.create(key, a_mail())
    api_keys.record_use(key, at=LATER)
    account_access.record_use("ada", "en", at=THEN)

    assert account_retention.last_uses("ada").times == (THEN, LATER)


def test_a_notice_is_stored_with_its_mail_and_moves_the_due_key():
    account_retention.notify(claim(), NOTICE, a_mail())

    assert account_retention.notice_of("ada") == NOTICE
    assert next_check("PROFILE") == NOTICE.removal_at
    assert [item["id"] for item in stored() if item["PK"].startswith("MAIL#")] == ["M1"]


def test_an_account_whose_debt_was_moved_gets_no_notice():
    moved = keys.due_key(LATER, keys.user("ada"))

    account_retention.notify(claim(moved), NOTICE, a_mail())

    assert account_retention.notice_of("ada") is None
    assert next_check("PROFILE") == THEN + CHECK
