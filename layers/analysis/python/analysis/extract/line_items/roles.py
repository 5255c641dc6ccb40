"""The roles of columns that their cells tell: codes and positions, whatever their head says."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from analysis.extract.line_items import cells, columns
from analysis.layout import grid
from analysis.layout.grid import Column
from analysis.layout.lines import TextLine

_MOSTLY = 0.8
"""The share of a column's cells that tell its role."""
_FEWEST = 2
"""Fewest cells that tell it."""
_NAMES = frozenset(["description", "number"])
"""The roles of columns whose heads are used for names and for codes: item, product, code."""
_DESCRIPTION = re.compile(
    r"(?:[\w/&]+\s+)?(?:desc(?:r(?:iption)?)?|be(?:schreibung|zeichnung)|désignation|libellé|omschrijving|"
    r"descri(?:zione|pción|ção|ción)|designação|opis|popis|beskriv(?:ning|else))\W*",
    re.IGNORECASE,
)
"""The heads of columns that have nothing but descriptions."""
_FEW_WORDS = 2
"""Most words of the name of a category, such as `Labour`, beside a longer description."""
_CODE = re.compile(r"(?=\S*\d)[\w./#-]+|[A-Z\d./#-]{2,}")
_POSITION = re.compile(r"\d{1,4}")


def refined(found: Sequence[Column], rows: Sequence[TextLine]) -> list[Column]:
    """The columns with the roles that their cells in these rows tell.

    Of several columns for descriptions those with codes are numbers, and those that count the rows
    are positions. A column whose head may be one of codes describes the items if its cells are
    names. Short words to the right of numbers are their units.
    """
    texts = [
        [text for text in column if text]
        for column in zip(*(grid.texts(found, row) for row in rows), strict=True)
    ] or [[] for _ in found]
    roles = [
        _role(column, column_texts) if column.role in _NAMES else column.role
        for column, column_texts in zip(found, texts, strict=True)
    ]
    if "unit" not in roles:
        for place in range(1, len(roles)):
            if roles[place] == "other" and _are_units(texts[place], texts[place - 1]):
                roles[place] = "unit"
    if len([role for role in roles if role == "description"]) > 1:
        roles = _without_categories(found, roles, texts, len(rows))
    if "description" in {column.role for column in found} and "description" not in roles:
        return list(found)
    return [replace(column, role=role) for column, role in zip(found, roles, strict=True)]


def _role(column: Column, texts: Sequence[str]) -> str:
    """The role of a column of names or of codes."""
    stated = column.role
    if len(texts) < _FEWEST:
        return stated
    if _counts(texts):
        return "position"
    codes = sum(bool(_CODE.fullmatch(text.strip())) for text in texts)
    if stated == "description":
        return "number" if codes >= _MOSTLY * len(texts) else stated
    names = sum(not cells.has_digit(text) and not text.isupper() for text in texts)
    is_named = names == len(texts) and columns.is_of_names_or_codes(column.head)
    return "description" if is_named else stated


def _without_categories(
    found: Sequence[Column], roles: Sequence[str], texts: Sequence[Sequence[str]], count: int
) -> list[str]:
    """The roles without short names beside the column that describes every item.

    `Sod` beside `Bermuda, per pallet` is what an accounting program books the item as.
    """
    described = [
        place
        for place, column in enumerate(found)
        if roles[place] == "description"
        and _DESCRIPTION.fullmatch(column.head.strip())
        and len(texts[place]) == count >= _FEWEST
    ]
    if len(described) != 1:
        return list(roles)
    return [
        "other"
        if role == "description"
        and place not in described
        and all(len(text.split()) <= _FEW_WORDS for text in texts[place])
        and all(map(_is_shorter, texts[place], texts[described[0]]))
        else role
        for place, role in enumerate(roles)
    ]


def _is_shorter(text: str, other: str) -> bool:
    return len(text.split()) < len(other.split())


def _counts(texts: Sequence[str]) -> bool:
    """Whether texts are numbers with one step between them: 1, 2, 3 or 10, 20, 30."""
    if not all(_POSITION.fullmatch(text.strip(" .")) for text in texts):
        return False
    numbers = [int(text.strip(" .")) for text in texts]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(steps) == 1 and steps == {numbers[0]} and numbers[0] > 0


def _are_units(texts: Sequence[str], before: Sequence[str]) -> bool:
    """Whether texts are the units of the numbers in the column before them."""
    return (
        len(texts) >= _FEWEST
        and all(map(cells.is_unit, texts))
        and len(before) >= len(texts)
        and all(cells.number(text) is not None for text in before)
    )
