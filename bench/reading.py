"""Measure the reader on public corpora: a table, then one line of JSON.

    python bench/reading.py [PART…] [-v]

The documents are in the directory DOCKET_CORPORA, else in ../shared/corpora. Kreuzberg and
markitdown read the same files in the same run, in a separate environment.
"""

import html
import io
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
import venv
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # it ships no types

from analysis import Limits, Result, Unreadable, read
from analysis.extract import pipeline, values
from analysis.formats import einvoice, pdf, pdf_text
from analysis.sandbox import parent
from training.printed import unprinted

ROOT = Path(__file__).resolve().parent.parent
OTHERS = ("kreuzberg", "markitdown")
OTHER_TOOLS = ROOT / ".build" / "bench"
SIMILAR = 0.9
AIM = 0.97
LIMITS = Limits(seconds=60, page_seconds=30)
MEASURED = {
    "invoice_number", "issue_date", "gross", "iban", "seller_vat_id", "net", "tax", "due_date",
    "buyer_vat_id", "delivery_date",
}  # fmt: skip
VERBOSE = "-v" in sys.argv

type Outcomes = list[tuple[float, bool]]
"""The confidence of a fact, and whether it is correct."""


def corpora() -> Path:
    return Path(os.environ.get("DOCKET_CORPORA", ROOT.parent / "shared" / "corpora"))


def plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def near(first: str, second: str) -> bool:
    first, second = plain(first), plain(second)
    return (
        first == second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= SIMILAR
    )


def first(reading: Result, name: str) -> Any:
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


def receipts(folder: Path, outcomes: Outcomes) -> dict[str, Any]:
    """By field, over the receipts whose ground truth has it."""
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
            if fact is not None and field not in {"company", "address"}:
                outcomes.append((fact.confidence, hit))
            if VERBOSE and not hit:
                print(f"{picture.name} {field}: {wanted!r} not {fact and fact.value!r}")
    return {
        **{field: share(found) for field, found in hits.items()},
        "seconds_a_photo": round(statistics.mean(seconds), 2),
    }


def einvoices(folder: Path, outcomes: Outcomes) -> dict[str, Any]:
    """The text path with the XML hidden, and the whole reader.

    Some samples contain the XML of another invoice, whose values are not on their page.
    `page_says_so` excludes files whose bare text (from pypdfium2) contains no usual spelling of the
    XML's number, date or gross; `page_says_otherwise` names them.
    """
    paths: dict[str, dict[str, list[bool]]] = {"all": {}, "page_says_so": {}, "with_xml": {}}
    otherwise: dict[str, str] = {}
    for file in sorted(folder.glob("*.pdf")):
        data = file.read_bytes()
        with pdf.open_pdf(data, LIMITS) as document:
            truth = next(filter(None, map(einvoice.parse, pdf.attached_xml(document))), None)
            text = "".join(bare_text(document, number) for number in range(len(document)))
        if truth is None or not truth[0]:
            continue
        full = read(data, file.name, "application/pdf")
        blind = pipeline.extract(
            kind_of_file="pdf", page_count=full.page_count, pages=full.pages, lost={},
            embedded=((), ()), warnings=(),
        )  # fmt: skip
        stated = {fact.name: fact for fact in truth[0]}
        missing = [f"{name} {stated[name].value}" for name in unprinted(stated, text)]
        if missing:
            otherwise[file.name] = ", ".join(missing)
        for name in MEASURED & stated.keys():
            got, exact = first(blind, name), first(full, name)
            hit = got is not None and same(got.normalised, stated[name].normalised)
            paths["all"].setdefault(name, []).append(hit)
            if not missing:
                paths["page_says_so"].setdefault(name, []).append(hit)
                if got is not None:
                    outcomes.append((got.confidence, hit))
            right = exact is not None and same(exact.normalised, stated[name].normalised)
            paths["with_xml"].setdefault(name, []).append(right)
            if VERBOSE and not hit:
                print(file.name, name, repr(stated[name].value), "not", got and repr(got.value))
    return {
        **{
            path: {name: share(found) for name, found in sorted(hits.items())}
            for path, hits in paths.items()
        },
        "page_says_otherwise": otherwise,
    }


def same(first: Any, second: Any) -> bool:
    if isinstance(first, dict) and isinstance(second, dict):
        return bool(first["minor"] == second["minor"])
    return plain(str(first)) == plain(str(second))


