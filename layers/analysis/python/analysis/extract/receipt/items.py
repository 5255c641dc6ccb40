"""The items of a receipt: the rows above its totals that add up to one of them.

Tills print an item in one row, or its name above or below the row of its quantity, price and
amount. Where the items begin and end, and which amounts were misread, is tried until the items add
up to an amount below them; if they never do, the first attempt counts, with less confidence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product, takewhile

from analysis.extract.receipt import item_builder, item_rows, item_sums, item_words
from analysis.extract.receipt.item_builder import DraftItem, build
from analysis.extract.receipt.item_rows import ItemRow
from analysis.layout.lines import TextLine, TextLines
from analysis.model import LineItem

_HEADS_IN_A_ROW = 3
"""Fewest heads, and numbers beside them, of two rows that were read as one."""
_ENDS = 4
"""Number of rows that may be the first below the items, of which each is tried."""
_STARTS = 5
"""Most rows that may be the first of the items, of which each is tried."""
_UNNAMED_ENDS = 30
"""Most rows that are tried as a sum without its word, at a limited cost of time."""
_NO_ITEMS = 2
"""Number of rows with amounts before the items that may be none."""
_VERIFIED = 0.97
_REPAIRED = 0.92
_UNVERIFIED = 0.7
"""The confidence of items that add up to a printed amount, of those that do with amounts read
otherwise than printed, and of others; less without factors.
"""
_WITHOUT_FACTORS = 0.95
"""The factor for an item without a count and a price, whose product checks it."""


type _Found = tuple[Sequence[DraftItem], float]
"""Items with their confidence."""


def find(rows: TextLines) -> tuple[LineItem, ...]:
    """The items in the order of their rows."""
    parsed = [item_rows.parse(row) for row in _without_heads_beside(rows)]
    drafts, confidence = next(_attempts(parsed), ((), 0.0))
    return tuple(_items(drafts, confidence))


def _attempts(rows: Sequence[ItemRow]) -> Iterator[_Found]:
    """Items that add up to a printed amount, the likeliest first, and at last those that do not."""
    spans = list(product(_starts(rows), _ends(rows)[:_ENDS]))
    yield from _adding_up(rows, spans)
    informing = [item_builder.without_saving(row) for row in rows]
    if informing != rows:
        yield from _adding_up(informing, spans)
    for begin, end in product(_starts(rows), _unnamed_ends(rows)):
        drafts = _build(rows, begin, end)
        if len(drafts) > 1 and _are_items(drafts) and _is_printed(drafts, rows[end : end + 1]):
            yield drafts, _VERIFIED
    for begin, last, end in _shorter(rows, spans):
        drafts = _build(rows, begin, last)
        stated = item_sums.totals(rows[end:])
        if _are_items(drafts) and item_sums.is_one_of(item_sums.whole(drafts), stated):
            yield drafts, _REPAIRED
    for begin, end in spans:
        if drafts := _with_one_misread(rows, begin, end):
            yield [*drafts, *_further(rows, end)], _REPAIRED
    likelier = [item_rows.with_likelier_amount(row) for row in rows]
    for begin, end in spans:
        if drafts := _build(likelier, begin, end):
            yield [*drafts, *_further(rows, end)], _UNVERIFIED


def _adding_up(rows: Sequence[ItemRow], spans: Sequence[tuple[int, int]]) -> Iterator[_Found]:
    """All items of these spans, as printed or with some amounts read otherwise."""
    for rounded in (Decimal(0), item_sums.ROUNDED):
        for begin, end in spans:
            drafts = _build(rows, begin, end)
            if drafts and _is_printed(drafts, rows[end:], rounded):
                yield [*drafts, *_further(rows, end)], _VERIFIED
        for begin, end in spans:
            if drafts := _settled(rows, begin, end, rounded):
                yield [*drafts, *_further(rows, end)], _REPAIRED


def _are_items(drafts: Sequence[DraftItem]) -> bool:
    """Whether none of them may be a total."""
    return bool(drafts) and not any(item_words.names_total(draft.row.folded) for draft in drafts)


def _shorter(
    rows: Sequence[ItemRow], spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """The spans without their last or their first rows of amounts, which may be no items.

    Each with its end, below which the totals are.
    """
    for begin, end in spans:
        priced = [place for place in range(begin, end) if rows[place].amount is not None]
        if any(_is_end(rows[place]) for place in priced):
            continue
        last = priced[: -_NO_ITEMS - 1 : -1] if len(priced) > 1 else []
        for place in takewhile(lambda place: _may_be_none(rows[place]), last):
            if place > priced[1]:
                yield begin, place, end
        for place in takewhile(lambda place: _may_be_none(rows[place]), priced[:_NO_ITEMS]):
            yield place + 1, end, end


def _may_be_none(row: ItemRow) -> bool:
    """Whether a row with an amount may be another sum or fee."""
    return not row.counts


def _starts(rows: Sequence[ItemRow]) -> list[int]:
    """The rows that may be the first of the items, the likeliest first."""
    starts = [0]
    for place, row in enumerate(rows):
        if _is_head(row):
            starts.insert(0, place + 1)
        elif _is_end(row) and row.amount is not None:
            break
    return [*starts[:_STARTS], 0] if len(starts) > _STARTS else starts


def _ends(rows: Sequence[ItemRow]) -> list[int]:
    """The rows below the items by what they say."""
    return [place for place, row in enumerate(rows) if not _is_head(row) and _is_end(row)]


def _unnamed_ends(rows: Sequence[ItemRow]) -> list[int]:
    """The rows that may be a sum whose words are misread: an amount without count and price."""
    return [
        place for place, row in enumerate(rows) if row.amount is not None and not row.counts
    ][:_UNNAMED_ENDS]  # fmt: skip


def _is_head(row: ItemRow) -> bool:
    return not row.has_numbers and item_words.is_head(row.folded)


def _is_end(row: ItemRow) -> bool:
    return item_words.names_total(row.folded) or (
        row.amount is not None and item_words.names_payment(row.folded)
    )


def _settled(rows: Sequence[ItemRow], begin: int, end: int, rounded: Decimal) -> list[DraftItem]:
    """The items of some rows with misread amounts as a total below them says; or none."""
    if not (stated := item_sums.totals(rows[end:])):
        return []
    for known in ({}, _instead_of_zero(rows[begin:end])):
        build_with = _builder(rows, begin, end, known)
        if drafts := item_sums.settled(rows[begin:end], build_with, stated, rounded):
            return drafts
    return []


def _with_one_misread(rows: Sequence[ItemRow], begin: int, end: int) -> list[DraftItem]:
    stated = item_sums.totals(rows[end:])
    return item_sums.with_one_misread(rows[begin:end], _builder(rows, begin, end, {}), stated)


def _builder(
    rows: Sequence[ItemRow], begin: int, end: int, known: item_sums.Overrides
) -> item_sums.Build:
    """What builds the items of some rows with other amounts than the printed ones."""

    def build_with(overrides: item_sums.Overrides) -> list[DraftItem]:
        amounts = {**known, **overrides}
        changed = [
            item_rows.with_amount(row, amounts.get(place))
            for place, row in enumerate(rows[begin:end])
        ]
        return _build([*rows[:begin], *changed], begin, end)

    return build_with


def _is_closing(row: ItemRow) -> bool:
    return row.amount is not None and item_words.names_closing(row.folded)


def _instead_of_zero(rows: Sequence[ItemRow]) -> dict[int, Decimal]:
    """What count and price make, of rows with an amount of zero, by their place."""
    return {
        place: row.others[0] for place, row in enumerate(rows) if row.amount == 0 and row.others
    }


def _build(rows: Sequence[ItemRow], begin: int, end: int) -> list[DraftItem]:
    """The items of some rows, without heads, and without the rows of sums and payments."""
    chosen = [
        row for row in rows[begin:end]
        if row.counts
        or not (
            item_words.begins_with_sum(row.folded) or (len(row.spans) > 1 and _is_head(row))
        )
    ]  # fmt: skip
    counts_first = begin > 0 and item_words.begins_with_count(rows[begin - 1].folded)
    return build(chosen, counts_first=counts_first)


def _further(rows: Sequence[ItemRow], end: int) -> Iterator[DraftItem]:
    """The items below a subtotal that add up to the next subtotal, as of another tax rate."""
    for place in _ends(rows):
        if place <= end:
            continue
        drafts = _build(rows, end + 1, place)
        if not drafts or any(map(_is_closing, rows[:place])):
            return
        if not _is_printed(drafts, rows[place : place + 1]):
            return
        yield from drafts
        end = place


def _is_printed(
    drafts: Sequence[DraftItem], rows: Sequence[ItemRow], rounded: Decimal = item_sums.ROUNDED
) -> bool:
    """Whether the rows have the sum of the items."""
    numbers = [number for row in rows for number in row.exact if number]
    return item_sums.is_one_of(item_sums.whole(drafts), numbers, rounded)


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


def _items(drafts: Sequence[DraftItem], stated: float) -> Iterator[LineItem]:
    for draft in drafts:
        confidence = stated * (1.0 if draft.counts else _WITHOUT_FACTORS)
        item = draft.item()
        yield replace(item, confidence=confidence * (item.confidence or 0.0))
