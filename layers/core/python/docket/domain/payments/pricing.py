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

    The reader counts pages: those of a PDF or TIFF file, one for another image, and the sheets that
    the content of a file without pages is set on: the text of a DOCX, the rows of an XLSX, the
    facts and line items of an e-invoice as XML. An e-mail (EML) has the sheets of its head and
    text, if it has a text, and the pages that each of its attachments would have alone. Several
    documents in one file change nothing.
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
    """What an order costs. `total` is the sum of the amounts of `lines`, which are minor units."""

    lines: tuple[QuoteLine, ...]
    total: Money


@dataclass(frozen=True, kw_only=True)
class DuplicateOf:
    """The document with the same content that this customer has already paid for."""

    order_id: str
    document_id: str


@dataclass(frozen=True)
class PaidCharge:
    """What a payment charges for a document that was read again while a bank confirmed it.

    `revision` is that of the order which the payment is for.
    """

    revision: int
    pages: int
    duplicate_of: DuplicateOf | None = None


def total(prices: PriceList, charged_pages: int) -> Money | None:
    """The base price and the rate of each page; None without pages: then nothing is charged."""
    if not charged_pages:
        return None
    return Money(prices.base + prices.per_page * charged_pages, prices.currency)


def lines(prices: PriceList, pages: Iterable[tuple[str, str, int]]) -> tuple[QuoteLine, ...]:
    """The base price, and a line for each document given as (id, filename, charged pages)."""
    return (
        QuoteLine(label="base", amount=prices.base),
        *(
            QuoteLine(label=filename, amount=count * prices.per_page, document_id=id_, pages=count)
            for id_, filename, count in pages
            if count
        ),
    )
