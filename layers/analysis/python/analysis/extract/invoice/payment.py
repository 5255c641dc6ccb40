"""Where an invoice is to be paid, and on what terms."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis.extract import values
from analysis.extract.invoice import labels
from analysis.layout.lines import Rows, fact, labelled, plain
from analysis.model import Fact

_IBAN_LABEL = re.compile(r"\biban\b", re.IGNORECASE)
_IBAN_LIKE = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")
_IBAN_BEGINS = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{1,4})*[ \u00a0]?$")
_BIC_LABEL = re.compile(r"\b(?:bic|swift)", re.IGNORECASE)
_DEBITED = re.compile(
    r"ihre?m?\s+konto|your\s+account|lastschrift|eingezogen|votre\s+compte", re.IGNORECASE
)
_BANK = re.compile(
    r"(?<=[.,;])\s+(?=(?:bank|iban|bic|account|konto|sort\s+code|blz|banque)\b)", re.IGNORECASE
)
_SHORTEST = 5
_TERMS_AT_MOST = 300


def find(pages: Sequence[Rows]) -> Iterator[Fact]:
    yield from _iban(pages)
    yield from _bic(pages)
    yield from _terms(pages)


def _iban(pages: Sequence[Rows]) -> Iterator[Fact]:
    """A checked IBAN is nearly sure to be meant; one that fails its check is shown as doubtful."""
    for page in pages:
        for row in page:
            for spot in row:
                for found in values.ibans(spot.text):
                    sure = 0.7 if _DEBITED.search(spot.text) else 0.98
                    span = (found.start, found.end)
                    yield fact("iban", found.printed, found.value, spot, sure, span=span)
    yield from _broken_iban(pages)
    for one in labelled(pages, _IBAN_LABEL):
        found_like = _IBAN_LIKE.search(one.text)
        if found_like and not any(values.ibans(one.text)):
            printed = found_like.group()
            span = (one.offset + found_like.start(), one.offset + found_like.end())
            yield fact("iban", printed, printed.replace(" ", ""), one.spot, 0.6, span=span)


def _broken_iban(pages: Sequence[Rows]) -> Iterator[Fact]:
    """An IBAN that begins at the end of one line and ends at the start of the next."""
    spots = [spot for page in pages for row in page for spot in row]
    for spot, following in pairwise(spots):
        start = _IBAN_BEGINS.search(spot.text)
        if start is None:
            continue
        for found in values.ibans(f"{spot.text} {following.text}"):
            if found.start == start.start() and found.end > len(spot.text):
                span = (found.start, len(spot.text))
                yield fact("iban", found.printed, found.value, spot, 0.95, span=span)


def _bic(pages: Sequence[Rows]) -> Iterator[Fact]:
    for one in labelled(pages, _BIC_LABEL):
        if found := values.BIC.search(one.text):
            span = (one.offset + found.start(), one.offset + found.end())
            yield fact("bic", found.group(), found.group(), one.spot, 0.93, span=span)


def _terms(pages: Sequence[Rows]) -> Iterator[Fact]:
    for one in labelled(pages, labels.TERMS):
        if one.relation in {"same", "right"} and len(one.text.strip()) > _SHORTEST:
            value = _terms_alone(one.text)
            span = (one.offset, len(one.spot.text))
            yield fact("payment_terms", value, value, one.spot, 0.75, span=span)
            break
    for page in pages:
        for row in page:
            for spot in row:
                if labels.TERMS_SENTENCE.search(spot.text):
                    value = _terms_alone(spot.text)
                    yield fact("payment_terms", value, value, spot, 0.65)
                    return


def _terms_alone(text: str) -> str:
    """The terms without the bank's details that some print behind them."""
    return plain(_BANK.split(text, maxsplit=1)[0] or text)[:_TERMS_AT_MOST]
