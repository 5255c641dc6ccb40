"""The queues of a life and the functions behind them, as the stacks connect them."""

from collections.abc import Sequence

from infra.endpoint_spec import QueueName
from tests.simulation.aws import SimulatedAws
from tests.simulation.bucket.notifications import notify
from tests.simulation.environment.settings import READER_SECONDS, queue_of
from tests.simulation.functions import Functions
from tests.simulation.queues.mapping import Mapping

type MappingRow = tuple[QueueName, str, int, int, int]

MAPPINGS: tuple[MappingRow, ...] = (
    ("uploads", "events/on_upload", 10, 5, 60),
    ("readings", "events/read_document", 1, 3, READER_SECONDS),
    ("parts", "events/read_document", 1, 2, READER_SECONDS),
    ("results", "events/on_result", 10, 5, 60),
    ("money", "events/settle_debt", 10, 2, 240),
    ("work", "events/settle_debt", 10, 2, 240),
    ("housekeeping", "events/settle_debt", 10, 2, 240),
    ("mail", "events/send_mail", 5, 2, 60),
)
"""A queue, its function, the messages of a batch, how many batches at once, and the timeout.

Five readers: three for whole documents, two for the parts of long ones.
"""


def connect(
    aws: SimulatedAws, functions: Functions, mappings: Sequence[MappingRow] = MAPPINGS
) -> None:
    """Connect the bucket to its queue, and the queues to their functions."""
    notify(aws.bucket, aws.queues[queue_of("uploads")], aws.world, aws.random, prefix="uploads/")
    for queue, name, batch_size, at_once, timeout_seconds in mappings:
        Mapping(
            world=aws.world,
            queue=aws.queues[queue_of(queue)],
            name=name,
            handler=functions.handler(name),
            batch_size=batch_size,
            max_concurrency=at_once,
            timeout_seconds=timeout_seconds,
        )
