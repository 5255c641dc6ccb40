"""The AWS of one life: table, bucket, queues, secrets and scheduler, under one seeded clock."""

from collections.abc import Callable, Container, Sequence
from random import Random
from typing import Any, Self

from tests.simulation.bucket.bucket import Bucket
from tests.simulation.bucket.client import BucketClient
from tests.simulation.clock import Clock
from tests.simulation.faults import Faults
from tests.simulation.process import Life
from tests.simulation.queues.client import QueueClient, queue_url
from tests.simulation.queues.queue import Queue, QueueSettings
from tests.simulation.sdk import Connection
from tests.simulation.secrets import Secrets, SecretsClient
from tests.simulation.table.client import TableClient
from tests.simulation.table.partitions import Schema
from tests.simulation.table.store import NO_LAG, Lags, Store
from tests.simulation.world import World

TABLE, BUCKET = "docket", "documents"
# Indexes that contain keys only; `SimulatedAws(indexes=...)` for others.
INDEXES = (
    Schema(name="GSI1", partition="GSI1PK", sort="GSI1SK", projection=()),
    Schema(name="GSI2", partition="GSI2PK", sort="GSI2SK", projection=()),
)
ENVIRONMENT = {"DOCKET_TABLE": TABLE, "DOCKET_BUCKET": BUCKET}


def separate_table() -> TableClient:
    """An empty table outside of a life: without faults and delays, at a time that stands still."""
    clock, random = Clock(), Random(0)
    faults = Faults(random)
    store = Store(clock, faults, random, INDEXES, NO_LAG)
    return TableClient(store, Connection("dynamodb", clock, faults, random, latency=False), TABLE)


class SimulatedAws:
    """Everything that `docket` calls of AWS, empty. `life` is what a simulated process uses.

    The order of events, lags and ids, and the faults, are drawn from streams of their own, so that
    a life without one of its faults stays as similar as it can.
    """

    def __init__(
        self,
        seed: int,
        *,
        faults: Callable[..., Faults] = Faults,
        suppressed: Container[int] = (),
        indexes: Sequence[Schema] = INDEXES,
        lags: Lags | None = None,
        queues: Sequence[tuple[QueueSettings, str | None]] = (),
        may_list_bucket: Callable[[], bool] = lambda: True,
    ) -> None:
        self.clock = Clock()
        self.random = Random(f"{seed} events")
        self.faults = faults(Random(f"{seed} faults"), suppressed=suppressed)
        self.world = World(self.clock, self.faults, self.random)
        self.faults.note = self.world.note
        self.store = Store(self.clock, self.faults, self.random, indexes, lags or Lags())
        self.bucket = Bucket(BUCKET, self.clock, self.random)
        self.secrets = Secrets()
        self.queues: dict[str, Queue] = {}
        for settings, dead_letters in queues:
            dead = self.queues[dead_letters] if dead_letters else None
            queue = Queue(settings, self.clock, self.faults, self.random, dead)
            self.queues[settings.name] = queue
        clients: dict[str, Any] = {
            "dynamodb": TableClient(self.store, self.connection("dynamodb"), TABLE),
            "s3": BucketClient(self.bucket, self.connection("s3"), may_list_bucket),
            "sqs": QueueClient(self.queues.values(), self.connection("sqs")),
            "secretsmanager": SecretsClient(self.secrets, self.connection("secretsmanager")),
        }
        self.life = Life(self.clock, self.random, clients)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the life: no handler continues."""
        self.world.close()

    def queue_url(self, name: str) -> str:
        """The address of a queue, for the environment."""
        return queue_url(self.queues[name])

    def connection(self, service: str, **errors: Any) -> Connection:
        """A connection to a service, with the faults of this life; `errors` as of `Connection`."""
        connection = Connection(service, self.clock, self.faults, self.random, **errors)
        connection.note = self.world.note
        return connection
