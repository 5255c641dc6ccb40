"""Printed values made plain: numbers, money, dates, times, IBANs, VAT ids, phone numbers."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_SYMBOLS = {"€": "eur", "$": "usd", "£": "gbp", "¥": "jpy", "RM": "myr", "EURO": "eur", "FR.": "chf", "US$": "usd"}  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_CODES = [
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "MYR",
    "JPY",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "HUF",
    "CAD",
    "AUD",
    "SGD",
    "INR",
    "CNY",
]
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio januari jänner janv ene gen",
            "feb february februar février febrero febbraio februari févr fevrier",
            "mar march märz mars marzo maart mrz mär mac",
            "apr april avril abril aprile avr abr",
            "may mai mayo maggio mei mag",
            "jun june juni juin junio giugno giu",
            "jul july juli juillet julio luglio juil lug julai",
            "aug august août agosto augustus aout ago ogos",
            "sep sept september septembre septiembre settembre set",
            "oct october oktober octobre octubre ottobre okt ott",
            "nov november novembre noviembre",
            "dec december dezember décembre diciembre dicembre dez dic déc decembre dis",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DATES = (
    (re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d\d)\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<d>\d{1,2})(?!\d)"), 0),  # noqa: E501 long patterns, and thresholds named by their line
    (re.compile(r"(?<![\d])(?P<d>\d{1,2})\s?([-/.])\s?(?P<m>\d{1,2})\s?\2\s?(?P<y>(?:19|20)\d\d|\d\d)(?![\d%])"), 0),  # noqa: E501 long patterns, and thresholds named by their line
    (re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er)?\.?[\s\-/,.]*(?:of |de )?(?P<mon>{_MONTH})[\s\-/,.']*(?:de )?(?P<y>(?:19|20)\d\d|\d\d)(?!\d)", re.IGNORECASE), 0),  # noqa: E501 long patterns, and thresholds named by their line
    (re.compile(rf"(?<![^\W\d_])(?P<mon>{_MONTH})[\s\-.]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,\-]+(?P<y>(?:19|20)\d\d)(?!\d)", re.IGNORECASE), 0),  # noqa: E501 long patterns, and thresholds named by their line
    (re.compile(r"(?<!\d)(?P<y>20[0-3]\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d)"), 0),
    (re.compile(r"(?<!\d)(?P<d>[0-2]\d|3[01])(?P<m>0[1-9]|1[0-2])(?P<y>20[0-3]\d)(?!\d)"), 0),
)  # fmt: skip
_NUMBER = r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:\s?[.,]\s?\d{1,3})?"  # noqa: RUF001 long patterns, and thresholds named by their line
_MONEY_SIGN = (
    r"(?:US\$|RM|EUR(?:O)?|USD|GBP|CHF|MYR|SEK|NOK|DKK|PLN|CZK|HUF|CAD|AUD|SGD|INR|JPY|CNY|[€$£¥])"
)
_AMOUNT = re.compile(
    rf"(?P<before>{_MONEY_SIGN})?\s?(?P<sign>[-\u2212(])?\s?(?P<before2>[€$£¥])?\s?"
    rf"(?<![\d.,A-Za-z])(?P<number>{_NUMBER})(?![\d%])\s?(?P<after>{_MONEY_SIGN}(?![A-Za-z]))?"
)
_CENTS = re.compile(r"[.,]\s?\d\d$")
_NO_CENTS = {"jpy", "huf_"}
_IBAN = re.compile(r"\b([A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30})")
_IBAN_LENGTHS = {
    "DE": 22, "FR": 27, "AT": 20, "CH": 21, "NL": 18, "BE": 16, "ES": 24, "IT": 27, "PL": 28,
    "GB": 22, "LU": 20, "PT": 25, "DK": 18, "SE": 24, "NO": 15, "FI": 18, "CZ": 24, "HU": 28,
    "IE": 22, "LI": 21, "SK": 24, "SI": 19, "HR": 21, "RO": 24, "BG": 22, "GR": 27, "EE": 20,
    "LV": 21, "LT": 20, "MT": 31, "CY": 28,
}  # fmt: skip
_VAT = re.compile(
    r"\b(ATU ?\d{8}|BE ?[01]?\d{9}|DE ?\d{3} ?\d{3} ?\d{3}|DK ?\d{8}|ES ?[A-Z0-9]\d{7}[A-Z0-9]"
    r"|FR ?[A-Z0-9]{2} ?\d{3} ?\d{3} ?\d{3}|GB ?\d{3} ?\d{4} ?\d{2}|IT ?\d{11}|LU ?\d{8}"
    r"|NL ?\d{9}B\d{2}|PL ?\d{10}|PT ?\d{9}|SE ?\d{12}|CHE[- ]?\d{3}\.?\d{3}\.?\d{3})\b"
)
EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5}")
URL = re.compile(r"\b(?:https?://|www\.)[^\s<>\"]{3,200}")
PHONE = re.compile(r"(?<![\w/.,-])\+?\(?\d[\d\s()/.\-]{6,18}\d(?![\w/])")
BIC = re.compile(r"\b[A-Z]{4}(?:DE|FR|AT|CH|NL|BE|ES|IT|PL|GB|LU|PT|DK|SE|NO|FI|CZ|IE|LI|US)[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b")  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
TIME = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-3])\s?:\s?([0-5]\d)(?::[0-5]\d)?\s?([AaPp])?\.?(?:[Mm]\b)?"
)
_OLDEST, _NEWEST = 1950, 2100


@dataclass(frozen=True, slots=True)
class Found:
    """A value within a text: what is printed, from where to where, and what it means."""

    printed: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Amount:
    printed: str
    start: int
    end: int
    number: Decimal
    currency: str | None
    exact: bool
    """Whether it shows cents or a currency, so that it is hardly a mere count."""

    def money(self, currency: str | None = None) -> dict[str, str | int | None]:
        stated = self.currency or currency
        return money(self.number, stated)


def money(number: Decimal, currency: str | None) -> dict[str, str | int | None]:
    """Minor units and lower-case ISO currency, as the API speaks of money."""
    scale = 1 if currency in _NO_CENTS else 100
    return {"minor": int((number * scale).to_integral_value()), "currency": currency}


def parse_number(printed: str) -> Decimal | None:
    """`1.234,56`, `1,234.56`, `1 234,56`, `1'234.50`, `33.9` as a decimal; None if it is none."""
    text = re.sub(r"[\s'’\u00a0\u202f]", "", printed)  # noqa: RUF001 long patterns, and thresholds named by their line
    dot, comma = text.rfind("."), text.rfind(",")
    if dot >= 0 and comma >= 0:
        text = text.replace("," if dot > comma else ".", "").replace(",", ".")
    elif dot >= 0 or comma >= 0:
        mark = "." if dot >= 0 else ","
        head, _, tail = text.rpartition(mark)
        thousands = len(tail) == 3 and (mark in head or 0 < len(head) <= 3) and head != "0"  # noqa: PLR2004 - groups of three
        text = text.replace(mark, "") if thousands or mark in head else f"{head}.{tail}"
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def currency_of(printed: str) -> str | None:
    """The lower-case ISO code of a sign or code."""
    known = printed.strip().upper()
    if known in _SYMBOLS:
        return _SYMBOLS[known]
    return known.lower() if known in _CODES else None


def amounts(text: str) -> Iterator[Amount]:
    for found in _AMOUNT.finditer(text[:2000]):
        number = parse_number(found["number"])
        if number is None:
            continue
        if found["sign"]:
            number = -number
        printed_sign = found["before"] or found["before2"] or found["after"]
        currency = currency_of(printed_sign) if printed_sign else None
        exact = bool(_CENTS.search(found["number"])) or currency is not None
        printed = found.group().strip()
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        yield Amount(printed, start, start + len(printed), number, currency, exact)


def dates(text: str, *, month_first: bool = False) -> Iterator[Found]:
    """Dates as ISO; day before month unless told otherwise or impossible. In order of place."""
    taken: list[tuple[int, int]] = []
    found_all: list[Found] = []
    for pattern, _ in _DATES:
        for found in pattern.finditer(text[:2000]):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            parts = found.groupdict()
            day, year = int(parts["d"]), int(parts["y"])
            month = (
                _MONTHS[parts["mon"].lower().rstrip(".")] if parts.get("mon") else int(parts["m"])
            )
            if year < 100:  # noqa: PLR2004 - two digits
                year += 2000 if year < 70 else 1900  # noqa: PLR2004 - the usual pivot
            numeric = (
                not parts.get("mon")
                and len(parts["y"]) <= 4  # noqa: PLR2004 long patterns, and thresholds named by their line
                and found.start("d") < found.start("y")
            )
            if numeric and ((month_first and day <= 12) or month > 12):  # noqa: PLR2004 - twelve months
                day, month = month, day
            try:
                iso = dt.date(year, month, day)
            except ValueError:
                continue
            if _OLDEST <= iso.year <= _NEWEST:
                taken.append(found.span())
                found_all.append(Found(found.group(), *found.span(), iso.isoformat()))
    return iter(sorted(found_all, key=lambda one: one.start))


def times(text: str) -> Iterator[Found]:
    """Times of day as `HH:MM`."""
    for found in TIME.finditer(text[:2000]):
        hour, half = int(found[1]), (found[3] or "").lower()
        if half == "p" and hour < 12:  # noqa: PLR2004 - noon
            hour += 12
        if half == "a" and hour == 12:  # noqa: PLR2004 - midnight
            hour = 0
        yield Found(found.group().strip(), *found.span(), f"{hour:02d}:{found[2]}")


def valid_iban(iban: str) -> bool:
    """Length by country and ISO 13616's check digits."""
    expected = _IBAN_LENGTHS.get(iban[:2])
    if (expected is not None and len(iban) != expected) or not 15 <= len(iban) <= 34:  # noqa: PLR2004 long patterns, and thresholds named by their line
        return False
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    return int(digits) % 97 == 1


def ibans(text: str) -> Iterator[Found]:
    """Checked IBANs without blanks; words printed right behind one are not part of it."""
    for found in _IBAN.finditer(text[:2000]):
        printed = found[1]
        compact = printed.replace(" ", "")
        wanted = _IBAN_LENGTHS.get(compact[:2], len(compact))
        compact = compact[:wanted]
        if valid_iban(compact):
            end, seen = found.start(1), 0
            while seen < len(compact):
                seen += text[end] != " "
                end += 1
            yield Found(text[found.start(1) : end], found.start(1), end, compact)


def vat_ids(text: str) -> Iterator[Found]:
    for found in _VAT.finditer(text[:2000]):
        yield Found(found.group(), *found.span(), re.sub(r"[ .\-]", "", found.group()))


def phone(printed: str, region: str | None) -> str | None:
    """E.164 of a plausible number, else None."""
    import phonenumbers  # noqa: PLC0415 - its metadata is large

    try:
        parsed = phonenumbers.parse(printed, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
