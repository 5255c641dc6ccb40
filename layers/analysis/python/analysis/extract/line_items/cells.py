"""The cells of a table of line items as values: numbers, quantities with units, rates, dates."""

import re
from decimal import Decimal

from analysis.extract import values

_NUMBER = re.compile(r"[-\u2212\u2013(]?\s?(?:[€$£¥]\s?)?\d[\d.,'\u2019\u00a0\u202f ]*")
_GROUPED = re.compile(r"\d{1,3}[.,]\d{3}(?!\d)")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s?%")
_RATE = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)\s?%?")
_UNIT = re.compile(r"[^\W\d_][\w./²³-]*(?:\s[^\W\d_][\w.]*)?")
_A_WORD = 3
"""A number has at most so many letters more than digits; five are always allowed."""
_LONGEST_UNIT = 14
"""Most characters of a unit; longer texts describe something."""
_LETTERS = 2
"""Fewest letters of a text that may describe an item."""
_THOUSAND = 1000
"""The value of a separator of thousands; read as decimals, a number is so much less."""
_HIGHEST_RATE = 30
"""In percent: higher numbers are amounts."""


def is_worded(text: str) -> bool:
    """Whether a text has a word, so that it may describe an item."""
    return sum(map(str.isalpha, text)) >= _LETTERS


def has_digit(text: str) -> bool:
    """Whether a text has a digit of any script."""
    return any(map(str.isdigit, text))


def number(text: str) -> Decimal | None:
    """The number that a cell is, perhaps with a unit; None if the cell is a text."""
    letters = sum(map(str.isalpha, text))
    match = _NUMBER.search(text)
    if not match or letters > max(_A_WORD + 2, sum(map(str.isdigit, text)) + _A_WORD):
        return None
    parsed = values.parse_number(re.sub(r"[^\d.,'\u2019]", "", match.group()).strip(".,'"))
    if parsed is None:
        return None
    is_negative = match.group().strip()[:1] in {"-", "\u2212", "\u2013", "("} or "-$" in text
    return -parsed if is_negative else parsed


def money(text: str) -> Decimal | None:
    """The last amount of a cell."""
    printed = list(values.amounts(text))
    return printed[-1].number if printed else number(text)


def is_exact(text: str) -> bool:
    """Whether a cell has an amount with cents or a currency."""
    return any(amount.exact for amount in values.amounts(text))


def as_decimals(text: str, parsed: Decimal) -> Decimal | None:
    """The other reading of a number like `1.500` or `2,000`, whose last three digits may be
    decimals; None if there is none.
    """  # fmt: skip
    if abs(parsed) >= _THOUSAND and _GROUPED.search(text):
        return parsed / _THOUSAND
    return None


def unit(text: str) -> str | None:
    """The unit of a quantity such as `12 h` or `5,5 Std.`; None if none is printed."""
    rest = _NUMBER.sub(" ", text, count=1).strip(" x\u00d7*()")
    return rest if _UNIT.fullmatch(rest) and len(rest) <= _LONGEST_UNIT else None


def is_unit(text: str) -> bool:
    """Whether a cell is the unit of a number beside it."""
    return len(text.strip()) <= _LONGEST_UNIT and bool(_UNIT.fullmatch(text.strip()))


def discount(text: str) -> tuple[Decimal, bool] | None:
    """A discount without its sign, and whether it is printed as a percentage."""
    percent = _PERCENT.search(text)
    if percent:
        return (values.parse_number(percent[1]) or Decimal(0)), True
    parsed = number(text)
    return None if parsed is None else (abs(parsed), False)


def tax_rate(text: str) -> Decimal | None:
    """The rate in percent; None for a code or an amount."""
    match = _PERCENT.search(text) or _RATE.fullmatch(text.strip())
    rate = values.parse_number(match[1]) if match else None
    return rate if rate is not None and rate <= _HIGHEST_RATE else None


def plain(parsed: Decimal | None) -> str | None:
    """A decimal as JSON has it: `12.50`."""
    return None if parsed is None else f"{parsed:f}"