def count_words(text: str) -> Counter[str]:
    text = html.unescape(re.sub(r"<!--.*?-->", " ", text))
    return Counter(re.findall(r"[^\W_]+", text.lower()))


class Words:
    """Recall and precision of words, as means over the documents."""

    def __init__(self) -> None:
        self.recalls: list[float] = []
        self.precisions: list[float] = []

    def add(self, wanted: Counter[str], got: Counter[str]) -> None:
        shared = sum((wanted & got).values())
        self.recalls.append(shared / max(1, sum(wanted.values())))
        self.precisions.append(shared / max(1, sum(got.values())))

    def figures(self) -> dict[str, float]:
        return {
            "recall": round(statistics.mean(self.recalls), 3),
            "precision": round(statistics.mean(self.precisions), 3),
        }


def docx(folder: Path) -> dict[str, Any]:
    counted = Words()
    for file in sorted(folder.glob("*.docx")):
        wanted = count_words(file.with_suffix(".docx.md").read_text())
        reading = read(file.read_bytes(), file.name, "")
        got = count_words(" ".join(page.text for page in reading.pages))
        counted.add(wanted, got)
        if VERBOSE and min(counted.recalls[-1], counted.precisions[-1]) < AIM:
            print(file.name, wanted - got, got - wanted)
    return counted.figures()


def hostile(folder: Path) -> dict[str, Any]:
    """Every file must result in a reading or a reason, within its time and memory."""
    results: Counter[str] = Counter()
    slowest, slowest_file = 0.0, ""
    for file in sorted(folder.glob("*.pdf")):
        started = time.perf_counter()
        try:
            reading = read(file.read_bytes(), file.name, "application/pdf", limits=LIMITS)
            results["partial" if reading.partial else "read"] += 1
        except Unreadable as failed:
            results[failed.code] += 1
        took = time.perf_counter() - started
        if took > slowest:
            slowest, slowest_file = took, file.name
    return {"outcomes": dict(results), "slowest": round(slowest, 1), "slowest_file": slowest_file}


def speed(folder: Path) -> dict[str, float]:
    """Times of text with boxes, of pypdfium2's bare text, of a clean scan, and of a cold start."""
    bare: list[float] = []
    boxed: list[float] = []
    for file in sorted(folder.glob("*.pdf")):
        with pdf.open_pdf(file.read_bytes(), LIMITS) as document:
            for number in range(len(document)):
                bare.append(timed(lambda: bare_text(document, number)))  # noqa: B023 - called at once
                boxed.append(timed(lambda: pdf_text.text_layer(document, number, LIMITS)))  # noqa: B023
    scan = a_clean_scan()
    read(scan, "scan.pdf", "application/pdf")
    clean = [timed(lambda: read(scan, "scan.pdf", "application/pdf")) for _ in range(5)]
    imported = [run_python("import analysis") - run_python("") for _ in range(5)]
    return {
        "pypdfium2_ms_a_page": round(1000 * statistics.mean(bare), 2),
        "reader_ms_a_page": round(1000 * statistics.mean(boxed), 2),
        "clean_scan_seconds": round(statistics.median(clean), 2),
        "cold_import_seconds": round(statistics.median(imported), 3),
    }


def bare_text(document: Any, number: int) -> str:
    page = document[number]
    text: str = page.get_textpage().get_text_range()
    page.close()
    return text


def timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def run_python(code: str) -> float:
    return timed(lambda: subprocess.run([sys.executable, "-c", code], check=True))


