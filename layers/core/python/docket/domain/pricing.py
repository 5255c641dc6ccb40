"""What reading costs: a base for the order and a rate for each page that could be read."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Money:
    """An integer of minor units (cents, pence, yen) and a lower-case ISO 4217 code."""

    amount: int
    currency: str


@dataclass(frozen=True)
class PriceList:
    """`base` once an order, `per_page` for each readable page, in minor units of `currency`.

    An order keeps the list it was opened under, so its quote moves only when its pages do.
    """

    base: int
    per_page: int
    currency: str


@dataclass(frozen=True)
class QuoteLine:
    """One row of a quote: a document's pages, or the base (no document, no pages)."""

    label: str
    amount: int
    document_id: str | None = None
    pages: int | None = None


@dataclass(frozen=True)
class Quote:
    lines: tuple[QuoteLine, ...]
    total: Money


def quote(prices: PriceList, pages: Iterable[tuple[str, str, int]]) -> Quote | None:
    """The quote for documents given as (id, filename, readable pages); None if no page is readable.

    total = base + per_page x the sum of readable pages. Nobody is charged for a page that could
    not be read, and an order without a readable page costs nothing at all.
    """
    lines = tuple(
        QuoteLine(label=filename, amount=count * prices.per_page, document_id=id_, pages=count)
        for id_, filename, count in pages
        if count
    )
    if not lines:
        return None
    lines = (QuoteLine(label="base", amount=prices.base), *lines)
    return Quote(lines, Money(sum(line.amount for line in lines), prices.currency))
