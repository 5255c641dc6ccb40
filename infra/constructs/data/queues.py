"""The queues, and the dead-letter queue of each."""

from aws_cdk import Duration
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.nag import suppress_nag
from infra.endpoint_spec import FIFO_QUEUES, QueueName
from infra.names import Names
from infra.queues import (
    DEAD_LETTER_DAYS,
    MAX_RECEIVE_COUNT,
    QUEUES,
    RETENTION_DAYS,
    QueueSpec,
)
from infra.settings import Settings


class Queues(Construct):
    """`by_name` and `dead_letters`, by the queue's name."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self._settings = settings
        self._names = Names(settings.stage)
        self.by_name: dict[QueueName, sqs.Queue] = {}
        self.dead_letters: dict[QueueName, sqs.Queue] = {}
        for spec in QUEUES:
            self._add(spec)

    def _add(self, spec: QueueSpec) -> None:
        construct = spec.name.capitalize()
        dead_letters = _queue(
            self,
            f"{construct}DeadLetters",
            self._names.dead_letters(spec.name),
            fifo=spec.name in FIFO_QUEUES,
            tls=self._settings.tls,
            retention_days=DEAD_LETTER_DAYS,
        )
        suppress_nag(dead_letters, "Serverless-SQSRedrivePolicy", "This is a dead-letter queue.")
        self.dead_letters[spec.name] = dead_letters
        self.by_name[spec.name] = _queue(
            self,
            construct,
            self._names.queue(spec.name),
            fifo=spec.name in FIFO_QUEUES,
            tls=self._settings.tls,
            retention_days=RETENTION_DAYS,
            visibility_timeout=Duration.seconds(spec.visibility_timeout_seconds),
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=dead_letters, max_receive_count=MAX_RECEIVE_COUNT
            ),
        )


def _queue(
    scope: Construct,
    construct: str,
    queue_name: str,
    *,
    fifo: bool,
    tls: bool,
    retention_days: int,
    visibility_timeout: Duration | None = None,
    dead_letter_queue: sqs.DeadLetterQueue | None = None,
) -> sqs.Queue:
    return sqs.Queue(
        scope,
        construct,
        queue_name=queue_name,
        enforce_ssl=tls,
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        retention_period=Duration.days(retention_days),
        visibility_timeout=visibility_timeout,
        dead_letter_queue=dead_letter_queue,
        # High throughput: without it, SQS limits a queue to 300 calls a second over all groups.
        fifo=True if fifo else None,
        deduplication_scope=sqs.DeduplicationScope.MESSAGE_GROUP if fifo else None,
        fifo_throughput_limit=sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID if fifo else None,
    )
