"""Whether line items add up: each by itself, all to a total, and their taxes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from analysis.errors import warning
from analysis.extract import values
from analysis.extract.line_items import sums
from analysis.extract.line_items.draft import agrees
from analysis.layout.lines import TextLine, TextLines
from analysis.model import Fact, LineItem
from analysis.model.money import smallest_unit

_ROUNDED = 5
"""The difference that rounding may make in a sum, in minor units."""
_ROUNDED_TAX = 1
"""The difference that rounding may make in the tax of each item, in minor units."""
_TOTALS = ("net", "gross", "tax")
_SURE = 0.5
"""The confidence from which a printed total is compared."""
_ADDS_UP = 0.985
"""The confidence that items approach half-way if their sum is printed."""
_DOES_NOT = 0.85
"""The factor for items whose sum differs from the document's."""
_NAMED_ITEMS = 10
"""Items that a warning names by their number."""


def checked(
    items: tuple[LineItem, ...], facts: Sequence[Fact], pages: Sequence[TextLines]
) -> tuple[tuple[LineItem, ...], list[dict[str, Any]]]:
    """The items with the confidence that their sum gives them, and a warning for each difference.

    The sum may be that of the document, before or after its discounts, or any that is printed below
    the items, such as that of a page.
    """
    totals = {name: total for name in _TOTALS if (total := _total(facts, name))}
    if not items:
        return items, []
    whole = sum((Decimal(item.amount) for item in items), Decimal(0))
    unit = smallest_unit(_currency(facts))
    without_net = "net" not in totals and {"tax", "gross"} <= totals.keys()
    derived = [totals["gross"] - totals["tax"]] if without_net else []
    reduced = _discounts(items[-1], pages)
    adds_up = any(
        abs(abs(whole) - reduction - abs(other)) <= _ROUNDED * unit
        for other in (*totals.values(), *derived, *_printed_below(items[-1], pages))
        for reduction in {Decimal(0), reduced}
    )
    warnings = list(_differing_items(items))
    if adds_up:
        items = tuple(replace(item, confidence=_raised(item)) for item in items)
        warnings += _taxes(items, whole, totals, unit)
    elif {"net", "gross"} & totals.keys():
        items = tuple(
            replace(item, confidence=(item.confidence or 0) * _DOES_NOT) for item in items
        )
        stated = totals.get("net", totals.get("gross", whole))
        warnings.append(
            warning("items_do_not_add_up", sum=_plain(whole, unit), total=_plain(stated, unit))
        )
    return items, warnings


def _total(facts: Sequence[Fact], name: str) -> Decimal | None:
    fact = next((fact for fact in facts if fact.name == name and fact.confidence >= _SURE), None)
    printed = list(values.amounts(fact.value)) if fact else []
    return printed[-1].number if printed else None


def _currency(facts: Sequence[Fact]) -> str | None:
    """The currency of the first total."""
    totals = (fact.normalised for fact in facts if fact.name in _TOTALS)
    return next((total["currency"] for total in totals if isinstance(total, dict)), None)


def _printed_below(last: LineItem, pages: Sequence[TextLines]) -> Iterator[Decimal]:
    """The exact amounts below the last item, and on the pages after it."""
    for row in _rows_below(last, pages):
        for span in row:
            yield from (amount.number for amount in values.amounts(span.text) if amount.exact)


def _discounts(last: LineItem, pages: Sequence[TextLines]) -> Decimal:
    """The sum of the discounts of the whole, which are printed below the last item."""
    found = Decimal(0)
    for row in _rows_below(last, pages):
        printed = [amount.number for amount in values.amounts(row[-1].text) if amount.exact]
        if printed and sums.is_discount(" ".join(span.text for span in row[:-1])):
            found += abs(printed[-1])
    return found


def _rows_below(last: LineItem, pages: Sequence[TextLines]) -> Iterator[TextLine]:
    """The rows below the last item, and on the pages after it."""
    for row in (row for page in pages for row in page):
        page = row[0].page
        if last.page is None or last.box is None or page.number < last.page:
            continue
        bottom = page.upright(last.box).bottom
        if page.number > last.page or row[0].box.center_y >= bottom:
            yield row


def _raised(item: LineItem) -> float | None:
    """The confidence of an item whose sum with the others is printed, unless it is low itself."""
    confidence = item.confidence
    if confidence is None or _adds_up(item) is False:
        return confidence
    return max(confidence, (confidence + _ADDS_UP) / 2)


def _adds_up(item: LineItem) -> bool | None:
    """Whether an item's numbers make its amount; None if they are not all known."""
    if item.quantity is None or item.unit_price is None:
        return None
    discount = None
    if item.discount is not None:
        discount = Decimal(item.discount.rstrip("%")), item.discount.endswith("%")
    rate = Decimal(item.tax_rate) if item.tax_rate else None
    numbers = Decimal(item.quantity), Decimal(item.unit_price)
    return agrees(*numbers, discount, rate, Decimal(item.amount))


def _differing_items(items: Sequence[LineItem]) -> Iterator[dict[str, Any]]:
    numbers = [number for number, item in enumerate(items, 1) if _adds_up(item) is False]
    if not numbers:
        return
    listed = ", ".join(map(str, numbers[:_NAMED_ITEMS]))
    if len(numbers) == 1:
        yield warning("item_does_not_add_up", items=listed)
    else:
        context = "more" if len(numbers) > _NAMED_ITEMS else "several"
        yield warning("item_does_not_add_up", context=context, items=listed)


def _taxes(
    items: Sequence[LineItem], whole: Decimal, totals: Mapping[str, Decimal], unit: Decimal
) -> Iterator[dict[str, Any]]:
    """A warning if the rates of items with net amounts make another tax than the stated one."""
    net, tax = totals.get("net"), totals.get("tax")
    if net is None or tax is None or abs(whole - net) > _ROUNDED * unit:
        return
    by_rate: dict[Decimal, Decimal] = defaultdict(Decimal)
    for item in items:
        if item.tax_rate is None:
            return
        by_rate[Decimal(item.tax_rate)] += Decimal(item.amount)
    made = sum((base * rate / 100 for rate, base in by_rate.items()), Decimal(0))
    if abs(made - tax) > (_ROUNDED + _ROUNDED_TAX * len(items)) * unit:
        yield warning("taxes_do_not_add_up", sum=_plain(made, unit), tax=_plain(tax, unit))


def _plain(number: Decimal, unit: Decimal) -> str:
    """The number with the decimals of its currency."""
    return f"{number.quantize(unit):f}"
