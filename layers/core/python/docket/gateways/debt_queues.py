"""SQS: the queues of the workers of debts, one for each class.

A message names an item and the due key that was seen, so an outdated one has no effect.
"""

from collections.abc import Sequence
from functools import cache
from itertools import batched
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel, ConfigDict

from docket.domain.debt import DebtClass
from docket.runtime import aws, config
from docket.runtime.logging import log_failure
from docket.runtime.snapshot import before_snapshot

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_MAX_BATCH = 10
"""Maximum number of messages in one call of SQS."""


class DebtMessage(BaseModel):
    """The key of an item that owes something, and its due key as it was seen."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    pk: str
    sk: str
    due_key: str


@before_snapshot
@cache
def _sqs() -> "SQSClient":
    client: SQSClient = aws.client("sqs", read_seconds=5)
    return client


def waiting(debt_class: DebtClass) -> int:
    """About how many messages of a class no worker has received yet."""
    reply = _sqs().get_queue_attributes(
        QueueUrl=_url(debt_class), AttributeNames=["ApproximateNumberOfMessages"]
    )
    return int(reply["Attributes"]["ApproximateNumberOfMessages"])


def send(debt_class: DebtClass, messages: Sequence[DebtMessage]) -> int:
    """Send messages to the workers of a class. Returns how many SQS accepted.

    One that SQS rejects needs no retry: the debt is still due in the next minute.
    """
    sent = 0
    for batch in batched(messages, _MAX_BATCH, strict=False):
        entries: list[Any] = [
            {"Id": str(number), "MessageBody": message.model_dump_json()}
            for number, message in enumerate(batch)
        ]
        reply = _sqs().send_message_batch(QueueUrl=_url(debt_class), Entries=entries)
        sent += len(batch) - len(reply.get("Failed", []))
    return sent


def try_send(debt_class: DebtClass, messages: Sequence[DebtMessage]) -> None:
    """Send messages if SQS can be reached. If not, the debts are due in the next minute."""
    try:
        send(debt_class, messages)
    except (BotoCoreError, ClientError) as error:
        log_failure("workers were not called", error, debt_class=debt_class)


def parse(body: str) -> DebtMessage:
    """Raises `ValidationError` for a malformed message."""
    return DebtMessage.model_validate_json(body)


def _url(debt_class: DebtClass) -> str:
    if debt_class is DebtClass.MAIL:
        return config.read(config.MailQueue).mail_queue_url
    queues = config.read(config.DebtQueues)
    match debt_class:
        case DebtClass.MONEY:
            return queues.money_queue_url
        case DebtClass.WORK:
            return queues.work_queue_url
        case DebtClass.HOUSEKEEPING:
            return queues.housekeeping_queue_url
