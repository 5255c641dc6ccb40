"""Dates and times of day."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.extract.values.value_match import MAX_SEARCHED, ValueMatch

_NAMES_OF_MONTHS = (
    (
        "jan january januar janvier enero gennaio januari jänner janv ene gen janeiro styczeń "
        "stycznia sty leden ledna"
    ),
    (
        "feb february februar février febrero febbraio februari févr fevrier fevereiro fév luty "
        "lutego lut únor února"
    ),
    "mar march märz mars marzo maart mrz mär mac março marzec marca březen března",
    "apr april avril abril aprile avr abr kwiecień kwietnia kwi duben dubna",
    "may mai mayo maggio mei mag maio maj maja květen května",
    "jun june juni juin junio giugno giu junho czerwiec czerwca cze červen června",
    "jul july juli juillet julio luglio juil lug julai julho lipiec lipca lip červenec července",
    "aug august août agosto augustus aout ago ogos augusti sierpień sierpnia sie srpen srpna",
    "sep sept september septembre septiembre settembre set setembro wrzesień września wrz září",
    (
        "oct october oktober octobre octubre ottobre okt ott outubro październik października paź "
        "říjen října"
    ),
    "nov november novembre noviembre novembro listopad listopada lis listopadu",
    (
        "dec december dezember décembre diciembre dicembre dez dic déc decembre dis dezembro "
        "grudzień grudnia gru prosinec prosince"
    ),
)
_MONTHS = {
    name: number for number, names in enumerate(_NAMES_OF_MONTHS, start=1) for name in names.split()
}
"""The number of a month by its name in any of the languages."""
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
# OCR often loses the blank before the time of day: 14/03/20185:57:07PM
_YEAR_ENDS = r"(?:(?!\d)|(?=[0-2]?\d\s?:\s?[0-5]\d))"
# 2026-01-31
_YEAR_FIRST = (
    rf"(?<![\d.]) {_YEAR} (?P<sep>\s?[-/.]\s?) (?P<m>\d{{1,2}}) (?P=sep) (?P<d>\d{{1,2}})"
    r"(?: (?!\d) | (?=T\d) )"
)
# 31.01.2026, 31. 1. 26
_YEAR_LAST = (
    rf"(?<!\d) (?P<d>\d{{1,2}}) (?P<sep>\s?[-/.]\s?) (?P<m>\d{{1,2}}) (?P=sep)"
    rf"(?: {_YEAR}{_YEAR_ENDS} | (?P<yy>\d\d)(?![\d%]|[.,:]\d) )"
)
# 31 January 2026, 31-Jan-26, 3rd of March, 2026
_MONTH_NAMED = (
    rf"(?<!\d) (?P<d>\d{{1,2}}) (?:st|nd|rd|th|er|º)?\.? [\s\-/,.]* (?:(?:day\s)?of\s|de\s)?"
    rf"(?P<mon>{_MONTH}) [\s\-/,.']* (?:de\s|of\s)?"
    rf"(?: {_YEAR}{_YEAR_ENDS} | (?P<yy>\d\d)(?![\d:]) )"
)
# January 31, 2026
_MONTH_FIRST = (
    rf"(?<![^\W\d_]) (?P<mon>{_MONTH}) [\s\-.]* (?P<d>\d{{1,2}}) (?:st|nd|rd|th)?"
    rf"[\s,\-]+ {_YEAR}{_YEAR_ENDS}"
)
# 20260131 and 31012026
_RUN_TOGETHER = r"(?<!\d) (?P<y>20[0-3]\d) (?P<m>0[1-9]|1[0-2]) (?P<d>[0-2]\d|3[01]) (?!\d)"
_RUN_TOGETHER_2 = r"(?<!\d) (?P<d>[0-2]\d|3[01]) (?P<m>0[1-9]|1[0-2]) (?P<y>20[0-3]\d) (?!\d)"
# 2026年3月12日
_EAST_ASIAN = rf"(?<!\d) {_YEAR} \s?年\s? (?P<m>\d{{1,2}}) \s?月\s? (?P<d>\d{{1,2}}) \s?日"
# 令和6年3月12日, R6.3.12
_JAPANESE_ERA = (
    r"(?P<era>令和|平成|昭和) \s? (?P<ey>元|\d{1,2}) \s?年\s? (?P<m>\d{1,2}) \s?月\s?"
    r" (?P<d>\d{1,2}) \s?日"
)
_JAPANESE_ERA_SHORT = (
    r"(?<![^\W_]) (?P<era>[RHS]) \s? (?P<ey>\d{1,2}) (?P<sep>[./]) (?P<m>\d{1,2})"
    r" (?P=sep) (?P<d>\d{1,2}) (?![\d./])"
)
_YEAR_BEFORE = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
"""The year before the first of each Japanese era."""
_FORMS = tuple(
    re.compile(form, re.VERBOSE | re.IGNORECASE)
    for form in (
        _EAST_ASIAN,
        _JAPANESE_ERA,
        _JAPANESE_ERA_SHORT,
        _YEAR_FIRST,
        _YEAR_LAST,
        _MONTH_NAMED,
        _MONTH_FIRST,
        _RUN_TOGETHER,
        _RUN_TOGETHER_2,
    )
)
_TIME = re.compile(
    r"""
    (?:(?<![\d:.]) | (?<=[-/.](?:19|20)\d\d))
    (?P<hour>[01]?\d|2[0-3]) \s?:\s? (?P<minute>[0-5]\d) (?:\s?:\s?[0-5]\d)? (?!\d)
    \s? (?P<half>[AP])?\.? (?:M\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<!\d)(?P<one>\d{1,2})[/-](?P<two>\d{1,2})[/-](?:19|20)?\d\d(?!\d)")
