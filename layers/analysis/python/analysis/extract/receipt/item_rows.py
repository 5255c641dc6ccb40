"""One row of a receipt: its words, its numbers, and what it costs.

OCR loses dots and reads the code of a tax as a digit, so some spellings of numbers are repaired.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from analysis.extract import values
from analysis.extract.receipt import item_spelling, item_words
from analysis.layout.lines import TextLine, text_of

TIMES = re.compile(
    r"(?<![\d.,])(?P<count>\d{1,4}(?:[.,]\d{1,3})?)\s*(?:(?P<unit>[a-z]{1,4})\.?\s*)?(?:net\s*)?"
    r"(?:[x\xd7*@à]|(?<=kg\s)(?=[\d.,]+\s?(?:EUR|€)?\s?/\s?kg))\s*(?:1\s?(?:lb|kg|oz)\s?/\s?)?(?:RM|EUR|€|\$|£)?\s*(?P<price>\d{1,6}[.,]\d{2,4})"
    r"(?:\s*(?:EUR|€|\$|£)?\s*(?:/\s*[a-z]{1,4}\b|(?:per|pro|je|par|al?)\s[a-z]{1,6}\b|"
    r"(?:each|ea|stk|stck|st|pc|pce|pz|ud|un|ks|szt|chacun|cad|cada|c/u|styck)\b\.?))?",
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
    r"^\W*(?:\d{1,2}[.)]\s*|\d{1,2}\s?x\s+)?(?:[A-Z]{2}\s[A-Z]?\d{6,}\s*-|\d{4,}(?:-\d+)*[A-Z]?\b|\d{4,}|[A-Z]{1,3}\d{3,}\w*)"
    r"\W*\s*"
)
"""The code of an article, perhaps after its position or the code of its tax."""
_TAX_CODE = re.compile(
    r"[\s*#.'`,:;]*(?:\b(?:[258]|(?=\w*[A-Za-z])[A-Za-z258]{1,3}|[A-Za-z]\d)\b)?[\s*#.'`,:;]*"
)
"""What may follow an amount; OCR reads Z, S and B as digits."""
_MISREAD_CODE = re.compile(r"\W*\d[A-Z]\W*")
"""Behind an amount with cents, SR or ZR that is misread: `9R`."""
_BEHIND_NAME = re.compile(
    r"(?:\s+(?:SR|ZRL?|OS|ES|\.[A-Za-z]|\d{1,2}%|\d{8,}(?:\s[A-Z])?|[x\xd7@]))+$"
)
"""The code or the rate of a tax, the code of an article, and a sign before its price."""
_TAX_CODES = 2  # most codes of a tax behind the last number
_CURRENCY = re.compile(r"-?(?:RM|EUR|USD|GBP|CHF|[$€£])[:.]?", re.IGNORECASE)
_NUMBER = re.compile(
    r"[@x]?[-+(]?(?:RM|EUR|USD|GBP|CHF|[$€£])?[-+]?(?:\d+|\d*[.,]\d{2,4}|[OD][.,]\d\d|"
    r"\d{1,3}(?:[., ]\d{3})+[.,]\d\d)[)*#.'`,:;-]*(?:[A-Z258][A-Z]{0,2})?[.'`,:;*]*",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+[.,]\d\d")
"""A number whose thousands are divided by blanks."""
_EXACT = re.compile(r"\d[.,]\d\d(?!\d)")
_BARE_NUMBER = re.compile(r"[^A-Za-z]*\d[^A-Za-z]*")
_BEFORE_NAME = re.compile(r"\d{1,3}[.)]?|\W*\d{4,}\W*|[*#]+")
"""A count, a position or a code."""
_LEADING_WORDS = 3  # most counts, positions and codes before a name
_UNITS = re.compile(
    r"^\W*(?:\d+(?:[.,]\d+)?\s*)?(?:x|pkt|pcs?|units?|rolls?|ea|kg|btl|set|box|pack|ctn|stk|st)?\b[\s.*@]*"
    r"(?=\W*$)",
    re.IGNORECASE,
)
"""A row that only counts: `1.00 PKT`."""
_AT_A_PRICE = re.compile(
    r"\s*(?:@|(?<=\s)[x\xd7])\s*(?:RM|EUR|€|\$|£)?\s*\d+[.,]\d{2}\W*$", re.IGNORECASE
)
_MISREAD_NUMBERS = re.compile(
    r"\s+\d{1,4}[.,]\d\d(?:\s+\S{1,3})*$|(?=[^\d]{0,40}\s\d)(?:\s+[^\s(]{1,2}){3,20}$"
)
"""A price and other numbers before the amount, of which some are no numbers that can be read."""
_ADDRESS = re.compile(r"\b\d{5}\b\s+[^\W\d]|\b(?:jalan|jln|taman|lot|street|road)\b", re.IGNORECASE)
_LEADING = re.compile(
    r"(?P<number>\d{1,2})(?P<mark>[.)]?)(?:(?:\s?x)?\s+(?=\d*\W?[^\W\d_])(?!x\s)|$)", re.IGNORECASE
)
_LETTERS = 3  # fewest letters of a name in a row with numbers
_CHARACTERS = 5  # fewest letters and digits of a short name in a row without
_ROUNDED = Decimal("0.02")  # a product differs by less from its amount
_LARGEST_COUNT = 1000  # a count is below it; larger numbers are codes or prices
_MISREAD = 100
"""A count below this number follows from price and amount, if none can be read."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row with its amount, the factors of that, and the words that are neither.

    `leading` is a small number before the words, a count or a position.
    """

    spans: TextLine
    text: str
    folded: str
    name: str
    amount: Decimal | None
    quantity: Decimal | None = None
    unit: str | None = None
    price: Decimal | None = None
    leading: int | None = None
    is_position: bool = False
    is_alone: bool = False
    """Whether the leading number is a text of its own."""
    exact: tuple[Decimal, ...] = ()
    """All amounts with cents of the row."""
    has_numbers: bool = False
    """Whether a word is a number or has an amount."""
    has_code: bool = False
    """Whether the row begins with the code of an article."""
    factors: tuple[Decimal, Decimal] | None = None
    """A count and a price as printed, even if they do not make the amount."""
    others: tuple[Decimal, ...] = ()
    """What the amount may be instead, if it is misread, the likeliest first."""

    @property
    def counts(self) -> bool:
        """Whether the row has both a count and a price."""
        return self.quantity is not None and self.price is not None


def parse(row: TextLine) -> ItemRow:
    """The row as an item's, whatever it is."""
    tokens = [word for number, span in enumerate(row) for word in _tokens(span.text, number)]
    texts = [word for word, _ in tokens]
    last = _last_number(texts)
    first, tail = _first_of_name(texts), _tail(tokens, last)
    amount = _amount(texts[last]) if last >= tail else None
    text = " ".join(texts)
    counted = TIMES.search(text)
    if counted and amount is not None and _is_price(counted, text, amount):
        amount = None
    behind = [found for word in texts[tail:last] for found in values.amounts(word)]
    before = [found for word in texts[: min(first, tail)] for found in values.amounts(word)]
    numbers = [*before, *behind]
    others = [found for word in texts[last : last + 1] for found in values.amounts(word)]
    if amount is None and not counted:
        amount = _whole_amount(others, numbers)
    factors = _printed_factors(counted, numbers if amount else [*numbers, *others])
    if amount is None and factors and _has_its_digits(texts[last], _product(factors)):
        amount = _product(factors)
    quantity, price, unit = _factors(counted, numbers, amount)
    if quantity is None and amount is not None:
        quantity, price = _likely_factors(behind if first < tail else numbers, amount)
    is_text = amount is None and counted is None
    leading = _LEADING.match(text)
    return ItemRow(
        spans=row,
        text=text_of(row),
        folded=item_words.folded(text),
        name=_name(
            text if is_text else _without_numbers(texts[: last + 1], tail, counted), is_text=is_text
        ),
        amount=amount,
        quantity=quantity,
        unit=unit,
        price=price,
        leading=int(leading["number"]) if leading else None,
        is_position=bool(leading and leading["mark"]),
        is_alone=bool(leading and len(row) > 1 and leading.end() >= len(row[0].text)),
        exact=tuple(
            found.number
            for word in texts
            for part in (word, *word.split()[1:])
            for found in values.amounts(part)
            if found.exact
        ),
        has_numbers=any(_EXACT.search(word) or _BARE_NUMBER.fullmatch(word) for word in texts),
        has_code=bool(_CODE.match(text)),
        factors=factors,
        others=tuple(
            item_spelling.other_amounts(
                texts, last, amount,
                _product(factors) if factors else _whole_product(others, numbers),
            )
        ),
    )  # fmt: skip


