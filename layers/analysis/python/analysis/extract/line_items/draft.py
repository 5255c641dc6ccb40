"""An item whose rows are being read, and the item that they make."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from analysis.extract import values
from analysis.extract.line_items import cells
from analysis.layout.lines import TextLine, TextSpan, collapse_whitespace, union_box
from analysis.model import LineItem

ROUNDED = Decimal("0.02")
"""The difference that rounding may make."""
_LONGEST = 300
"""Most characters of an item's description."""
_PRICE_BASES = (1, 10, 100, 1000)
"""The numbers of units that a price may be stated for."""
_CONFIDENCE = {True: 0.97, None: 0.85, False: 0.6}
"""Of an item whose numbers make its amount, have not been checked, or do not make it."""
_TIMES = re.compile(
    r"(?<![\d.,/])(?P<count>\d{1,4}(?:[.,]\d{1,3})?)\s*(?:[^\W\d_]{1,9}\.?\s*)?"
    r"(?:[x\xd7*@]|à|at|zu(?:\s*je)?|je)\s*(?:RM|EUR|USD|GBP|CHF|[€$£₹]|Rs\.?)?\s*(?P<price>\d{1,6}(?:[.,]\d{2,4})?)(?![\d.,])",
    re.IGNORECASE,
)
_NET = re.compile(r"\bnet|\bht\b|h\.t|ex(?:cl|kl)?\.|imponibile|taxable|bez\s*dph", re.IGNORECASE)


@dataclass(slots=True)
class Draft:
    """The values of an item's rows."""

    row: TextLine
    last: TextSpan
    description: list[str] = field(default_factory=list)
    quantity: Decimal | None = None
    other_quantity: Decimal | None = None
    """Its other reading, if its last three digits may be decimals."""
    unit: str | None = None
    unit_price: Decimal | None = None
    other_price: Decimal | None = None
    discount: tuple[Decimal, bool] | None = None
    tax_rate: Decimal | None = None
    item_number: str | None = None
    date: str | None = None
    amounts: list[tuple[str, Decimal]] = field(default_factory=list)
    """By the head of their column: there may be one for the net and one for the gross amount."""
    numbers: list[Decimal] = field(default_factory=list)
    """Those of its cells, its amounts among them, but not of its description or its codes."""
    details: int = 0
    has_quantities: bool = False
    """Whether its table has a column of quantities."""
    has_price_alone: bool = False
    """Whether its table has a column of prices, but none of quantities or amounts."""

    def is_item(self) -> bool:
        """Whether a row is an item: it has an amount, or a price and a quantity."""
        return bool(self.amounts) or (self.unit_price is not None and self.quantity is not None)

    def item(self) -> LineItem | None:
        """The item; None if it is none: without a description or an amount."""
        text = collapse_whitespace(" ".join(self.description))[:_LONGEST]
        if not self.amounts or not cells.is_worded(text):
            return None
        amount, adds_up = self._settle()
        if (self.quantity is None or self.unit_price is None) and self._find_factors(amount):
            adds_up = True
        page = self.row[0].page
        if page.source == "ocr" and self.has_quantities and self.quantity is None:
            # OCR may not see a 1 that is alone in its column.
            self.quantity = Decimal(1) if self.unit_price == amount else None
        legible = page.confidence if page.source == "ocr" else 1.0
        return LineItem(
            description=text,
            quantity=cells.plain(self.quantity),
            unit=self.unit,
            unit_price=cells.plain(self.unit_price),
            discount=self._discount(amount),
            tax_rate=cells.plain(self.tax_rate),
            amount=f"{amount:f}",
            item_number=self.item_number,
            date=self.date,
            page=page.number,
            box=page.displayed(union_box(self.row)),
            confidence=_CONFIDENCE[adds_up] * legible,
        )

    def _find_factors(self, amount: Decimal) -> bool:
        """Set quantity and price to what makes the amount, if numbers of the row do."""
        others = list(self.numbers)
        if amount in others:
            others.remove(amount)
        quantity, price = factors(
            others if self.quantity is None else [self.quantity],
            others if self.unit_price is None else [self.unit_price],
            amount,
        )
        if quantity is None and self.quantity is None and self.unit_price is None:
            quantity, price = _described(" ".join(self.description), amount)
        if quantity is None:
            return False
        self.quantity, self.unit_price = quantity, price
        return True

    def _settle(self) -> tuple[Decimal, bool | None]:
        """The amount, and whether quantity and price make it; None if they are not known.

        Of two readings of a number, and of several amounts, those count that agree.
        """
        if self.quantity is None or self.unit_price is None:
            return self._stated(), None
        for quantity in _readings(self.quantity, self.other_quantity):
            for price in _readings(self.unit_price, self.other_price):
                for _, amount in self.amounts:
                    if makes(quantity, price, self.discount, self.tax_rate, amount):
                        self.quantity, self.unit_price = quantity, price
                        return amount, True
        amount = self._stated()
        numbers = self.quantity, self.unit_price, self.discount, self.tax_rate
        return amount, agrees(*numbers, amount)

    def _stated(self) -> Decimal:
        """The amount of a column that is named net, otherwise the last one."""
        net = [amount for head, amount in self.amounts if _NET.search(head)]
        return net[0] if net else self.amounts[-1][1]

    def _discount(self, amount: Decimal) -> str | None:
        """The discount as a percentage or an amount: as printed, or as it makes the amount."""
        if self.discount is None or not self.discount[0]:
            return None
        value, is_percent = self.discount
        if not is_percent and self.quantity is not None and self.unit_price is not None:
            whole = self.quantity * self.unit_price
            is_percent = abs(whole * (1 - value / 100) - amount) < ROUNDED
        return f"{value:f}%" if is_percent else f"{value:f}"


