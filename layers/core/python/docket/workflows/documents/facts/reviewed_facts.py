"""The facts of a result with their ids and their customer's corrections.

The short form of a result and the whole one have the same ids, and a later reading that finds the
same fact too; `docket.domain.orders.fact_matching` decides which fact a correction belongs to. A
correction without one is shown as a fact that the reader did not find. `result` is here in the form
of `Result.to_dict()` or of its short form; pages count from 0.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from analysis.consolidate import key_facts
from analysis.extract.catalogue import BY_NAME, PARTIES, REPEATED
from analysis.model.inline import TEXT_INLINE
from docket.domain.orders import fact_matching
from docket.domain.orders.correction import CorrectedLineItems, Correction, Statement, Verdict
from docket.domain.orders.fact_matching import FactMark, ReviewProgress, matched
from docket.workflows.documents.facts import reviewed_line_items

type Json = dict[str, Any]
type Result = Mapping[str, Any]

SURE = 0.9
"""A fact below this confidence should be reviewed. The site marks it, by this value."""
LIKELY = 0.5
"""A less likely fact is an alternative, also if a document has several of its name.

The site has it from here; `analysis.report.visible_facts` repeats it for the PDF.
"""
_ID_LENGTH = 16


def fact_ids(facts: Sequence[Result]) -> list[str]:
    """The id of each fact of a result."""
    repetitions: Counter[str] = Counter()
    ids = []
    for fact in facts:
        text = json.dumps([fact["name"], fact["value"][:TEXT_INLINE], fact["page"], fact["box"]])
        repetitions[text] += 1
        digest = hashlib.sha256(f"{text}{repetitions[text]}".encode()).hexdigest()
        ids.append(digest[:_ID_LENGTH])
    return ids


def marks(result: Result) -> list[FactMark]:
    """What the review needs of each fact of the result, in their order."""
    facts = result.get("facts", ())
    doubtful = _doubtful(result)
    return [
        FactMark(id=id_, repeats=fact["name"] in REPEATED, doubtful=place in doubtful)
        for place, (fact, id_) in enumerate(zip(facts, fact_ids(facts), strict=True))
    ]


def reviewed(
    result: Result,
    corrections: Sequence[Correction],
    line_items: CorrectedLineItems | None = None,
) -> Json:
    """The result as its customer sees it.

    Each fact has its `id`, whether it is `doubtful` and was `corrected`, the `reader_value` if it
    was, and the `review` that it got. Headlines and parties use the corrections. `line_items` are
    those of the customer; `reviewed_line_items` says what is shown.
    """
    reader_facts = result.get("facts", ())
    marked = marks(result)
    by_place, without_fact = matched(reader_facts, marked, corrections)
    facts = [
        _fact(fact, mark.id, by_place.get(place), is_doubtful=mark.doubtful)
        for place, (fact, mark) in enumerate(zip(reader_facts, marked, strict=True))
    ]
    facts += [
        _fact(correction.read, correction.fact_id, correction, is_doubtful=False, is_found=False)
        for correction in without_fact
        if correction.stated
    ]
    changed_facts = [fact for fact in facts if fact["corrected"] or _is_rejected(fact)]
    return {
        **result,
        "facts": facts,
        **reviewed_line_items.reviewed(result, line_items),
        **_reworded(result, changed_facts),
        **(
            {"parties": _parties(result["parties"], changed_facts)} if result.get("parties") else {}
        ),
        **(
            {"segments": [_segment(segment, changed_facts) for segment in result["segments"]]}
            if result.get("segments")
            else {}
        ),
    }


def exported(
    result: Result,
    corrections: Sequence[Correction],
    line_items: CorrectedLineItems | None = None,
    *,
    only_sure: bool = False,
) -> Json:
    """The whole result for reports: as `reviewed`, without the facts that were rejected.

    A candidate that takes the place of a rejected one is doubtful, unless the reader is sure of it.
    `only_sure`: also without those of which the reader is not sure, if nobody has reviewed them. So
    a less likely candidate never takes the place of a doubtful one.
    """
    reviewed_result = reviewed(result, corrections, line_items)
    rejected = {_statement(result, fact) for fact in reviewed_result["facts"] if _is_rejected(fact)}
    facts = [
        {**fact, "doubtful": fact["doubtful"] or fact["confidence"] < SURE}
        if _statement(result, fact) in rejected
        else fact
        for fact in reviewed_result["facts"]
        if not _is_rejected(fact)
    ]
    if only_sure:
        facts = [fact for fact in facts if fact["review"] or fact["confidence"] >= SURE]
    return {**reviewed_result, "facts": facts, "line_items_complete": True}


def progress(result: Result, corrections: Sequence[Correction]) -> ReviewProgress:
    """How many facts of the result are doubtful, and how many of these were reviewed."""
    return fact_matching.progress(result.get("facts", ()), marks(result), corrections)


def corrected_key_facts(
    stored: Mapping[str, Any] | None,
    reviewed_result: Result,
    fact_names: Collection[str],
    *,
    line_items: bool = False,
) -> Json | None:
    """Key facts with those of some names from a reviewed result, and with its headlines.

    What a customer confirmed comes before what the reader is sure of. `stored` are the key facts of
    the whole result; `reviewed_result` may be its short form, which has no more than the
    first facts of it.
    `line_items`: also the sum of its line items.
    """
    if stored is None:
        return None
    ranked = [
        {**fact, "confidence": 1.0} if fact["review"] else fact
        for fact in sorted(reviewed_result["facts"], key=lambda fact: fact["review"] is None)
        if not _is_rejected(fact)
    ]
    changed = {**reviewed_result, "facts": ranked, "line_items": _to_sum(reviewed_result)}
    if reviewed_result.get("line_items_review") is not None:
        changed.pop("warnings", None)  # what the reader has checked are its own rows
    fresh = key_facts(changed)
    updated = {**stored, "facts": _of_names(stored["facts"], fresh["facts"], fact_names)}
    if line_items:
        updated["line_items"] = fresh["line_items"]
    if not stored.get("segments"):
        return updated
    segments = [
        {
            **segment,
            "headline": new["headline"],
            "facts": _of_names(segment["facts"], new["facts"], fact_names),
            "line_items": new["line_items"] if line_items else segment["line_items"],
        }
        for segment, new in zip(stored["segments"], fresh["segments"], strict=True)
    ]
    return {**updated, "segments": segments}


def _to_sum(reviewed_result: Result) -> list[Json]:
    """The line items for their sum. It is unknown if some are not shown.

    To the reader a row without the price of one unit may be part of another one. Rows of a customer
    are what they are.
    """
    if not reviewed_result.get("line_items_complete"):
        return []
    is_corrected = reviewed_result["line_items_review"] is not None
    return [
        {**row, "unit_price": row["unit_price"] or row["amount"]} if is_corrected else row
        for row in reviewed_result["line_items"]
    ]


def names(corrections: Iterable[Correction]) -> set[str]:
    """The names of the facts that are corrected."""
    return {correction.name for correction in corrections}


def superseded(
    result: Result, corrections: Sequence[Correction], fact_id: str
) -> Correction | None:
    """The correction that the fact with that id has, which may have been made of an earlier one.

    None if it has none.
    """
    marked = marks(result)
    by_place, without_fact = matched(result.get("facts", ()), marked, corrections)
    by_id = {marked[place].id: correction for place, correction in by_place.items()}
    return by_id.get(fact_id) or next((c for c in without_fact if c.fact_id == fact_id), None)


def _of_names(old: Json, new: Json, names: Collection[str]) -> Json:
    return {
        **{name: fact for name, fact in old.items() if name not in names},
        **{name: fact for name, fact in new.items() if name in names},
    }


def _fact(
    fact: Result,
    fact_id: str,
    correction: Correction | None,
    *,
    is_doubtful: bool,
    is_found: bool = True,
) -> Json:
    fields = {"id": fact_id, **fact, "doubtful": is_doubtful, "corrected": False}
    if correction is None:
        return {**fields, "reader_value": None, "review": None}
    review = {
        "verdict": correction.verdict,
        "at": correction.at.isoformat(timespec="milliseconds"),
        "by": correction.user_id,
        "found": is_found,
    }
    read = Statement.of(fact)
    is_corrected = correction.stated is not None and correction.stated != read
    if correction.stated and is_corrected:
        fields |= {**correction.stated.to_dict(), "corrected": True}
    reader_value = read.to_dict() if is_corrected else None
    return {**fields, "reader_value": reader_value, "review": review}


def _statement(result: Result, fact: Result) -> tuple[int | None, str]:
    """The document in the file that states a fact, and the fact's name."""
    number, _ = _document_of(result, fact["page"])
    return number, fact["name"]


