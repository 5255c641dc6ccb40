"""What may stand in any document: dates, amounts, e-mail addresses, phones, URLs, identifiers."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from analysis import values
from analysis.layout import Rows, Spot, fact
from analysis.reading import Fact

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
    r"(?:number|no|nr|id|nummer|#|code)?)\s*[.:#]+\s*(?P<value>(?=[\w./-]*\d)[A-Z0-9][\w./-]{3,30})",
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
    text = spot.text
    if not _MAY_STATE.search(text):
        return
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return not any(start < other_end and other < end for other, other_end in taken)

    for pattern, name, sure in ((values.EMAIL, "email", 0.97), (values.URL, "url", 0.95)):
        for found in pattern.finditer(text):
            taken.append(found.span())
            value = found.group().rstrip(".,;)")
            yield fact(name, value, value, spot, sure, span=found.span())
    looked_for = (
        ("iban", values.ibans, 0.98),
        ("vat_id", values.vat_ids, 0.93),
        ("date", partial(values.dates, month_first=month_first), 0.85),
    )
    for name, look, sure in looked_for:
        for one in look(text):
            if free(one.start, one.end):
                taken.append((one.start, one.end))
                yield fact(name, one.printed, one.value, spot, sure, span=(one.start, one.end))
    if _PHONE_WORD.search(text) or "+" in text:
        for found in values.PHONE.finditer(text):
            number = values.phone(found.group(), region)
            if number and free(*found.span()):
                taken.append(found.span())
                yield fact("phone", found.group(), number, spot, _PHONE_SURE, span=found.span())
    for found in _IDENTIFIER.finditer(text):
        if free(*found.span("value")):
            taken.append(found.span("value"))
            value = found["value"].rstrip(".-/")
            yield fact("identifier", value, value, spot, _IDENTIFIER_SURE, span=found.span("value"))
    for amount in values.amounts(text):
        if amount.exact and free(amount.start, amount.end):
            span = (amount.start, amount.end)
            money = amount.money(currency)
            yield fact("amount", amount.printed, money, spot, _AMOUNT_SURE, span=span)
