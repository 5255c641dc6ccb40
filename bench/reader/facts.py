"""The share of correct facts: of receipts, of e-invoices, and by stated confidence."""

import json
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from analysis import Fact, LineItem, Result, read
from analysis.extract import pipeline, values
from analysis.formats.einvoices import einvoice
from analysis.formats.pdf import attachments, pdf_file
from bench.options import LIMITS, VERBOSE
from bench.reader.item_scores import ItemScore
from bench.reader.reliability import Outcome
from bench.reader.speed import bare_text
from bench.reader.unseen import is_unseen
from training.printed import unprinted

SIMILAR = 0.9
"""The similarity from which a text is right."""
MEASURED = {
    "invoice_number", "issue_date", "gross", "iban", "seller_vat_id", "net", "tax", "due_date",
    "buyer_vat_id", "delivery_date",
}  # fmt: skip

type Embedded = tuple[tuple[Fact, ...], tuple[LineItem, ...]]
"""The facts and the items that an XML states."""
type Outcomes = list[tuple[float, bool]]
"""The confidence of a fact, and whether it is correct."""


def plain(text: str) -> str:
    """The letters A to Z and digits of a text, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def near(first: str, second: str) -> bool:
    """Whether two texts are the same, but for a few letters."""
    first, second = plain(first), plain(second)
    return (
        first == second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= SIMILAR
    )


def first(reading: Result, name: str) -> Any:
    """The best fact of this name; None if there is none."""
    return next((fact for fact in reading.facts if fact.name == name), None)


def minor(text: str) -> int | None:
    """The amount in a text in hundredths; None if it has no number."""
    found = values.parse_number(re.sub(r"[^\d.,\-]", "", text))
    return None if found is None else round(found * 100)


def share(hits: list[bool]) -> float | None:
    """The share of hits, to three decimals; None if there are none."""
    return round(sum(hits) / len(hits), 3) if hits else None


def same_day(fact: Any, wanted: str) -> bool:
    """Whether a fact is the day that a text states."""
    dated = next(values.dates(wanted), None)
    return dated is not None and bool(fact.normalised == dated.value)


def same_total(fact: Any, wanted: str) -> bool:
    """Whether a fact is the amount that a text states."""
    return bool(fact.normalised["minor"] == minor(wanted))


def same_text(fact: Any, wanted: str) -> bool:
    """Whether a fact is this text, but for signs and blanks."""
    return plain(fact.value) == plain(wanted)


def near_text(fact: Any, wanted: str) -> bool:
    """Whether a fact is this text, but for a few letters."""
    return near(fact.value, wanted)


CHECKS: dict[str, tuple[str, Callable[[Any, str], bool]]] = {
    "date": ("date", same_day),
    "total": ("total", same_total),
    "company": ("merchant", same_text),
    "company at 0.9": ("merchant", near_text),
    "address": ("address", same_text),
    "address at 0.9": ("address", near_text),
}


def receipts(folder: Path, outcomes: Outcomes) -> dict[str, Any]:
    """By field, over the receipts whose ground truth has it; the unseen ones also apart."""
    hits: dict[str, list[bool]] = {}
    seconds = []
    for truth_file in sorted(folder.glob("*.json")):
        truth = json.loads(truth_file.read_text())
        picture = truth_file.with_suffix(".jpg")
        started = time.perf_counter()
        reading = read(picture.read_bytes(), picture.name, "image/jpeg")
        seconds.append(time.perf_counter() - started)
        for field, (name, right) in CHECKS.items():
            wanted = truth.get(field.partition(" ")[0])
            if not wanted:
                continue
            fact = first(reading, name)
            hit = fact is not None and right(fact, str(wanted))
            hits.setdefault(field, []).append(hit)
            if is_unseen(truth_file):
                hits.setdefault(f"unseen {field}", []).append(hit)
            if fact is not None and field not in {"company", "address"}:
                outcomes.append((fact.confidence, hit))
            if VERBOSE and not hit and not is_unseen(truth_file):
                print(f"{picture.name} {field}: {wanted!r} not {fact and fact.value!r}")
    return {
        **{field: share(found) for field, found in hits.items()},
        "seconds_a_photo": round(statistics.mean(seconds), 2),
    }


def einvoices(folder: Path, outcomes: Outcomes) -> dict[str, Any]:
    """The text path with the XML hidden, and the whole reader; `unseen` is also within `all`.

    Some samples contain the XML of another invoice, whose values are not on their page.
    `page_says_so` excludes files whose bare text (from pypdfium2) contains no usual spelling of the
    XML's number, date or gross; `page_says_otherwise` names them.
    """
    paths: dict[str, dict[str, list[bool]]] = {
        "all": {}, "unseen": {}, "page_says_so": {}, "with_xml": {},
    }  # fmt: skip
    rows = {"all": ItemScore(), "unseen": ItemScore()}
    otherwise: dict[str, str] = {}
    for file, truth, text, full, blind in with_xml(folder):
        stated = {fact.name: fact for fact in truth[0]}
        missing = [f"{name} {stated[name].value}" for name in unprinted(stated, text)]
        if missing:
            otherwise[file.name] = ", ".join(missing)
        elif truth[1]:
            _count_items(rows, file, truth[1], blind)
        for name in MEASURED & stated.keys():
            hit = _count(paths, file, stated[name], (blind, full), printed=not missing)
            got = first(blind, name)
            if not missing and got is not None:
                outcomes.append((got.confidence, hit))
    return {
        **{
            path: {name: share(found) for name, found in sorted(hits.items())}
            for path, hits in paths.items()
        },
        "line_items": {name: score.shares() for name, score in rows.items()},
        "page_says_otherwise": otherwise,
    }


def with_xml(folder: Path) -> Iterator[tuple[Path, Embedded, str, Result, Result]]:
    """Each file with XML: that, the page's bare text, all that is read, and what its text says."""
    for file in sorted(folder.glob("*.pdf")):
        data = file.read_bytes()
        with pdf_file.open_pdf(data, LIMITS) as document:
            truth = next(
                filter(
                    None, map(einvoice.parse, attachments.add_pages(document, data, LIMITS).xml)
                ),
                None,
            )
            text = "".join(bare_text(document, number) for number in range(len(document)))
        if truth is None or not truth[0]:
            continue
        full = read(data, file.name, "application/pdf")
        blind = pipeline.extract(
            kind_of_file="pdf", page_count=full.page_count, pages=full.pages, lost={},
            embedded=((), ()), warnings=(),
        )  # fmt: skip
        yield file, truth, text, full, blind


