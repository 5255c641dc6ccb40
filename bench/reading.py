"""Measures the reader on documents that nobody here wrote; the last line is JSON.

The documents are those of DOCKET_CORPORA, else of ../shared/corpora; without them it says so.
"""

import json
import os
import re
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from analysis import Limits, Reading, Unreadable, einvoice, interpret, pdf, read, values

ROOT = Path(__file__).resolve().parent.parent
NEAR = 0.9
LIMITS = Limits(seconds=60, page_seconds=30, memory_bytes=1024**3)


def corpora() -> Path:
    return Path(os.environ.get("DOCKET_CORPORA", ROOT.parent / "shared" / "corpora"))


def plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def near(one: str, other: str) -> bool:
    one, other = plain(one), plain(other)
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEAR


def first(reading: Reading, name: str) -> Any:
    return next((fact for fact in reading.facts if fact.name == name), None)


def minor(text: str) -> int | None:
    found = values.parse_number(re.sub(r"[^\d.,\-]", "", text))
    return None if found is None else round(found * 100)


def share(hits: list[bool]) -> float | None:
    return round(sum(hits) / len(hits), 3) if hits else None


def same_day(fact: Any, wanted: str) -> bool:
    dated = next(values.dates(wanted), None)
    return dated is not None and bool(fact.normalised == dated.value)


def same_total(fact: Any, wanted: str) -> bool:
    return bool(fact.normalised["minor"] == minor(wanted))


def same_text(fact: Any, wanted: str) -> bool:
    return plain(fact.value) == plain(wanted)


def near_text(fact: Any, wanted: str) -> bool:
    return near(fact.value, wanted)


CHECKS: dict[str, tuple[str, Callable[[Any, str], bool]]] = {
    "date": ("date", same_day),
    "total": ("total", same_total),
    "company": ("merchant", same_text),
    "company at 0.9": ("merchant", near_text),
    "address": ("address", same_text),
    "address at 0.9": ("address", near_text),
}


def receipts(folder: Path, sure: list[tuple[float, bool]]) -> dict[str, Any]:
    """Per field, over the receipts whose truth states it."""
    hits: dict[str, list[bool]] = {}
    seconds = []
    misses: list[str] = []
    for truth_file in sorted(folder.glob("*.json")):
        truth = json.loads(truth_file.read_text())
        picture = truth_file.with_suffix(".jpg")
        started = time.perf_counter()
        reading = read(picture.read_bytes(), picture.name, "image/jpeg")
        seconds.append(time.perf_counter() - started)
        for field, (name, right) in CHECKS.items():
            if not truth.get(field.partition(" ")[0]):
                continue
            fact = first(reading, name)
            hit = fact is not None and right(fact, str(truth[field.partition(" ")[0]]))
            hits.setdefault(field, []).append(hit)
            if fact is not None and field in {"date", "total", "company at 0.9", "address at 0.9"}:
                sure.append((fact.confidence, hit))
            if not hit:
                wanted = truth[field.partition(" ")[0]]
                misses.append(f"{picture.name} {field}: {wanted!r} not {fact and fact.value!r}")
    if "-v" in sys.argv:
        print("\n".join(misses))
    return {
        **{field: share(found) for field, found in hits.items()},
        "seconds_per_photo": round(statistics.median(seconds), 2),
    }


def einvoices(folder: Path, sure: list[tuple[float, bool]]) -> dict[str, Any]:
    """The text path with the XML hidden, and the whole reader with it."""
    text: dict[str, list[bool]] = {}
    whole: dict[str, list[bool]] = {}
    for file in sorted(folder.glob("*.pdf")):
        data = file.read_bytes()
        with pdf.opened(data, LIMITS) as document:
            truth = next(filter(None, map(einvoice.parse, pdf.attached_xml(document))), None)
        if truth is None:
            continue
        full = read(data, file.name, "application/pdf")
        blind = interpret.interpret(
            kind_of_file="pdf", page_count=full.page_count, pages=full.pages, lost={},
            embedded=((), ()), warnings=(),
        )  # fmt: skip
        for fact in truth[0]:
            if fact.name not in {"invoice_number", "issue_date", "gross", "iban", "seller_vat_id"}:
                continue
            for hits, reading in ((text, blind), (whole, full)):
                got = first(reading, fact.name)
                hit = got is not None and same(got.normalised, fact.normalised)
                hits.setdefault(fact.name, []).append(hit)
                if hits is text and got is not None:
                    sure.append((got.confidence, hit))
                if hits is text and not hit and "-v" in sys.argv:
                    print(file.name, reading.kind, fact.name, fact.value, "not", got and got.value)
    return {
        "text_path": {name: share(found) for name, found in text.items()},
        "with_xml": {name: share(found) for name, found in whole.items()},
    }


