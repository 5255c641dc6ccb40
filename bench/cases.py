"""Documents of one kind of difficulty each, with what a person reads in them.

    python -m bench.cases

They are those of `bench/documents`, whose authors did not know the reader's rules, and those of
`cases/` in the corpora, if they are there. A folder has documents and `expected.json`: what is
expected of its one document, or of each by its name. Prints what is missed, a row for each document
and, last, one line of JSON. Fails if that differs from `missed.json` of `bench/documents`.
"""

import json
import mimetypes
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import read
from bench.options import corpora

NOT_FACTS = frozenset(
    {"kind", "facts", "items", "item", "tables", "cells", "transactions", "fields"}
)
DOCUMENTS = Path(__file__).parent / "documents"
MISSED = DOCUMENTS / "missed.json"
"""What is missed, and why."""

_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".heic": "image/heic",
}

type Json = Any
type Check = tuple[str, bool]
"""What is expected, and whether it is found."""


@dataclass(frozen=True)
class Case:
    """A document and what is expected of it."""

    file: Path
    expected: Mapping[str, Json]

    @property
    def name(self) -> str:
        """Its folder and file, by which `missed.json` names it."""
        return f"{self.file.parent.name}/{self.file.name}"


def cases(where: Path) -> Iterator[Case]:
    """The cases of all folders."""
    for folder in sorted(path for path in where.iterdir() if path.is_dir()):
        expected = json.loads((folder / "expected.json").read_text())
        paths = sorted(p for p in folder.iterdir() if p.name not in {"expected.json", "README"})
        by_name = [Case(file, expected[file.name]) for file in paths if file.name in expected]
        yield from by_name or [Case(paths[0], expected)]


def checked(case: Case) -> Iterator[Check]:
    """Each expectation of a case, and whether it holds."""
    expected, result = case.expected, _read(case.file)
    if "either" in expected:
        yield "the text, or a warning about the script", _is_read_or_warned(result)
    elif "documents" in expected:
        yield from _documents(expected["documents"], result)
    elif any(" " in name for name in expected):
        yield "each file is read as alone, in any order", _is_steady(case.file.parent)
    else:
        facts = expected.get("facts", {}) if NOT_FACTS & expected.keys() else expected
        yield from _facts(facts, result["facts"])
        yield from _others(expected, result)


def _read(file: Path) -> dict[str, Json]:
    content_type = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or ""
    return read(file.read_bytes(), file.name, content_type).to_dict()


def _facts(expected: Mapping[str, Json], found: Sequence[Json]) -> Iterator[Check]:
    """The best candidate of each name is as expected; of several values, each is a candidate."""
    for name, wanted in expected.items():
        candidates = [fact for fact in found if fact["name"] == name]
        if isinstance(wanted, list):
            for value in wanted:
                yield f"{name} {value}", any(_is(value, fact) for fact in candidates)
        else:
            yield f"{name} {wanted}", bool(candidates) and _is(wanted, candidates[0])


def _is(wanted: Json, fact: Mapping[str, Json]) -> bool:
    normalised = fact["normalised"]
    values = [fact["value"], normalised]
    if isinstance(normalised, dict):
        values = [fact["value"], *normalised.values()]
    return any(_plain(wanted) == _plain(value) for value in values)


def _plain(value: Json) -> str:
    return re.sub(r"\W", "", str(value)).casefold()


