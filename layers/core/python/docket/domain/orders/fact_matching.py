"""Which fact of a result a customer's correction belongs to, and how far the review of it is.

The reader gives facts no ids: an id is a hash of what a fact states and where. A correction whose
fact another reading does not find in the same words belongs to

1. a fact of that name and value;
2. else, unless it is a rejection, a fact of that name at that place; or the only statement of that
   name on that page, if a document states it once.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from docket.domain.orders.correction import Correction, FactJson, Verdict


@dataclass(frozen=True, kw_only=True)
class FactMark:
    """What the facts of a result need to be reviewed; `repeats`: a document has several of them."""

    id: str
    repeats: bool
    doubtful: bool

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


class ReviewProgress(NamedTuple):
    """How many facts of a document should be reviewed, and how many of these were."""

    doubtful: int
    reviewed: int


class Matched(NamedTuple):
    """The corrections by the index of their fact, and those without one."""

    by_place: dict[int, Correction]
    without_fact: list[Correction]


def matched(
    facts: Sequence[FactJson], marks: Sequence[FactMark], corrections: Sequence[Correction]
) -> Matched:
    """The facts of corrections. `marks` are those of the facts, in their order."""
    by_id = {correction.fact_id: correction for correction in corrections}
    found = {place: by_id.pop(mark.id) for place, mark in enumerate(marks) if mark.id in by_id}
    without_fact = []
    for correction in by_id.values():
        place = _successor(facts, marks, correction, found)
        if place is None:
            without_fact.append(correction)
        else:
            found[place] = correction
    return Matched(found, without_fact)


def progress(
    facts: Sequence[FactJson], marks: Sequence[FactMark], corrections: Sequence[Correction]
) -> ReviewProgress:
    """The progress of the review of a document with these facts and corrections."""
    doubtful = {place for place, mark in enumerate(marks) if mark.doubtful}
    found = matched(facts, marks, corrections).by_place if corrections else {}
    return ReviewProgress(len(doubtful), len(doubtful & found.keys()))


def _successor(
    facts: Sequence[FactJson],
    marks: Sequence[FactMark],
    correction: Correction,
    used_places: Collection[int],
) -> int | None:
    """The index of the fact that another reading has in place of the corrected one."""
    read = correction.read
    of_name = [
        place
        for place, fact in enumerate(facts)
        if fact["name"] == correction.name and place not in used_places
    ]
    on_page = [place for place in of_name if facts[place]["page"] == read["page"]]
    for places in (on_page, of_name):
        for place in places:
            if facts[place]["normalised"] == read["normalised"]:
                return place
    if correction.verdict is Verdict.REJECTED:
        return None
    at_place = [place for place in on_page if _overlap(facts[place]["box"], read["box"])]
    at_place += [place for place in on_page if not marks[place].repeats]
    return next(iter(at_place), None)


def _overlap(first: Sequence[float] | None, second: Sequence[float] | None) -> bool:
    if first is None or second is None:
        return False
    width = min(first[2], second[2]) - max(first[0], second[0])
    return width > 0 and min(first[3], second[3]) - max(first[1], second[1]) > 0
