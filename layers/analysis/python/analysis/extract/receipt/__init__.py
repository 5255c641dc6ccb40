"""What a receipt states: who sold, where, when, for how much, paid how."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import values
from analysis.extract.receipt import lines, total
from analysis.layout.lines import Rows, Spot, around, fact, plain, text_of
from analysis.model import Fact

_REGISTRATION = re.compile(
    r"""\s*(?:
        [(\[]?\s*\b(?:co\.?\s*)?(?:reg(?:istration)?|gst|roc|company\s+no|no)\b.*
      | [(\[]?\s*\b\d{4,7}\s?[-·.~\s]?\s?[A-Z0-9]?\s?[)\]]?[\W]*
      | [(\[]\s?[A-Z0-9]{0,2}\d{4,}[^)]*\)?[\W]*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
"""A company's registration number printed behind its name."""
_LEGAL_FORM = re.compile(
    r"\b(?:s[do]n\.?\s?b[hn]d|bhd|s/b|gmbh|ltd|limited|inc|llc|plc|sarl|b\.?v|s\.?r\.?l)\b",
    re.IGNORECASE,
)
_BEHIND_ADDRESS = re.compile(
    r"\W*(?:\b(?:tel(?:ephone|efon)?|phone|fax|hp|gst|email|e-mail)\b).*$", re.IGNORECASE
)
_DATE_WORD = re.compile(r"\b(?:date|datum|tarikh|dated)\b", re.IGNORECASE)
_OTHER_DAY = re.compile(r"expir|due|valid|member|birth|until|gültig|mfg", re.IGNORECASE)
_TAX = re.compile(r"\b(?:gst|sst|tax|vat|mwst|ust|tva|steuer|iva|btw)\b", re.IGNORECASE)
_NO_TAX = re.compile(r"invoice|reg|\bno\b|\bid\b|summary|incl|excl|total\s+sales", re.IGNORECASE)
_PAYMENTS = (
    ("card", re.compile(
        r"\b(?:visa|master(?:\s?card)?|amex|debit|credit card|card|ec-?\s?(?:karte|cash)|karte|"
        r"kartenzahlung|girocard|maestro|carte|cb|tarjeta|bancomat|pin)\b", re.IGNORECASE)),
    ("cash", re.compile(r"\b(?:cash|bar|espèces|efectivo|tunai)\b", re.IGNORECASE)),
)  # fmt: skip
_STREET = re.compile(
    r"[^\W\d_](?:stra(?:ß|ss)e|str\.?|weg|platz|allee|gasse|ring|damm|ufer|markt|straat|plein|laan)"
    r"\s*\d|\b\d+\w?,?\s+(?:bis\s+)?(?:rue|avenue|av\.|boulevard|bd|place|quai|chemin|route)\b|"
    r"\b(?:calle|c/|avenida|avda|plaza|via|viale|corso|piazza)\s.*\d|"
    r"\b\d+\s+[^\W\d_].*\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|square|blvd)\b",
    re.IGNORECASE,
)
_TOWN = re.compile(
    r"\b(?:[A-Z]{1,2}[- ])?\d{4,5}\s+[^\W\d_]{2}|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|"
    r"\b[A-Z]{2}\s\d{5}\b|\b\d{4}\s[A-Z]{2}\s"
)
_UNSURE, _BY_RULE = 0.5, 0.8
_HEAD = 10
_BESIDE = 2
_SHOWN = 5


def find(pages: Sequence[Rows], currency: str | None) -> Iterator[Fact]:
    """The facts of a receipt, each name's best candidate first."""
    rows = [row for page in pages for row in page]
    if not rows:
        return
    yield from _merchant_and_address(rows)
    yield from _when(rows)
    yield from _total(rows, currency)
    yield from _tax(rows, currency)
    yield from _payment(rows)


def merchant_of(text: str) -> str:
    """A merchant's name without the registration number behind it."""
    name = _REGISTRATION.sub("", plain(text)).strip(" ,;:*-_|")
    return name or plain(text)


def legal_name(spots: list[Spot]) -> list[Spot]:
    """Of several lines only the one that is a whole company name, if there is one.

    The others are the shop's name or its branch. A line of nothing but a legal form is no name.
    """
    for spot in spots:
        if (found := _LEGAL_FORM.search(spot.text)) and len(spot.text[: found.start()].split()) > 1:
            return [spot]
    return spots


def address_of(text: str) -> str:
    """An address without the telephone number behind it."""
    return _BEHIND_ADDRESS.sub("", plain(text)).strip(" ;:*-_|,") or plain(text)


def _merchant_and_address(rows: Rows) -> Iterator[Fact]:
    (merchant, sure), (address, sure_of_address) = lines.find(rows)
    merchant = legal_name(merchant)
    if sure_of_address < _UNSURE and (block := _street_and_town(rows)):
        address, sure_of_address = block, _BY_RULE
    for name, spots, chance, cleaned in (
        ("merchant", merchant, sure, merchant_of),
        ("address", address, sure_of_address, address_of),
    ):
        if spots:
            value = cleaned(" ".join(spot.text for spot in spots))
            yield fact(name, value, value, spots[0], chance, box=around(spots))


def _street_and_town(rows: Rows) -> list[Spot]:
    """A street with its number and, below it or behind it, a town with its postcode."""
    spots = [spot for row in rows[:_HEAD] for spot in row]
    for place, spot in enumerate(spots):
        if _STREET.search(spot.text):
            if _TOWN.search(spot.text):
                return [spot]
            if place + 1 < len(spots) and _TOWN.search(spots[place + 1].text):
                return spots[place : place + 2]
    return []


def _when(rows: Rows) -> Iterator[Fact]:
    dated: list[tuple[float, Spot, values.Found]] = []
    for row in rows:
        text = text_of(row)
        for spot in row:
            for date in values.dates(spot.text):
                sure = 0.97 if _DATE_WORD.search(text) or any(values.times(text)) else 0.93
                sure *= 0.6 if _OTHER_DAY.search(text) else 1.0
                dated.append((sure, spot, date))
    dated.sort(key=lambda one: -one[0])
    for sure, spot, date in dated:
        yield fact("date", date.printed, date.value, spot, sure, span=(date.start, date.end))
    near = dated[0][1].row if dated else 0
    timed = [(abs(s.row - near), s, t) for row in rows for s in row for t in values.times(s.text)]
    for distance, spot, time in sorted(timed, key=lambda one: one[0])[:1]:
        sure = 0.9 if distance < _BESIDE else 0.6
        yield fact("time", time.printed, time.value, spot, sure, span=(time.start, time.end))


def _total(rows: Rows, currency: str | None) -> Iterator[Fact]:
    for candidate, chance in total.ranked(rows)[:_SHOWN]:
        spot, amount = candidate.best_place
        span = (amount.start, amount.end)
        yield fact("total", amount.printed, amount.money(currency), spot, chance, span=span)


def _tax(rows: Rows, currency: str | None) -> Iterator[Fact]:
    for row in rows:
        text = text_of(row)
        exact = [(s, a) for s in row for a in values.amounts(s.text) if a.exact]
        if exact and _TAX.search(text) and not _NO_TAX.search(text):
            spot, amount = exact[-1]
            span = (amount.start, amount.end)
            yield fact("tax", amount.printed, amount.money(currency), spot, 0.6, span=span)


def _payment(rows: Rows) -> Iterator[Fact]:
    for method, words in _PAYMENTS:
        for row in rows[len(rows) // 3 :]:
            for spot in row:
                if found := words.search(spot.text):
                    yield fact(
                        "payment_method", found.group(), method, spot, 0.8, span=found.span()
                    )
                    return