def _others(expected: Mapping[str, Json], result: Mapping[str, Json]) -> Iterator[Check]:
    """The kind, the line items, the rows of tables, the transactions and the fields of a form."""
    if "kind" in expected:
        yield f"kind {expected['kind']}", result["kind"] == expected["kind"]
    items = result["line_items"]
    if isinstance(expected.get("items"), int):
        yield f"{expected['items']} line items", len(items) == expected["items"]
    else:
        rows = [[item["description"], item["amount"]] for item in items]
        for row in expected.get("items", ()):
            yield f"line item {row[0]}", _has_row(rows, row)
    names = ("description", "quantity", "unit_price", "amount")
    for row in expected.get("item", ()):
        yield f"line item {row[0]}", _has_row([[item[n] for n in names] for item in items], row)
    for row in expected.get("cells", ()):
        rows = [cells for table in result["tables"] for cells in table["rows"]]
        yield f"row {row}", _has_row(rows, row)
    if "tables" in expected:
        yield f"{expected['tables']} tables", len(result["tables"]) >= expected["tables"]
    if "transactions" in expected:
        count = expected["transactions"]
        yield f"{count} transactions", len(result["transactions"]) == count
    fields = [
        fact["value"].partition(": ")[2] for fact in result["facts"] if fact["name"] == "field"
    ]
    for label, value in expected.get("fields", {}).items():
        found = [*fields, *(fact["normalised"] for fact in result["facts"])]
        yield f"field {label}: {value}", any(_plain(value) == _plain(text) for text in found)


def _has_row(rows: Sequence[Sequence[Json]], wanted: Sequence[str]) -> bool:
    """Whether a row has these cells. Numbers are equal by their value."""
    return any(all(map(_same_cell, row, wanted)) for row in rows if len(row) == len(wanted))


def _same_cell(found: Json, wanted: str) -> bool:
    try:
        return float(found) == float(wanted)
    except (TypeError, ValueError):
        return _plain(found or "") == _plain(wanted)


def _documents(
    expected: Sequence[Mapping[str, Json]], result: Mapping[str, Json]
) -> Iterator[Check]:
    """Documents begin on these pages, each with its own facts."""
    segments = {segment["first_page"]: segment for segment in result["segments"]}
    for document in expected:
        first = document["page"]
        segment = segments.get(first)
        yield f"a document on page {first + 1}", segment is not None
        pages = range(first, segment["last_page"] + 1 if segment else first)
        facts = [fact for fact in result["facts"] if fact["page"] in pages]
        wanted = {name: value for name, value in document.items() if name != "page"}
        yield from ((f"page {first + 1}: {what}", right) for what, right in _facts(wanted, facts))


def _is_read_or_warned(result: Mapping[str, Json]) -> bool:
    letters = sum(len(line["text"]) for page in result["pages"] for line in page["lines"])
    is_unread = any(page["script_unread"] for page in result["pages"])
    return (
        any(w["code"] == "script_not_read" for w in result["warnings"])
        if is_unread
        else letters > 0
    )


def _is_steady(folder: Path) -> bool:
    """Whether the files have the same results in either order, in one process."""
    images = sorted(p for p in folder.iterdir() if p.suffix in {".png", ".jpg"})
    first = {file: _read(file) for file in images}
    return all(_read(file) == first[file] for file in reversed(images))


def main() -> None:
    """Print what is missed. Exits with 1 if that differs from `missed.json`."""
    right, missed, names = 0, set[str](), set[str]()
    folders = [DOCUMENTS, corpora() / "cases"]
    for case in (case for folder in folders if folder.is_dir() for case in cases(folder)):
        outcomes = [*checked(case)]
        found = [what for what, is_right in outcomes if is_right]
        print(f"{case.name:50} {len(found):3} of {len(outcomes):3}")
        right += len(found)
        missed |= {f"{case.name}: {what}" for what, is_right in outcomes if not is_right}
        names.add(case.name)
    known = {
        what: reason
        for what, reason in json.loads(MISSED.read_text()).items()
        if what.partition(": ")[0] in names
    }
    for what in sorted(missed):
        print(f"missed: {what} ({known.get(what, 'not known before')})")
    for what in sorted(known.keys() - missed):
        print(f"found by now: {what}")
    print(json.dumps({"bench": "cases", "right": right, "of": right + len(missed)}))
    sys.exit(missed != known.keys())


if __name__ == "__main__":
    main()
