"""A linear-chain conditional random field: labels the lines of a sequence."""

from collections.abc import Mapping, Sequence
from math import exp, log

from analysis import models

type Weights = Mapping[str, Mapping[str, float]]
"""By label, the weights of its features; by `label>label`, the transition weight under `""`."""


def emission_scores(
    weights: Weights, labels: Sequence[str], sequence: Sequence[Sequence[str]]
) -> list[list[float]]:
    """The score of each label for each line, without its neighbours."""
    return [[models.score(weights[label], features) for label in labels] for features in sequence]


def transition_scores(weights: Weights, labels: Sequence[str]) -> list[list[float]]:
    """The score of each label (column) after each other one (row); 0 if none was trained."""
    return [
        [weights.get(f"{before}>{after}", {}).get("", 0.0) for after in labels] for before in labels
    ]


type Grid = Sequence[Sequence[float]]


def marginals(emissions: Grid, transitions: Grid) -> list[list[float]]:
    """The marginal probability of each label at each line."""
    if not emissions:
        return []
    forward, backward = _forward(emissions, transitions), _backward(emissions, transitions)
    whole = _sum(forward[-1])
    return [
        [exp(min(0.0, f + b - whole)) for f, b in zip(ahead, behind, strict=True)]
        for ahead, behind in zip(forward, backward, strict=True)
    ]


def edge_marginals(emissions: Grid, transitions: Grid) -> list[list[list[float]]]:
    """The marginal probability of each pair of labels at each two neighbouring lines."""
    forward, backward = _forward(emissions, transitions), _backward(emissions, transitions)
    whole = _sum(forward[-1])
    return [
        [
            [exp(min(0.0, ahead[b] + transitions[b][a] + emission[a] + behind[a] - whole))
             for a in range(len(emission))]
            for b in range(len(ahead))
        ]
        for ahead, emission, behind in zip(forward, emissions[1:], backward[1:], strict=False)
    ]  # fmt: skip


def _forward(emissions: Grid, transitions: Grid) -> list[list[float]]:
    made = [list(emissions[0])]
    for emission in emissions[1:]:
        last = made[-1]
        made.append(
            [here + _sum([before + transitions[b][a] for b, before in enumerate(last)])
             for a, here in enumerate(emission)]
        )  # fmt: skip
    return made


def _backward(emissions: Grid, transitions: Grid) -> list[list[float]]:
    made = [[0.0] * len(emissions[0])]
    for emission in reversed(emissions[1:]):
        after = made[-1]
        made.append([_sum([m + f + n for m, f, n in zip(transition, emission, after, strict=True)])
                     for transition in transitions])  # fmt: skip
    return made[::-1]


def _sum(logs: Sequence[float]) -> float:
    """log(sum(exp)) without overflow."""
    most = max(logs)
    return most + log(sum(exp(value - most) for value in logs))


def best_segment(probabilities: Sequence[float], *, longest: int) -> tuple[int, int] | None:
    """The segment whose lines together most likely have a label; None if no line does."""
    odds = [log(max(1e-6, p)) - log(max(1e-6, 1 - p)) for p in probabilities]
    best, segment = 0.0, None
    for start in range(len(odds)):
        total = 0.0
        for end in range(start, min(len(odds), start + longest)):
            total += odds[end]
            if total > best:
                best, segment = total, (start, end + 1)
    return segment
