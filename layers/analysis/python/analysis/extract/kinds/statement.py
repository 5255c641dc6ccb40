"""The facts of an account statement: the holder, the period and the balances."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.extract import addressee, label_words, labelled, values
from analysis.extract.transactions import balance_words
from analysis.layout.lines import (
    TextLine,
    TextLines,
    TextSpan,
    collapse_whitespace,
    fact,
    labelled_values,
    text_of,
)
from analysis.model import Fact

_HOLDER = re.compile(
    r"\b(?:account\s*(?:holder|name)|kontoinhaber(?:in)?|titulaire(?:\s+du\s+compte)?|titular|"
    r"intestatario|rekeninghouder)\b\s*:?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:account\s*(?:number|no\.?|#)|a/c\s*no\.?|kontos?\s?-?\s?(?:nummer|nr\.?)|"
    r"num[ée]ro\s+d[eu]\s+compte|n[°º]\.?\s*d[eu]\s+compte|compte\s+n(?:um[ée]ro|[°ºo]\.?)|"
    r"n[°ºr]\.?\s*(?:de\s+)?cuenta|número\s+de\s+(?:cuenta|conta)|cuenta\s+n[°º.]*|conta\s+n[°º.]*|"
    r"(?:numero|n\.?|n[°º])\s*(?:di\s+|del\s+)?conto|(?:conto(?:\s+corrente)?|c/c)\s+n[.°º]*|"
    r"reken(?:ing)?(?:nummer|nr\.?)|numer\s+rachunku|nr\s+rachunku|číslo\s+účtu|口座番号|账号|帳號)"
    r"\s*:?",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:period|zeitraum|from|vom|von|période|du|periodo|statement\s+(?:date|for)|auszug)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"^\s*(?:to|until|bis(?:\s+zum)?|au|al|a|-|\u2013|t/m)\s*$", re.IGNORECASE)
_SORT_CODE = re.compile(r"\bsort\s*code\b\s*:?", re.IGNORECASE)
_MINIMUM = re.compile(
    r"\bminimum\s*(?:payment|amount)(?:\s*due)?\b\s*:?|\bmindest(?:betrag|zahlung)\b\s*:?",
    re.IGNORECASE,
)
_DUE = re.compile(r"\bpayment\s*due(?:\s*date)?\b\s*:?|\bfällig\s*am\b\s*:?", re.IGNORECASE)
_CLOSED = re.compile(
    r"\b(?:statement\s*)?closing\s*date\b\s*:?|\bstatement\s*date\b\s*:?|\bsaldo\s*per\b",
    re.IGNORECASE,
)
_CARRIED = "carried"
_LABELS_OF_BALANCES: tuple[tuple[str | None, re.Pattern[str]], ...] = (
    ("opening_balance", balance_words.OPENING),
    ("closing_balance", balance_words.CLOSING),
    (_CARRIED, balance_words.CARRIED_FORWARD),
    (None, balance_words.OF_A_DAY),
)
_PRINTED = re.compile(r"[\dA-Z][\d A-Z./-]{4,30}")
"""The number of an account, in the form of its country."""
_LABELLED = 0.9
"""The confidence of a holder or a number beside its label, before calibration."""
_BELOW = 0.78
"""The confidence of one below its label, where another label's may stand."""
_BALANCE = 0.88
"""The confidence of a balance, before calibration."""
_OF_BALANCE = 0.75
"""The confidence of the last day if only the closing balance names it."""
_OF_AN_AMOUNT = 5
"""Most letters of an amount: of its currency, or of `Haben` behind it."""
_ROWS_BELOW = 2
"""Rows below a label that may have its amount."""
_COUPON = 0.5
"""The share of the page's height from which a card statement has its payment coupon."""
_LETTERS = 3
"""Number of letters that a holder's name exceeds."""

type _Value = tuple[TextSpan, values.Amount]


@dataclass(frozen=True, slots=True)
class _Balance:
    """A balance where it is printed, with the ISO date in its label, or nothing."""

    span: TextSpan
    amount: values.Amount
    day: str
    label: TextSpan


def find(pages: Sequence[TextLines], currency: str | None, *, month_first: bool) -> Iterator[Fact]:
    """The facts of a statement; `currency` is that of amounts printed without one."""
    yield from _holder(pages)
    for candidate in labelled_values(pages, _NUMBER):
        is_below = candidate.relation == "below"
        match = (_PRINTED.fullmatch if is_below else _PRINTED.match)(candidate.text)
        if match and any(map(str.isdigit, match[0])) and not (is_below and _is_other(match[0])):
            value = collapse_whitespace(match[0]).rstrip(" ./-")
            if values.valid_iban(value.replace(" ", "")):
                continue
            chars = (candidate.offset, candidate.offset + match.end())
            confidence = _BELOW if is_below else _LABELLED
            yield fact("account_number", value, value, candidate.span, confidence, chars=chars)
            break
    yield from labelled.numbers(pages, "sort_code", _SORT_CODE, 0.9)
    yield from labelled.amounts(pages, "minimum_payment", _MINIMUM, 0.9, currency)
    yield from labelled.dates(pages, "due_date", _DUE, 0.9, month_first=month_first)
    period = list(_period(pages, month_first=month_first))
    starts = {found.value for found in period if found.name == "period_start"}
    closed = labelled.dates(pages, "period_end", _CLOSED, 0.9, month_first=month_first)
    ends = [found for found in closed if found.value not in starts]
    yield from (*ends, *period)
    named = _balances(pages, month_first=month_first)
    for name, found in named.items():
        chars = (found.amount.start, found.amount.end)
        money = found.amount.money(currency)
        yield fact(name, found.amount.printed, money, found.span, _BALANCE, chars=chars)
    closing = named.get("closing_balance")
    if closing is not None and not ends and not period:
        yield from _day_of(closing, month_first=month_first)


