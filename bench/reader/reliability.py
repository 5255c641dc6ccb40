"""Whether facts are right as often as their confidence says: a table with n and its interval.

Only facts of documents that no rule, model or calibration is made with are counted; those of
documents of our own making are counted apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

from analysis.extract.calibration import group_of

_BOUNDS = (0.0, 0.5, 0.8, 0.9, 0.95, 1.0)
"""The ranges of confidence, from each bound to the next."""
_WITHIN = 1.96
"""Standard deviations of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A fact that was measured: its name, its confidence, whether it is right, and its document."""

    name: str
    confidence: float
    is_right: bool
    is_unseen: bool
    is_generated: bool = False


def wilson(right: int, count: int) -> tuple[float, float]:
    """Wilson's interval of a share."""
    share, square = right / count, _WITHIN**2
    middle = share + square / (2 * count)
    spread = _WITHIN * sqrt(share * (1 - share) / count + square / (4 * count**2))
    whole = 1 + square / count
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def reliability(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """By source, group of facts and range of confidence: n, stated, right, and the interval."""
    by_source: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.is_generated:
            by_source["of_our_making"].append(outcome)
        elif outcome.is_unseen:
            by_source["unseen"].append(outcome)
        else:
            by_source["used_for_training"].append(outcome)
    return {source: dict(_groups(measured)) for source, measured in sorted(by_source.items())}


def _groups(outcomes: Iterable[Outcome]) -> Iterator[tuple[str, Any]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups["all"].append(outcome)
        groups["items" if outcome.name == "line_item" else group_of(outcome.name)].append(outcome)
    for group, measured in sorted(groups.items()):
        yield group, dict(_ranges(measured))


def _ranges(outcomes: Iterable[Outcome]) -> Iterator[tuple[str, Any]]:
    ranges: dict[float, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        ranges[max(bound for bound in _BOUNDS[:-1] if bound <= outcome.confidence)].append(outcome)
    for low, measured in sorted(ranges.items()):
        high = _BOUNDS[_BOUNDS.index(low) + 1]
        right = sum(outcome.is_right for outcome in measured)
        stated = sum(outcome.confidence for outcome in measured) / len(measured)
        lower, upper = wilson(right, len(measured))
        yield (
            f"{low:.2f} to {high:.2f}",
            {
                "n": len(measured),
                "stated": round(stated, 3),
                "right": round(right / len(measured), 3),
                "interval": [round(lower, 3), round(upper, 3)],
            },
        )
