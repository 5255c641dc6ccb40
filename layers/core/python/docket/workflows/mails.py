"""Mails: requested with the write that causes them, and sent once by a worker.

    handler ──► mail owed (table) ──► worker: mark, send, delete
       └──────► queue (at once) ──────►│
    dispatch ─► queue (each minute) ──►┘
    SES ──► report ──► delete, or suppress the address

The worker marks a mail before it sends it, so that two workers do not send it twice. If it does not
learn the result, because SES's reply or the worker itself was lost, SES's report decides: it
deletes the mail. Only if none arrives in time is the mail sent again.
"""

from docket.auth import accounts
from docket.domain.debt import DebtClass, Due, NotSettled
from docket.domain.event import AuditContext
from docket.domain.mail import CONFIRMATION_WAIT, Mail
from docket.gateways import debt_queues
from docket.gateways import mail as ses
from docket.gateways.debt_queues import DebtMessage
from docket.gateways.mail import Message, Report
from docket.messages import mails as templates
from docket.runtime import clock, config, metrics
from docket.table import client, mails, suppressions
from docket.table.debts import Claim


def request(mail: Mail) -> None:
    """Owe a mail that no other write causes, and call its worker."""
    client.write(mails.put(mail))
    call_worker(mail)


def call_worker(mail: Mail) -> None:
    """Have an owed mail sent at once. If that fails, it is sent in the next minute."""
    due = mails.due_key(mail)
    message = DebtMessage(pk=due.key["PK"], sk=due.key["SK"], due_key=due.due_key)
    debt_queues.try_send(DebtClass.MAIL, [message])


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Send a mail, or drop one that has no recipient. Returns its next check."""
    mail = mails.from_item(claim.item)
    if mail.is_unconfirmed(audit.at):
        assert mail.sending_since  # noqa: S101 - narrows the type
        return Due(DebtClass.MAIL, mail.sending_since + CONFIRMATION_WAIT)
    recipient = _recipient(mail, audit)
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


def _recipient(mail: Mail, audit: AuditContext) -> str | None:
    """The address to send to, as its owner wrote it. None if the mail is dropped."""
    if config.read(config.Mail).mail_sender is None or mail.is_overdue(audit.at):
        metrics.count("MailNotSent")
        return None
    if suppressions.reason_for(mail.mailbox):
        return None
    if mail.to:
        return mail.to
    user = accounts().find_by_address(mail.address)
    return user.email if user else None


def _send(mail: Mail, recipient: str, audit: AuditContext) -> None:
    """Mark the mail, send it, and delete it."""
    attempt = clock.new_id()
    if not mails.start(mail, attempt, at=audit.at):
        return
    site = {"site": config.read(config.Mail).site_url}
    rendered = templates.render(mail.kind, {**mail.params, **site}, mail.language)
    try:
        ses.send(
            Message(
                to=recipient,
                subject=rendered.subject,
                text=rendered.text,
                html=rendered.html,
                mail_id=mail.id,
                mailbox=mail.mailbox,
            )
        )
    except ses.NotSent as error:
        mails.withdraw(mail, attempt)
        raise NotSettled from error
    except ses.MailRefused:
        metrics.count("MailRefused")
    mails.finish(mail.mailbox, mail.id)
