"""The queues of a life and the functions behind them, as the stacks connect them."""

from infra.queues import QUEUES
from tests.simulation.aws import SimulatedAws
from tests.simulation.bucket.notifications import notify
from tests.simulation.environment.settings import DEPLOYED, queue_of
from tests.simulation.functions import Functions
from tests.simulation.queues.mapping import Mapping


def connect(aws: SimulatedAws, functions: Functions) -> None:
    """Connect the bucket to its queue, and the queues to their functions."""
    notify(aws.bucket, aws.queues[queue_of("uploads")], aws.world, aws.random, prefix="uploads/")
    for spec in QUEUES:
        Mapping(
            world=aws.world,
            queue=aws.queues[queue_of(spec.name)],
            name=spec.consumer.name,
            handler=functions.handler(spec.consumer.name),
            batch_size=spec.batch_size,
            max_concurrency=spec.concurrency(DEPLOYED),
            timeout_seconds=spec.consumer.timeout_seconds,
        )
