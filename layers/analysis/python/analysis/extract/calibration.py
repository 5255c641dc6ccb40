"""Convert the confidence of a rule to the measured frequency of correct results.

Rules and models state a confidence. For each group of facts (dates, sums, names, ids), the table
has the share of facts with that confidence that were correct in documents whose facts are known;
a kind and name with enough facts has a curve of its own. Values between the points of a curve are
interpolated linearly. `training/confidence.py` makes the table.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analysis import models
from analysis.extract.catalogue import BY_NAME
from analysis.model import Fact, Kind

_LOWEST = 0.02
"""The least converted confidence: a candidate is never certainly wrong."""
_HIGHEST = 0.99
"""The highest converted confidence: nothing that is read is certain."""
_GROUPS = {
    "date": "dates",
    "time": "dates",
    "money": "sums",
    "currency": "sums",
    "iban": "ids",
    "vat_id": "ids",
    "phone": "ids",
}
"""The group of facts by the type of their value; of text it is names or ids."""
_IDS = frozenset(["bic", "identifier", "sort_code"])


def group_of(name: str) -> str:
    """`dates`, `sums`, `names` or `ids`; `texts` if it is none of them."""
    spec = BY_NAME.get(name)
    if spec is None:
        return "texts"
    if group := _GROUPS.get(spec.type):
        return group
    if spec.party:
        return "names"
    return "ids" if name in _IDS or name.endswith(("_number", "_reference")) else "texts"


def calibrated(facts: Iterable[Fact], kind: Kind) -> Iterator[Fact]:
    """Replace each confidence by a measured frequency. The order of facts of a name is unchanged.

    The first fact of a name is the document's statement, the others are alternatives, so they are
    measured separately. Names without measurements are unchanged.
    """
    table = models.table("confidence")
    kind = "invoice" if kind == "credit_note" else kind
    curves, measured = table["curves"], table["measured"].get(kind, ())
    highest: dict[str, float] = {}
    for fact in facts:
        curve = None
        if fact.name in measured and fact.name not in highest:
            curve = curves.get(f"{kind} {fact.name}") or curves.get(group_of(fact.name))
        elif fact.name in measured:
            curve = curves.get(f"{kind} others")
        confidence = at(curve, fact.confidence) if curve else fact.confidence
        confidence = min(confidence, highest.get(fact.name, 1.0))
        highest.setdefault(fact.name, confidence)
        yield replace(fact, confidence=confidence)


def at(curve: Sequence[Sequence[float]], stated: float) -> float:
    """The interpolated value at a confidence, of a curve of rising points `[stated, right]`."""
    place = bisect_left([point[0] for point in curve], stated)
    if place == 0:
        right = curve[0][1] * stated / curve[0][0] if curve[0][0] else curve[0][1]
    elif place == len(curve):
        right = curve[-1][1]
    else:
        (x0, y0), (x1, y1) = curve[place - 1], curve[place]
        right = y0 + (y1 - y0) * (stated - x0) / (x1 - x0)
    return min(_HIGHEST, max(_LOWEST, right))
