"""Which facts are printed in the PDF, and which are marked. JSON and XLSX have all facts."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.extract.catalogue import GENERIC, REPEATED

type Fact = Mapping[str, Any]

_LIKELY = 0.5
"""The confidence below which a fact beside another one of its name is omitted."""


def is_to_review(fact: Fact) -> bool:
    """Whether the reader is not sure of the fact, and nobody has reviewed it."""
    return bool(fact.get("doubtful")) and not fact.get("review")


def facts_to_show(facts: Sequence[Fact]) -> tuple[list[Fact], int]:
    """The facts without redundant and unlikely ones, and the number of omitted unlikely facts.

    What a customer has reviewed is always shown.
    """
    stated = {
        (str(fact["normalised"]), fact["page"])
        for fact in facts
        if fact["name"] not in GENERIC and fact["confidence"] >= _LIKELY
    }
    shown: list[Fact] = []
    names: set[str] = set()
    unlikely = 0
    for fact in facts:
        name = fact["name"]
        if fact.get("review"):
            names.add(name)
            shown.append(fact)
            continue
        if name in GENERIC and (str(fact["normalised"]), fact["page"]) in stated:
            continue
        if name in names and name not in REPEATED and fact["confidence"] < _LIKELY:
            unlikely += 1
            continue
        names.add(name)
        shown.append(fact)
    return shown, unlikely
