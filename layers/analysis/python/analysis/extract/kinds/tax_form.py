"""The facts of American tax forms: W-2, W-9 and the 1099 series."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import labelled
from analysis.extract.invoice.labels import label
from analysis.layout.lines import TextLines, collapse_whitespace, fact, labelled_values
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
_STATED = 0.88
"""The confidence of a value at its label, before calibration."""
_FROM_FORM = 0.8
"""The confidence of a W-2 that only has the title of the form, not its number."""


def find(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The facts of a form. Its amounts are dollars."""
    yield from _form(pages)
    yield from labelled.names(pages, "payer", _PAYER, _STATED)
    yield from labelled.names(pages, "payee", _PAYEE, _STATED)
    for candidate in labelled_values(pages, _EIN_LABEL):
        if match := _EIN.search(candidate.text):
            value = match.group().replace(" ", "")
            chars = (candidate.offset + match.start(), candidate.offset + match.end())
            yield fact("employer_number", value, value, candidate.span, _STATED, chars=chars)
            break
    for name, pattern in (("wages", _WAGES), ("tax_withheld", _WITHHELD)):
        yield from labelled.amounts(pages, name, pattern, _STATED, "usd")


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
