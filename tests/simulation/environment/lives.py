"""Lives of one kind, run one after the other in one process."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext, redirect_stdout
from io import StringIO
from unittest.mock import patch

from docket.runtime import metrics
from tests.simulation.aws import SimulatedAws
from tests.simulation.environment.reader import Reader, simulated_reader
from tests.simulation.environment.settings import QUEUES
from tests.simulation.environment.stripe_side import Account, plain_objects
from tests.simulation.faults import Faults
from tests.simulation.functions import Functions
from tests.simulation.outcome import Outcome
from tests.simulation.process import Process, simulated_process


class Lives(ABC):
    """Lives in a process whose functions stay warm."""

    def __init__(self, process: Process, reader: Reader) -> None:
        self.process, self.reader = process, reader
        self.functions = Functions(reuse_crashed=True)
        self.account = Account(process)

    @abstractmethod
    def steps(self, seed: int) -> list[int]:
        """The numbers of the steps of a life."""

    @abstractmethod
    def _live(self, aws: SimulatedAws, seed: int, without_steps: frozenset[int]) -> Outcome:
        """Run a life in a new world."""

    def live(
        self,
        seed: int,
        *,
        suppressed: Collection[int] = (),
        without_steps: Collection[int] = (),
        faults: Callable[..., Faults] = Faults.drawn,
    ) -> Outcome:
        """Run the life of a seed, or a shorter one without some of its faults and steps."""
        with (
            redirect_stdout(StringIO()),
            SimulatedAws(
                seed,
                faults=faults,
                suppressed=suppressed,
                queues=QUEUES,
                may_list_bucket=lambda: False,
            ) as aws,
        ):
            self.process.live(aws.life)
            self.reader.live(aws)
            return self._live(aws, seed, frozenset(without_steps))


@contextmanager
def lives_of[L: Lives](
    kind: Callable[[Process, Reader], L], settings: Mapping[str, str]
) -> Iterator[L]:
    """Lives in a process with these settings. It writes neither logs nor metrics."""
    disabled = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with (
            simulated_process(settings) as process,
            simulated_reader() as reader,
            plain_objects(),
            patch.object(metrics, "single_metric", lambda **_: nullcontext()),
        ):
            lives = kind(process, reader)
            with closing(lives.account.double):
                yield lives
    finally:
        logging.disable(disabled)
