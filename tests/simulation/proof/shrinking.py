"""Make a failing life small: leave out the faults and the steps that it does not need."""

from collections.abc import Collection
from dataclasses import dataclass

from tests.simulation.environment.lives import Lives
from tests.simulation.outcome import Outcome
from tests.simulation.shrink import MOST_LIVES, shrink

_READS = ("GetItem", "BatchGetItem", "Query", "stripe.GET", "GetObject", "GetSecretValue")


@dataclass(frozen=True)
class Small:
    """What can be left out of a life that still fails, and that life."""

    suppressed: frozenset[int]
    without_steps: frozenset[int]
    ended: Outcome


def smallest(lives: Lives, seed: int, *, most_lives: int = MOST_LIVES) -> Small:
    """The smallest failing life of a seed that is found; each of four passes runs so many lives."""
    suppressed: frozenset[int] = frozenset()
    without: frozenset[int] = frozenset()

    def live(faults: Collection[int], steps: Collection[int]) -> Outcome | None:
        ended = lives.live(seed, suppressed=faults, without_steps=steps)
        return ended if ended.violations else None

    def without_faults(faults: frozenset[int]) -> list[int] | None:
        ended = live(faults | suppressed, without)
        return [firing.number for firing in ended.firings] if ended else None

    def without_some_steps(steps: frozenset[int]) -> list[int] | None:
        left = [number for number in lives.steps(seed) if number not in steps | without]
        return left if live(suppressed, steps | without) else None

    for _ in range(2):
        without |= shrink(without_some_steps, most_lives=most_lives)
        suppressed |= shrink(without_faults, most_lives=most_lives)
    ended = live(suppressed, without)
    assert ended, "the smaller life fails too"
    return Small(suppressed, without, ended)


def story(small: Small) -> str:
    """The story of a small life as steps, without its reads."""
    lines = small.ended.story().splitlines()
    steps = [line for line in lines if not any(read in line for read in _READS)]
    faults = [
        f"  {firing.number}: {firing.fault} ({firing.place})" for firing in small.ended.firings
    ]
    return "\n".join([*steps, "", "faults:", *faults, "", "violations:", *small.ended.violations])
