"""The settings of the stages in which lives happen, and their queues: the deployed ones."""

from collections.abc import Iterator
from dataclasses import replace

from infra import queues
from infra.endpoint_spec import FIFO_QUEUES, QueueName
from infra.names import Names
from infra.settings import DEV, Deadlines, Limits
from tests.make_calls import EDGE_KEY
from tests.simulation.aws import ENVIRONMENT
from tests.simulation.environment.stripe_side import SECRET_NAME
from tests.simulation.queues.client import QUEUE_URL
from tests.simulation.queues.queue import QueueSettings

STAGE = "simulation"
NAMES = Names(STAGE)

DEPLOYED = replace(
    DEV,
    stage=STAGE,
    limits=Limits(unpaid_orders=20, unpaid_pages=500, documents_a_day=100, reader_slots=5),
    deadlines=Deadlines(order_expiry_days=2, completion_minutes=60),
)
"""What the stacks of the stage would be made of. Five readers: three for whole documents, two for
the parts of long ones."""


def queue_of(name: QueueName) -> str:
    """The name of a queue at SQS."""
    return NAMES.queue(name)


def dead_letters_of(name: QueueName) -> str:
    """The name of a queue's dead-letter queue at SQS."""
    return NAMES.dead_letters(name)


def _queues() -> Iterator[tuple[QueueSettings, str | None]]:
    for spec in queues.QUEUES:
        queue, dead = queue_of(spec.name), dead_letters_of(spec.name)
        fifo = spec.name in FIFO_QUEUES
        yield QueueSettings(name=dead, fifo=fifo), None
        yield (
            QueueSettings(
                name=queue,
                fifo=fifo,
                visibility_seconds=spec.visibility_timeout_seconds,
                max_receives=queues.MAX_RECEIVE_COUNT,
            ),
            dead,
        )


QUEUES = list(_queues())
"""Each queue, after its dead-letter queue."""

SETTINGS = {
    **ENVIRONMENT,
    "DOCKET_EDGE_KEYS": EDGE_KEY,
    "DOCKET_STAGE": STAGE,
    "DOCKET_STRIPE_SECRET": SECRET_NAME,
    "DOCKET_DISPUTE_CLOSES": "false",
    "DOCKET_PRICE_BASE": "200",
    "DOCKET_PRICE_PER_PAGE": "50",
    "DOCKET_PRICE_CURRENCY": "eur",
    "DOCKET_UNPAID_ORDERS": str(DEPLOYED.limits.unpaid_orders),
    "DOCKET_UNPAID_PAGES": str(DEPLOYED.limits.unpaid_pages),
    "DOCKET_DOCUMENTS_A_DAY": str(DEPLOYED.limits.documents_a_day),
    "DOCKET_READER_SLOTS": str(DEPLOYED.limits.reader_slots),
    "DOCKET_ORDER_EXPIRY_DAYS": str(DEPLOYED.deadlines.order_expiry_days),
    "DOCKET_INVOICE_YEARS": "10",
    "DOCKET_NOTICE_DAYS": "30",
    "DOCKET_CANCELLED_DAYS": "1",
    "DOCKET_COMPLETION_MINUTES": str(DEPLOYED.deadlines.completion_minutes),
    "DOCKET_VERIFICATION": "never",
    "DOCKET_READER_TIMEOUT_SECONDS": "60",
    "DOCKET_READER_MEMORY_MB": "1024",
    "DOCKET_READER_PAGES_AT_ONCE": "4",
    "DOCKET_READER_TRIES": str(queues.MAX_RECEIVE_COUNT),
    "DOCKET_READER_SANDBOX": "required",
    "DOCKET_MALWARE_SCAN": "false",
    "POWERTOOLS_METRICS_DISABLED": "true",
    "POWERTOOLS_METRICS_NAMESPACE": "Docket",
    "POWERTOOLS_SERVICE_NAME": "docket",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    **{
        f"DOCKET_{spec.name.upper()}_QUEUE_URL": f"{QUEUE_URL}{queue_of(spec.name)}"
        for spec in queues.QUEUES
    },
}
