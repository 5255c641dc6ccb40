"""The settings of the stages in which lives happen."""

from collections.abc import Iterator

from infra.endpoint_spec import FIFO_QUEUES, QueueName
from infra.names import Names
from tests.make_calls import EDGE_KEY
from tests.simulation.aws import ENVIRONMENT
from tests.simulation.environment.stripe_side import SECRET_NAME
from tests.simulation.queues.client import QUEUE_URL
from tests.simulation.queues.queue import QueueSettings

STAGE = "simulation"
NAMES = Names(STAGE)
RECEIVES = 5
READER_SECONDS = 300

VISIBILITY_SECONDS: dict[QueueName, int] = {
    "uploads": 180,
    "readings": READER_SECONDS * 3 // 2,
    "parts": READER_SECONDS * 3 // 2,
    "results": 180,
    "money": 300,
    "work": 300,
    "housekeeping": 300,
    "mail": 360,
}


def queue_of(name: QueueName) -> str:
    """The name of a queue at SQS."""
    return NAMES.queue(name)


def dead_letters_of(name: QueueName) -> str:
    """The name of a queue's dead-letter queue at SQS."""
    return NAMES.dead_letters(name)


def _queues() -> Iterator[tuple[QueueSettings, str | None]]:
    for name, seconds in VISIBILITY_SECONDS.items():
        queue, dead, fifo = queue_of(name), dead_letters_of(name), name in FIFO_QUEUES
        yield QueueSettings(name=dead, fifo=fifo), None
        yield (
            QueueSettings(name=queue, fifo=fifo, visibility_seconds=seconds, max_receives=RECEIVES),
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
    "DOCKET_UNPAID_ORDERS": "20",
    "DOCKET_UNPAID_PAGES": "500",
    "DOCKET_DOCUMENTS_A_DAY": "100",
    "DOCKET_READER_SLOTS": "5",
    "DOCKET_ORDER_EXPIRY_DAYS": "2",
    "DOCKET_INVOICE_YEARS": "10",
    "DOCKET_NOTICE_DAYS": "30",
    "DOCKET_CANCELLED_DAYS": "1",
    "DOCKET_COMPLETION_MINUTES": "60",
    "DOCKET_VERIFICATION": "never",
    "DOCKET_READER_TIMEOUT_SECONDS": "60",
    "DOCKET_READER_MEMORY_MB": "1024",
    "DOCKET_READER_PAGES_AT_ONCE": "4",
    "DOCKET_READER_TRIES": str(RECEIVES),
    "DOCKET_READER_SANDBOX": "required",
    "DOCKET_MALWARE_SCAN": "false",
    "POWERTOOLS_METRICS_DISABLED": "true",
    "POWERTOOLS_METRICS_NAMESPACE": "Docket",
    "POWERTOOLS_SERVICE_NAME": "docket",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    **{
        f"DOCKET_{name.upper()}_QUEUE_URL": f"{QUEUE_URL}{queue_of(name)}"
        for name in VISIBILITY_SECONDS
        if name != "uploads"
    },
}