def same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return bool(one["minor"] == other["minor"])
    return plain(str(one)) == plain(str(other))


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", re.sub(r"<!--.*?-->|\[|\]|[*_`#|\\]", " ", text).lower()))


def docx(folder: Path) -> dict[str, Any]:
    recalls, precisions = [], []
    for file in sorted(folder.glob("*.docx")):
        wanted = words(file.with_suffix(".docx.md").read_text())
        reading = read(file.read_bytes(), file.name, "")
        got = words(" ".join(page.text for page in reading.pages))
        shared = sum((wanted & got).values())
        recalls.append(shared / max(1, sum(wanted.values())))
        precisions.append(shared / max(1, sum(got.values())))
        if "-v" in sys.argv and min(recalls[-1], precisions[-1]) < 0.97:  # noqa: PLR2004 - the aim
            print(file.name, recalls[-1], precisions[-1], (wanted - got), (got - wanted))
    return {
        "recall": round(statistics.mean(recalls), 3),
        "precision": round(statistics.mean(precisions), 3),
    }


def hostile(folder: Path) -> dict[str, Any]:
    """Every file must end as a reading or as a reason, within its time and memory."""
    outcomes: Counter[str] = Counter()
    slowest, slowest_file = 0.0, ""
    for file in sorted(folder.glob("*.pdf")):
        started = time.perf_counter()
        try:
            reading = read(file.read_bytes(), file.name, "application/pdf", limits=LIMITS)
            outcomes["partial" if reading.partial else "read"] += 1
        except Unreadable as failed:
            outcomes[failed.code] += 1
        took = time.perf_counter() - started
        if took > slowest:
            slowest, slowest_file = took, file.name
    return {"outcomes": dict(outcomes), "slowest": round(slowest, 1), "slowest_file": slowest_file}


def text_speed(folder: Path) -> dict[str, float]:
    """Text with boxes beside pypdfium2's bare text of the same pages, in milliseconds a page."""
    bare = boxed = 0.0
    pages = 0
    for file in sorted(folder.glob("*.pdf")):
        with pdf.opened(file.read_bytes(), LIMITS) as document:
            for number in range(len(document)):
                started = time.perf_counter()
                page = document[number]
                page.get_textpage().get_text_range()
                page.close()
                bare += time.perf_counter() - started
                started = time.perf_counter()
                pdf.text_lines(document, number, LIMITS)
                boxed += time.perf_counter() - started
                pages += 1
    return {
        "pypdfium2_ms": round(1000 * bare / pages, 2),
        "reader_ms": round(1000 * boxed / pages, 2),
    }


def calibration(sure: list[tuple[float, bool]]) -> dict[str, Any]:
    """Of the facts said to be about so sure, how many are right."""
    bins: dict[str, list[bool]] = {}
    for confidence, hit in sure:
        low = min(0.9, int(confidence * 10) / 10)
        bins.setdefault(f"{low:.1f}", []).append(hit)
    return {low: {"facts": len(hits), "right": share(hits)} for low, hits in sorted(bins.items())}


def main() -> None:
    where = corpora()
    if not where.is_dir():
        sys.exit(f"No corpora at {where}: set DOCKET_CORPORA to the folder that holds them.")
    sure: list[tuple[float, bool]] = []
    parts: dict[str, Callable[[], Any]] = {
        "einvoices": lambda: einvoices(where / "einvoices", sure),
        "docx": lambda: docx(where / "docx"),
        "text_speed": lambda: text_speed(where / "einvoices"),
        "hostile": lambda: hostile(where / "hostile-pdf"),
        "receipts": lambda: receipts(where / "receipts", sure),
    }
    wanted = [name for name in sys.argv[1:] if name in parts] or list(parts)
    result = {name: parts[name]() for name in wanted}
    result["calibration"] = calibration(sure)
    result["peak_child_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    for name, figures in result.items():
        print(f"{name:14}", json.dumps(figures))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
