"""Debts: what an item owes, and when it is checked next.

A debt is the open state of an item, so `due` is a function of the item: the write that changes the
state is the write that creates, moves or settles the debt. Nothing else sets a due time, except
the worker that postpones a debt it could not settle.

item      state                          class         due
────────  ─────────────────────────────  ────────────  ─────────────────────────────────────────
Order     pending                        housekeeping  `expires_at`: cancelled as never paid
          paid, not complete             money         the promised time: refunded
Document  its upload form is unused      housekeeping  30 min, 6 h, 24 h after it was issued
          reading                        work          15 and 30 min after the last progress
          waiting for a reader           work          every 15 min
          waiting for a payment          work          a quarter of the time since; 15 min to 1 h
Payment   open                           housekeeping  24 h after it was opened: cancelled
          to cancel                      money         now
          processing                     money         every hour: Stripe is asked
          disputed                       money         every day
Refund    owed                           money         now
          pending                        money         every 6 h
          failed                         money         after its back-off; then every day: a person
          failed and closed              (none)
Task      erase                          housekeeping  now; again after `ends_after`
          content                        work          now
          files of a cancelled order     housekeeping  after a day; then at the end of the setting
Account   no notice of its removal       housekeeping  every 90 days; when it is unused: the notice
          a notice was owed              housekeeping  the announced time: removed
Deletion  of an account                  housekeeping  now; then as its step says
Export    being made                     housekeeping  20 min after the last progress
Report    of an order, being made       work          20 min after the last progress
Event     could not be handled           money         15 min after it was listed
Mail      not sent                       mail          now

An open payment that the customer abandoned is housekeeping: thousands of them must not delay a
refund, and Stripe's events report a success of it. An unused upload form is housekeeping too:
thousands of them must not delay a document that is being read, or the record of paid content, on
which the price of the customer's other orders depends.

A debt that cannot be settled is tried again after the delays of its class; after the last of them,
each further failure alerts a person. A bank that has not answered after `BANK_DEADLINE` is such a
failure. Nothing but its settlement ends a debt, except that a refund
which a person made at Stripe and which failed is closed after `MANUAL_DEADLINE`, and a mail that
was not sent is dropped after `MAIL_DEADLINE`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from docket.domain.accounts import export as exports
from docket.domain.accounts import retention
from docket.domain.accounts.deletion import Deletion
from docket.domain.accounts.export import Export, ExportState
from docket.domain.accounts.mail import Mail
from docket.domain.accounts.retention import RetainedAccount
from docket.domain.orders import report as reports
from docket.domain.orders.document import Document, DocumentStatus
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.orders.report import Report, ReportState
from docket.domain.payments.payment import DisputeStatus, Payment, PaymentStatus, RefundStatus
from docket.domain.payments.refund import BACK_OFF, MANUAL_CHECK, PENDING_CHECK, Refund
from docket.domain.task import Task, TaskKind, UnhandledEvent


class DebtClass(StrEnum):
    """Each class has a queue and workers of its own."""

    MONEY = "money"
    WORK = "work"
    HOUSEKEEPING = "housekeeping"
    MAIL = "mail"


UPLOAD_CHECKS = (timedelta(minutes=30), timedelta(hours=6), timedelta(hours=24))
"""Ages of an upload form at which the bucket is checked for its file. After the last check the
document owes nothing; the expiry of its order remains."""

READING_CHECK = timedelta(minutes=15)
"""A reading without progress for this long is requested once more. This is longer than the
visibility timeout of the reader's queues (see the stage's settings): until then the queue itself
delivers the message again."""

READING_DEADLINE = timedelta(minutes=30)
"""A reading without progress for this long fails; the customer may request it again."""

LIMITED_CHECK = timedelta(hours=1)
"""The longest interval of the checks of a document that waits because its customer has too many
unpaid pages. It may wait until its order expires, and many such documents must not delay others."""

PAYMENT_DEADLINE = timedelta(hours=24)
"""An open payment is cancelled after this time."""

PROCESSING_CHECK = timedelta(hours=1)

BANK_DEADLINE = timedelta(days=14)
"""A payment that is processing or a refund that is pending for so long is a debt that cannot be
settled, which alerts a person: banks need days. It is still checked."""

DISPUTE_CHECK = timedelta(hours=24)

EXPIRY_GRACE = PAYMENT_DEADLINE
"""How much longer an order exists whose payment is open when it expires: the customer may be
paying."""

CLAIM = timedelta(minutes=5)
"""A worker that has claimed a debt settles it in less than this time, or has failed: this is longer
than the timeout of the function."""

FILES_CHECK = timedelta(days=1)
"""The first check of the files of a cancelled order: the shortest time for which they stay."""

ERASURE_CHECK = timedelta(minutes=5)
"""Interval of the checks that nothing is left of a removed document."""


class NotSettled(Exception):
    """The other system's state does not settle a debt; it is tried again after a back-off."""


