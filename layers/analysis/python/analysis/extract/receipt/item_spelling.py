"""How OCR spells the numbers of a receipt: lost or doubled dots, joined words, misread digits."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

_CODE_AT_END = r"(?=\s*(?:[A-Z]{1,3})?\W*$|\s+\d)"
_REPAIRS = (
    (re.compile(r"[\u2080-\u2089](?=\d\d(?!\d))"), "."),
    (re.compile(r"(?<!\w)[:'*|`\u2019]{1,3}\s?(?=(?:RM)?-?\d+[.,]\s?\d\d(?!\d))"), ""),
    (re.compile(r"^(\d{1,4})-(\d\d)$"), r"\1.\2"),
    (
        re.compile(r"(?<![\d.,])(\d{1,4})(?:\s?[.,]{2}|\s[.,]|[.,]\s)(\d\d)(?!\d)" + _CODE_AT_END),
        r"\1.\2",
    ),
    (re.compile(r"(?<![\d.,OoD])\.(\d\d)(?!\d)"), r"0.\1"),
    (re.compile(r"(?<![A-Za-z])[FPR][MN](?=[\dODo]*[.,]\d\d)"), "RM"),
    (re.compile(r"(?<![A-Za-z\d])[S\xa7](?=\d+[.,]\d\d(?!\d))"), "$"),
    (re.compile(r"^(\d{1,3}) (\d\d)(?=\s*[A-Za-z]{0,3}$)"), r"\1.\2"),
    (re.compile(r"(?<=\.\d\d)(?=(?:RM)?\d{1,4}\.\d\d(?!\d))"), " "),
    (re.compile(r"(?<=\d)(\s?[xX\xd7*@]\s?\d{1,4}) (\d\d)(?!\d)"), r"\1.\2"),
    (
        re.compile(
            r"(?<=[A-Za-z]{2}|[A-Za-z]\))(?<![Rr]M)(?<!EUR)(?=\d{1,4}[.,]\d\d" + _CODE_AT_END + ")"
        ),
        " ",
    ),
)
"""Cents without a zero before them, a misread currency, a lost dot, a blank or another dot beside
it, two amounts without a blank, and a word without one before its amount.
"""
_LIKE_DIGITS = re.compile(r"(?<![\w.,])[\dOoDQSBI]{1,4}[.,][\dOoDQSBI]{2}(?![\w.,])")
_DIGITS = str.maketrans("OoDQSBI", "0000581")
_WHOLE = re.compile(r"\W*(?:RM)?(\d{3,12})\W*(?:[A-Z]{1,2}\W*)?", re.IGNORECASE)
_LARGEST = 100
"""A count below this number follows from a price and its multiple."""


def repaired(text: str) -> str:
    """The text with numbers as they are printed."""
    for pattern, replacement in _REPAIRS:
        text = pattern.sub(replacement, text)
    return _LIKE_DIGITS.sub(_as_digits, text)


def _as_digits(match: re.Match[str]) -> str:
    text = match.group()
    return text.translate(_DIGITS) if any(map(str.isdigit, text)) else text


def other_amounts(
    tokens: Sequence[str], last: int, amount: Decimal | None, product: Decimal | None
) -> Iterator[Decimal]:
    """What the amount of a row may be instead of the printed one, if that is misread.

    `product` is what count and price of the row make.
    """
    if product and product != amount:
        yield product
    if amount is not None:
        if amount < 0:
            yield -amount
        return
    word = tokens[last] if tokens else ""
    if match := _WHOLE.fullmatch(word):
        digits = match[1]
        yield from _price_and_amount(digits)
        yield Decimal(int(digits)) / 100


def _price_and_amount(digits: str) -> Iterator[Decimal]:
    """The amount of digits that are a price and its multiple, without their dots and blank."""
    for place in range(3, len(digits) - 2):
        price, amount = int(digits[:place]), int(digits[place:])
        if price and digits[place] != "0" and amount % price == 0 and amount // price < _LARGEST:
            yield Decimal(amount) / 100


def is_similar(printed: Decimal, number: Decimal) -> bool:
    """Whether one digit was misread, lost or added."""
    first, second = (f"{int(abs(value) * 100)}" for value in (printed, number))
    if len(first) == len(second):
        return sum(a != b for a, b in zip(first, second, strict=True)) == 1
    longer, shorter = sorted((first, second), key=len, reverse=True)
    return len(longer) - len(shorter) == 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )
