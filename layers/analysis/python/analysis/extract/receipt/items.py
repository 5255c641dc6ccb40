"""The items of a receipt: the rows above its totals that add up to one of them.

Tills print an item in one row, or its name above or below the row of its quantity, price and
amount. Where the items begin and end, and which amounts were misread, is tried until the items add
up to an amount below them; if they never do, the first attempt counts, with less confidence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from analysis.extract.receipt import item_rows, item_words
from analysis.extract.receipt.item_builder import DraftItem, build
from analysis.extract.receipt.item_rows import ItemRow
from analysis.layout.lines import TextLine, TextLines
from analysis.model import LineItem

_HEADS_IN_A_ROW = 3
_ENDS = 4
"""Number of rows that may be the first below the items, of which each is tried."""
_UNNAMED_ENDS = 30
_ROUNDED = Decimal("0.02")
_VERIFIED = 0.97
_UNVERIFIED = 0.7
"""The confidence of items that add up to a printed amount, and of others; less without factors."""
_WITHOUT_FACTORS = 0.95


def find(rows: TextLines) -> tuple[LineItem, ...]:
    """The items in the order of their rows."""
    parsed = [item_rows.parse(row) for row in _without_heads_beside(rows)]
    starts, ends = _starts(parsed), _ends(parsed)
    first: list[DraftItem] | None = None
    for repair, begin, end in product((False, True), starts, ends[:_ENDS]):
        drafts = _build(parsed, begin, end, repair=repair)
        if drafts and _is_printed(drafts, parsed[end:]):
            return tuple(_items([*drafts, *_further(parsed, end, ends)], verified=True))
        first = drafts if first is None and begin < end else first
    for begin, end in product(starts, _unnamed_ends(parsed)):
        drafts = _build(parsed, begin, end, repair=False)
        if len(drafts) > 1 and _is_printed(drafts, parsed[end : end + 1]):
            return tuple(_items(drafts, verified=True))
    return tuple(_items(first or (), verified=False))


def _starts(rows: Sequence[ItemRow]) -> list[int]:
    """The rows that may be the first of the items, the likeliest first."""
    starts = [0]
    for place, row in enumerate(rows):
        if _is_head(row):
            starts.insert(0, place + 1)
        elif _is_end(row):
            break
    return starts


def _ends(rows: Sequence[ItemRow]) -> list[int]:
    """The rows below the items by what they say."""
    return [place for place, row in enumerate(rows) if not _is_head(row) and _is_end(row)]


def _unnamed_ends(rows: Sequence[ItemRow]) -> list[int]:
    """The rows that may be a sum whose words are misread: an amount without count and price."""
    return [
        place for place, row in enumerate(rows) if row.amount is not None and not row.counts
    ][:_UNNAMED_ENDS]  # fmt: skip


def _is_head(row: ItemRow) -> bool:
    return item_words.is_head(row.text, row.folded)


def _is_end(row: ItemRow) -> bool:
    return item_words.names_total(row.folded) or (
        row.amount is not None and item_words.names_payment(row.folded)
    )


def _build(rows: Sequence[ItemRow], begin: int, end: int, *, repair: bool) -> list[DraftItem]:
    """The items of some rows, without heads, and without the rows of sums and payments."""
    chosen = [
        row for row in rows[begin:end]
        if row.counts
        or not (
            item_words.begins_with_sum(row.folded) or (len(row.spans) > 1 and _is_head(row))
        )
    ]  # fmt: skip
    counts_first = begin > 0 and item_words.begins_with_count(rows[begin - 1].folded)
    return build(chosen, repair=repair, counts_first=counts_first)


def _further(rows: Sequence[ItemRow], end: int, ends: Sequence[int]) -> Iterator[DraftItem]:
    """The items below a subtotal that add up to the next subtotal, as of another tax rate."""
    for place in ends:
        if place <= end:
            continue
        drafts = _build(rows, end + 1, place, repair=False)
        if not drafts or not all(draft.counts for draft in drafts):
            return
        if not _is_printed(drafts, rows[place : place + 1]):
            return
        yield from drafts
        end = place


def _is_printed(drafts: Sequence[DraftItem], rows: Sequence[ItemRow]) -> bool:
    """Whether the rows have the sum of the items, but for its rounding."""
    whole = sum((draft.amount for draft in drafts), Decimal(0))
    return any(abs(whole - number) <= _ROUNDED for row in rows for number in row.exact if number)


def _without_heads_beside(rows: TextLines) -> Iterator[TextLine]:
    """The rows, where heads and the item below them are one row as two: the paper was curved."""
    for row in rows:
        heads = [span for span in row if _is_head_of_column(span.text)]
        others = [span for span in row if span not in heads]
        numbers = sum(_has_digit(span.text) for span in others)
        if len(heads) >= _HEADS_IN_A_ROW and numbers >= _HEADS_IN_A_ROW:
            yield heads
            yield others
        else:
            yield row


def _is_head_of_column(text: str) -> bool:
    return item_words.names_column(item_words.folded(text)) and not _has_digit(text)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _items(drafts: Sequence[DraftItem], *, verified: bool) -> Iterator[LineItem]:
    for draft in drafts:
        confidence = (_VERIFIED if verified else _UNVERIFIED) * (
            1.0 if draft.counts else _WITHOUT_FACTORS
        )
        item = draft.item()
        yield replace(item, confidence=confidence * (item.confidence or 0.0))
