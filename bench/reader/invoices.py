"""The share of correct parties of invoices of our own making, in layouts that are held out.

No rule or model is made with these layouts and headings, but their author is that of the model.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bench.reader.facts import near
from bench.reader.reliability import Outcome
from training.generated import drawing, invoices

_MEASURED = 200
"""Invoices that are made, with as many seeds."""


def measure(seeds: Iterable[int], *, held_out: bool) -> Iterator[tuple[str, bool]]:
    """The name and the correctness of the first fact of each party."""
    for seed in seeds:
        invoice = invoices.make(seed, held_out=held_out)
        facts = drawing.extracted(drawing.read_pages(invoice.data)).facts
        for name, wanted in invoice.truth.items():
            found = next((fact for fact in facts if fact.name == name), None)
            yield name, found is not None and near(found.value, wanted)


def outcomes() -> Iterator[Outcome]:
    """The first seller and buyer that is found in each invoice."""
    for seed in range(_MEASURED):
        invoice = invoices.make(seed, held_out=True)
        facts = drawing.extracted(drawing.read_pages(invoice.data)).facts
        for name, wanted in invoice.truth.items():
            if found := next((fact for fact in facts if fact.name == name), None):
                right = near(found.value, wanted)
                yield Outcome(name, found.confidence, right, is_unseen=True, is_generated=True)


def held_out() -> dict[str, Any]:
    """The share of correct parties by role, of invoices in layouts that are held out."""
    outcomes: dict[str, list[bool]] = {}
    for name, right in measure(range(_MEASURED), held_out=True):
        outcomes.setdefault(name, []).append(right)
    return {
        "invoices": _MEASURED,
        **{name: round(sum(found) / len(found), 3) for name, found in sorted(outcomes.items())},
    }