def item_outcomes(folder: Path) -> Iterator[Outcome]:
    """Each item of the unseen e-invoices whose page shows the invoice of its XML."""
    score = ItemScore()
    for file, (facts, items), text, _, blind in with_xml(folder):
        if items and is_unseen(file) and not list(unprinted({f.name: f for f in facts}, text)):
            score.add(items, blind.line_items)
    for confidence, is_right in score.outcomes:
        yield Outcome("line_item", confidence, is_right, is_unseen=True)


def _count(
    paths: dict[str, dict[str, list[bool]]],
    file: Path,
    stated: Fact,
    results: tuple[Result, Result],
    *,
    printed: bool,
) -> bool:
    """Count one fact in each path; whether the text path has it right."""
    got, exact = (first(result, stated.name) for result in results)
    hit = got is not None and same(got.normalised, stated.normalised)
    right = exact is not None and same(exact.normalised, stated.normalised)
    counted = {"all": hit, "with_xml": right}
    if printed:
        counted["page_says_so"] = hit
        if is_unseen(file):
            counted["unseen"] = hit
    for path, outcome in counted.items():
        paths[path].setdefault(stated.name, []).append(outcome)
    if VERBOSE and not hit and not is_unseen(file):
        print(file.name, stated.name, repr(stated.value), "not", got and repr(got.value))
    return hit


def _count_items(
    scores: dict[str, ItemScore], file: Path, stated: Sequence[LineItem], blind: Result
) -> None:
    outcome = scores["all"].add(stated, blind.line_items)
    if is_unseen(file):
        scores["unseen"].add(stated, blind.line_items)
    elif VERBOSE and outcome:
        print(file.name, outcome)


def same(first: Any, second: Any) -> bool:
    """Whether two normalised values are equal, amounts by their minor units."""
    if isinstance(first, dict) and isinstance(second, dict):
        return bool(first["minor"] == second["minor"])
    return plain(str(first)) == plain(str(second))


def calibration(outcomes: Outcomes) -> dict[str, Any]:
    """The share of correct facts, by confidence."""
    bins: dict[str, list[bool]] = {}
    for confidence, hit in outcomes:
        bins.setdefault(f"{min(0.9, int(confidence * 10) / 10):.1f}", []).append(hit)
    return {low: {"facts": len(hits), "right": share(hits)} for low, hits in sorted(bins.items())}
