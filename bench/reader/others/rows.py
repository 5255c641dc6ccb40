"""Tables of other tools: the cells of Markdown, and which line items are rows of a table."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analysis import LineItem
from analysis.extract import values
from bench.reader.item_scores import is_similar

type Cells = Sequence[str | None]
"""The cells of a row of a table; empty ones may be None."""

_FEWEST_LETTERS = 4
"""Letters below which a cell is no description."""
_RULE = re.compile(r":?-+:?")


def markdown_rows(text: str) -> Iterator[list[str]]:
    """The rows of the tables of a text in Markdown, without the rules below their heads."""
    for line in text.splitlines():
        inner = line.strip()
        if not inner.startswith("|"):
            continue
        parts = re.split(r"(?<!\\)\|", inner.removeprefix("|").removesuffix("|"))
        cells = [html.unescape(part).replace("\\|", "|").strip() for part in parts]
        if not all(_RULE.fullmatch(cell) for cell in cells if cell):
            yield cells


def cells_of(rows: Sequence[Cells]) -> Counter[str]:
    """How often each cell occurs; only letters and digits count."""
    plain = (re.sub(r"[\W_]", "", cell or "").casefold() for row in rows for cell in row)
    return Counter(cell for cell in plain if cell)


@dataclass(slots=True)
class RowScore:
    """How many line items are a row of a table, and how many of their values a cell of one row."""

    stated: int = 0
    in_rows: int = 0
    values: int = 0
    in_cells: int = 0
    documents: int = 0
    all_in_rows: int = 0

    def add(self, stated: Sequence[LineItem], rows: Sequence[Cells]) -> None:
        """Count one document: an item is a row if that has its amount and its description."""
        found = 0
        for item in stated:
            wanted = [item.quantity, item.unit_price, item.amount]
            numbers = [Decimal(number) for number in wanted if number is not None]
            best = 0
            is_row = False
            for row in rows:
                numbers_of_row = [_number(cell or "") for cell in row]
                described = any(_describes(cell or "", item.description) for cell in row)
                best = max(best, described + sum(number in numbers_of_row for number in numbers))
                is_row = is_row or (described and Decimal(item.amount) in numbers_of_row)
            found += is_row
            self.values += 1 + len(numbers)
            self.in_cells += best
        self.stated += len(stated)
        self.in_rows += found
        self.documents += 1
        self.all_in_rows += found == len(stated)

    def shares(self) -> dict[str, float | int]:
        """The shares of items and values, and in how many documents all items are rows."""
        return {
            "items_in_rows": round(self.in_rows / max(1, self.stated), 3),
            "values_in_cells": round(self.in_cells / max(1, self.values), 3),
            "documents": self.documents,
            "all_in_rows": self.all_in_rows,
        }


def _number(cell: str) -> Decimal | None:
    """The number of a cell that holds one, with a unit or a currency at most."""
    if len(re.findall(r"\d[\d.,'\u2019\u00a0\u202f ]*", cell)) != 1:
        return None
    number = values.parse_number(re.sub(r"[^\d.,]", "", cell).strip(".,"))
    negative = re.search(r"[-\u2212\u2013]\s*[^\w\s]?\s*\d", cell) is not None
    return -number if number is not None and negative else number


def _describes(cell: str, description: str) -> bool:
    letters = sum(map(str.isalnum, cell))
    return letters >= min(_FEWEST_LETTERS, sum(map(str.isalnum, description))) and is_similar(
        description, cell
    )
