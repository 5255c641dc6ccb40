"""The account to pay an invoice to, and the payment terms."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis.extract import labelled, values
from analysis.extract.invoice import labels
from analysis.layout.lines import (
    TextLines,
    TextSpan,
    collapse_whitespace,
    fact,
    labelled_values,
)
from analysis.model import Fact

_IBAN_LABEL = re.compile(r"\b[i1l|]ban\b", re.IGNORECASE)
_IBAN_LIKE = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")
_IBAN_BEGINS = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{1,4})*[ \u00a0]?$")
_BIC_LABEL = re.compile(r"\b(?:bic|swift)", re.IGNORECASE)
_DEBITED = re.compile(
    r"ihre?m?\s+konto|your\s+account|lastschrift|eingezogen|votre\s+compte", re.IGNORECASE
)
_BANK = re.compile(
    r"(?<=[.,;])\s+(?=(?:bank|iban|bic|account|konto|sort\s+code|blz|banque)\b)", re.IGNORECASE
)
_CHECKED_REFERENCE = re.compile(
    r"(?<![\w])(?:\d ?){26}\d(?![\w])|\bRF\d{2}(?: ?[A-Z0-9]{1,4}){1,6}\b|"
    r"(?:\+{3}|\*{3}) ?\d{3} ?/ ?\d{4} ?/ ?\d{5} ?(?:\+{3}|\*{3})"
)
_CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)
"""The table of the recursive modulo 10 check of Swiss references."""
_ISO_7064 = 97
"""The modulus of the check digits of ISO 11649 references, by ISO 7064 (MOD 97-10), and of Belgian
structured communications.
"""
_BELGIAN = 12
"""Digits of a structured communication; the last two are the remainder of the others."""
_REFERENCE_SURE = 0.75
"""The confidence of a reference at its label, without a valid check digit."""
_DAMAGED = 0.5
"""The confidence of an IBAN whose lost letter follows from its check digits."""
_IS_BROKEN = re.compile(
    r"(?:^|\s)(?:net(?:to|t)?|within|innerhalb(?:\s+von)?|binnen|sous|à|entro|a|in|\d{1,3})\s*$",
    re.IGNORECASE,
)
"""The end of terms that the next line continues: `Net` above `30 days`."""
_ALIGNED = 0.012
"""The share of the page's width within which left edges are the same."""
_NEXT_LINE = 1.3
"""Heights of a line below which the next one is of the same paragraph."""
_SHORTEST = 5
"""Number of characters that payment terms at a label exceed."""
_TERMS_AT_MOST = 300
"""Most characters of payment terms."""


def find(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The account, its bank, the reference and the payment terms."""
    yield from _iban(pages)
    yield from _bic(pages)
    yield from _reference(pages)
    yield from terms(pages)


def _iban(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """An IBAN with valid check digits has a high confidence, one without a low confidence."""
    for page in pages:
        for row in page:
            for span in row:
                for match in values.ibans(span.text):
                    confidence = 0.7 if _DEBITED.search(span.text) else 0.98
                    chars = (match.start, match.end)
                    yield fact("iban", match.printed, match.value, span, confidence, chars=chars)
    yield from _broken_iban(pages)
    for candidate in labelled_values(pages, _IBAN_LABEL):
        found_like = _IBAN_LIKE.search(candidate.text)
        if found_like and not any(values.ibans(candidate.text)):
            printed = found_like.group()
            chars = (candidate.offset + found_like.start(), candidate.offset + found_like.end())
            yield fact("iban", printed, printed.replace(" ", ""), candidate.span, 0.6, chars=chars)
        elif not found_like and (whole := values.damaged_iban(candidate.text)):
            start, end = candidate.offset + whole.start, candidate.offset + whole.end
            yield fact(
                "iban", whole.printed, whole.value, candidate.span, _DAMAGED, chars=(start, end)
            )


def _broken_iban(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """An IBAN that is split between the end of one line and the start of the next."""
    spans = [span for page in pages for row in page for span in row]
    for span, following in pairwise(spans):
        start = _IBAN_BEGINS.search(span.text)
        if start is None:
            continue
        for match in values.ibans(f"{span.text} {following.text}"):
            if match.start == start.start() and match.end > len(span.text):
                chars = (match.start, len(span.text))
                yield fact("iban", match.printed, match.value, span, 0.95, chars=chars)


def _bic(pages: Sequence[TextLines]) -> Iterator[Fact]:
    for candidate in labelled_values(pages, _BIC_LABEL):
        if match := values.BIC.search(candidate.text):
            chars = (candidate.offset + match.start(), candidate.offset + match.end())
            yield fact("bic", match.group(), match.group(), candidate.span, 0.93, chars=chars)


def _reference(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """A Swiss, Belgian or creditor reference (RF) with valid check digits, else a labelled one."""
    for page in pages:
        for row in page:
            for span in row:
                for match in _CHECKED_REFERENCE.finditer(span.text):
                    value = match.group().replace(" ", "")
                    if _valid_reference(value):
                        chars = match.span()
                        yield fact(
                            "payment_reference", match.group(), value, span, 0.97, chars=chars
                        )
                        return
    yield from labelled.references(
        pages, "payment_reference", labels.REFERENCE, None, _REFERENCE_SURE
    )


def _valid_reference(value: str) -> bool:
    if value.startswith("RF"):
        return int("".join(str(int(sign, 36)) for sign in value[4:] + value[:4])) % _ISO_7064 == 1
    digits = "".join(filter(str.isdigit, value))
    if len(digits) == _BELGIAN:
        return (int(digits[:-2]) % _ISO_7064 or _ISO_7064) == int(digits[-2:])
    carry = 0
    for digit in value[:-1]:
        carry = _CARRY[(carry + int(digit)) % 10]
    return (10 - carry) % 10 == int(value[-1])


def terms(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The payment terms at their label, and those of the first sentence that states any."""
    for candidate in labelled_values(pages, labels.TERMS):
        if candidate.relation not in {"same", "right"}:
            continue
        text = candidate.text.strip()
        if _IS_BROKEN.search(text):
            text = f"{text} {_next_line(pages, candidate.span)}".strip()
        if len(text) > _SHORTEST:
            value = _terms_alone(text)
            chars = (candidate.offset, len(candidate.span.text))
            yield fact("payment_terms", value, value, candidate.span, 0.75, chars=chars)
            break
    for page in pages:
        for row in page:
            for span in row:
                if labels.TERMS_SENTENCE.search(span.text):
                    value = _terms_alone(span.text)
                    yield fact("payment_terms", value, value, span, 0.65)
                    return


def _next_line(pages: Sequence[TextLines], span: TextSpan) -> str:
    """The text directly below a line, with the same left edge; empty if there is none."""
    page = next(page for page in pages if page and page[0][0].page is span.page)
    below = page[span.row + 1] if span.row + 1 < len(page) else []
    aligned = (
        other.text
        for other in below
        if abs(other.box.left - span.box.left) < _ALIGNED
        and other.box.top - span.box.bottom < _NEXT_LINE * span.box.height
    )
    return next(aligned, "")


def _terms_alone(text: str) -> str:
    """The terms without the bank details that may follow them."""
    return collapse_whitespace(_BANK.split(text, maxsplit=1)[0] or text)[:_TERMS_AT_MOST]