_TERMS = re.compile(
    r"\bnet\s*:?\s*(?P<a>7|10|14|15|20|21|28|30|45|60|90)\b|"
    r"\b(?P<b>7|10|14|15|20|21|28|30|45|60|90)\s*(?:calendar\s*)?days\b",
    re.IGNORECASE,
)
_STATES = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM "
    "NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC"
).replace(" ", "|")
_AMERICAN = (
    re.compile(rf"\b(?:{_STATES})\s+\d{{5}}(?:-\d{{4}})?\b"),
    re.compile(r"(?<![A-Z])\$\s?\d|\bUSD\b|\bUS\$"),
    re.compile(
        r"\bsales\s+tax\b|\bEIN\b|\bZIP\b|\brouting\b|\bSSN\b|\bIRS\b|\bACH\b", re.IGNORECASE
    ),
    re.compile(r"\(\d{3}\)\s?\d{3}-\d{4}"),
)
"""Marks of the United States, whose dates begin with the month."""
_ELSEWHERE = (
    re.compile(r"€|£|\bRM\s?\d|\b(?:EUR|GBP|MYR|CHF|SGD|INR|AUD|NZD|ZAR)\b|₹|A\$|S\$"),
    re.compile(r"\bVAT\b|\bGST\b|\bABN\b|\bSDN\b|\bBHD\b|\bMwSt|\bTVA\b|\bIVA\b|\bBTW\b|\bIBAN\b"),
    re.compile(
        r"\b(?:rechnung|datum|facture|fecha|fattura|factuur|tarikh|sort\s+code)\b", re.IGNORECASE
    ),
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"),
)
"""Marks of places whose dates begin with the day."""
_ENOUGH_MARKS = 2
"""American marks from which the order of day and month is no open question."""
_DATES_COMPARED = 8
"""Most dates whose distances are compared with the payment terms."""
_DIGIT = re.compile(r"\d")
_OLDEST = 1950
"""The first year of a date; numbers like earlier ones are codes."""
_NEWEST = 2100
"""The last year of a date."""
_PIVOT = 70
"""Two-digit years from this one on are in the last century."""
_MONTHS_OF_A_YEAR = 12
"""A larger number is a day. Also the hours of half a day."""


def dates(text: str, *, month_first: bool = False) -> Iterator[ValueMatch]:
    """Dates as ISO, in the text's order. Day before month unless `month_first` or impossible."""
    dates_found: list[ValueMatch] = []
    if not _DIGIT.search(text):
        return iter(dates_found)
    for form in _FORMS:
        for match in form.finditer(text[:MAX_SEARCHED]):
            if any(match.start() < date.end and date.start < match.end() for date in dates_found):
                continue
            day = _day(match, month_first=month_first)
            if day is not None and _OLDEST <= day.year <= _NEWEST:
                dates_found.append(ValueMatch(match.group(), *match.span(), day.isoformat()))
    return iter(sorted(dates_found, key=lambda date: date.start))


