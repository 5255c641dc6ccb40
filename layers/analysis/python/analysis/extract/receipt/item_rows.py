"""One row of a receipt: its words, its numbers, and what it costs.

OCR loses dots and reads the code of a tax as a digit, so some spellings of numbers are repaired.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from analysis.extract import values
from analysis.layout.lines import TextLine, collapse_whitespace, text_of

TIMES = re.compile(
    r"(?<![\d.,])(?P<count>\d{1,4}(?:[.,]\d{1,3})?)\s*(?:(?P<unit>[a-z]{1,4})\.?\s*)?(?:net\s*)?"
    r"[x\xd7*@à]\s*(?:RM|EUR|€|\$|£)?\s*(?P<price>\d{1,6}[.,]\d{2,4})"
    r"(?:\s*(?:EUR|€|\$|£)?\s*/\s*[a-z]{1,4}\b)?",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"\d{1,3}[.,]\d{3}")
_KNOWN_UNITS = frozenset(
    [
        "kg", "g", "lb", "lbs", "oz", "l", "ltr", "ml", "m", "cm", "st", "stk", "stck", "pc", "pcs",
        "pkt", "pkg", "ea", "unit", "u", "un", "ud", "uds", "pz", "nr", "btl", "ctn", "box", "pack",
        "roll", "set",
    ]
)  # fmt: skip
_CODE = re.compile(
    r"^\W*(?:\d{1,2}[.)]\s*)?(?:[A-Z]{2}\s[A-Z]?\d{6,}\s*-|\d{4,}[A-Z]?\b|\d{4,}|[A-Z]{1,3}\d{3,}\w*)"
    r"\W*\s*"
)
"""The code of an article, perhaps after its position or the code of its tax."""
_TAX_CODE = re.compile(r"[\s*#.]*(?:\b(?:[A-Za-z]{1,3}|[A-Za-z]\d|[258])\b)?[\s*#.]*")
"""What may follow an amount; OCR reads Z, S and B as digits."""
_WHOLE = re.compile(r"(?<![\d.,])(\d{1,5})(?:\s*[A-Za-z]{1,3})?\s*$")
"""An amount without cents at the end of a row."""
_UNITS = re.compile(
    r"^\W*(?:\d+(?:[.,]\d+)?\s*)?(?:x|pkt|pcs?|units?|rolls?|ea|kg|btl|set|box|pack|ctn|stk|st)?\b[\s.*@]*"
    r"(?=\W*$)",
    re.IGNORECASE,
)
"""A row that only counts: `1.00 PKT`."""
_AT_A_PRICE = re.compile(
    r"\s*(?:@|(?<=\s)[x\xd7])\s*(?:RM|EUR|€|\$|£)?\s*\d+[.,]\d{2}\W*$", re.IGNORECASE
)
_ADDRESS = re.compile(r"\b\d{5}\b\s+[^\W\d]|\b(?:jalan|jln|taman|lot|street|road)\b", re.IGNORECASE)
_LEADING = re.compile(
    r"(?P<number>\d{1,2})(?P<mark>[.)]?)(?:\s+(?=\d*[^\W\d_])(?!x\s)|$)", re.IGNORECASE
)
_REPAIRS = (
    (re.compile(r"(?<![\d.,OoD])\.(\d\d)(?!\d)"), r"0.\1"),
    (re.compile(r"^(\d{1,3}) (\d\d)(?=\s*[A-Za-z]{0,3}$)"), r"\1.\2"),
)
"""Cents without a zero before them, and a lost dot."""
_LETTERS = 3
_CHARACTERS = 5
_ROUNDED = Decimal("0.02")
_LARGEST_COUNT = 1000
_MISREAD = 100
"""A count below this number follows from price and amount, if none can be read."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row with its amount, the factors of that, and the words that are neither.

    `repaired` is what count and price make, if the printed amount is none that can be read, or zero
    although they are not. `leading` is a small number before the words, a count or a position.
    """

    spans: TextLine
    text: str
    name: str
    amount: Decimal | None
    quantity: Decimal | None = None
    unit: str | None = None
    price: Decimal | None = None
    repaired: Decimal | None = None
    leading: int | None = None
    is_position: bool = False
    is_alone: bool = False
    """Whether the leading number is a text of its own."""
    has_code: bool = False
    """Whether the row begins with the code of an article."""

    @property
    def counts(self) -> bool:
        return self.quantity is not None and self.price is not None


def parse(row: TextLine) -> ItemRow:
    """The row as an item's, whatever it is."""
    texts = [_repaired(span.text) for span in row]
    place = _place_of_amount(row)
    amount, start = _amount(texts[place])
    before = [*texts[:place], texts[place][:start]]
    text = " ".join(texts)
    counted = TIMES.search(text)
    if counted and amount is not None and _is_price(counted, text, amount):
        amount = None
    numbers = [found for part in before for found in values.amounts(part)]
    if amount is None and not counted:
        amount, start = _whole_amount(texts[place], numbers)
    quantity, price, unit = _factors(counted, numbers, amount)
    if quantity is None and amount is not None:
        quantity, price = _likely_factors(before, amount)
    leading = _LEADING.match(texts[0])
    return ItemRow(
        spans=row,
        text=text_of(row),
        name=_name(texts, place, start if amount is not None else None),
        amount=amount,
        quantity=quantity,
        unit=unit,
        price=price,
        repaired=_product(counted, numbers) if not amount else None,
        leading=int(leading["number"]) if leading else None,
        is_position=bool(leading and leading["mark"]),
        is_alone=bool(leading and leading.end() == len(texts[0]) and len(texts) > 1),
        has_code=bool(_CODE.match(texts[0])),
    )