def with_amount(row: ItemRow, amount: Decimal | None) -> ItemRow:
    """The row with another amount, and with count and price only if they make it."""
    if amount is None:
        return row
    if row.factors and abs(_product(row.factors) - amount) < _ROUNDED:
        return replace(row, amount=amount, quantity=row.factors[0], price=row.factors[1])
    return replace(row, amount=amount, quantity=None, price=None, unit=None)


def with_likelier_amount(row: ItemRow) -> ItemRow:
    """The row with what its count and price make, if its amount differs from that by one digit."""
    if row.amount is None or row.factors is None:
        return row
    made = _product(row.factors)
    return with_amount(row, made) if item_spelling.is_similar(row.amount, made) else row


def _product(factors: tuple[Decimal, Decimal]) -> Decimal:
    return (factors[0] * factors[1]).quantize(Decimal("0.01"))


def _tokens(text: str, number: int) -> Iterator[tuple[str, int]]:
    """The words of a span with its number; a sign of a currency is part of the number after it."""
    text = item_spelling.repaired(text)
    if _GROUPED.fullmatch(text):
        yield text, number
        return
    sign, has_number = "", False
    for word in text.split():
        if _CURRENCY.fullmatch(word):
            sign = word
            continue
        yield sign + word, number
        sign, has_number = "", any(map(str.isdigit, word))
    if sign and not has_number:
        yield sign, number


