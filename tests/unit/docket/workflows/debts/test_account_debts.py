from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from docket.domain.accounts.mail import MailKind, SuppressionReason, mailbox_of
from docket.domain.accounts.retention import CHECK, MONEY_CHECK
from docket.domain.debt import CLAIM
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import DisputeStatus, PaymentStatus
from docket.runtime import config
from docket.table import client, keys
from docket.table.accounts import account_access, api_keys, suppressions, users
from docket.table.debts import DueKey
from docket.workflows.debts.settle import settle
from tests.due_debts import next_check, owed, settle_due
from tests.dynamodb_faults import before_write, lost_replies
from tests.make import THEN, a_payment, a_read_document, an_audit_context, an_order
from tests.make_people import a_credential, a_mail, an_api_key
from tests.table_state import get_order, save, stored

pytestmark = pytest.mark.usefixtures("service", "jwt_stage")

KEY = an_api_key()
UNUSED = timedelta(days=730)
NOTICE = THEN + UNUSED
REMOVAL = datetime(2028, 12, 1, 12, tzinfo=UTC)
"""Noon of the thirtieth day after the notice, when that day has begun everywhere."""

DAY = timedelta(days=1)
PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)


@pytest.fixture(autouse=True)
def ada(jwt_stage):
    users.add(a_credential())


@pytest.fixture
def noticed():
    """Ada's account has not been used since it was created, and she has got the notice."""
    settle_due(NOTICE)
    assert notices()


def use(at, language="en"):
    account_access.record_use("ada", language, at=at)


def notices():
    return [item for item in stored() if item.get("kind") == MailKind.ACCOUNT_UNUSED]


def deletion():
    return client.get(keys.deletion("ada"))


def settle_account(at):
    """Settle what the account owes, alone."""
    (item,) = [item for item in stored() if item["SK"] == "PROFILE"]
    assert item["GSI2SK"] <= keys.due_up_to(at)
    seen = DueKey(key={"PK": item["PK"], "SK": item["SK"]}, due_key=item["GSI2SK"])
    assert settle(seen, an_audit_context("worker", at))


def test_an_account_is_looked_at_within_the_interval_of_checks():
    assert next_check("PROFILE") == THEN + CHECK

    settle_due(THEN + CHECK)

    assert next_check("PROFILE") == THEN + 2 * CHECK
    assert notices() == []


def test_an_unused_account_gets_one_notice_with_the_day_of_its_removal():
    settle_due(NOTICE - CHECK)
    assert next_check("PROFILE") == NOTICE

    settle_due(NOTICE)
    settle_due(NOTICE + DAY)

    (notice,) = notices()
    assert notice["params"] == {"date": "2028-12-01"}
    assert notice["address"] == "ada@example.com"
    assert next_check("PROFILE") == REMOVAL
    assert deletion() is None


def test_the_notice_is_in_the_language_of_the_last_use():
    use(THEN + DAY, language="de")

    settle_due(NOTICE + DAY)

    assert [notice["language"] for notice in notices()] == ["de"]


def test_after_the_notice_the_account_is_removed_as_by_its_owner(noticed):
    settle_due(REMOVAL - DAY)
    assert deletion() is None

    settle_account(REMOVAL)

    assert account_access.find("ada").deleting_at == REMOVAL
    for passed in (timedelta(hours=1), timedelta(hours=2), timedelta(hours=3)):
        settle_due(REMOVAL + passed)
    assert users.find("ada") is None
    (end,) = [item for item in stored() if item.get("kind") == MailKind.ACCOUNT_DELETED]
    assert end["to"] == "ada@example.com"


@pytest.mark.parametrize("days", [1, 29])
def test_a_use_after_the_notice_keeps_the_account(noticed, days):
    use(NOTICE + days * DAY)

    settle_account(REMOVAL)

    assert deletion() is None
    assert next_check("PROFILE") == REMOVAL + CHECK


def test_an_account_that_was_kept_gets_another_notice_when_it_is_unused_again(noticed):
    use(NOTICE + DAY)

    settle_due(NOTICE + DAY + UNUSED)

    assert len(notices()) == 2
    assert deletion() is None
    assert next_check("PROFILE") == REMOVAL + UNUSED + DAY


