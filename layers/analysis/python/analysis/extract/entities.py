"""Facts of any kind of document: dates, amounts, email addresses, phones, URLs, identifiers."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from analysis.extract import values
from analysis.layout.lines import TextLines, TextSpan, fact
from analysis.model import Fact, Normalised

_REGIONS = {
    "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "nl": "NL", "pt": "PT", "pl": "PL",
    "sv": "SE", "da": "DK",
}  # fmt: skip
_BY_CURRENCY = {"gbp": "GB", "usd": "US", "myr": "MY", "chf": "CH", "sgd": "SG", "inr": "IN"}
"""Countries by currency. English is written in many countries, so for phone numbers the currency
is the better hint.
"""
_PHONE_WORD = re.compile(
    r"\b(?:tel|phone|fon|fax|mobile?|handy|téléphone|hotline|call|h/?p)", re.IGNORECASE
)
_IDENTIFIER = re.compile(
    r"(?P<what>(?:customer|client|kunden|order|bestell|auftrags?|purchase\s+order|po|contract|"
    r"vertrags?|policy|account|konto|reference|referenz|ref|registration|reg|steuer|tax|gst|"
    r"member|ticket|delivery|lieferschein|hrb|siret|gln)\s?-?\s?"
    r"(?:number|no|nr|id|nummer|#|code)?)\s*[.:#]+\s*"
    r"(?P<value>(?=[\w./-]*\d)[A-Z0-9][\w./-]{3,30})",
    re.IGNORECASE,
)
_MAY_STATE = re.compile(r"[\d@]|www|http")
_PHONE_SURE = 0.9
"""The confidence of a number that is valid in the region's numbering plan."""
_IDENTIFIER_SURE = 0.8
"""The confidence of an identifier at a label."""
_AMOUNT_SURE = 0.85
"""The confidence of an amount with cents or a currency."""


def find(
    pages: Sequence[TextLines], *, language: str | None, currency: str | None, month_first: bool
) -> Iterator[Fact]:
    """Every such fact once, at its first position."""
    region = _BY_CURRENCY.get(currency or "") or _REGIONS.get(language or "")
    seen: set[tuple[str, str]] = set()
    for page in pages:
        for row in page:
            for span in row:
                for fact_found in _of(span, region, currency, month_first=month_first):
                    key = (fact_found.name, str(fact_found.normalised))
                    if key not in seen:
                        seen.add(key)
                        yield fact_found


def _of(
    span: TextSpan, region: str | None, currency: str | None, *, month_first: bool
) -> Iterator[Fact]:
    """The facts in one run of text; each part of the text belongs to at most one fact."""
    if not _MAY_STATE.search(span.text):
        return
    taken: list[tuple[int, int]] = []
    for name, value, normalised, confidence in (
        *_named(span.text, month_first=month_first),
        *_phones(span.text, region),
        *_identifiers(span.text),
        *_amounts(span.text, currency),
    ):
        if not any(value.start < end and start < value.end for start, end in taken):
            if name != "amount":
                taken.append((value.start, value.end))
            yield fact(
                name, value.printed, normalised, span, confidence, chars=(value.start, value.end)
            )


type _NamedValues = Iterator[tuple[str, values.ValueMatch | values.Amount, Normalised, float]]


def _named(text: str, *, month_first: bool) -> _NamedValues:
    """Values that are recognised by their form alone."""
    for pattern, name, confidence in ((values.EMAIL, "email", 0.97), (values.URL, "url", 0.95)):
        for match in pattern.finditer(text):
            value = match.group().rstrip(".,;)")
            yield name, values.ValueMatch(value, *match.span(), value), value, confidence
    for name, search, confidence in (
        ("iban", values.ibans, 0.98),
        ("vat_id", values.vat_ids, 0.93),
        ("date", partial(values.dates, month_first=month_first), 0.85),
    ):
        for hit in search(text):
            yield name, hit, hit.value, confidence


def _phones(text: str, region: str | None) -> _NamedValues:
    if _PHONE_WORD.search(text) or "+" in text:
        for match in values.PHONE.finditer(text):
            if number := values.phone(match.group(), region):
                hit = values.ValueMatch(match.group(), *match.span(), number)
                yield "phone", hit, number, _PHONE_SURE


def _identifiers(text: str) -> _NamedValues:
    for match in _IDENTIFIER.finditer(text):
        value = match["value"].rstrip(".-/")
        hit = values.ValueMatch(value, *match.span("value"), value)
        yield "identifier", hit, value, _IDENTIFIER_SURE


def _amounts(text: str, currency: str | None) -> _NamedValues:
    for amount in values.amounts(text):
        if amount.exact:
            yield "amount", amount, amount.money(currency), _AMOUNT_SURE
