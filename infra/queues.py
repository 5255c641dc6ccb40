"""The queues as a table: who receives their messages, how many at once, and for how long.

    S3 ─► uploads ─► on_upload ─► readings, parts ─► read_document ─► results ─► on_result
    request ─► exports ─► export_account
    request ─► reports ─► make_report
    schedule ─► dispatch ─► money, work, housekeeping ─► settle_debt
                         ─► mail ─► send_mail ─► SES ─► SNS ─► feedback ─► on_mail_report

A message names things and carries no data, and each may arrive twice, late or not at all: what it
requests is also a debt in the table. This module does not import CDK.
"""

from dataclasses import dataclass

from infra.endpoint_spec import FunctionSpec, QueueName
from infra.endpoints.events import (
    EXPORT_ACCOUNT,
    MAKE_REPORT,
    ON_MAIL_REPORT,
    ON_RESULT,
    ON_UPLOAD,
    READ_DOCUMENT,
    SEND_MAIL,
    SETTLE_DEBT,
)
from infra.settings import Settings

MAX_RECEIVE_COUNT = 5
"""How often a message is received before it moves to the queue's dead-letter queue."""
RETENTION_DAYS = 4
"""How long SQS retains a message that nobody receives."""
DEAD_LETTER_DAYS = 14
"""SQS counts from the first sending, so dead letters are left for ten days at least."""

LEAST_CONCURRENCY = 2
"""The lowest that AWS accepts for an event source mapping."""

READER_VISIBILITY_SECONDS = 330
"""The reader's timeout, and half a minute."""
REPORT_VISIBILITY_SECONDS = 960
"""The timeout of the function that draws reports, and a minute."""


@dataclass(frozen=True, kw_only=True)
class QueueSpec:
    """A queue, and the mapping that invokes `consumer` with up to `batch_size` of its messages."""

    name: QueueName
    consumer: FunctionSpec
    batch_size: int

    @property
    def visibility_timeout_seconds(self) -> int:
        """How long a received message is invisible, after which it is received again.

        AWS recommends six times the function's timeout, because the mapping may have to wait for a
        throttled function. Of the reader that would be half an hour, in which a document whose
        reader was interrupted would not be read, and of reports an hour and a half, while a
        customer waits; their mappings receive one message at a time and no more than may run at
        once, and a duplicate is harmless.
        """
        if self.consumer is READ_DOCUMENT:
            return READER_VISIBILITY_SECONDS
        if self.consumer is MAKE_REPORT:
            return REPORT_VISIBILITY_SECONDS
        return 6 * self.consumer.timeout_seconds

    def concurrency(self, settings: Settings) -> int:
        """How many invocations may run at once.

        Short documents have readers of their own, which the parts of long ones cannot occupy. All
        other functions end within seconds; money has workers of its own because each class of debts
        has its own mapping.
        """
        long_documents = max(LEAST_CONCURRENCY, settings.limits.reader_slots // 2)
        match self.name:
            case "readings":
                return settings.limits.reader_slots - long_documents
            case "parts":
                return long_documents
            case _:
                return LEAST_CONCURRENCY


QUEUES = (
    QueueSpec(name="uploads", consumer=ON_UPLOAD, batch_size=10),
    # One at a time: a batch would wait for its slowest document.
    QueueSpec(name="readings", consumer=READ_DOCUMENT, batch_size=1),
    QueueSpec(name="parts", consumer=READ_DOCUMENT, batch_size=1),
    QueueSpec(name="results", consumer=ON_RESULT, batch_size=10),
    QueueSpec(name="money", consumer=SETTLE_DEBT, batch_size=10),
    QueueSpec(name="work", consumer=SETTLE_DEBT, batch_size=10),
    QueueSpec(name="housekeeping", consumer=SETTLE_DEBT, batch_size=10),
    # Few: the mails of a batch are sent one after the other, and somebody waits for each.
    QueueSpec(name="mail", consumer=SEND_MAIL, batch_size=5),
    QueueSpec(name="feedback", consumer=ON_MAIL_REPORT, batch_size=10),
    # One archive takes minutes.
    QueueSpec(name="exports", consumer=EXPORT_ACCOUNT, batch_size=1),
    QueueSpec(name="reports", consumer=MAKE_REPORT, batch_size=1),
)
