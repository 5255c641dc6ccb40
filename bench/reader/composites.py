"""Where documents begin in files composed of real ones: e-invoices with their XML hidden, receipts.

A composite has the pages of two to six files as they were read, in random order with a fixed seed,
and a blank page before every fifth document on average. Two neighbours never print the same number:
the corpus has several layouts of one invoice. `alone` counts the files that are wrongly divided.

`one number`: composites of the files that print a number, in which all have that of the first one.
`copies`: each of these files twice. `warned`: the first pages that are not found, but named.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis import read
from analysis.extract.boundaries import Division, segments
from analysis.extract.invoice import numbers
from analysis.layout import areas, lines
from analysis.model import Line, Page
from bench.reader.unseen import unseen
from training import receipts

_SEED = 13
"""Of the random composition, which is the same in each run."""
_COMPOSITES = 150
"""Files that are composed."""
_FEWEST = 2
"""Documents of a composite, at least."""
_MOST = 6
"""Documents of a composite, at most."""
_BLANK = 0.2
"""The share of documents with a blank page before them."""
_BLANK_PAGE = Page(number=0, width=595, height=842, source="text", confidence=1.0, blank=True)


@dataclass(frozen=True)
class Source:
    """The pages of a file that is one document, and the numbers that its first page prints."""

    name: str
    pages: tuple[Page, ...]
    numbers: frozenset[str]

    @property
    def is_unseen(self) -> bool:
        """Whether no rule is made with this file."""
        return f"several/{self.name}" in unseen()


def composites(where: Path) -> dict[str, Any]:
    """Precision and recall of first pages; files with all of them right; files wrongly divided."""
    sources = list(_sources(where))
    held_back = [source for source in sources if source.is_unseen]
    others = [source for source in sources if not source.is_unseen]
    return {
        "alone": {
            "files": len(sources),
            "with several pages": sum(len(source.pages) > 1 for source in sources),
            "divided": sum(len(_divided(source.pages).starts) > 1 for source in sources),
            "warned": sum(bool(_divided(source.pages).doubtful) for source in sources),
        },
        "seen": _measured(others),
        "unseen": _measured(held_back),
        "one number seen": _measured(_numbered(others), one_number=True),
        "one number unseen": _measured(_numbered(held_back), one_number=True),
        "copies seen": _copies(_numbered(others)),
        "copies unseen": _copies(_numbered(held_back)),
    }


def _numbered(sources: Sequence[Source]) -> list[Source]:
    return [source for source in sources if source.numbers]


def _sources(where: Path) -> Iterator[Source]:
    for file in sorted((where / "einvoices").glob("*.pdf")):
        result = read(file.read_bytes(), file.name, "application/pdf")
        yield _source(f"einvoices/{file.stem}", result.pages)
    for receipt in receipts.all_receipts():
        yield _source(f"receipts/{receipt.name}", receipt.reading.pages)


def _source(name: str, pages: Sequence[Page]) -> Source:
    printed = numbers.find([lines.group_lines(pages[0])], month_first=False)
    stated = (str(fact.normalised) for fact in printed if fact.name == "invoice_number")
    return Source(name, tuple(pages), frozenset(stated))


def _copies(sources: Sequence[Source]) -> dict[str, Any]:
    """How many of two copies of a file are divided where the second begins, and how many named."""
    divided = warned = 0
    for source in sources:
        count = len(source.pages)
        division = _divided(_renumbered([*source.pages, *source.pages]))
        divided += division.starts == [0, count]
        warned += division.starts == [0] and count in division.doubtful
    return {"sources": len(sources), "divided": divided, "warned": warned}


def _measured(sources: Sequence[Source], *, one_number: bool = False) -> dict[str, Any]:
    chance = random.Random(_SEED)  # noqa: S311 - which files are composed, the same in each run
    found = right = wanted = exact = warned = 0
    for _ in range(_COMPOSITES):
        first_pages, pages = _composed(chance, sources, one_number=one_number)
        division = _divided(pages)
        divided = set(division.starts) - {0}
        found += len(divided)
        wanted += len(first_pages)
        right += len(divided & first_pages)
        exact += divided == first_pages
        warned += len(first_pages & set(division.doubtful))
    return {
        "sources": len(sources),
        "boundaries": wanted,
        "precision": round(right / max(found, 1), 3),
        "recall": round(right / wanted, 3),
        "warned": warned,
        "files exact": f"{exact} of {_COMPOSITES}",
    }


def _composed(
    chance: random.Random, sources: Sequence[Source], *, one_number: bool
) -> tuple[set[int], list[Page]]:
    """The first pages of all documents but the first one, and the pages."""
    chosen: list[Source] = []
    count = chance.randint(_FEWEST, _MOST)
    while len(chosen) < count:
        source = chance.choice(sources)
        is_copy = bool(chosen) and not source.numbers.isdisjoint(chosen[-1].numbers)
        if source not in chosen and not is_copy:
            chosen.append(source)
    pages: list[Page] = []
    first_pages = set()
    for source in chosen:
        if pages and chance.random() < _BLANK:
            pages.append(_BLANK_PAGE)
        first_pages.add(len(pages))
        pages.extend(_with_number(source, chosen[0]) if one_number else source.pages)
    return first_pages - {0}, _renumbered(pages)


def _renumbered(pages: Sequence[Page]) -> list[Page]:
    return [replace(page, number=place) for place, page in enumerate(pages)]


def _with_number(source: Source, other: Source) -> list[Page]:
    """The pages of a file with the number of another one in place of its own."""
    printed = re.compile("|".join(map(re.escape, sorted(source.numbers, key=len, reverse=True))))
    number = max(other.numbers, key=lambda text: (len(text), text))

    def renamed(line: Line) -> Line:
        return replace(line, text=printed.sub(lambda _: number, line.text))

    return [replace(page, lines=tuple(map(renamed, page.lines))) for page in source.pages]


def _divided(pages: Sequence[Page]) -> Division:
    return segments.division("pdf", [areas.main(page) for page in pages])
