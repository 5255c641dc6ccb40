"""Several documents in one file: on one photograph, or pages with their own number and total."""

from collections.abc import Iterator, Sequence
from typing import Any

from analysis.errors import warning
from analysis.extract.invoice import numbers, totals
from analysis.layout import areas
from analysis.layout.lines import TextLines
from analysis.model import Fact, Page

_SURE = 0.8
_PAGES = 200
_NAMED = 10


def warnings(pages: Sequence[TextLines]) -> Iterator[dict[str, Any]]:
    """A warning with the first page of each document, if there are several."""
    first_pages: dict[str, int] = {}
    for page in pages[:_PAGES]:
        number = _number(page)
        if number is not None and _has_total(page):
            first_pages.setdefault(number, page[0][0].page.number + 1)
    if len(first_pages) > 1:
        yield warning(
            "several_documents", pages=", ".join(map(str, list(first_pages.values())[:_NAMED]))
        )


def on_one_page(pages: Sequence[Page]) -> Iterator[dict[str, Any]]:
    """A warning for each page with several documents: their areas, the one that was read first.

    An area is given as the left, upper, right and lower side in per cent of the page.
    """
    for page in pages:
        found = areas.of_page(page)
        if found:
            listed = "; ".join(
                " ".join(f"{100 * side:.0f}" for side in area.to_list()) for area in found
            )
            yield warning(
                "several_documents", context="photo", pages=str(page.number + 1),
                documents=len(found), areas=listed,
            )  # fmt: skip


def _number(page: TextLines) -> str | None:
    """The best number that the page calls its invoice's."""
    stated: list[Fact] = [
        fact
        for fact in numbers.find([page], month_first=False)
        if fact.name == "invoice_number" and fact.confidence >= _SURE * page[0][0].page.confidence
    ]
    best = max(stated, key=lambda fact: fact.confidence, default=None)
    return None if best is None else str(best.normalised).casefold()


def _has_total(page: TextLines) -> bool:
    return any(fact.name == "gross" for fact in totals.find([page], None))