def _is_other(text: str) -> bool:
    """Whether it is a date or an amount, below the label of another column."""
    return any(True for _ in values.dates(text)) or any(a.exact for a in values.amounts(text))


def _holder(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The labelled holder, otherwise the name above the address on the first page."""
    for candidate in labelled_values(pages, _HOLDER):
        has_digits = any(map(str.isdigit, candidate.text))
        if label_words.is_label(candidate.text) or (candidate.relation == "below" and has_digits):
            continue
        if sum(map(str.isalpha, candidate.text)) > _LETTERS:
            value = collapse_whitespace(candidate.text)
            chars = (candidate.offset, len(candidate.span.text))
            confidence = _BELOW if candidate.relation == "below" else _LABELLED
            yield fact("account_holder", value, value, candidate.span, confidence, chars=chars)
            return
    is_card = any(balance_words.CARD.search(text_of(row)) for page in pages for row in page)
    for page in pages[:1]:
        found = list(addressee.names(page))
        if is_card and not found:
            found = list(addressee.names(page, below=_COUPON))
        for span, confidence in found:
            value = collapse_whitespace(span.text)
            plain = addressee.without_title(value)
            yield fact("account_holder", value, plain, span, confidence)


def _period(pages: Sequence[TextLines], *, month_first: bool) -> Iterator[Fact]:
    """Two dates in one row with only `to` between them."""
    for page in pages:
        for row in page:
            for span in row:
                dates = list(values.dates(span.text, month_first=month_first))
                for start, end in pairwise(dates):
                    if _BETWEEN.match(span.text[start.end : end.start]):
                        confidence = 0.9 if _PERIOD.search(text_of(row)) else 0.7
                        for name, date in (("period_start", start), ("period_end", end)):
                            chars = (date.start, date.end)
                            yield fact(
                                name, date.printed, date.value, span, confidence, chars=chars
                            )
                        return


def _balances(pages: Sequence[TextLines], *, month_first: bool) -> dict[str, _Balance]:
    """The opening and the closing balance, by their words or as the balances of two days."""
    named: dict[str, _Balance] = {}
    dated: list[_Balance] = []
    carried: _Balance | None = None
    is_card = any(balance_words.CARD.search(text_of(row)) for page in pages for row in page)
    for name, found in _rows_of_balances(pages, is_card=is_card, month_first=month_first):
        if name is None:
            dated.append(found)
        elif name == _CARRIED:
            carried = found
        else:
            named.setdefault(name, found)
    if carried is not None:
        named.setdefault("closing_balance", carried)
    days = sorted(dated, key=lambda balance: balance.day)
    if days and "closing_balance" not in named:
        named["closing_balance"] = days[-1]
    if days and "opening_balance" not in named and days[0].day < named["closing_balance"].day:
        named["opening_balance"] = days[0]
    return named


def _day_of(balance: _Balance, *, month_first: bool) -> Iterator[Fact]:
    """The day of the closing balance as the last one of the statement."""
    for date in values.dates(balance.label.text, month_first=month_first):
        chars = (date.start, date.end)
        yield fact("period_end", date.printed, date.value, balance.label, _OF_BALANCE, chars=chars)
        return


def _rows_of_balances(
    pages: Sequence[TextLines], *, is_card: bool, month_first: bool
) -> Iterator[tuple[str | None, _Balance]]:
    """Each balance with the name of its fact, or None if only its day is known."""
    for page in pages:
        for number, row in enumerate(page):
            for place, span in enumerate(row):
                for name, pattern in _LABELS_OF_BALANCES:
                    match = pattern.search(span.text)
                    if match is None:
                        continue
                    beside = _beside(row, place, match.end())
                    value = beside or _below(page[number + 1 : number + 1 + _ROWS_BELOW], span)
                    if value is not None:
                        day = next(values.dates(span.text, month_first=month_first), None)
                        iso = day.value if day else ""
                        yield name, _balance(value, span, iso, is_card=is_card)
                    break


def _beside(row: TextLine, place: int, end: int) -> _Value | None:
    """The last of the amounts that follow a label in its row, before another text."""
    last = None
    for index in range(place, len(row)):
        span = row[index]
        offset = end if index == place else 0
        dates = [(date.start, date.end) for date in values.dates(span.text)]
        exact = [
            amount for amount in values.amounts(span.text)
            if amount.exact and amount.start >= offset
            and not any(start <= amount.start < stop for start, stop in dates)
        ]  # fmt: skip
        letters = sum(map(str.isalpha, span.text)) if index > place else 0
        if letters > _OF_AN_AMOUNT:
            break
        if exact:
            last = (span, exact[-1])
    return last


def _below(rows: Sequence[TextLine], label: TextSpan) -> _Value | None:
    """The amount below a label, in a row of labels over their values."""
    for row in rows:
        for span in row:
            exact = [amount for amount in values.amounts(span.text) if amount.exact]
            letters = sum(map(str.isalpha, span.text))
            if exact and letters <= _OF_AN_AMOUNT and span.box.overlap(label.box) > 0:
                return span, exact[-1]
    return None


def _balance(value: _Value, label: TextSpan, day: str, *, is_card: bool) -> _Balance:
    """With its sign: below zero if it is overdrawn, or of a card if nothing is owed."""
    span, amount = value
    printed = span.text[amount.start :].strip()
    marked = (balance_words.IN if is_card else balance_words.OUT).search(printed)
    is_below_zero = marked or (not is_card and balance_words.OVERDRAWN.search(label.text))
    number = -abs(amount.number) if is_below_zero else amount.number
    return _Balance(span, replace(amount, number=number), day, label)
