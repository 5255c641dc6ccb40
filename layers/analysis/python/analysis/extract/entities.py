"""What may stand in any document: dates, amounts, e-mail addresses, phones, URLs, identifiers."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from analysis.extract import values
from analysis.layout.lines import Rows, Spot, fact
from analysis.model import Fact, Normalised

_REGIONS = {
    "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "nl": "NL", "pt": "PT", "pl": "PL",
    "sv": "SE", "da": "DK",
}  # fmt: skip
_BY_CURRENCY = {"gbp": "GB", "usd": "US", "myr": "MY", "chf": "CH", "sgd": "SG", "inr": "IN"}
"""Where people write in English, their money says more about their telephone numbers."""
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
_PHONE_SURE, _IDENTIFIER_SURE, _AMOUNT_SURE = 0.9, 0.8, 0.85


def find(
    pages: Sequence[Rows], *, language: str | None, currency: str | None, month_first: bool
) -> Iterator[Fact]:
    """Every such fact once, at the place where it stands first."""
    region = _BY_CURRENCY.get(currency or "") or _REGIONS.get(language or "")
    seen: set[tuple[str, str]] = set()
    for page in pages:
        for row in page:
            for spot in row:
                for one in _of(spot, region, currency, month_first=month_first):
                    key = (one.name, str(one.normalised))
                    if key not in seen:
                        seen.add(key)
                        yield one


def _of(
    spot: Spot, region: str | None, currency: str | None, *, month_first: bool
) -> Iterator[Fact]:
    """What one run of text states; a part of it that is one thing is not another as well."""
    if not _MAY_STATE.search(spot.text):
        return
    taken: list[tuple[int, int]] = []
    for name, one, normalised, sure in (
        *_named(spot.text, month_first=month_first),
        *_phones(spot.text, region),
        *_identifiers(spot.text),
        *_amounts(spot.text, currency),
    ):
        if not any(one.start < end and start < one.end for start, end in taken):
            if name != "amount":
                taken.append((one.start, one.end))
            yield fact(name, one.printed, normalised, spot, sure, span=(one.start, one.end))


type _Seen = Iterator[tuple[str, values.Found | values.Amount, Normalised, float]]


def _named(text: str, *, month_first: bool) -> _Seen:
    """Things that are known by their shape alone."""
    for pattern, name, sure in ((values.EMAIL, "email", 0.97), (values.URL, "url", 0.95)):
        for found in pattern.finditer(text):
            value = found.group().rstrip(".,;)")
            yield name, values.Found(value, *found.span(), value), value, sure
    for name, look, sure in (
        ("iban", values.ibans, 0.98),
        ("vat_id", values.vat_ids, 0.93),
        ("date", partial(values.dates, month_first=month_first), 0.85),
    ):
        for one in look(text):
            yield name, one, one.value, sure


def _phones(text: str, region: str | None) -> _Seen:
    if _PHONE_WORD.search(text) or "+" in text:
        for found in values.PHONE.finditer(text):
            if number := values.phone(found.group(), region):
                one = values.Found(found.group(), *found.span(), number)
                yield "phone", one, number, _PHONE_SURE


def _identifiers(text: str) -> _Seen:
    for found in _IDENTIFIER.finditer(text):
        value = found["value"].rstrip(".-/")
        one = values.Found(value, *found.span("value"), value)
        yield "identifier", one, value, _IDENTIFIER_SURE


def _amounts(text: str, currency: str | None) -> _Seen:
    for amount in values.amounts(text):
        if amount.exact:
            yield "amount", amount, amount.money(currency), _AMOUNT_SURE
