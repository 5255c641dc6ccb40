"""The facts of an account statement: the holder, the period and the balances."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis.extract import addressee, labelled, values
from analysis.layout.lines import TextLines, collapse_whitespace, fact, labelled_values, text_of
from analysis.model import Fact

_HOLDER = re.compile(
    r"\b(?:account\s*(?:holder|name)|kontoinhaber(?:in)?|titulaire(?:\s+du\s+compte)?|titular|"
    r"intestatario|rekeninghouder)\b\s*:?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:account\s*(?:number|no\.?)|konto-?(?:nummer|nr\.?)|num[ée]ro\s+de\s+compte|"
    r"n[°º]\s*de\s+(?:compte|cuenta))\s*:?",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:period|zeitraum|from|vom|von|période|du|periodo|statement\s+(?:date|for)|auszug)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"^\s*(?:to|until|bis(?:\s+zum)?|au|al|a|-|\u2013|t/m)\s*$", re.IGNORECASE)
_BALANCES = (
    ("opening_balance", re.compile(
        r"opening\s+balance|balance\s+brought\s+forward|previous\s+balance|anfangssaldo|"
        r"alter\s+(?:konto)?(?:stand|saldo)|solde\s+(?:initial|précédent|ancien)|ancien\s+solde|"
        r"saldo\s+(?:inicial|anterior|iniziale)", re.IGNORECASE)),
    ("closing_balance", re.compile(
        r"closing\s+balance|balance\s+carried\s+forward|new\s+balance|endsaldo|"
        r"neuer\s+(?:konto)?(?:stand|saldo)|(?:nouveau\s+solde)|solde\s+(?:final|nouveau)|"
        r"saldo\s+final", re.IGNORECASE)),
)  # fmt: skip
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
_LETTERS = 3
"""Number of letters that a holder's name exceeds."""


def find(pages: Sequence[TextLines], currency: str | None, *, month_first: bool) -> Iterator[Fact]:
    """The facts of a statement; `currency` is that of amounts printed without one."""
    yield from _holder(pages)
    for candidate in labelled_values(pages, _NUMBER):
        match = re.match(r"[\dA-Z][\d A-Z/-]{4,30}", candidate.text)
        if candidate.relation != "below" and match and any(map(str.isdigit, match[0])):
            value = collapse_whitespace(match[0])
            chars = (candidate.offset, candidate.offset + match.end())
            yield fact("account_number", value, value, candidate.span, 0.9, chars=chars)
            break
    yield from labelled.numbers(pages, "sort_code", _SORT_CODE, 0.9)
    yield from labelled.amounts(pages, "minimum_payment", _MINIMUM, 0.9, currency)
    yield from labelled.dates(pages, "due_date", _DUE, 0.9, month_first=month_first)
    yield from labelled.dates(pages, "period_end", _CLOSED, 0.9, month_first=month_first)
    yield from _period(pages, month_first=month_first)
    for name, label in _BALANCES:
        yield from _balance(pages, name, label, currency)


def _holder(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The labelled holder, otherwise the name above the address on the first page."""
    for candidate in labelled_values(pages, _HOLDER):
        if candidate.relation != "below" and sum(map(str.isalpha, candidate.text)) > _LETTERS:
            value = collapse_whitespace(candidate.text)
            chars = (candidate.offset, len(candidate.span.text))
            yield fact("account_holder", value, value, candidate.span, 0.9, chars=chars)
            return
    for page in pages[:1]:
        for span, confidence in addressee.names(page):
            value = collapse_whitespace(span.text)
            yield fact("account_holder", value, value, span, confidence)


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


def _balance(
    pages: Sequence[TextLines], name: str, label: re.Pattern[str], currency: str | None
) -> Iterator[Fact]:
    """The last amount of the row with the label."""
    for page in pages:
        for row in page:
            if not label.search(text_of(row)):
                continue
            exact = [(s, a) for s in row for a in values.amounts(s.text) if a.exact]
            if exact:
                span, amount = exact[-1]
                chars = (amount.start, amount.end)
                money = amount.money(currency)
                yield fact(name, amount.printed, money, span, 0.88, chars=chars)
                return
