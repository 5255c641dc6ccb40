"""Several documents side by side on one photograph or scan: the area of each, and the main one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.model import Box, Line, Page

_FEWEST_LINES = 6
"""Lines of a document; an area with fewer is a background."""
_NARROWEST = 0.015
"""The width of the gap between two documents, as a share of the page."""
_TOTAL = re.compile(
    r"\b(?:(?:sub|grand )?total|amount due|summe|gesamt(?:betrag)?|rechnungsbetrag|montant|totale|"
    r"importe|suma|totaal|balance due)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d[.,]\d\d\b")


def of_page(page: Page) -> tuple[Box, ...]:
    """The areas of a page's documents, the one with most lines first; none if it has only one."""
    return tuple(_bounds(group) for group in _by_area(page))


def main(page: Page) -> Page:
    """The page with the lines and codes of its main document alone."""
    groups = _by_area(page)
    if len(groups) < 2:  # noqa: PLR2004 - two are several
        return page
    area = _bounds(groups[0])
    codes = tuple(code for code in page.barcodes if _is_within(code.box, area))
    return replace(page, lines=tuple(groups[0]), barcodes=codes)


def _by_area(page: Page) -> list[list[Line]]:
    """The lines of each document, most first; an empty list if there is only one."""
    if page.source != "ocr":
        return []
    groups = _on_sheets(page.lines, page.areas) or _beside_each_other(page)
    return sorted(groups, key=len, reverse=True)


def _on_sheets(lines: Sequence[Line], areas: Sequence[Box]) -> list[list[Line]]:
    """The lines on each sheet of paper; an empty list if only one has a document."""
    groups: list[list[Line]] = [[] for _ in areas]
    for line in lines:
        within = [place for place, area in enumerate(areas) if _is_within(line.box, area)]
        if within:
            # Of leaning sheets, the boxes overlap.
            nearest = min(within, key=lambda place: _distance(line.box, areas[place]))
            groups[nearest].append(line)
    documents = [group for group in groups if len(group) >= _FEWEST_LINES]
    return documents if len(documents) > 1 else []


def _beside_each_other(page: Page) -> list[list[Line]]:
    """The lines left and right of a gap without any, if both sides have a total of their own."""
    boxed_lines = sorted(
        ((page.upright(line.box), line) for line in page.lines), key=lambda p: p[0].left
    )
    right = 0.0
    for place, (box, _) in enumerate(boxed_lines):
        if place and box.left - right > _NARROWEST:
            groups = [
                [line for _, line in part] for part in (boxed_lines[:place], boxed_lines[place:])
            ]
            if all(map(_has_a_total, (boxed_lines[:place], boxed_lines[place:]))):
                return groups
        right = max(right, box.right)
    return []


def _has_a_total(boxed_lines: Sequence[tuple[Box, Line]]) -> bool:
    """Whether some of these lines are labelled as a total, with an amount in the same row."""
    if len(boxed_lines) < _FEWEST_LINES:
        return False
    totals = [box for box, line in boxed_lines if _TOTAL.search(line.text)]
    amounts = [box for box, line in boxed_lines if _AMOUNT.search(line.text)]
    return any(amount.contains(y=total.center_y) for total in totals for amount in amounts)


def _is_within(box: Box, area: Box) -> bool:
    x = (box.left + box.right) / 2
    return area.left <= x <= area.right and area.contains(y=box.center_y)


def _distance(box: Box, area: Box) -> float:
    x = (box.left + box.right - area.left - area.right) / 2
    y = box.center_y - area.center_y
    return (x / (area.width or 1.0)) ** 2 + (y / (area.height or 1.0)) ** 2


def _bounds(lines: Sequence[Line]) -> Box:
    first, *others = (line.box for line in lines)
    return first.union(*others)
