"""Text, tables, items, facts and time of the other tools and of Docket, on the same files.

What a tool does not do is "-". Times alternate: each round reads all files with each tool in turn,
and a tool's time is compared with that of Docket in the same round. Docket's time is that of the
whole reading, with facts.
"""

import mimetypes
import os
import re
import statistics
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path
from typing import Any

from analysis import Fact, LineItem, Result, Unreadable, read
from analysis.formats.pdf import pdf_file
from bench.cases import DOCUMENTS, cases
from bench.options import LIMITS
from bench.reader.facts import MEASURED, minor, plain, same, with_xml
from bench.reader.item_scores import ItemScore
from bench.reader.others.environment import answers_of, installed
from bench.reader.others.rows import Cells, RowScore, cells_of, markdown_rows
from bench.reader.others.tools import TOOLS
from bench.reader.speed import a_clean_scan, bare_text, clean_scan_lines, scanned, timed
from bench.reader.unseen import is_unseen
from bench.reader.word_scores import WordScores, count_words
from training.printed import unprinted

DOCKET = "docket"
OF_DOCX = ("kreuzberg", "markitdown")
"""The tools that read Word documents."""
OF_PDF = ("kreuzberg", "markitdown", "pdfplumber", "pdfplumber_text")
"""The tools that read the text layer of PDFs, and find tables there."""
OF_IMAGES = ("kreuzberg", "rapidocr")
"""The tools that recognise text in images; kreuzberg by Tesseract, if that is installed."""
_ROUNDS = 3
_BATCH = 5
"""Photographs that one tool reads before the next one does, in a round of their own."""
_FIELDS = {
    "invoice_number": "invoice_number", "issue_date": "date", "gross": "amount",
    "net": "amount_untaxed", "tax": "amount_tax", "iban": "iban", "seller_vat_id": "vat",
    "due_date": "date_due",
}  # fmt: skip
"""The fields of invoice2data, by the name of the fact."""

type Figures = dict[str, Any]


@dataclass(slots=True)
class Readings:
    """What a tool answers for each file that it reads, and milliseconds a file in each round."""

    answers: dict[Path, Any] = field(default_factory=dict)
    rounds: list[float] = field(default_factory=list)

    def text(self, file: Path) -> str:
        """The text of a file; none if it could not be read."""
        return str(self.answers.get(file, {}).get("text") or "")

    def rows(self, file: Path) -> list[Cells]:
        """The rows of its tables; of a tool that states none as such, those of its Markdown."""
        answer = self.answers.get(file, {})
        if "tables" in answer:
            return [row for table in answer["tables"] for row in table]
        return [*markdown_rows(self.text(file))]


def others(where: Path) -> Figures:
    """Every comparison, by corpus and tool."""
    versions = installed()
    return {
        "versions": {name: versions.get(name, "could not be installed") for name in TOOLS},
        "load": round(os.getloadavg()[0], 1),
        "docx": _docx(versions, where / "docx"),
        "einvoices": _einvoices(versions, where / "einvoices"),
        "documents": _documents(versions, where / "cases"),
        "unseen_receipts": _receipts(versions, where / "receipts"),
        "clean_scan": _clean_scan(versions),
        "hostile": _hostile(versions, where / "hostile-pdf"),
    }


def _docx(versions: Mapping[str, str], folder: Path) -> Figures:
    """Words, and the cells of tables, compared with the `.md` files beside the documents."""
    paths = sorted(folder.glob("*.docx"))
    readings = _readings(OF_DOCX, versions, paths, rounds=_ROUNDS)
    wanted = {file: file.with_suffix(".docx.md").read_text() for file in paths}
    figures = _words(readings, {file: count_words(text) for file, text in wanted.items()})
    for name, reading in readings.items():
        stated = found = right = 0
        for file, text in wanted.items():
            cells, got = cells_of([*markdown_rows(text)]), cells_of(reading.rows(file))
            stated += cells.total()
            found += got.total()
            right += (cells & got).total()
        figures[name] |= {
            "cells_recall": round(right / stated, 3),
            "cells_precision": round(right / max(1, found), 3),
        }
    return _complete(figures, versions)


