"""The outcome of a life."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.simulation.faults import Fault, Firing


@dataclass
class Outcome:
    """The end of a life: what it violated, and what happened in it."""

    seed: int
    violations: list[str]
    firings: list[Firing]
    coverage: Counter[tuple[str, Fault]]
    steps: int
    story: Callable[[], str]
    states: Counter[str] = field(default_factory=Counter)
