"""Train a linear-chain conditional random field by stochastic gradients (AdaGrad)."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from math import sqrt

from analysis.models import crf

_RATE = 0.25
_SEED = 5
_SETTLED = 0.001

type Example = tuple[list[list[str]], list[int]]
"""The features of each element of a sequence, and the index of its label."""
type Weights = dict[str, dict[str, float]]


def train(examples: list[Example], labels: Sequence[str], *, epochs: int, decay: float) -> Weights:
    weights: Weights = {label: defaultdict(float) for label in labels}
    weights |= {f"{a}>{b}": defaultdict(float) for a in labels for b in labels}
    steps: dict[tuple[str, str], float] = defaultdict(lambda: 1.0)

    def move(label: str, feature: str, gradient: float) -> None:
        gradient -= decay * weights[label][feature]
        steps[label, feature] += gradient * gradient
        weights[label][feature] += _RATE * gradient / sqrt(steps[label, feature])

    order = random.Random(_SEED)  # noqa: S311 - not a secret
    for _ in range(epochs):
        order.shuffle(examples)
        for sequence, right in examples:
            emissions = crf.emission_scores(weights, labels, sequence)
            transitions = crf.transition_scores(weights, labels)
            chances = crf.marginals(emissions, transitions)
            pairs = crf.edge_marginals(emissions, transitions)
            for label, feature, off in _errors(labels, (sequence, right), chances, pairs):
                move(label, feature, off)
    return weights


def _errors(
    labels: Sequence[str],
    example: Example,
    chances: list[list[float]],
    pairs: list[list[list[float]]],
) -> Iterator[tuple[str, str, float]]:
    """The gradient: the differences between the model's marginals and the labels."""
    sequence, right = example
    for place, features in enumerate(sequence):
        for index, label in enumerate(labels):
            off = (right[place] == index) - chances[place][index]
            if abs(off) > _SETTLED:
                for feature in features:
                    yield label, feature, off
    for place, pair in enumerate(pairs):
        for a, b in product(range(len(labels)), repeat=2):
            off = ((right[place], right[place + 1]) == (a, b)) - pair[a][b]
            if abs(off) > _SETTLED:
                yield f"{labels[a]}>{labels[b]}", "", off


def rounded(weights: Weights, *, least: float) -> Weights:
    """The weights that matter, with three digits."""
    return {
        label: {f: round(w, 3) for f, w in sorted(found.items()) if abs(w) >= least}
        for label, found in weights.items()
    }
