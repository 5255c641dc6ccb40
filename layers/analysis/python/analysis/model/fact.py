"""What a document states: facts, tables and line items, each with its place on a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from analysis.model.box import WHOLE_PAGE, Box, box_of, list_of
from analysis.model.page import Source

type Normalised = str | dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing the document states, and where.

    `value` is as printed. `normalised` is an ISO date (`2026-01-31`), a time (`14:05`), money
    (`{"minor": 1234, "currency": "eur"}`, currency null when none is stated), an E.164 phone
    number, an IBAN without blanks, or the text with its blanks collapsed. `page` counts from 0
    and is null with `box` where a fact comes from embedded data and is not found on a page.
    `confidence` is calibrated: of facts said to be 0.9 sure, nine in ten are right. A `computed`
    fact is printed nowhere: its value and box are those of what it follows from, such as the terms
    that make a due date.
    """

    name: str
    value: str
    normalised: Normalised
    page: int | None
    box: Box | None
    confidence: float
    source: Source

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": self.value,
            "normalised": self.normalised,
            "page": self.page,
            "box": list_of(self.box),
            "confidence": round(self.confidence, 3),
            "source": self.source,
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        return cls(**{**raw, "box": box_of(raw["box"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells as text, and where they stand."""

    page: int
    box: Box
    rows: tuple[tuple[str, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "page": self.page,
            "box": list_of(self.box),
            "rows": [list(row) for row in self.rows],
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        rows = tuple(tuple(row) for row in raw["rows"])
        return cls(page=raw["page"], box=box_of(raw["box"]) or WHOLE_PAGE, rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineItem:
    """A position of an invoice or receipt. Numbers are decimal strings as `12.50`, or null."""

    description: str
    quantity: str | None
    unit_price: str | None
    amount: str
    page: int | None
    box: Box | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "description": self.description,
            "quantity": self.quantity,
            "unit_price": self.unit_price,
            "amount": self.amount,
            "page": self.page,
            "box": list_of(self.box),
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        return cls(**{**raw, "box": box_of(raw["box"])})
