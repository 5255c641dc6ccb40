from dataclasses import replace
from datetime import UTC, datetime, timedelta

from docket.domain.accounts.retention import RemovalNotice, RetainedAccount, RetentionRule
from tests.make import THEN

RULE = RetentionRule(unused=timedelta(days=730), notice=timedelta(days=30))
ACCOUNT = RetainedAccount(id="ada", created_at=THEN)
DAY = timedelta(days=1)


def test_an_account_was_used_last_at_its_latest_use():
    assert ACCOUNT.last_use(None, THEN + 2 * DAY, THEN + DAY) == THEN + 2 * DAY


def test_an_account_that_nobody_has_used_counts_from_its_creation():
    assert ACCOUNT.last_use(None) == THEN


def test_an_account_is_removed_at_noon_of_a_day_that_has_begun_everywhere():
    notice = RemovalNotice.of(RULE, datetime(2028, 11, 1, 23, 59, tzinfo=UTC))

    assert notice.removal_at == datetime(2028, 12, 1, 12, tzinfo=UTC)


def test_a_notice_is_void_after_a_use():
    notice = RemovalNotice.of(RULE, THEN + RULE.unused)
    noticed = replace(ACCOUNT, removal_notice=notice)

    assert noticed.valid_notice(RULE, last_use=THEN) == notice
    assert noticed.valid_notice(RULE, last_use=THEN + timedelta(seconds=1)) is None
    assert ACCOUNT.valid_notice(RULE, last_use=THEN) is None
