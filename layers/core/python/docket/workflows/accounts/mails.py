"""Mails: requested with the write that causes them, and sent once by a worker.

    handler ──► mail owed (table) ──► worker: mark, send, delete
       └──────► queue (at once) ──────►│
    dispatch ─► queue (each minute) ──►┘
    SES ──► report ──► delete, or suppress the address

The worker marks a mail before it sends it, so that two workers do not send it twice. If it does not
learn the result, because SES's reply or the worker itself was lost, SES's report decides: it
deletes the mail. Only if none arrives in time is the mail sent again.
"""

from dataclasses import dataclass
from datetime import timedelta

from aws_lambda_powertools import Logger

from docket.auth import accounts
from docket.auth.account_security.verified_addresses import may_be_anothers
from docket.domain.accounts.mail import CONFIRMATION_WAIT, LINKS, NOTICES, REQUESTED, Mail
from docket.domain.accounts.one_time_link import LIFETIMES, page_url
from docket.domain.accounts.user import User
from docket.domain.debt import DebtClass, Due, NotSettled
from docket.domain.errors import TooManyTries
from docket.domain.event import AuditContext
from docket.gateways import debt_queues
from docket.gateways import mail as ses
from docket.gateways.debt_queues import DebtMessage
from docket.gateways.mail import Message, Report
from docket.messages import mails as templates
from docket.runtime import clock, config, metrics
from docket.table import client, rate_limits
from docket.table.accounts import deletions, mails, one_time_links, suppressions
from docket.table.debts import Claim
from docket.table.rate_limit_attempts import MailAttempt

logger = Logger(child=True)


def request(mail: Mail) -> None:
    """Owe a mail that no other write causes, and call its worker.

    A repetition with the same mail owes it once, until it is sent.
    """
    client.write(mails.put(mail))
    call_worker(mail)


def call_worker(mail: Mail) -> None:
    """Have an owed mail sent at once. If that fails, it is sent in the next minute."""
    due = mails.due_key(mail)
    message = DebtMessage(pk=due.key["PK"], sk=due.key["SK"], due_key=due.due_key)
    debt_queues.try_send(DebtClass.MAIL, [message])


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Send a mail, or drop one that has no recipient. Returns its next check.

    A sending whose result is unknown is not repeated before `CONFIRMATION_WAIT` is over: SES may
    report it.
    """
    mail = mails.from_item(claim.item)
    if mail.is_unconfirmed(audit.at):
        assert mail.sending_since  # noqa: S101 - narrows the type
        return Due(DebtClass.MAIL, mail.sending_since + CONFIRMATION_WAIT)
    recipient = _recipient(mail) if _is_sendable(mail, audit) else None
    if recipient and mail.kind in LINKS and _is_being_deleted(recipient):
        recipient = None
    if recipient is None:
        mails.finish(mail.mailbox, mail.id)
    else:
        _send(mail, recipient, audit)
    return Due(DebtClass.MAIL, audit.at + CONFIRMATION_WAIT)


def follow(report: Report, audit: AuditContext) -> None:
    """Take what SES reports about a mail into account. Idempotent."""
    if report.suppression:
        suppressions.suppress(report.mailbox, report.suppression, at=audit.at)
        metrics.count("MailSuppressed")
    # Every report, not only the first, shows that SES has accepted the mail.
    mails.finish(report.mailbox, report.mail_id)


@dataclass(frozen=True)
class _Recipient:
    """The address to send to, as its owner wrote it, and the account of a link in the mail."""

    to: str
    owner: User | None


def _is_sendable(mail: Mail, audit: AuditContext) -> bool:
    if config.read(config.Mail).mail_sender is None or mail.is_overdue(audit.at):
        metrics.count("MailNotSent")
        return False
    return suppressions.find(mail.mailbox) is None


def _recipient(mail: Mail) -> _Recipient | None:
    """None for a mail to nobody: its address has no account, or the account of its link is gone.

    The same holds for a notice to an address that may be somebody else's.
    """
    if mail.to is None:
        user = _account(mail)
        if user is None or (mail.kind in NOTICES and may_be_anothers(user)):
            return None
        return _Recipient(user.email, user)
    if mail.kind in NOTICES and mail.may_be_anothers:
        return None
    owner = accounts().find_by_id(mail.owner) if mail.owner else None
    return None if mail.owner and owner is None else _Recipient(mail.to, owner)


def _account(mail: Mail) -> User | None:
    """The account that a mail without `to` is about, while it has the address of the mail.

    As its deletion begins, another account may have that address.
    """
    if mail.requested_by is None:
        return accounts().find_by_address(mail.address)
    user = accounts().find_by_id(mail.requested_by)
    return user if user and user.address == mail.address else None


def _is_being_deleted(recipient: _Recipient) -> bool:
    """Whether the account of a link is being deleted: a new link may be too late for its index.

    That of an account whose deletion begins meanwhile is found: it is sought 20 minutes later.
    """
    return recipient.owner is not None and deletions.is_under_way(recipient.owner.id)


def _params(mail: Mail, recipient: _Recipient, audit: AuditContext) -> dict[str, str]:
    """The parameters of the template. A link is made now: its token is stored nowhere."""
    site = config.read(config.Mail).site_url
    params = {**mail.params, "site": site}
    purpose = LINKS.get(mail.kind)
    if purpose and recipient.owner:
        token, link = one_time_links.create(
            purpose, recipient.owner, mail.address, at=audit.at, about=mail.about
        )
        client.write(one_time_links.put(link))
        params["link"] = page_url(site, purpose, token)
        params["minutes"] = str(LIFETIMES[purpose] // timedelta(minutes=1))
    return params


def _send(mail: Mail, recipient: _Recipient, audit: AuditContext) -> None:
    """Mark the mail, send it, and delete it. One beyond the limit of a day is only deleted.

    Whoever has requested it does not learn that. It is no failure that the operator should know of.
    """
    attempt = clock.new_id()
    if not mails.start(mail, attempt, at=audit.at):
        return
    try:
        counted = _count(mail, audit)
    except TooManyTries:
        logger.info("mail beyond the limit of a day", kind=mail.kind)
    else:
        _transmit(mail, recipient, attempt, counted, audit)
    mails.finish(mail.mailbox, mail.id)


def _count(mail: Mail, audit: AuditContext) -> MailAttempt | None:
    """Count a mail that a stranger may have requested; None for any other."""
    if mail.kind not in REQUESTED:
        return None
    return rate_limits.begin_mail(mail.mailbox, mail.kind, at=audit.at)


def _transmit(
    mail: Mail,
    recipient: _Recipient,
    attempt: str,
    counted: MailAttempt | None,
    audit: AuditContext,
) -> None:
    """Hand the mail over to SES. One that it does not accept now is not counted, and owed on."""
    rendered = templates.render(mail.kind, _params(mail, recipient, audit), mail.language)
    try:
        ses.send(
            Message(
                to=recipient.to,
                subject=rendered.subject,
                text=rendered.text,
                html=rendered.html,
                mail_id=mail.id,
                mailbox=mail.mailbox,
            )
        )
    except ses.NotSent as error:
        if counted:
            rate_limits.undo_count(counted)
        mails.unmark_sending(mail, attempt)
        raise NotSettled from error
    except ses.MailRefused:
        metrics.count("MailRefused")