def _day(match: re.Match[str], *, month_first: bool) -> dt.date | None:
    parts = match.groupdict()
    if era := parts.get("era"):
        year = _YEAR_BEFORE[era.upper()] + (1 if parts["ey"] == "元" else int(parts["ey"]))
    elif parts.get("y"):
        year = int(parts["y"])
    else:
        short = int(parts["yy"])
        year = short + (2000 if short < _PIVOT else 1900)
    day = int(parts["d"])
    if name := parts.get("mon"):
        month = _MONTHS[name.lower().rstrip(".")]
    else:
        month = int(parts["m"])
        year_name = next(name for name in ("ey", "y", "yy") if parts.get(name))
        year_last = match.start("d") < match.start(year_name)
        dotted = "." in (parts.get("sep") or "")
        first = month_first and day <= _MONTHS_OF_A_YEAR and not dotted
        swapped = month > _MONTHS_OF_A_YEAR or first
        if year_last and swapped:
            day, month = month, day
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def times(text: str) -> Iterator[ValueMatch]:
    """Times of day as `HH:MM`."""
    for match in _TIME.finditer(text[:MAX_SEARCHED]):
        hour, half = int(match["hour"]), (match["half"] or "").lower()
        if half == "p" and hour < _MONTHS_OF_A_YEAR:
            hour += 12
        if half == "a" and hour == _MONTHS_OF_A_YEAR:
            hour = 0
        yield ValueMatch(match.group().strip(), *match.span(), f"{hour:02d}:{match['minute']}")


@dataclass(frozen=True, slots=True)
class DateOrder:
    """Whether a document writes the month before the day; `is_open`: nothing says which."""

    month_first: bool
    is_open: bool


def date_order(text: str) -> DateOrder:
    """The order of day and month in dates such as 03/07/2026, by all evidence of a document.

    A number above 12 decides. Otherwise the days between two dates that the payment terms state,
    and then the marks of the United States or of other places: addresses, currencies, taxes.
    """
    pairs = [(int(date["one"]), int(date["two"])) for date in _SLASHED.finditer(text)]
    if any(first > _MONTHS_OF_A_YEAR for first, _ in pairs):
        return DateOrder(month_first=False, is_open=False)
    if any(second > _MONTHS_OF_A_YEAR for _, second in pairs):
        return DateOrder(month_first=True, is_open=False)
    by_terms = _by_terms(text)
    if by_terms is not None:
        return DateOrder(month_first=by_terms, is_open=False)
    american = sum(bool(mark.search(text)) for mark in _AMERICAN)
    elsewhere = sum(bool(mark.search(text)) for mark in _ELSEWHERE)
    ambiguous = any(first != second for first, second in pairs)
    is_open = ambiguous and american > 0 and american <= elsewhere
    alone = american > elsewhere and american < _ENOUGH_MARKS
    return DateOrder(month_first=american > elsewhere, is_open=is_open or (ambiguous and alone))


def other_reading(printed: str, iso: str) -> str | None:
    """The ISO date with day and month exchanged; None if the printed date has one reading."""
    match = _SLASHED.fullmatch(printed.strip())
    if not match or match["one"] == match["two"]:
        return None
    if max(int(match["one"]), int(match["two"])) > _MONTHS_OF_A_YEAR:
        return None
    year, month, day = iso.split("-")
    return f"{year}-{day}-{month}"


def _by_terms(text: str) -> bool | None:
    """Whether only one order gives two dates as far apart as the payment terms say."""
    terms = {int(term["a"] or term["b"]) for term in _TERMS.finditer(text)}
    if not terms:
        return None
    apart = []
    for order in (False, True):
        days = [
            dt.date.fromisoformat(date.value)
            for line in text.splitlines()
            for date in dates(line, month_first=order)
            if _SLASHED.fullmatch(date.printed.strip())
        ][:_DATES_COMPARED]
        apart.append(any((b - a).days in terms for a in days for b in days if b > a))
    return apart[1] if apart[0] != apart[1] else None