def _last_number(tokens: Sequence[str]) -> int:
    """The place of the last number, with at most the codes of a tax behind it."""
    place = len(tokens) - 1
    while place > 0 and place >= len(tokens) - _TAX_CODES:
        is_misread = _MISREAD_CODE.fullmatch(tokens[place]) and _EXACT.search(tokens[place - 1])
        if not _TAX_CODE.fullmatch(tokens[place]) and not is_misread:
            break
        if _NUMBER.fullmatch(tokens[place]) and not _EXACT.search(tokens[place - 1]):
            break
        place -= 1
    return place


def _first_of_name(tokens: Sequence[str]) -> int:
    """The place of the first word after counts, positions and codes."""
    for place, word in enumerate(tokens):
        follows = tokens[place + 1] if place + 1 < len(tokens) else ""
        if place == _LEADING_WORDS or not _BEFORE_NAME.fullmatch(word) or follows in {"x", "X"}:
            return place
    return len(tokens)


def _tail(tokens: Sequence[tuple[str, int]], last: int) -> int:
    """The place of the first of the numbers at the end of a row.

    Numbers of a text with words are of the name, unless the row has no text after it.
    """
    start = last + 1
    while start > 0 and (
        _NUMBER.fullmatch(tokens[start - 1][0]) or _is_between_numbers(tokens[start - 1][0])
    ):
        start -= 1
    if 0 < start <= last and tokens[start - 1][1] == tokens[start][1] < tokens[-1][1]:
        number = tokens[start][1]
        within = [word for word, span in tokens[start : last + 1] if span == number]
        if not any(map(_EXACT.search, within)):
            start += len(within)
    return start


