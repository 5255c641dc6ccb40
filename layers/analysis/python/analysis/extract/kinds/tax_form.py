"""The facts of American tax forms: W-2, W-9 and the 1099 series."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import label_words, labelled
from analysis.extract.invoice.labels import label
from analysis.layout.lines import (
    TextLines,
    collapse_whitespace,
    fact,
    labelled_values,
    text_of,
    union_box,
)
from analysis.model import Fact

_FORM = re.compile(
    r"\bform\s*(?P<form>W-?\d\w{0,4}|1099(?:-[A-Z]{1,4})?|1040\w*)|\b(?P<bare>W-[29]|"
    r"1099-[A-Z]{1,4})\b",
    re.IGNORECASE,
)
_WAGE_STATEMENT = re.compile(r"wage\s+and\s+tax\s+statement", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:calendar|tax)\s*year\s*:?\s*(20\d\d)\b|^\W*(20\d\d)\W*$", re.IGNORECASE)
_FORM_AND_YEAR = re.compile(r"\b(20\d\d)\b")
_PAYER = label(
    r"employer['\u2019]?s?\s*name(?:,\s*address.*)?",
    r"payer['\u2019]?s?\s*name(?:,\s*(?:street|address).*)?",
    r"requester['\u2019]?s?\s*name(?:\s*and\s*address.*)?", r"(?:filer|lender)['\u2019]?s\s*name",
)  # fmt: skip
_PAYEE = label(
    r"employee['\u2019]?s?\s*(?:first\s*)?name(?:\s*and\s*initial)?(?:,?\s*(?:last\s*name|"
    r"address).*)?",
    r"recipient['\u2019]?s?\s*name(?:,\s*address.*)?",
    r"(?<!['\u2019]s\s)name\s*(?:of\s*entity/?\s*individual)?(?:\s*\(as\s*shown\s*on.*\))?(?:\s*of\s*(?:taxpayer|"
    r"entity).*)?",
)  # fmt: skip
_EIN_LABEL = label(
    r"employer\s*(?:identification|id)\s*(?:number|no\.?)(?:\s*\(EIN\))?", r"EIN",
    r"payer['\u2019]?s\s*(?:TIN|federal\s*identification\s*number|federal\s*id)",
)  # fmt: skip
_EIN = re.compile(r"\b\d{2}\s?-\s?\d{7}\b")
_WAGES = label(
    r"(?:1\s*)?wages,?\s*tips,?\s*(?:and\s*)?other\s*comp(?:ensation|\.)?",
    r"(?:1\s*)?nonemployee\s*compensation",
    r"(?:1\s*)?interest\s*income", r"(?:1a\s*)?total\s*ordinary\s*dividends", r"(?:1\s*)?rents",
    r"(?:1\s*)?gross\s*distribution",
)  # fmt: skip
_WITHHELD = label(r"(?:[24]\s*)?federal\s*income\s*tax\s*withheld")
_FIRST_NAME = re.compile(r"\bfirst\s*name", re.IGNORECASE)
_LAST_NAME = re.compile(r"\blast\s*name|\bsurname", re.IGNORECASE)
_ROWS_BELOW = 2
"""Rows below the labels of a name that may have it."""
_WIDER = 1.5
"""Times the width of the label of a last name, which may be longer than its label."""
_ALIGNED = 0.02
"""The share of the page's width by which a value may begin left of its label."""
_BELOW_LABELS = 0.8
"""The confidence of a name below the labels of its parts."""
_STATED = 0.88
"""The confidence of a value at its label, before calibration."""
_FROM_FORM = 0.8
"""The confidence of a W-2 that only has the title of the form, not its number."""


def find(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The facts of a form. Its amounts are dollars."""
    yield from _form(pages)
    yield from labelled.names(pages, "payer", _PAYER, _STATED)
    payee = list(_first_and_last_name(pages))
    yield from payee or labelled.names(pages, "payee", _PAYEE, _STATED)
    for candidate in labelled_values(pages, _EIN_LABEL):
        if match := _EIN.search(candidate.text):
            value = match.group().replace(" ", "")
            chars = (candidate.offset + match.start(), candidate.offset + match.end())
            yield fact("employer_number", value, value, candidate.span, _STATED, chars=chars)
            break
    for name, pattern in (("wages", _WAGES), ("tax_withheld", _WITHHELD)):
        yield from labelled.amounts(pages, name, pattern, _STATED, "usd")


def _first_and_last_name(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """A name of which the first and the last part stand below labels of their own in one box."""
    for rows in pages:
        for number, row in enumerate(rows):
            first = next((span for span in row if _FIRST_NAME.search(span.text)), None)
            last = next((span for span in row if _LAST_NAME.search(span.text)), None)
            if first is None or last is None:
                continue
            right = max(last.box.right, last.box.left + last.box.width * _WIDER)
            for below in rows[number + 1 : number + 1 + _ROWS_BELOW]:
                parts = [
                    span for span in below
                    if first.box.left - _ALIGNED <= span.box.left < right and _is_name(span.text)
                ]  # fmt: skip
                if parts:
                    value = collapse_whitespace(text_of(parts))
                    yield fact("payee", value, value, parts[0], _BELOW_LABELS, box=union_box(parts))
                    return


def _is_name(text: str) -> bool:
    has_letters = any(map(str.isalpha, text)) and not any(map(str.isdigit, text))
    return has_letters and not label_words.is_label(text)


def _form(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The number of the form and the year that it is about."""
    numbered = dated = False
    for span in (span for page in pages[:1] for row in page for span in row):
        match = _FORM.search(span.text)
        if not numbered and match:
            group = "form" if match["form"] else "bare"
            value = match[group].upper()
            chars = match.span(group)
            numbered = True
            yield fact("form_number", match[group], value, span, _STATED, chars=chars)
        elif not numbered and _WAGE_STATEMENT.search(span.text):
            numbered = True
            yield fact("form_number", collapse_whitespace(span.text), "W-2", span, _FROM_FORM)
        year = _YEAR.search(span.text) or (
            _FORM_AND_YEAR.search(span.text) if match or _WAGE_STATEMENT.search(span.text) else None
        )
        if not dated and year:
            printed = next(filter(None, year.groups()))
            at = span.text.find(printed)
            dated = True
            yield fact("tax_year", printed, printed, span, _STATED, chars=(at, at + len(printed)))