def _is_rejected(fact: Result) -> bool:
    return bool(fact["review"]) and fact["review"]["verdict"] == Verdict.REJECTED


def statements(result: Result) -> list[int]:
    """The indices of the facts that the documents in the file state.

    Of each document it is the first fact of a name, or each likely one of a name that repeats, if
    it is shown. Alternatives and facts that are listed on request are not among them.
    """
    found: list[int] = []
    seen: set[tuple[int | None, str]] = set()
    for place, fact in enumerate(result.get("facts", ())):
        name = fact["name"]
        number, kind = _document_of(result, fact["page"])
        spec = BY_NAME.get(name)
        is_first = (number, name) not in seen
        seen.add((number, name))
        if spec is None or not spec.shown or (spec.generic and kind not in spec.kinds):
            continue
        if is_first or (spec.repeats and fact["confidence"] >= LIKELY):
            found.append(place)
    return found


def _doubtful(result: Result) -> set[int]:
    """The indices of the facts that should be reviewed: statements the reader is not sure of."""
    return {place for place in statements(result) if result["facts"][place]["confidence"] < SURE}


def _document_of(result: Result, page: int | None) -> tuple[int | None, str | None]:
    """The number of the document in the file that a page belongs to, and its kind."""
    for number, segment in enumerate(result.get("segments") or ()):
        if page is not None and segment["first_page"] <= page <= segment["last_page"]:
            return number, segment["kind"]
    return None, result.get("kind")


