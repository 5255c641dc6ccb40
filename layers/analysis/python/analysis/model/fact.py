"""Facts, tables, line items and transactions, each with its position on a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from analysis.model.box import WHOLE_PAGE, Box, box_of, list_of
from analysis.model.page import Source

type Normalised = str | dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact that the document states, with its position.

    `value` is as printed. `normalised` is an ISO date (`2026-01-31`), a time (`14:05`), money
    (`{"minor": 1234, "currency": "eur"}`, currency null if none is stated), an E.164 phone
    number, an IBAN without blanks, or the text with its blanks collapsed. `page` counts from 0
    and is null with `box` if a fact comes from embedded data and is not found on a page.
    `confidence` is calibrated: nine in ten facts with 0.9 are correct. A `computed` fact is not
    printed: its value and box are those of its source, such as the payment terms for a due date.
    """

    name: str
    value: str
    normalised: Normalised
    page: int | None
    box: Box | None
    confidence: float
    source: Source

    def to_dict(self) -> dict[str, Any]:
        """The form in JSON; the confidence is rounded to three decimals."""
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
        """The fact of `to_dict`. Raises `TypeError` for unknown fields."""
        return cls(**{**raw, "box": box_of(raw["box"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells as text, and their position.

    `header_rows` of them are its head. `spans` are the cells of several rows or columns, each
    `(row, column, rows, columns)` counted from 0; the text is in the first of the spanned cells.
    `continued`: it continues the table before it, on the page before.
    """

    page: int
    box: Box
    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 0
    spans: tuple[tuple[int, ...], ...] = ()
    continued: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The form in JSON."""
        return {
            "page": self.page,
            "box": list_of(self.box),
            "rows": [list(row) for row in self.rows],
            "header_rows": self.header_rows,
            "spans": [list(span) for span in self.spans],
            "continued": self.continued,
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """The table of `to_dict`; results of older readers have no `spans`."""
        known = {
            **raw,
            "box": box_of(raw["box"]) or WHOLE_PAGE,
            "rows": tuple(tuple(row) for row in raw["rows"]),
            "spans": tuple(tuple(span) for span in raw.get("spans", ())),
        }
        return cls(**known)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineItem:
    """A line item of an invoice or receipt. Numbers are decimal strings like `12.50`, or null.

    `discount` is an amount like `5.00` or a percentage like `10%`; `tax_rate` is a percentage
    without its sign; `item_number` is the article's, as printed; `date` is an ISO date.
    `confidence` is higher if quantity, price and discount make the amount, and lower if they do
    not.
    """

    description: str
    quantity: str | None
    unit_price: str | None
    amount: str
    page: int | None
    box: Box | None
    unit: str | None = None
    discount: str | None = None
    tax_rate: str | None = None
    item_number: str | None = None
    date: str | None = None
    confidence: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """The form in JSON; the confidence is rounded to three decimals."""
        return {
            "description": self.description,
            "quantity": self.quantity,
            "unit": self.unit,
            "unit_price": self.unit_price,
            "discount": self.discount,
            "tax_rate": self.tax_rate,
            "amount": self.amount,
            "item_number": self.item_number,
            "date": self.date,
            "page": self.page,
            "box": list_of(self.box),
            "confidence": None if self.confidence is None else round(self.confidence, 3),
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """The item of `to_dict`. Raises `TypeError` for unknown fields."""
        return cls(**{**raw, "box": box_of(raw["box"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """A transaction of an account statement. Numbers are decimal strings like `12.50`, or null.

    `date` is an ISO date, null if its year is not known. `paid_in` or `paid_out` is stated;
    `balance` is that after it. `confidence` is higher if the balances before and after it agree
    with it, and lower if they do not.
    """

    date: str | None
    description: str
    paid_in: str | None
    paid_out: str | None
    balance: str | None
    page: int
    box: Box | None
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """The form in JSON; the confidence is rounded to three decimals."""
        return {
            "date": self.date,
            "description": self.description,
            "paid_in": self.paid_in,
            "paid_out": self.paid_out,
            "balance": self.balance,
            "page": self.page,
            "box": list_of(self.box),
            "confidence": round(self.confidence, 3),
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """The transaction of `to_dict`. Raises `TypeError` for unknown fields."""
        return cls(**{**raw, "box": box_of(raw["box"])})
