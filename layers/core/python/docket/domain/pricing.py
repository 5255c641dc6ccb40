"""The price of an order: a base price and a rate for each readable page."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Money:
    """An integer of minor units (cents, pence, yen) and a lower-case ISO 4217 code."""

    amount: int
    currency: str


@dataclass(frozen=True)
class PriceList:
    """`base` for each order, `per_page` for each readable page, in minor units of `currency`.

    An order stores the list of the day it was created, so its quote changes only with its pages.
    """

    base: int
    per_page: int
    currency: str


@dataclass(frozen=True)
class QuoteLine:
    """One line of a quote: a document's pages, or the base price (no document, no pages)."""

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

    total = base + per_page x the sum of readable pages. Unreadable pages cost nothing, and neither
    does an order without a readable page.
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
