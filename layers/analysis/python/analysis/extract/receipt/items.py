"""The items of a receipt: the rows above its totals that add up to one of them.

Tills print an item in one row, or its name above or below the row of its quantity, price and
amount. Where the items begin and end, and which amounts were misread, is tried until the items add
up to an amount below them; if they never do, the first attempt counts, with less confidence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from analysis.extract import values
from analysis.extract.receipt import item_rows
from analysis.extract.receipt.item_builder import DraftItem, build
from analysis.extract.receipt.item_rows import ItemRow
from analysis.layout.lines import TextLine, TextLines, text_of
from analysis.model import LineItem

_TOTAL = re.compile(
    r"\b(?:sub\s?-?\s?total\w*|total|totai|tota|tatal|totaal|totale|ttl|tot\s+qty|zwischensumme|"
    r"(?:no\.?|number)\s*of\s*items?|item\s*(?:count|qty))\b|"
    r"^\W*(?:summe|gesamt\w*|zu\s*zahlen|netto|brutto|amount|excl|incl|taxable)\b",
    re.IGNORECASE,
)
"""What the first row below the items says."""
_PAID = re.compile(
    r"\W*(?:amt|round\w*|cash|change|tender\w*|visa|master\w*|balance|payment|paid|gst|sst|"
    r"service\s*(?:charge|tax)|serv\.?\s*charge|tax|vat|mwst|ust|tva|card|debit)\b",
    re.IGNORECASE,
)
"""What a row with an amount may say before any total."""
_HEAD = re.compile(
    r"\b(?:description|desc|item|artikel|qty|quantity|menge|price|preis|u\.?\s?price|amount|betrag|"
    r"total|disc|rm|code|tax|gst|uom|amt|s/price|bezeichnung|anzahl|d[ée]signation|libell[ée]|qt[ée]|"
    r"montant|prix|descripci[óo]n|cant(?:idad)?|precio|importe|descrizione|prezzo|importo|iva|"
    r"omschrijving|aantal|prijs|bedrag)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\W*(?:qty|quantity|menge|anzahl|qté|cant)\b", re.IGNORECASE)
_HEADS = 2
_HEADS_IN_A_ROW = 3
_ENDS = 4
"""Number of rows that may be the first below the items, of which each is tried."""
_ROUNDED = Decimal("0.02")
_VERIFIED = 0.97
_UNVERIFIED = 0.7
"""The confidence of items that add up to a printed amount, and of others; less without factors."""
_WITHOUT_FACTORS = 0.95


def find(rows: TextLines) -> tuple[LineItem, ...]:
    """The items in the order of their rows."""
    parsed = [item_rows.parse(row) for row in _without_heads_beside(rows)]
    first: list[DraftItem] | None = None
    attempts = ((part, repair) for repair, part in product((False, True), _parts(parsed)))
    for (begin, end), repair in attempts:
        counts_first = begin > 0 and bool(_COUNT.match(parsed[begin - 1].text))
        drafts = build(_of_items(parsed[begin:end]), repair=repair, counts_first=counts_first)
        if drafts and _sum(drafts) in _Amounts(parsed[end:]):
            return tuple(_items([*drafts, *_further(parsed, end)], verified=True))
        first = drafts if first is None else first
    return tuple(_items(first or (), verified=False))


def _parts(rows: Sequence[ItemRow]) -> list[tuple[int, int]]:
    """The rows that may be those of the items, the likeliest first."""
    begins, ends = [0], list[int]()
    for place, row in enumerate(rows):
        if not ends and _is_head(row.spans):
            begins.insert(0, place + 1)
        elif _TOTAL.search(row.text) or (_PAID.match(row.text) and row.amount is not None):
            ends.append(place)
    return [(begin, end) for begin in begins for end in ends[:_ENDS]]


def _of_items(rows: Sequence[ItemRow]) -> list[ItemRow]:
    """The rows without heads, and without those of sums and payments."""
    return [row for row in rows if row.counts or not _names_sum(row)]


def _names_sum(row: ItemRow) -> bool:
    text = row.text.lstrip(" *-:")
    return bool(_PAID.match(text) or _TOTAL.match(text)) or (
        len(row.spans) > 1 and _is_head(row.spans)
    )


def _further(rows: Sequence[ItemRow], end: int) -> Iterator[DraftItem]:
    """The items below a subtotal that add up to the next subtotal, as of another tax rate."""
    ends = [place for _, place in _parts(rows) if place > end]
    for place in sorted(set(ends)):
        drafts = build(_of_items(rows[end + 1 : place]), repair=False, counts_first=False)
        if not drafts or not all(draft.counts for draft in drafts):
            return
        if _sum(drafts) not in _Amounts(rows[place : place + 1]):
            return
        yield from drafts
        end = place


class _Amounts:
    """The exact amounts of rows; a sum is one of them if it differs by its rounding only."""

    def __init__(self, rows: Sequence[ItemRow]) -> None:
        self._numbers = [
            amount.number
            for row in rows
            for span in row.spans
            for amount in values.amounts(span.text)
            if amount.exact
        ]

    def __contains__(self, whole: Decimal) -> bool:
        return any(abs(whole - number) <= _ROUNDED for number in self._numbers if number)


def _sum(drafts: Sequence[DraftItem]) -> Decimal:
    return sum((draft.amount for draft in drafts), Decimal(0))


def _is_head(row: TextLine) -> bool:
    text = text_of(row)
    heads = {head.lower() for head in _HEAD.findall(text)}
    return len(heads) >= _HEADS and not any(map(str.isdigit, text))


def _without_heads_beside(rows: TextLines) -> Iterator[TextLine]:
    """The rows, where heads and the item below them are one row as two: the paper was curved."""
    for row in rows:
        heads = [span for span in row if _HEAD.search(span.text) and not _has_digit(span.text)]
        others = [span for span in row if span not in heads]
        if len(heads) >= _HEADS_IN_A_ROW and len(others) >= _HEADS_IN_A_ROW:
            yield heads
            yield others
        else:
            yield row


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _items(drafts: Sequence[DraftItem], *, verified: bool) -> Iterator[LineItem]:
    for draft in drafts:
        sure = (_VERIFIED if verified else _UNVERIFIED) * (
            1.0 if draft.counts else _WITHOUT_FACTORS
        )
        item = draft.item()
        yield replace(item, confidence=sure * (item.confidence or 0.0))
