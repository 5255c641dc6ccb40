"""The items of a receipt: rows of a description and an amount above the totals.

Tills print an item in one row, or its name in one row and its quantity, price and amount in the
next one. The rows end at the first total.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.extract import values
from analysis.layout.lines import TextLine, TextLines, collapse_whitespace, text_of, union_box
from analysis.model import LineItem

_TOTAL = re.compile(
    r"\b(?:sub\s?-?\s?total\w*|total|totai|tota|totaal|totale|ttl|tot\s+qty|zwischensumme|"
    r"(?:no\.?|number)\s*of\s*items?|item\s*(?:count|qty))\b|"
    r"^\W*(?:summe|gesamt\w*|zu\s*zahlen|netto|brutto|amount\s*due|excl|incl|taxable)\b",
    re.IGNORECASE,
)
"""What the first row below the items says."""
_PAID = re.compile(
    r"\W*(?:amt|round\w*|cash|change|tender\w*|visa|master\w*|balance|payment|paid|gst|sst|"
    r"service\s*(?:charge|tax)|serv\.?\s*charge|tax|vat|mwst|ust|tva|card|debit)\b",
    re.IGNORECASE,
)
"""What a row with an amount may say before any total."""
_NOT_ITEM = re.compile(
    r"\b(?:tel|fax|gst\s*(?:no|id|reg)|reg\s*no|co\.?\s*no|invoice|receipt|bill\s*no|table|cashier|"
    r"date|time|datum|uhrzeit|member|customer|doc(?:ument)?\s*no|order\s*no|page|terminal|till)\b",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\b(?:description|desc|item|artikel|qty|quantity|menge|price|preis|u\.?\s?price|amount|betrag|"
    r"total|disc|rm|code)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"(?<![\d.,])(?P<count>\d{1,4}(?:[.,]\d{1,3})?)\s*(?:(?P<unit>[a-z]{1,4})\.?\s*)?(?:net\s*)?"
    r"[x\xd7*@à]\s*(?:RM|EUR|€|\$|£)?\s*(?P<price>\d{1,6}[.,]\d{2,4})"
    r"(?:\s*(?:EUR|€|\$|£)?\s*/\s*[a-z]{1,4}\b)?",
    re.IGNORECASE,
)
_DISCOUNT = re.compile(
    r"\b(?:disc(?:ount)?|rabatt|nachlass|preisvorteil|coupon|voucher|promo\w*|saving|saved|offer|"
    r"remise|r[ée]duction|descuento|dto|sconto|korting|actie|member\s*price|multibuy|price\s*cut)",
    re.IGNORECASE,
)
"""What a row says that lowers the price of the item above it."""
_WEIGHT = re.compile(r"\d{1,3}[.,]\d{3}")
_CODE = re.compile(r"^\W*(?:\d{4,}|[A-Z]{1,3}\d{3,}\w*)\W*\s*")
_TAX_CODE = re.compile(r"[\s*]*(?:\b[A-Za-z]{1,3}\b)?[\s*]*")
_UNITS = re.compile(
    r"^\W*(?:\d+(?:[.,]\d+)?\s*)?(?:x|pkt|pcs?|units?|rolls?|ea|kg|btl|set|box|pack|ctn|stk|st)?\b[\s.*@]*"
    r"(?=\W*$)",
    re.IGNORECASE,
)
"""A row that only counts: `1.00 PKT`."""
_ADDRESS = re.compile(r"\b\d{5}\b\s+[^\W\d]|\b(?:jalan|jln|taman|lot|street|road)\b", re.IGNORECASE)
_LETTERS = 3
_HEADS = 2
_ROWS_OF_A_NAME = 2
_ROUNDED = Decimal("0.02")
_ADDS_UP = 0.95
_UNCHECKED = 0.85
"""The confidence of an item of which only the amount is known."""


def find(rows: TextLines) -> tuple[LineItem, ...]:
    """The items in the order of their rows."""
    return tuple(_items(_above_totals(rows)))


def _above_totals(rows: TextLines) -> Sequence[TextLine]:
    """The rows from the heads of columns, if there are any, to the first total."""
    begin = 0
    for place, row in enumerate(rows):
        if _is_head(row):
            begin = place + 1
            continue
        paid = _PAID.match(text_of(row)) and _amount(row) is not None
        if paid or _TOTAL.search(text_of(row)):
            return rows[begin:place]
    return []


def _is_head(row: TextLine) -> bool:
    text = text_of(row)
    heads = {head.lower() for head in _HEAD.findall(text)}
    return len(heads) >= _HEADS and not any(map(str.isdigit, text))


def _items(rows: Sequence[TextLine]) -> Iterator[LineItem]:
    """Each item once its rows end: a name may stand above or below the row of the amount."""
    named: list[TextLine] = []
    nameless: TextLine | None = None
    last: LineItem | None = None
    for row in rows:
        text = text_of(row)
        amount = _amount(row)
        completed = _completed(last, row, amount)
        if completed is not None:
            last = completed
            continue
        if _is_about_the_sale(text):
            named, nameless = [], None
            continue
        name = _name(row, amount)
        if amount is None:
            if name and nameless is not None:
                last, nameless = _item(name, [*nameless, *row], nameless), None
            elif name:
                named = [*named, row][-_ROWS_OF_A_NAME:]
            continue
        if last is not None:
            yield last
        last = nameless = None
        title = name or collapse_whitespace(" ".join(_name(other, None) for other in named))
        if title:
            whole = row if name else [*(span for other in named for span in other), *row]
            last = _item(title, whole, row)
        else:
            nameless = row
        named = []
    if last is not None:
        yield last


def _completed(
    item: LineItem | None, row: TextLine, amount: values.Amount | None
) -> LineItem | None:
    """The item with what a row below it says of it: a discount or a count; None if nothing."""
    if item is None:
        return None
    text = text_of(row)
    if amount is not None and _lowers(text, amount):
        return _with_discount(item, amount)
    counted = _TIMES.search(text)
    has_own_amount = counted and any(found.exact for found in values.amounts(text[counted.end() :]))
    if counted and not has_own_amount and not _name(row, amount) and _counts(counted, item):
        return _with_count(item, counted)
    return None


def _is_about_the_sale(text: str) -> bool:
    return bool(
        _NOT_ITEM.search(text) or next(values.dates(text), None) or next(values.times(text), None)
    )


def _amount(row: TextLine) -> values.Amount | None:
    """The exact amount at the end of a row, perhaps followed by the code of its tax."""
    place = _place_of_amount(row)
    exact = [found for found in values.amounts(row[place].text) if found.exact]
    if not exact or _TAX_CODE.sub("", row[place].text[exact[-1].end :]).strip(" )*#"):
        return None
    return exact[-1]


def _place_of_amount(row: TextLine) -> int:
    """The last span, or the one before it if the last is the code of a tax."""
    is_code = len(row) > 1 and _TAX_CODE.fullmatch(row[-1].text)
    return len(row) - (2 if is_code else 1)


def _name(row: TextLine, amount: values.Amount | None) -> str:
    """The words of a row, without its numbers, codes and amount."""
    parts = []
    for place, span in enumerate(row):
        text = span.text
        if amount is not None and place >= _place_of_amount(row):
            text = text[: amount.start] if place == _place_of_amount(row) else ""
        text = _UNITS.sub("", _TIMES.sub("", _CODE.sub("", text))).strip(" -:;,*#@")
        if sum(map(str.isalpha, text)) >= _LETTERS:
            parts.append(text)
    name = collapse_whitespace(" ".join(parts))
    return "" if _ADDRESS.search(name) else name


def _item(title: str, whole: TextLine, row: TextLine) -> LineItem:
    amount = _amount(row)
    if amount is None:
        raise ValueError("a row without an amount")
    quantity, price = _factors(row, amount)
    page = row[0].page
    legible = page.confidence if page.source == "ocr" else 1.0
    return LineItem(
        description=title,
        quantity=None if quantity is None else str(quantity),
        unit=None if quantity is None else _unit(_TIMES.search(text_of(row))),
        unit_price=None if price is None else str(price),
        amount=str(amount.number),
        page=page.number,
        box=page.displayed(union_box(whole)),
        confidence=(_UNCHECKED if quantity is None else _ADDS_UP) * legible,
    )


def _factors(row: TextLine, amount: values.Amount) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """Two numbers of the row, in its order, whose product is the amount."""
    counted = _TIMES.search(text_of(row))
    if counted is not None:
        factors = _count(counted), _decimal(counted["price"])
        if abs(factors[0] * factors[1] - amount.number) < _ROUNDED:
            return factors
    numbers = [found.number for span in row for found in values.amounts(span.text)]
    for place, first in enumerate(numbers[:-1]):
        for second in numbers[place + 1 : -1]:
            if abs(first * second - amount.number) < _ROUNDED:
                return first, second
    return None, None


def _counts(counted: re.Match[str], item: LineItem) -> bool:
    """Whether a row such as `2 x 3.50` is how the amount of the item above it came about."""
    product = _count(counted) * _decimal(counted["price"])
    return abs(product - Decimal(item.amount)) < _ROUNDED


def _lowers(text: str, amount: values.Amount) -> bool:
    """Whether a row is a discount: it says so, and its amount is negative or printed as one."""
    return bool(_DISCOUNT.search(text)) and (amount.number < 0 or not _TIMES.search(text))


def _with_discount(item: LineItem, amount: values.Amount) -> LineItem:
    """The item with its price lowered; several discounts add up."""
    before = Decimal(item.discount) if item.discount else Decimal(0)
    lowered = Decimal(item.amount) - abs(amount.number)
    return replace(item, discount=str(before + abs(amount.number)), amount=str(lowered))


def _unit(counted: re.Match[str] | None) -> str | None:
    unit = counted["unit"] if counted else None
    return None if unit is None or unit.lower() == "x" else unit


def _with_count(item: LineItem, counted: re.Match[str]) -> LineItem:
    return replace(
        item,
        quantity=str(_count(counted)),
        unit=_unit(counted),
        unit_price=str(_decimal(counted["price"])),
        confidence=_ADDS_UP / _UNCHECKED * (item.confidence or 0.0),
    )  # fmt: skip


def _count(counted: re.Match[str]) -> Decimal:
    """The count: three digits behind a sign are decimals, as of a weight."""
    text = counted["count"]
    return Decimal(text.replace(",", ".")) if _WEIGHT.fullmatch(text) else _decimal(text)


def _decimal(text: str) -> Decimal:
    return values.parse_number(text) or Decimal(0)
