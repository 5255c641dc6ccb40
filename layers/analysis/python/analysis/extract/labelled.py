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
_REFERENCE = re.compile(
    r"""(?:(?:no|nr|n[°º])?\.?[\s:#]+)?
    (?P<value>(?:(?-i:[A-Z]{1,4})\ (?=\d))?[A-Z0-9](?:[\w./-]|(?<=\d)\ (?=\d)){1,34})
    (?=$|[\s,;)|·•])""",
    re.IGNORECASE | re.VERBOSE,
)
"""A number of an order, a customer or a payment."""
_SHORTEST_REFERENCE = 3
"""Fewest characters of such a number."""
_APART = re.compile(r"(?:^|[|·•;,/])\s*$")
"""What is before a loose label that begins a statement."""
_ENDS = re.compile(r"\s*(?:$|[|·•;])")
_A_SUM = re.compile(r"\d[.,]\d{2}$|^(?:19|20)\d\d$")
"""An amount or a year, which stand behind loose labels too."""
_ORDER = re.compile(
    r"(?:p\.?\s?o\.?|(?:purchase\s*)?order|bestellung|commande|ordine|pedido)(?=[\s:#])",
    re.IGNORECASE,
)
"""The words that may introduce the number of an order behind its label: `Your ref: PO 4711`."""
_LOOSE = 0.85
"""The factor for a number behind a loose label."""
_BANK = re.compile(
    r"\b(?:iban|bic|swift|sort\s*code|bsb|ifsc|routing|bank|banque|banca|blz|kontoinhaber|"
    r"account\s*(?:name|holder))\b",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"^(?:account|acct|a/c)", re.IGNORECASE)
_NEAR_BANK = 2
"""Rows around an account number whose words may say that it is a bank's."""
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


def references(
    pages: Sequence[TextLines],
    name: str,
    label: re.Pattern[str] | None,
    loose: re.Pattern[str] | None,
    confidence: float,
) -> Iterator[Fact]:
    """The first number at its label, or else the first that a `loose` label has for itself."""
    for pattern, factor in ((label, 1.0), (loose, _LOOSE)):
        if pattern is None:
            continue
        for candidate in _nearest(pages, pattern):
            is_loose = pattern is loose
            if is_loose and not _stands_apart(candidate, pattern):
                continue
            introduced = _ORDER.match(candidate.text) if name == "po_number" else None
            found = _reference(candidate, introduced.end() if introduced else 0, alone=is_loose)
            if found is None or _is_of_bank(pages, candidate):
                continue
            start, value = found
            stated = _lower(candidate, confidence * (1.0 if introduced else factor))
            chars = (candidate.offset + start, candidate.offset + start + len(value))
            yield fact(name, value, value.replace(" ", ""), candidate.span, stated, chars=chars)
            return


def _stands_apart(candidate: LabelledValue, label: re.Pattern[str]) -> bool:
    """Whether nothing else is before a label, nor behind it if the value is in another run."""
    match = label.match(candidate.at.text, len(candidate.before))
    rest = candidate.at.text[match.end() :].strip(" :.") if match else ""
    return bool(_APART.search(candidate.before)) and (candidate.relation == "same" or not rest)


def _nearest(pages: Sequence[TextLines], label: re.Pattern[str]) -> Iterator[LabelledValue]:
    """Of each label the nearest text after it, at its right and below."""
    seen: set[tuple[int, int, float, str]] = set()
    for candidate in labelled_values(pages, label):
        at = candidate.at
        key = (at.page.number, at.row, at.box.left, f"{len(candidate.before)} {candidate.relation}")
        if key not in seen:
            seen.add(key)
            yield candidate


def _reference(candidate: LabelledValue, start: int, *, alone: bool) -> tuple[int, str] | None:
    """Where a number begins, and the number; `alone`: nothing else is in the text from `start`."""
    dated = next(values.dates(candidate.text), None)
    text = candidate.text[: dated.start] if dated and dated.start else candidate.text
    match = _REFERENCE.match(text, start)
    if match is None or (dated and not dated.start):
        return None
    value = match["value"].rstrip(" .-/")
    digits = sum(map(str.isdigit, value))
    if len(value) < _SHORTEST_REFERENCE or not digits:
        return None
    if alone and (_A_SUM.search(value) or not _ENDS.match(text, match.end())):
        return None
    return match.start("value"), value


def _is_of_bank(pages: Sequence[TextLines], candidate: LabelledValue) -> bool:
    """Whether the label is that of an account, and the words around it are those of a bank."""
    at = candidate.at
    if not _ACCOUNT.match(candidate.label[len(candidate.before) :]):
        return False
    page = next(page for page in pages if page and page[0][0].page is at.page)
    near = page[max(0, at.row - _NEAR_BANK) : at.row + _NEAR_BANK + 1]
    return any(_BANK.search(span.text) for row in near for span in row)


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
        if is_label(value) or "@" in value:
            continue
        if letters > _LETTERS and not any(map(str.isdigit, value)) and len(value) < _LONGEST_NAME:
            chars = (candidate.offset, len(candidate.span.text))
            lower = _lower(candidate, confidence)
            yield fact(name, value, value, candidate.span, lower, chars=chars)
            return


def _lower(candidate: LabelledValue, confidence: float) -> float:
    return confidence * (_BELOW if candidate.relation == "below" else 1.0)