def test_the_use_of_an_api_key_keeps_the_account(noticed):
    api_keys.create(KEY, a_mail(id="M2"))
    api_keys.record_use(KEY, at=NOTICE + DAY)

    settle_account(REMOVAL)

    assert deletion() is None


@pytest.mark.parametrize("last_used_at", [None, THEN], ids=["first use", "later use"])
@pytest.mark.parametrize("by", ["sign-in", "API key"])
def test_a_use_between_the_look_and_the_removal_keeps_the_account(by, last_used_at, noticed):
    key = replace(KEY, last_used_at=last_used_at)
    api_keys.create(key, a_mail(id="M2"))
    if last_used_at:
        use(last_used_at)

    def act():
        if by == "sign-in":
            use(REMOVAL)
        else:
            api_keys.record_use(key, at=REMOVAL)

    with before_write(act, number=2):  # after the claim
        settle_account(REMOVAL)

    assert deletion() is None
    settle_account(REMOVAL)
    assert next_check("PROFILE") == REMOVAL + CHECK


def test_a_notice_for_an_account_that_was_used_meanwhile_is_void():
    with before_write(lambda: use(NOTICE - timedelta(seconds=1)), number=2):
        settle_account(NOTICE)
    assert notices()

    settle_account(REMOVAL)

    assert deletion() is None


@pytest.mark.parametrize(
    "owing",
    [
        {"payment": replace(PAID, dispute=DisputeStatus.OPEN), "status": OrderStatus.COMPLETED},
        {"payment": a_payment(status=PaymentStatus.PROCESSING), "status": OrderStatus.PROCESSING},
    ],
    ids=["dispute", "payment under way"],
)
def test_nothing_is_removed_while_money_is_open(owing, noticed):
    read = a_read_document()
    save(an_order(read, **owing), read)

    settle_account(REMOVAL)

    assert deletion() is None
    assert get_order().status is owing["status"]
    assert next_check("PROFILE") == REMOVAL + MONEY_CHECK


def test_an_account_whose_address_gets_no_mail_stays_and_is_given_notice_again(noticed):
    mailbox = mailbox_of("ada@example.com")
    suppressions.suppress(mailbox, SuppressionReason.BOUNCE, at=NOTICE)

    settle_account(REMOVAL)
    assert deletion() is None
    assert next_check("PROFILE") > REMOVAL + 29 * DAY

    suppressions.end(mailbox)
    settle_due(REMOVAL + 2 * DAY)
    assert deletion() is None
    settle_due(REMOVAL + 31 * DAY)
    assert deletion()


def test_without_the_setting_no_account_is_removed(noticed, monkeypatch):
    monkeypatch.delenv("DOCKET_UNUSED_DAYS")
    config._load.cache_clear()

    settle_account(REMOVAL)

    assert deletion() is None
    assert next_check("PROFILE") == REMOVAL + CHECK


def test_a_longer_setting_makes_an_earlier_notice_void(noticed, monkeypatch):
    monkeypatch.setenv("DOCKET_UNUSED_DAYS", "731")
    config._load.cache_clear()

    settle_account(REMOVAL)

    assert deletion() is None
    assert len(notices()) == 2


def test_a_disabled_account_is_left_to_the_operator(noticed):
    client.write(account_access.disable_write("ada", at=NOTICE))

    settle_account(REMOVAL)

    assert deletion() is None
    assert next_check("PROFILE") == REMOVAL + CHECK


def test_an_account_that_its_owner_deletes_owes_nothing_else(noticed):
    client.write(account_access.deleting_write("ada", at=NOTICE + DAY))

    settle_account(REMOVAL)

    assert "PROFILE" not in owed()


@pytest.mark.parametrize("at", [NOTICE, REMOVAL], ids=["notice", "removal"])
def test_a_step_whose_reply_was_lost_is_done_once(at):
    if at == REMOVAL:
        settle_account(NOTICE)
    with lost_replies(skipped=1):
        settle_account(at)
    settle_due(at + CLAIM)

    assert len(notices()) == 1
    assert (deletion() is not None) == (at == REMOVAL)
