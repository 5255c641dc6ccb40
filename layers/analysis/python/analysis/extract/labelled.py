"""Facts that stand beside or below their label: numbers, names, dates and amounts."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import values
from analysis.extract.label_words import is_label
from analysis.layout.lines import (
    LabelledValue,
    TextLines,
    collapse_whitespace,
    fact,
    labelled_values,
)
from analysis.model import Fact

_NUMBER = re.compile(r"#?\s*([A-Z0-9](?:[\w./-]|(?<=\d) (?=\d)){2,34})", re.IGNORECASE)
_BELOW = 0.85
"""The factor for a value below its label, where another label's may stand."""
_LETTERS = 3
"""Number of letters that a name exceeds."""
_LONGEST_NAME = 60
"""Characters from which a text is no name."""


def numbers(
    pages: Sequence[TextLines],
    name: str,
    label: re.Pattern[str],
    confidence: float,
    *,
    first: bool = True,
    printed: re.Pattern[str] = _NUMBER,
) -> Iterator[Fact]:
    """The first number with a digit at the label, or all of them; `printed` is its form."""
    for candidate in labelled_values(pages, label):
        match = printed.match(candidate.text)
        value = match[1].rstrip(" .-/") if match else ""
        dated = next(values.dates(value), None)
        if match and any(map(str.isdigit, value)) and dated is None:
            start = candidate.offset + match.start(1)
            chars = (start, start + len(value))
            plain = value.replace(" ", "")
            yield fact(
                name, value, plain, candidate.span, _lower(candidate, confidence), chars=chars
            )
            if first:
                return


def amounts(
    pages: Sequence[TextLines],
    name: str,
    label: re.Pattern[str],
    confidence: float,
    currency: str | None,
) -> Iterator[Fact]:
    """The nearest exact amount of each label."""
    for candidate in labelled_values(pages, label):
        exact = next((found for found in values.amounts(candidate.text) if found.exact), None)
        if exact is not None:
            chars = (candidate.offset + exact.start, candidate.offset + exact.end)
            money = exact.money(currency)
            lower = _lower(candidate, confidence)
            yield fact(name, exact.printed, money, candidate.span, lower, chars=chars)
            return


def dates(
    pages: Sequence[TextLines],
    name: str,
    label: re.Pattern[str],
    confidence: float,
    *,
    month_first: bool,
) -> Iterator[Fact]:
    """The nearest date of the first label that has one."""
    for candidate in labelled_values(pages, label):
        date = next(values.dates(candidate.text, month_first=month_first), None)
        if date is not None:
            chars = (candidate.offset + date.start, candidate.offset + date.end)
            lower = _lower(candidate, confidence)
            yield fact(name, date.printed, date.value, candidate.span, lower, chars=chars)
            return


def names(
    pages: Sequence[TextLines], name: str, label: re.Pattern[str], confidence: float
) -> Iterator[Fact]:
    """The nearest text at the label that is a name: letters without digits, and no label."""
    for candidate in labelled_values(pages, label):
        value = collapse_whitespace(candidate.text).strip(" :")
        letters = sum(map(str.isalpha, value))
        if is_label(value):
            continue
        if letters > _LETTERS and not any(map(str.isdigit, value)) and len(value) < _LONGEST_NAME:
            chars = (candidate.offset, len(candidate.span.text))
            lower = _lower(candidate, confidence)
            yield fact(name, value, value, candidate.span, lower, chars=chars)
            return


def _lower(candidate: LabelledValue, confidence: float) -> float:
    return confidence * (_BELOW if candidate.relation == "below" else 1.0)
