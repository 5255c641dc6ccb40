"""Which amounts of items were misread, judged by a printed total that the right ones add up to."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from analysis.extract.receipt import item_spelling, item_words
from analysis.extract.receipt.item_builder import DraftItem
from analysis.extract.receipt.item_rows import ItemRow

ROUNDED = Decimal("0.02")
"""By at most this, a sum differs from a printed one if both are right."""
_MISREAD = 3
"""Number of amounts that may be misread at once."""
_OPTIONS = 18
"""Most other readings that are combined: 987 combinations of up to three."""
_PRINTED_AGAIN = 2
"""Times that a number is printed, from which it is a sum: totals are printed again as paid."""

type Overrides = Mapping[int, Decimal]
type Build = Callable[[Overrides], list[DraftItem]]
"""The items of rows, some of which have another amount than the printed one, by their place."""


def whole(drafts: Sequence[DraftItem]) -> Decimal:
    """The sum of the amounts."""
    return sum((draft.amount for draft in drafts), Decimal(0))


def is_one_of(number: Decimal, stated: Sequence[Decimal], rounded: Decimal = ROUNDED) -> bool:
    """Whether a number differs from one of the stated ones by at most `rounded`."""
    return any(abs(number - total) <= rounded for total in stated)


def totals(rows: Sequence[ItemRow]) -> list[Decimal]:
    """The sums that these rows below the items state, also without a tax that is printed.

    A sum has the word of one, or is printed twice; a number printed once may be what was paid.
    """
    found = [
        abs(row.exact[-1]) for row in rows if row.exact and item_words.names_total(row.folded)
    ]  # fmt: skip
    printed = Counter(number for row in rows for number in set(row.exact))
    found += [number for number, count in printed.items() if count >= _PRINTED_AGAIN]
    taxes = {
        row.exact[-1] for row in rows
        if row.exact and item_words.names_tax(row.folded) and not item_words.names_total(row.folded)
    }  # fmt: skip
    added = [*taxes, *map(sum, combinations(sorted(taxes), 2))]
    found += [number - tax for number in found for tax in added if 0 < tax < number]
    return sorted({number for number in found if number > 0})


def settled(
    rows: Sequence[ItemRow], build: Build, stated: Sequence[Decimal], rounded: Decimal
) -> list[DraftItem]:
    """The items, with other readings of some amounts, that add up to a total; or none."""
    options = [
        (place, other, other - (row.amount or Decimal(0)))
        for place, row in enumerate(rows)
        for other in row.others
    ][:_OPTIONS]
    drafts = build({})
    printed = whole(drafts)
    if drafts and is_one_of(printed, stated, rounded):
        return drafts
    margin = int(rounded * 100)
    cents = {int(total * 100) + cent for total in stated for cent in range(-margin, margin + 1)}
    for count in range(1, _MISREAD + 1):
        for chosen in combinations(options, count):
            overrides = {place: other for place, other, _ in chosen}
            whole_then = printed + sum(difference for _, _, difference in chosen)
            if len(overrides) < count or whole_then * 100 not in cents:
                continue
            drafts = build(overrides)
            if drafts and is_one_of(whole(drafts), stated, rounded):
                return drafts
    return []


def with_one_misread(
    rows: Sequence[ItemRow], build: Build, stated: Sequence[Decimal]
) -> list[DraftItem]:
    """The items, if one digit of one amount is changed, which must be the only one that may be."""
    drafts = build({})
    places = {id(row): place for place, row in enumerate(rows)}
    printed = [(places.get(id(draft.row)), draft.amount) for draft in drafts if not draft.counts]
    changes = {
        (place, amount + total - whole(drafts))
        for total in stated
        for place, amount in printed
        if place is not None
        and amount + total - whole(drafts) > 0
        and item_spelling.is_similar(amount, amount + total - whole(drafts))
    } | {
        (place, total - whole(drafts))
        for total in stated
        for place, row in enumerate(rows)
        if row.amount is None and row.others and row.name
        and total - whole(drafts) > 0
        and item_spelling.is_similar(row.others[-1], total - whole(drafts))
    }  # fmt: skip
    if len(changes) != 1 or not drafts:
        return []
    changed = build(dict(changes))
    return changed if is_one_of(whole(changed), stated) else []