def _einvoices(versions: Mapping[str, str], folder: Path) -> Figures:
    """Words of the text layer, line items and facts; of Docket with the XML hidden.

    A word counts if both PDFium and pdfminer (pdfplumber) find it. Items and facts are those of the
    XML, of files whose page shows that invoice.
    """
    paths = sorted(folder.glob("*.pdf"))
    readings = _readings((*OF_PDF, "invoice2data"), versions, paths, rounds=_ROUNDS)
    # What is not agreed on may be printed all the same, so there is no precision.
    figures = _words(readings, {file: _agreed_words(file, readings) for file in paths})
    rows = {name: RowScore() for name in readings if name != "invoice2data"}
    items, facts = ItemScore(), dict[str, list[bool]]()
    for file, (stated, lines), text, _, blind in with_xml(folder):
        wanted = {fact.name: fact for fact in stated}
        if list(unprinted(wanted, text)):
            continue
        readings[DOCKET].answers[file] = _answer(blind)
        if lines:
            items.add(lines, blind.line_items)
            for name, score in rows.items():
                score.add(lines, readings[name].rows(file))
        _count_facts(facts, wanted, blind, readings.get("invoice2data"), file)
    for name in figures:
        figures[name]["words"].pop("precision")
    for name, score in rows.items():
        figures[name] |= score.shares()
    figures[DOCKET]["line_items"] = items.shares()
    for name in facts:
        figures[name]["facts_right"] = f"{sum(facts[name])} of {len(facts[name])}"
    if "invoice2data" in readings:
        answers = readings["invoice2data"].answers.values()
        figures["invoice2data"] |= {
            "words": "-",
            "templates": next(answer["templates"] for answer in answers if "templates" in answer),
            "files_with_fields": sum(bool(answer.get("fields")) for answer in answers),
        }
    return _complete(figures, versions)


def _count_facts(
    facts: dict[str, list[bool]],
    wanted: Mapping[str, Fact],
    blind: Result,
    templates: Readings | None,
    file: Path,
) -> None:
    best = {fact.name: fact for fact in reversed(blind.facts)}
    for name in MEASURED & wanted.keys() & _FIELDS.keys():
        got = best.get(name)
        hit = got is not None and same(got.normalised, wanted[name].normalised)
        facts.setdefault(DOCKET, []).append(hit)
        if templates is not None:
            value = templates.answers.get(file, {}).get("fields", {}).get(_FIELDS[name])
            facts.setdefault("invoice2data", []).append(is_field_right(wanted[name], value))


def is_field_right(wanted: Fact, value: object) -> bool:
    """Whether a field of invoice2data, as text, is the value of a fact."""
    if value is None:
        return False
    if isinstance(wanted.normalised, dict):
        return bool(minor(str(value)) == wanted.normalised["minor"])
    text = re.sub(r" 00:00:00$", "", str(value))
    return plain(text) == plain(str(wanted.normalised))


def _documents(versions: Mapping[str, str], other_cases: Path) -> Figures:
    """The line items that a person reads in the PDFs and DOCX files of `bench.cases`."""
    stated: dict[Path, list[LineItem]] = {}
    for folder in (DOCUMENTS, other_cases):
        for case in cases(folder) if folder.is_dir() else ():
            if case.expected.get("item") and case.file.suffix in {".pdf", ".docx"}:
                stated[case.file] = [_item(row) for row in case.expected["item"]]
    figures: Figures = {}
    for suffix, tools in ((".pdf", OF_PDF), (".docx", OF_DOCX)):
        paths = [file for file in stated if file.suffix == suffix]
        for name, reading in _readings(tools, versions, paths, rounds=1).items():
            score = RowScore()
            for file in paths:
                score.add(stated[file], reading.rows(file))
            figures.setdefault(name, {})[suffix[1:]] = score.shares()
    return _complete(figures, versions)


def _item(row: Sequence[str | None]) -> LineItem:
    description, quantity, unit_price, amount = row
    return LineItem(
        description=str(description), quantity=quantity, unit_price=unit_price, amount=str(amount),
        page=None, box=None,
    )  # fmt: skip


def _receipts(versions: Mapping[str, str], folder: Path) -> Figures:
    """Words of the photographed receipts of `unseen.txt`, compared with the ground truth."""
    paths = [file for file in sorted(folder.glob("*.jpg")) if is_unseen(file)]
    wanted = {}
    for file in paths:
        lines = file.with_suffix(".csv").read_text().splitlines()
        wanted[file] = count_words("\n".join(line.split(",", 8)[-1] for line in lines))
    readings: dict[str, Readings] = {}
    for batch in batched(paths, _BATCH, strict=False):
        for name, reading in _readings(OF_IMAGES, versions, batch, rounds=1).items():
            whole = readings.setdefault(name, Readings())
            whole.answers |= reading.answers
            whole.rounds += reading.rounds
    return _complete(_words(readings, wanted), versions)


