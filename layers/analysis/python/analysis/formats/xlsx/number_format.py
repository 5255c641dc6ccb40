"""Show the number of a cell by its format: dates, decimals, percentages and currencies."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "0", 4: "0.00", 7: "0.00", 8: "0.00", 9: "0%", 10: "0.00%",
    37: "0", 38: "0", 39: "0.00", 40: "0.00", 44: "0.00",
    **dict.fromkeys((14, 15, 16, 17), "y"), **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "h"),
    22: "yh",
}  # fmt: skip
"""The formats that have a number instead of a text."""
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')
_CODE = re.compile(r"\[[^\]]*\]|_.|\*.")
_DECIMALS = re.compile(r"[0#?]\.([0?]+)")
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's time has no zone
_EPOCH_1904_DAYS = 1462
"""Days between 1900's epoch and that of 1904; a workbook may count from either."""
_LAST_DAY = 2_958_465
"""31 December 9999, the last day of a spreadsheet."""
_MOST_DECIMALS = 10
"""Decimals of a number that are shown."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a number is shown; `decimals` is None where the number itself decides."""

    is_date: bool = False
    is_time: bool = False
    is_percent: bool = False
    decimals: int | None = None
    currency: str = ""


def parse(code: str | None, number: int) -> NumberFormat:
    """The format of a code, or of a number if it is built in."""
    code = (code if code is not None else _BUILT_IN.get(number, "")).partition(";")[0]
    currency = " ".join(
        sign for match in _QUOTED.finditer(code) if (sign := (match[1] or match[3] or "").strip())
    )
    bare = _CODE.sub("", _QUOTED.sub("", code)).lower()
    if bare == "general":
        return NumberFormat()
    decimals = _DECIMALS.search(bare)
    fixed = len(decimals[1]) if decimals else 0
    return NumberFormat(
        is_date="y" in bare or "d" in bare or "mmm" in bare,
        is_time="h" in bare or "ss" in bare,
        is_percent="%" in bare,
        decimals=min(fixed, _MOST_DECIMALS) if re.search("[0#?]", bare) else None,
        currency=currency,
    )


def show(number: Decimal, how: NumberFormat, *, from_1904: bool) -> str:
    """The number as text: dates in ISO, a point before decimals, nothing between thousands."""
    days = number + (_EPOCH_1904_DAYS if from_1904 else 0)
    if (how.is_date or how.is_time) and 0 <= days <= _LAST_DAY:
        shown = _EPOCH + dt.timedelta(seconds=round(float(days) * 86_400))
        parts = [
            f"{shown:%Y-%m-%d}" if how.is_date else "",
            f"{shown:%H:%M}" if how.is_time else "",
        ]
        return " ".join(filter(None, parts))
    if how.is_percent:
        return f"{_plain(number * 100, how.decimals)} %"
    return f"{_plain(number, how.decimals)} {how.currency}".strip()


def _plain(number: Decimal, decimals: int | None) -> str:
    if decimals is not None:
        return f"{number:.{decimals}f}"
    rounded = round(number, _MOST_DECIMALS).normalize()
    return f"{rounded:f}"