def _reworded(part: Result, changed_facts: Sequence[Result]) -> Json:
    """The headline with what was corrected, and without what was rejected."""
    headline = part.get("headline")
    if not headline or not changed_facts:
        return {}
    for fact in changed_facts:
        read = (fact["reader_value"] or fact)["value"]
        if not read or read not in headline:
            continue
        headline = headline.replace(read, fact["value"] if fact["corrected"] else "", 1)
    return {"headline": " ".join(headline.split()).strip(" ,:") or None}


def _segment(segment: Result, changed_facts: Sequence[Result]) -> Json:
    first, last = segment["first_page"], segment["last_page"]
    within = [f for f in changed_facts if f["page"] is not None and first <= f["page"] <= last]
    return {**segment, **_reworded(segment, within)}


def _parties(parties: Sequence[Result], changed_facts: Sequence[Result]) -> list[Json]:
    by_name = {
        (fact["name"], " ".join((fact["reader_value"] or fact)["value"].split())): fact
        for fact in changed_facts
        if fact["name"] in PARTIES
    }
    reviewed_parties = []
    for party in parties:
        fact = by_name.get((party["role"], party["name"]))
        if fact is None:
            reviewed_parties.append(dict(party))
        elif not _is_rejected(fact):
            reviewed_parties.append({"role": party["role"], "name": fact["value"]})
    return reviewed_parties