def _clean_scan(versions: Mapping[str, str]) -> Figures:
    """Words of a clean A4 page, as a PDF and as an image."""
    figures: Figures = {}
    wanted = count_words("\n".join(clean_scan_lines()))
    with tempfile.TemporaryDirectory() as folder:
        for suffix, tools in (("pdf", ("kreuzberg",)), ("png", OF_IMAGES)):
            file = Path(folder, f"scan.{suffix}")
            scan = a_clean_scan()
            file.write_bytes(scan if suffix == "pdf" else scanned(scan, suffix))
            readings = _readings(tools, versions, [file], rounds=_ROUNDS)
            for name, measured in _words(readings, {file: wanted}).items():
                figures.setdefault(name, {})[suffix] = measured
    return _complete(figures, versions)


def _hostile(versions: Mapping[str, str], folder: Path) -> Figures:
    paths = sorted(folder.glob("*.pdf"))
    figures: Figures = {}
    for name in (tool for tool in OF_PDF if tool in versions and tool != "pdfplumber_text"):
        answers = list(answers_of(name, paths))
        figures[name] = {
            "read": sum("error" not in answer for answer in answers),
            "errors": sum("error" in answer for answer in answers),
            "unanswered": len(paths) - len(answers),
        }
    return _complete(figures, versions)


def _readings(
    tools: Sequence[str], versions: Mapping[str, str], paths: Sequence[Path], *, rounds: int
) -> dict[str, Readings]:
    """What Docket and each installed tool answer in the first round, and their times in each."""
    readings = {name: Readings() for name in (DOCKET, *tools) if name in {DOCKET, *versions}}
    _docket(paths[0])
    for _ in range(rounds):
        for name, reading in readings.items():
            answers = [*(map(_docket, paths) if name == DOCKET else answers_of(name, paths))]
            for answer in answers:
                reading.answers.setdefault(Path(answer["file"]), answer)
            seconds = [answer["seconds"] for answer in answers]
            reading.rounds.append(1000 * statistics.mean(seconds or [0.0]))
    return readings


def _docket(file: Path) -> dict[str, Any]:
    """Docket's answer for a file, as those of the other tools."""
    content_type = mimetypes.guess_type(file.name)[0] or ""
    results: list[Result] = []
    reason: str | None = None

    def act() -> None:
        nonlocal reason
        try:
            results.append(read(file.read_bytes(), file.name, content_type, limits=LIMITS))
        except Unreadable as failed:
            reason = failed.code

    seconds = timed(act)
    answer = _answer(results[0]) if results else {"error": reason}
    return {**answer, "file": str(file), "seconds": seconds}


def _answer(result: Result) -> dict[str, Any]:
    """The text, and as rows the line items beside the rows of tables."""
    items = [
        [item.description, item.quantity, item.unit_price, item.amount]
        for item in result.line_items
    ]
    tables = [[list(row) for row in table.rows] for table in result.tables]
    return {"text": "\n".join(page.text for page in result.pages), "tables": [*tables, items]}


def _agreed_words(file: Path, readings: Mapping[str, Readings]) -> Counter[str]:
    with pdf_file.open_pdf(file.read_bytes(), LIMITS) as document:
        words = count_words("\n".join(bare_text(document, n) for n in range(len(document))))
    plumber = readings.get("pdfplumber")
    return words & count_words(plumber.text(file)) if plumber else words


def _words(
    readings: Mapping[str, Readings], wanted: Mapping[Path, Counter[str]]
) -> dict[str, Figures]:
    """Recall and precision of words, and times, of each tool."""
    figures: dict[str, Figures] = {}
    for name, reading in readings.items():
        score = WordScores()
        for file, words in wanted.items():
            score.add(words, count_words(reading.text(file)))
        times = [
            theirs / ours
            for theirs, ours in zip(reading.rounds, readings[DOCKET].rounds, strict=True)
        ]
        figures[name] = {
            "words": score.figures(),
            "ms_a_file": round(statistics.median(reading.rounds), 1),
            "times_docket": round(statistics.median(times), 2),
        }
    return figures


def _complete(figures: Figures, versions: Mapping[str, str]) -> Figures:
    """With "-" for each tool that does nothing of this kind."""
    rest = {
        name: "-" if name in versions else "could not be installed"
        for name in TOOLS
        if name not in figures
    }
    return figures | rest
