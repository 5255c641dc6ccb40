"""What may stand in any document: dates, amounts, e-mail addresses, phones, URLs, identifiers."""

import re
from collections.abc import Iterator, Sequence

from analysis import values
from analysis.layout import Spot, fact
from analysis.reading import Fact

_REGIONS = {"de": "DE", "fr": "FR", "es": "ES", "it": "IT", "nl": "NL", "pt": "PT", "pl": "PL"}
_PHONE_WORD = re.compile(r"\b(tel|phone|fon|fax|mobile?|handy|téléphone|hotline)", re.IGNORECASE)


def find(
    pages: Sequence[list[list[Spot]]], language: str | None, currency: str | None
) -> Iterator[Fact]:
    """Every such fact once, at the place where it stands first."""
    seen: set[tuple[str, str]] = set()
    for page in pages:
        for row in page:
            for spot in row:
                for one in _of(spot, language, currency):
                    key = (one.name, str(one.normalised))
                    if key not in seen:
                        seen.add(key)
                        yield one


def _of(spot: Spot, language: str | None, currency: str | None) -> Iterator[Fact]:  # noqa: C901 long patterns, and thresholds named by their line
    text = spot.text
    busy: list[tuple[int, int]] = []
    for pattern, name, sure in ((values.EMAIL, "email", 0.97), (values.URL, "url", 0.95)):
        for found in pattern.finditer(text):
            busy.append(found.span())
            yield fact(name, found.group(), found.group().rstrip(".,;"), spot, sure, found.span())
    for iban in values.ibans(text):
        busy.append((iban.start, iban.end))
        yield fact("iban", iban.printed, iban.value, spot, 0.98, (iban.start, iban.end))
    for vat in values.vat_ids(text):
        busy.append((vat.start, vat.end))
        yield fact("vat_id", vat.printed, vat.value, spot, 0.93, (vat.start, vat.end))
    for date in values.dates(text):
        busy.append((date.start, date.end))
        yield fact("date", date.printed, date.value, spot, 0.85, (date.start, date.end))
    if _PHONE_WORD.search(text) or "+" in text:
        for found in values.PHONE.finditer(text):
            number = values.phone(found.group(), _REGIONS.get(language or ""))
            if number and not _clash(found.span(), busy):
                busy.append(found.span())
                yield fact("phone", found.group(), number, spot, 0.9, found.span())
    for amount in values.amounts(text):
        if amount.exact and not _clash((amount.start, amount.end), busy):
            span = (amount.start, amount.end)
            yield fact("amount", amount.printed, dict(amount.money(currency)), spot, 0.85, span)


def _clash(span: tuple[int, int], busy: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in busy)
