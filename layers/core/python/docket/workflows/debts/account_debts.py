"""Debts of accounts: one that nobody uses is announced to be removed, and removed.

The last uses are read when the account is due, so that a use need not move the due key. Each step
is one write, under the condition of what it rests on: who uses the account before its removal has
begun keeps it.
"""

from datetime import datetime, timedelta

from aws_lambda_powertools import Logger

from docket.domain.accounts.mail import Mail, MailKind, mailbox_of
from docket.domain.accounts.retention import (
    CHECK,
    MONEY_CHECK,
    RemovalNotice,
    RetainedAccount,
    RetentionRule,
)
from docket.domain.debt import DebtClass, Due
from docket.domain.event import AuditContext
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table.accounts import account_retention, suppressions, users
from docket.table.accounts.account_retention import LastUses
from docket.table.debts import Claim
from docket.workflows.accounts import deletion

logger = Logger(child=True)


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Take the next step to the removal of an unused account. Returns the next check.

    None once its deletion has begun, which is a debt of its own.
    """
    account = account_retention.from_item(claim.item)
    uses = account_retention.last_uses(account.id)
    if uses.access.deleting_at:
        return None
    rule = _rule()
    if rule is None or uses.access.disabled_at:  # the operator decides about a disabled account
        return _check(audit.at + CHECK)
    last_use = account.last_use(*uses.times)
    notice = account.valid_notice(rule, last_use=last_use)
    if notice and (audit.at < notice.removal_at or _gets_mail(account.id)):
        return _remove(account, notice, uses, audit)
    if notice is None and audit.at < last_use + rule.unused:
        return _check(min(last_use + rule.unused, audit.at + CHECK))
    return _notify(claim, account, RemovalNotice.of(rule, audit.at), uses)


def _rule() -> RetentionRule | None:
    settings = config.read(config.Retention)
    if settings.unused_days is None:
        return None
    return RetentionRule(
        unused=timedelta(days=settings.unused_days), notice=timedelta(days=settings.notice_days)
    )


def _check(at: datetime) -> Due:
    return Due(DebtClass.HOUSEKEEPING, at)


def _notify(
    claim: Claim, account: RetainedAccount, notice: RemovalNotice, uses: LastUses
) -> Due | None:
    """Owe the mail with the notice. This moves the debt to the time of the removal."""
    user = users.find(account.id)
    if user is None:
        return None
    mail = Mail(
        id=new_id(),
        kind=MailKind.ACCOUNT_UNUSED,
        address=user.address,
        language=uses.access.language,
        created_at=notice.at,
        requested_by=user.id,
        params={"date": notice.removal_at.date().isoformat()},
    )
    account_retention.notify(claim, notice, mail)
    logger.info("notice of removal to an unused account", user_id=user.id)
    return _check(notice.removal_at)


def _gets_mail(user_id: str) -> bool:
    """Whether the notice can have arrived.

    Else the account is given another one in place of its removal, until one is sent.
    """
    user = users.find(user_id)
    if user is None or suppressions.find(mailbox_of(user.address)) is None:
        return True
    logger.warning("an unused account gets no mail, so it stays", user_id=user_id)
    return False


def _remove(
    account: RetainedAccount, notice: RemovalNotice, uses: LastUses, audit: AuditContext
) -> Due | None:
    """Begin the deletion of the account, unless money is open, or it was used meanwhile."""
    if audit.at < notice.removal_at:
        return _check(notice.removal_at)
    if deletion.owes_money(account.id):
        return _check(audit.at + MONEY_CHECK)
    user = users.find(account.id)
    if user is None:
        return None
    if not deletion.begin_unused(user, uses, at=audit.at):
        return _check(audit.at)
    logger.info("removal of an unused account", user_id=user.id)
    return None
