"""Trained models: small tables of weights, and how they are applied.

Each table is JSON made by a script of `training`, which names the training data.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_STEEPEST = 30.0
"""Beyond it the function is 0 or 1 to thirteen digits."""


@cache
def table(name: str) -> dict[str, Any]:
    """The table of that name."""
    content: dict[str, Any] = json.loads((_HERE / f"{name}.json").read_text())
    return content


def score(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The sum of the weights of the known features."""
    return sum(weights.get(feature, 0.0) for feature in features)


def probability(logit: float) -> float:
    """The logistic function, without overflow."""
    return 1 / (1 + exp(-max(-_STEEPEST, min(_STEEPEST, logit))))