def _repaired(text: str) -> str:
    for pattern, replacement in _REPAIRS:
        text = pattern.sub(replacement, text)
    return text


def _place_of_amount(row: TextLine) -> int:
    """The last text that is not the code of a tax."""
    place = len(row) - 1
    while place > 0 and _TAX_CODE.fullmatch(row[place].text):
        place -= 1
    return place


def _amount(text: str) -> tuple[Decimal | None, int]:
    """The exact amount at the end of a text, perhaps with the code of its tax, and its start."""
    exact = [found for found in values.amounts(text) if found.exact]
    if not exact or _TAX_CODE.sub("", text[exact[-1].end :]).strip(" )*#"):
        return None, len(text)
    return exact[-1].number, exact[-1].start


def _is_price(counted: re.Match[str], text: str, amount: Decimal) -> bool:
    """Whether the last number of a row is the price of `2 x 3.25`, not an amount after it."""
    behind = text[counted.end() :]
    return _decimal(counted["price"]) == abs(amount) and not any(map(str.isdigit, behind))


def _whole_amount(text: str, numbers: Sequence[values.Amount]) -> tuple[Decimal | None, int]:
    """An amount without cents, which is one if two other numbers of the row make it."""
    match = _WHOLE.search(text)
    if match is None:
        return None, len(text)
    amount, others = Decimal(match[1]), list(numbers)
    if others and not others[-1].exact and others[-1].number == amount:
        others.pop()
    is_made = amount and _pair(others, amount) and any(other.exact for other in others)
    return (amount, match.start()) if is_made else (None, len(text))


def _factors(
    counted: re.Match[str] | None, numbers: Sequence[values.Amount], amount: Decimal | None
) -> tuple[Decimal | None, Decimal | None, str | None]:
    """Quantity, price and unit of the row: as printed with a sign, or two numbers of it."""
    if counted is not None:
        quantity, price = count_of(counted), _decimal(counted["price"])
        if amount is None or abs(quantity * price - amount) < _ROUNDED:
            return quantity, price, _unit(counted)
    if amount is None:
        return None, None, None
    pair = _pair(numbers, amount)
    return (*pair, None) if pair else (None, None, None)


def _likely_factors(texts: Sequence[str], amount: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """The only count of the row without its price, or what price and amount make the count."""
    numbers = [
        found
        for text in texts
        if sum(map(str.isalpha, text)) < _LETTERS
        for found in values.amounts(text)
    ]
    counts = [found.number for found in numbers if _is_count(found)]
    if len(counts) == 1:
        return counts[0], None
    prices = [found.number for found in numbers if found.exact and found.number > 0]
    if not counts and prices and amount % prices[-1] == 0 and 0 < amount // prices[-1] < _MISREAD:
        return amount // prices[-1], prices[-1]
    return None, None


def _is_count(found: values.Amount) -> bool:
    return found.printed.isdecimal() and 0 < found.number < _LARGEST_COUNT


def _pair(numbers: Sequence[values.Amount], amount: Decimal) -> tuple[Decimal, Decimal] | None:
    """A count and a price whose product is the amount; a number without cents is the count."""
    for place, first in enumerate(numbers):
        for second in numbers[place + 1 :]:
            if abs(first.number * second.number - amount) >= _ROUNDED or not first.number:
                continue
            if _is_price_first(first, second):
                first, second = second, first  # noqa: PLW2901
            if abs(first.number) < _LARGEST_COUNT:
                return first.number, second.number
    return None


def _is_price_first(first: values.Amount, second: values.Amount) -> bool:
    if second.number % 1 == 0 and first.number % 1:
        return True
    return first.exact and second.printed.isdecimal()


def _product(counted: re.Match[str] | None, numbers: Sequence[values.Amount]) -> Decimal | None:
    """What a count and the price next to it make."""
    if counted is not None:
        return (count_of(counted) * _decimal(counted["price"])).quantize(Decimal("0.01"))
    for first, second in pairwise(numbers):
        if not first.exact and second.exact and 0 < first.number < _LARGEST_COUNT:
            return first.number * second.number
    return None


def _name(texts: Sequence[str], place: int, start: int | None) -> str:
    """The words of a row, without its numbers, codes and amount."""
    parts, short = [], []
    for number, whole in enumerate(texts):
        text = whole
        if start is not None and number >= place:
            text = text[:start] if number == place else ""
        text = _AT_A_PRICE.sub("", TIMES.sub(_unknown_unit, _CODE.sub("", text)))
        text = _UNITS.sub("", text).strip(" -:;,*#@")
        letters, characters = sum(map(str.isalpha, text)), sum(map(str.isalnum, text))
        is_row_of_text = start is None and letters and characters >= _CHARACTERS
        if letters >= _LETTERS or is_row_of_text:
            parts.append(text)
        elif letters:
            short.append(text)
    several = " ".join(short)
    if not parts and len(short) > 1 and sum(map(str.isalpha, several)) >= _LETTERS:
        parts = short
    name = collapse_whitespace(" ".join(parts))
    return "" if _ADDRESS.search(name) else name


def _unknown_unit(counted: re.Match[str]) -> str:
    """The word between count and price: a name, if it is no unit."""
    unit = counted["unit"] or ""
    return "" if unit.lower() in _KNOWN_UNITS else unit


def count_of(counted: re.Match[str]) -> Decimal:
    """The count: three digits behind a sign are decimals, as of a weight."""
    text = counted["count"]
    return Decimal(text.replace(",", ".")) if _WEIGHT.fullmatch(text) else _decimal(text)


def _unit(counted: re.Match[str]) -> str | None:
    unit = counted["unit"]
    return str(unit) if unit and unit.lower() in _KNOWN_UNITS else None


def _decimal(text: str) -> Decimal:
    return values.parse_number(text) or Decimal(0)