def a_clean_scan() -> bytes:
    """A full A4 page of text as an image of 200 dpi, in a PDF without a text layer."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    for line in range(45):
        canvas.drawString(60, 790 - 16 * line, f"Line {line}: of {line * 37} things, clearly said.")
    canvas.showPage()
    canvas.save()
    with pdf.open_pdf(written.getvalue(), LIMITS) as document:
        page: Image.Image = pdf.render_page(document, 0, longest=2339, limits=LIMITS)
    scanned = io.BytesIO()
    page.convert("L").save(scanned, "PDF", resolution=200)
    return scanned.getvalue()


def layers() -> dict[str, float]:
    """Megabytes of each layer of the reading function, unzipped, and their sum."""
    built = subprocess.run(
        [sys.executable, "-m", "infra.layers.build"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    folders = [ROOT / line.split()[0] for line in built.stdout.splitlines()]
    megabytes = {
        folder.parent.name: sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
        for folder in folders
    }
    megabytes["all"] = sum(megabytes.values())
    return {f"{name}_mb": round(size, 1) for name, size in megabytes.items()}


def calibration(outcomes: Outcomes) -> dict[str, Any]:
    """The share of correct facts, by confidence."""
    bins: dict[str, list[bool]] = {}
    for confidence, hit in outcomes:
        bins.setdefault(f"{min(0.9, int(confidence * 10) / 10):.1f}", []).append(hit)
    return {low: {"facts": len(hits), "right": share(hits)} for low, hits in sorted(bins.items())}


def others(where: Path) -> dict[str, Any]:
    """Text and seconds of the same files with the other tools, which extract no facts."""
    python = others_python()
    if python is None:
        return dict.fromkeys(OTHERS, "not installed: no package index could be reached")
    return {name: measure_other(name, python, where) for name in OTHERS}


def others_python() -> Path | None:
    python = OTHER_TOOLS / "bin" / "python"
    if not python.exists():
        venv.create(OTHER_TOOLS, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "kreuzberg", "markitdown[docx,pdf]"]
    have = [str(python), "-c", "import kreuzberg, markitdown"]
    if subprocess.run(have, check=False, capture_output=True).returncode:
        done = subprocess.run(install, check=False, capture_output=True)
        return None if done.returncode else python
    return python


def measure_other(name: str, python: Path, where: Path) -> dict[str, Any]:
    counted = Words()
    for answer in answers_of(name, python, sorted((where / "docx").glob("*.docx"))):
        wanted = count_words(Path(answer["file"] + ".md").read_text())
        counted.add(wanted, count_words(answer.get("text", "")))
    invoices = list(answers_of(name, python, sorted((where / "einvoices").glob("*.pdf"))))
    hostile_files = sorted((where / "hostile-pdf").glob("*.pdf"))
    survived = list(answers_of(name, python, hostile_files))
    photos = list(answers_of(name, python, sorted((where / "receipts").glob("*.jpg"))[:5]))
    return {
        "docx": counted.figures(),
        "einvoice_ms_a_file": round(
            1000 * statistics.mean(answer["seconds"] for answer in invoices), 1
        ),
        "hostile_read": sum("text" in answer for answer in survived),
        "hostile_errors": sum("error" in answer for answer in survived),
        "hostile_unanswered": len(hostile_files) - len(survived),
        "photos_with_text": sum(bool(answer.get("text", "").strip()) for answer in photos) / 5,
    }


def answers_of(name: str, python: Path, paths: list[Path]) -> Iterator[dict[str, Any]]:
    """The result for each file; None if the tool crashed or exceeded its time."""
    left = [str(file) for file in paths]
    while left:
        script = str(Path(__file__).with_name("others.py"))
        try:
            done = subprocess.run(
                [str(python), script, name], input="\n".join(left), text=True, check=False,
                capture_output=True, timeout=240,
            )  # fmt: skip
            out = done.stdout
        except subprocess.TimeoutExpired as late:
            out = (late.stdout or b"").decode() if isinstance(late.stdout, bytes) else ""
        answers = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
        yield from answers
        left = left[len(answers) + 1 :]


def table(result: dict[str, Any]) -> Iterator[str]:
    """The figures, one a row."""

    def rows(prefix: str, value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from rows(f"{prefix} {name}".strip(), inner)
        else:
            yield f"| {prefix:58} | {value!s:>12} |"

    yield f"| {'what':58} | {'figure':>12} |"
    yield f"|{'-' * 60}|{'-' * 13}:|"
    yield from rows("", result)


def main() -> None:
    where = corpora()
    if not where.is_dir():
        sys.exit(
            f"There are no corpora at {where}: set DOCKET_CORPORA to the folder that holds them."
        )
    outcomes: Outcomes = []
    parts: dict[str, Callable[[], Any]] = {
        "speed": lambda: speed(where / "einvoices"),
        "layers": layers,
        "einvoices": lambda: einvoices(where / "einvoices", outcomes),
        "docx": lambda: docx(where / "docx"),
        "receipts": lambda: receipts(where / "receipts", outcomes),
        "hostile": lambda: hostile(where / "hostile-pdf"),
        "others": lambda: others(where),
    }
    wanted = [name for name in sys.argv[1:] if name in parts] or list(parts)
    result: dict[str, Any] = {}
    for name in wanted:
        result[name] = parts[name]()
        if name == "hostile":
            parent.close()
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            result["peak_child_mb"] = peak
    if outcomes:
        result["calibration"] = calibration(outcomes)
    print("\n".join(table(result)))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