def _is_between_numbers(word: str) -> bool:
    return word.lower().strip(".") in _KNOWN_UNITS or not any(map(str.isalnum, word))


def _amount(word: str) -> Decimal | None:
    """The exact amount that a word is, perhaps with the code of its tax."""
    exact = [found for found in values.amounts(word) if found.exact]
    if not exact or _TAX_CODE.sub("", word[exact[-1].end :]).strip(" )*#"):
        return None
    return exact[-1].number


def _is_price(counted: re.Match[str], text: str, amount: Decimal) -> bool:
    """Whether the last number of a row is the price of `2 x 3.25`, not an amount after it."""
    behind = text[counted.end() :]
    return _decimal(counted["price"]) == abs(amount) and not any(map(str.isdigit, behind))


def _whole_amount(
    last: Sequence[values.Amount], numbers: Sequence[values.Amount]
) -> Decimal | None:
    """An amount without cents, which is one if two other numbers of the row make it."""
    amount = last[-1].number if last else None
    pair = _pair(numbers, amount) if amount else None
    is_made = pair and any(number.exact and number.number == pair[1] for number in numbers)
    return amount if is_made else None


def _whole_product(
    last: Sequence[values.Amount], numbers: Sequence[values.Amount]
) -> Decimal | None:
    """The last number of a row, if two numbers before it make it: `1 3 3`, without any cents."""
    return last[-1].number if last and _pair(numbers, last[-1].number) else None


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


def _likely_factors(
    numbers: Sequence[values.Amount], amount: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    """The only count of a row without its price, or what price and amount make the count."""
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
            price_first = _is_price_first(first, second)
            count, price = (second, first) if price_first else (first, second)
            if abs(count.number) < _LARGEST_COUNT:
                return count.number, price.number
    return None


def _is_price_first(first: values.Amount, second: values.Amount) -> bool:
    if second.number % 1 == 0 and first.number % 1:
        return True
    return first.exact and second.printed.isdecimal()


def _has_its_digits(word: str, number: Decimal) -> bool:
    """Whether a word without cents is an amount whose dot was lost."""
    return not _EXACT.search(word) and re.sub(r"\D", "", word) == re.sub(r"\D", "", f"{number:.2f}")


def _printed_factors(
    counted: re.Match[str] | None, numbers: Sequence[values.Amount]
) -> tuple[Decimal, Decimal] | None:
    """A count and the price next to it, whatever amount is printed."""
    if counted is not None:
        return count_of(counted), _decimal(counted["price"])
    for first, second in pairwise(numbers):
        if not first.exact and second.exact and 0 < first.number < _LARGEST_COUNT:
            return first.number, second.number
    return None


def _without_numbers(texts: Sequence[str], tail: int, counted: re.Match[str] | None) -> str:
    """The text of a row without the numbers at its end, and without a count and its price."""
    if counted is None:
        return " ".join(texts[:tail])
    tokens = TIMES.sub(_unknown_unit, " ".join(texts)).split()
    while tokens and _NUMBER.fullmatch(tokens[-1]):
        tokens.pop()
    return " ".join(tokens)


def _name(text: str, *, is_text: bool) -> str:
    """The words of a row, without its codes; empty if they are too few, or an address."""
    text = _AT_A_PRICE.sub("", _CODE.sub("", text))
    if not is_text:
        text = _MISREAD_NUMBERS.sub("", text)
    name = _BEHIND_NAME.sub("", _UNITS.sub("", text)).strip(" -:;,*#@")
    letters, characters = sum(map(str.isalpha, name)), sum(map(str.isalnum, name))
    is_short_text = is_text and letters and characters >= _CHARACTERS and not _EXACT.search(name)
    if letters < _LETTERS and not is_short_text:
        return ""
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
