"""A table of a report, with typed cells, before it is written as XLSX or CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Literal, NamedTuple

type SheetName = Literal[
    "documents", "line_items", "tax_by_rate", "transactions", "facts", "tables", "problems"
]


class Money(NamedTuple):
    """An amount in major units with the decimals of its currency, an upper-case ISO code."""

    amount: Decimal
    currency: str | None


class Percent(NamedTuple):
    """A rate: 19 is nineteen percent."""

    rate: Decimal


type Value = str | int | Decimal | date | time | Money | Percent | None


class Doubtful(NamedTuple):
    """A value of which the reader is not sure, and which nobody has reviewed."""

    value: Value


type Cell = Value | Doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows below one head. `headings` are in the reader's language."""

    name: SheetName
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def plain(cell: Cell) -> Value:
    """The value, whether it is doubtful or not."""
    return cell.value if isinstance(cell, Doubtful) else cell
