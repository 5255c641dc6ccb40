"""Numbers and amounts of money, in the notations of many countries."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from analysis.extract.values.value_match import MAX_SEARCHED
from analysis.model.money import decimals, money

# BHD is omitted: it ends the name of every Malaysian company.
_CODES = frozenset(
    re.findall(
        r"[A-Z]{3}",
        """AED ARS AUD BGN BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR IQD ISK JOD
        JPY KRW KWD LYD MXN MYR NOK NZD OMR PHP PLN RON RUB SAR SEK SGD THB TND TRY TWD UAH
        USD VND ZAR""",
    )
)
_SIGNS = {
    "€": "eur", "EURO": "eur", "EUROS": "eur", "$": "usd", "US$": "usd", "£": "gbp", "¥": "jpy",
    "RM": "myr", "SFR.": "chf", "ZŁ": "pln", "KČ": "czk", "S$": "sgd", "A$": "aud", "C$": "cad",
    "₹": "inr", "₩": "krw", "RS.": "inr", "RS": "inr", "KR": "sek", "KR.": "sek", "￥": "jpy",
    "円": "jpy", "元": "cny", "₺": "try", "₽": "rub", "฿": "thb", "R$": "brl",
}  # fmt: skip

_THIN_BLANKS = "\u00a0\u202f\u2009"
_APOSTROPHES = "'\u2019"
_NUMBER = (
    r"\d{1,2}(?:,\d\d)+,\d{3}(?!\d)(?:\.\d{1,2}(?!\d))?|"  # 1,23,456.00
    rf"\d{{1,3}}(?:[.,{_APOSTROPHES}{_THIN_BLANKS} ]\d{{3}})+(?!\d)(?:\s?[.,]\s?\d{{1,2}}(?!\d))?"
    r"|\d+(?:\s?[.,]\s?\d{1,4})?"
)
_OTHER_SPELLINGS = ("Euros", "euros", "Euro", "euro", "eur", "Eur", "Rm", "sFr.", "zł", "Kč",
                    "Rs.", "Rs", "kr.", "kr", "Kr")  # fmt: skip
# Codes in capitals only: in small letters, many are words.
_SIGN = "|".join(
    sorted(map(re.escape, [*_CODES, *_SIGNS, *_OTHER_SPELLINGS]), key=len, reverse=True)
)
_AFTER_EAST_ASIAN = r"(?<=[\u3040-\u30ff\u4e00-\u9fff])"
"""A Japanese or Chinese word may be followed by an amount without a blank."""
_AMOUNT = re.compile(
    rf"""
    (?: (?:(?<![^\W\d_])|{_AFTER_EAST_ASIAN}) (?P<before>{_SIGN}) \s?\.?\s?
      | (?:(?<![\w.,])|{_AFTER_EAST_ASIAN}) )
    (?P<minus>[-\u2212\u2013(])? \s?
    (?P<before2>[€$£¥￥])? \s?
    (?P<number>{_NUMBER})
    (?![\d%]|\s%|[.,]\d)
    (?P<behind>-(?![\d\w]))? \s?
    (?P<after>(?:{_SIGN})(?![^\W\d_]))?
    """,
    re.VERBOSE,
)
_OH_FOR_ZERO = re.compile(r"(?<=RM)[OD](?=[.,]\d\d\b)")
"""OCR may read the first zero after letters as a letter."""
_NUMBER_OF_A_THING = re.compile(r"[A-Za-z]{2}\d{8}")
"""Two letters and digits without a gap number a thing: `KR87654321` is no amount in crowns."""
_DIGIT = re.compile(r"\d")
_CENTS = re.compile(r"[.,]\s?\d\d$")
_THREE_CENTS = re.compile(r"[.,]\d{3}$")
_GROUP = 3
"""Digits between separators of thousands, and the decimals of a few currencies."""
_THREE_DECIMALS = re.compile(r"\d{1,3}[.,]\d{3}")
"""A number that is a group of thousands, or an amount of a currency with three decimals."""
_CLOSED_BY_A_DASH = frozenset(["¥", "￥"])
"""Signs whose amounts end in a dash that is no minus: `¥12,000-`."""
_LOCAL: ContextVar[Mapping[str, str] | None] = ContextVar("local", default=None)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number within a text. `exact`: it has cents or a currency, so it is hardly a count."""

    printed: str
    start: int
    end: int
    number: Decimal
    currency: str | None
    exact: bool

    def money(self, currency: str | None = None) -> dict[str, str | int | None]:
        """The amount in the API's form; `currency` is the document's, used if none is printed."""
        return money(self.number, self.currency or currency)


def parse_number(printed: str) -> Decimal | None:
    """`1.234,56`, `1,234.56`, `1 234,56`, `1'234.50`, `33.9` as a decimal, else None."""
    text = re.sub(rf"[\s{_APOSTROPHES}{_THIN_BLANKS}]", "", printed)
    dot, comma = text.rfind("."), text.rfind(",")
    if dot >= 0 and comma >= 0:
        text = text.replace("," if dot > comma else ".", "").replace(",", ".")
    elif dot >= 0 or comma >= 0:
        mark = "." if dot >= 0 else ","
        head, _, tail = text.rpartition(mark)
        grouped = len(tail) == _GROUP and 0 < len(head) <= _GROUP and head != "0"
        text = text.replace(mark, "") if grouped or mark in head else f"{head}.{tail}"
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


@contextmanager
def local_signs(signs: Mapping[str, str]) -> Iterator[None]:
    """Read these signs, in capitals, as these currencies: `$`, `¥` and `kr` depend on the place.

    The empty sign is the currency of amounts without a sign, if it has three decimals.
    """
    token = _LOCAL.set(signs)
    try:
        yield
    finally:
        _LOCAL.reset(token)


def currency_of(printed: str) -> str | None:
    """The lower-case ISO code of a sign or code."""
    known = printed.strip().upper()
    local = _LOCAL.get()
    if local and known in local:
        return local[known]
    if known in _SIGNS:
        return _SIGNS[known]
    return known.lower() if known in _CODES else None


def _document_currency() -> str | None:
    """The currency of amounts that are printed without one, if it has not two decimals."""
    return (_LOCAL.get() or {}).get("")


def amounts(text: str) -> Iterator[Amount]:
    """Every number that may be an amount; percentages are excluded."""
    if not _DIGIT.search(text):
        return
    searched = _OH_FOR_ZERO.sub("0", text[:MAX_SEARCHED])
    for match in _AMOUNT.finditer(searched):
        number = parse_number(match["number"])
        if number is None:
            continue
        sign = match["before"] or match["before2"] or match["after"]
        if match["before"] and _NUMBER_OF_A_THING.match(match.group().lstrip()):
            continue
        currency = currency_of(sign) if sign else None
        of_three = decimals(currency or _document_currency()) == _GROUP
        if of_three and _THREE_DECIMALS.fullmatch(match["number"]):
            number = Decimal(match["number"].replace(",", "."))
        if match["minus"] or (match["behind"] and sign not in _CLOSED_BY_A_DASH):
            number = -number
        cents = _THREE_CENTS if of_three else _CENTS
        exact = bool(cents.search(match["number"])) or currency is not None
        whole = match.group()
        start = match.start() + len(whole) - len(whole.lstrip())
        end = match.start() + len(whole.rstrip())
        yield Amount(text[start:end], start, end, number, currency, exact)