MAIL_BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""The delays before further tries of a mail: the first ones are short, because a person waits."""

HOUSEKEEPING_BACK_OFF = (timedelta(minutes=1), *BACK_OFF)
"""The first delay is short, because an address waits for the deletion of its account in a pool."""

type Debtor = (
    Order
    | Document
    | Payment
    | Refund
    | Task
    | UnhandledEvent
    | Mail
    | Deletion
    | Export
    | Report
    | RetainedAccount
)


@dataclass(frozen=True)
class Due:
    """The class of a debt and the time of its next check."""

    debt_class: DebtClass
    at: datetime


def due(debtor: Debtor, now: datetime) -> Due | None:
    """The next check of what an item owes, not before `now`; None if it owes nothing."""
    match debtor:
        case Order():
            debt = _due_order(debtor)
        case Document():
            debt = _due_document(debtor, now)
        case Payment():
            debt = _due_payment(debtor, now)
        case Refund():
            debt = _due_refund(debtor, now)
        case Task():
            debt = _due_task(debtor)
        case UnhandledEvent():
            debt = Due(DebtClass.MONEY, debtor.failed_at + BACK_OFF[0])
        case Mail():
            debt = Due(DebtClass.MAIL, debtor.created_at)
        case Report():
            making = debtor.state is ReportState.MAKING
            debt = Due(DebtClass.WORK, debtor.progress_at + reports.CHECK) if making else None
        case RetainedAccount() | Deletion() | Export():
            debt = _due_account(debtor)
        case _:
            assert_never(debtor)
    return Due(debt.debt_class, max(debt.at, now)) if debt else None


def _due_task(task: Task) -> Due:
    match task.kind:
        case TaskKind.CONTENT:
            return Due(DebtClass.WORK, task.created_at)
        case TaskKind.ERASE:
            return Due(DebtClass.HOUSEKEEPING, task.created_at)
        case TaskKind.FILES:
            return Due(DebtClass.HOUSEKEEPING, task.created_at + FILES_CHECK)


def _due_account(debtor: RetainedAccount | Deletion | Export) -> Due | None:
    match debtor:
        case RetainedAccount():
            notice, first_check = debtor.removal_notice, debtor.created_at + retention.CHECK
            return Due(DebtClass.HOUSEKEEPING, notice.removal_at if notice else first_check)
        case Deletion():
            return Due(DebtClass.HOUSEKEEPING, debtor.requested_at)
        case Export():
            if debtor.state is not ExportState.MAKING:
                return None
            return Due(DebtClass.HOUSEKEEPING, debtor.progress_at + exports.CHECK)


def retry_after(debt_class: DebtClass, failures: int) -> timedelta:
    """How long after its failure number `failures` (from 1) a debt is checked again."""
    delays = _delays(debt_class)
    return delays[min(failures, len(delays)) - 1]


def needs_person(debt_class: DebtClass, failures: int) -> bool:
    """Whether a debt failed so often that someone has to look at it."""
    return failures > len(_delays(debt_class))


def _delays(debt_class: DebtClass) -> tuple[timedelta, ...]:
    return {
        DebtClass.MAIL: MAIL_BACK_OFF,
        DebtClass.HOUSEKEEPING: HOUSEKEEPING_BACK_OFF,
    }.get(debt_class, BACK_OFF)


def _due_order(order: Order) -> Due | None:
    if order.status is OrderStatus.PENDING:
        return Due(DebtClass.HOUSEKEEPING, order.expires_at)
    return Due(DebtClass.MONEY, order.promised_at) if order.promised_at else None


def _due_document(document: Document, now: datetime) -> Due | None:
    if document.expects_upload:
        checks = (document.upload_issued_at + age for age in UPLOAD_CHECKS)
        check = next((check for check in checks if check > now), None)
        return Due(DebtClass.HOUSEKEEPING, check) if check else None
    if document.status is not DocumentStatus.READING or document.reading_since is None:
        return None
    if document.waits_for_admission:
        since = document.reading_since
        return Due(DebtClass.WORK, max(since, now) + _admission_check(document, now - since))
    check = document.reading_since + READING_CHECK
    return Due(DebtClass.WORK, check if check > now else document.reading_since + READING_DEADLINE)


def _admission_check(document: Document, waited: timedelta) -> timedelta:
    if not document.status_reason:  # it waits for a reader, not for a payment
        return READING_CHECK
    return min(max(waited / 4, READING_CHECK), LIMITED_CHECK)


def _due_payment(payment: Payment, now: datetime) -> Due | None:
    if payment.dispute in (DisputeStatus.OPEN, DisputeStatus.INQUIRY):
        return Due(DebtClass.MONEY, now + DISPUTE_CHECK)
    match payment.status:
        case PaymentStatus.OPEN:
            return Due(DebtClass.HOUSEKEEPING, payment.opened_at + PAYMENT_DEADLINE)
        case PaymentStatus.TO_CANCEL:
            return Due(DebtClass.MONEY, now)
        case PaymentStatus.PROCESSING:
            return Due(DebtClass.MONEY, now + PROCESSING_CHECK)
        case PaymentStatus.SUCCEEDED | PaymentStatus.CANCELED:
            return None


def _due_refund(refund: Refund, now: datetime) -> Due | None:
    if refund.closed_at:
        return None
    match refund.status:
        case RefundStatus.OWED:
            return Due(DebtClass.MONEY, now)
        case RefundStatus.PENDING:
            return Due(DebtClass.MONEY, max(refund.since, now) + PENDING_CHECK)
        case RefundStatus.FAILED if refund.needs_person:
            return Due(DebtClass.MONEY, max(refund.since, now) + MANUAL_CHECK)
        case RefundStatus.FAILED:
            return Due(DebtClass.MONEY, refund.since + BACK_OFF[max(refund.attempts, 1) - 1])
        case RefundStatus.SUCCEEDED:
            return None