def _readings(number: Decimal, other: Decimal | None) -> tuple[Decimal, ...]:
    return (number,) if other is None else (number, other)


def makes(
    quantity: Decimal,
    price: Decimal,
    discount: tuple[Decimal, bool] | None,
    tax_rate: Decimal | None,
    amount: Decimal,
    *,
    bases: Sequence[int] = (1,),
) -> bool:
    """Whether quantity and price make the amount; the price is that of one of these units."""
    products = _products(quantity, price, discount, tax_rate)
    return any(
        abs(product / base - amount) <= ROUNDED or _is_cut(product / base, amount)
        for product in products
        for base in bases
    )


def _is_cut(product: Decimal, amount: Decimal) -> bool:
    """Whether an amount without decimals is a product with decimals, rounded in any direction."""
    return amount.as_tuple().exponent == 0 and product % 1 != 0 and abs(product - amount) < 1


def agrees(
    quantity: Decimal,
    price: Decimal,
    discount: tuple[Decimal, bool] | None,
    tax_rate: Decimal | None,
    amount: Decimal,
) -> bool | None:
    """Whether they make the amount; None if they do but for the rounding of the printed price."""
    if makes(quantity, price, discount, tax_rate, amount, bases=_PRICE_BASES):
        return True
    digits = price.as_tuple().exponent
    rounding = Decimal(5).scaleb(digits - 1) if isinstance(digits, int) else Decimal(0)
    bounds = (
        _products(quantity, bound, discount, tax_rate)
        for bound in (price - rounding, price + rounding)
    )
    is_rounded = any(low <= amount <= high for low, high in zip(*bounds, strict=True))
    return None if is_rounded and digits else False


def _products(
    quantity: Decimal,
    price: Decimal,
    discount: tuple[Decimal, bool] | None,
    tax_rate: Decimal | None,
) -> Sequence[Decimal]:
    """What quantity and price make, with the discount as it may be meant, and with tax."""
    whole = quantity * price
    made = [whole]
    if discount is not None:
        value, is_percent = discount
        made.append(whole * (1 - value / 100))
        if not is_percent:
            made += [whole - value, quantity * (price - value)]
    if tax_rate:
        made += [product * (1 + tax_rate / 100) for product in tuple(made)]
        made.append(whole / (1 + tax_rate / 100))
    return made


def factors(
    quantities: Sequence[Decimal], prices: Sequence[Decimal], amount: Decimal
) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """The quantity and the unit price whose product is the amount.

    If the same numbers may be either, the first of two is the quantity.
    """
    for place, first in enumerate(quantities):
        for second in prices[place + 1 :] if quantities is prices else prices:
            if abs(first * second - amount) < ROUNDED:
                return first, second
    return None, None


def _described(text: str, amount: Decimal) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """Quantity and price that a description states with a sign between them: `3 hours @ 50.00`."""
    for match in _TIMES.finditer(text):
        count, price = (values.parse_number(match[name]) for name in ("count", "price"))
        if count is not None and price is not None and abs(count * price - amount) < ROUNDED:
            return count, price
    return None, None
