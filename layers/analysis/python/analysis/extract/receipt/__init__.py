"""The facts of a receipt: merchant, address, date, time, total and payment method."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.extract import values
from analysis.extract.receipt import items, lines, total
from analysis.layout.lines import TextLines, TextSpan, collapse_whitespace, fact, text_of, union_box
from analysis.model import Fact

__all__ = ["address_of", "find", "items", "legal_name", "merchant_of"]

_REGISTRATION = re.compile(
    r"""\s*(?:
        [(\[]?\s*\b(?:co\.?\s*)?(?:reg(?:istration)?|gst|roc|company\s+no|no)\b.*
      | [(\[]?\s*\b\d{4,7}\s?[-·.~\s]?\s?[A-Z0-9]?\s?[)\]]?[\W]*
      | [(\[]\s?[A-Z0-9]{0,2}\d{4,}[^)]*\)?[\W]*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
"""A company's registration number, printed after its name."""
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
        r"kartenzahlung|girocard|maestro|carte|cb|tarjeta|bancomat|pin|"
        r"eftpos|contactless|carta|kort|kaart|karta|cartão)\b", re.IGNORECASE)),
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
_PREMISES = re.compile(r"^\W*(?:shop|unit|suite|ste|level|lot)\.?\s*[A-Z]?\d", re.IGNORECASE)
"""The part of a building, before its street."""
_OWNER = re.compile(
    r"^\W*(?:inh(?:\.|aber(?:in)?\b)|prop(?:\.|rietor\b|rietaria\b|rietario\b)|owner\b|owned\s+by|"
    r"titolare\b|titular\b|g[ée]rante?\b|eigenaar\b)",
    re.IGNORECASE,
)
"""The line below a shop's name that says whose it is."""
_TIP = re.compile(
    r"^\W*(?:tip|gratuity|trinkgeld|pourboire|propina|mancia|fooi|dricks|drikkepenge|gorjeta)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:total|summe|gesamt|betrag|charged|paid|totale|totaal|montant|amount)\b", re.IGNORECASE
)
_TAX_HEADS = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "net": "net(?:t[oa]?)?|base|ht|imponibile|excl\\.?|neto|nettó",
        "tax": "mwst|ust|steuer|vat|tva|iva|btw|moms|tax|imposta|cuota",
        "gross": "brutto|gross|ttc|lordo|incl\\.?|total|bruto|summe",
    }.items()
}
"""The heads of the table of taxes by their rates."""
_RATE = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)\s?%")
_OF_A_RATE = 3
"""Amounts of a rate: net, tax and gross."""
_CENT = Decimal("0.01")
_ADDED_UP = 0.85
"""The confidence of taxes that follow from their rates."""
_UNSURE = 0.5
"""The probability below which the model's address gives way to a rule's."""
_BY_RULE = 0.8
"""The confidence of an address that a rule finds."""
_HEAD = 10
"""First rows that are searched for a street and a town."""
_BESIDE = 2
"""Rows between date and time below which the time is that of the sale."""
_SHOWN = 5
"""Most candidates of a total, the likeliest first."""


def find(pages: Sequence[TextLines], currency: str | None, *, month_first: bool) -> Iterator[Fact]:
    """The facts of a receipt, each name's best candidate first."""
    rows = [row for page in pages for row in page]
    if not rows:
        return
    yield from _merchant_and_address(rows)
    yield from _when(rows, month_first=month_first)
    yield from _total(rows, currency)
    yield from _tax(rows, currency)
    yield from _payment(rows)


def merchant_of(text: str) -> str:
    """A merchant's name without the registration number that follows it."""
    name = _REGISTRATION.sub("", collapse_whitespace(text)).strip(" ,;:*-_|")
    return name or collapse_whitespace(text)


def legal_name(spans: list[TextSpan]) -> list[TextSpan]:
    """The only line that is a complete company name, if there is one.

    The other lines are the shop's name or its branch. A line with only a legal form is not a name.
    """
    for span in spans:
        if (match := _LEGAL_FORM.search(span.text)) and len(span.text[: match.start()].split()) > 1:
            return [span]
    return spans


def address_of(text: str) -> str:
    """An address without the telephone number that follows it."""
    return _BEHIND_ADDRESS.sub("", collapse_whitespace(text)).strip(
        " ;:*-_|,"
    ) or collapse_whitespace(text)


def _merchant_and_address(rows: TextLines) -> Iterator[Fact]:
    (merchant, confidence), (address, address_confidence) = lines.find(rows)
    merchant = [span for span in merchant if not is_of_address(span.text)] or merchant
    merchant = without_owner(rows, merchant)
    merchant = legal_name(merchant)
    if address_confidence < _UNSURE and (block := _street_and_town(rows)):
        address, address_confidence = block, _BY_RULE
    for name, spans, fact_confidence, cleaned in (
        ("merchant", merchant, confidence, merchant_of),
        ("address", address, address_confidence, address_of),
    ):
        if spans:
            value = cleaned(" ".join(span.text for span in spans))
            yield fact(name, value, value, spans[0], fact_confidence, box=union_box(spans))


def without_owner(rows: TextLines, merchant: list[TextSpan]) -> list[TextSpan]:
    """The shop's name without the line of its owner; if that is all, the line above it."""
    named = [span for span in merchant if not _OWNER.match(span.text)]
    if named or not merchant:
        return named
    above = [span for row in rows for span in row if span.row < merchant[0].row]
    return above[-1:] or merchant


def is_of_address(text: str) -> bool:
    """Whether a line that the model takes for a part of the name is a street or a town."""
    return bool(_STREET.search(text) or _PREMISES.match(text) or _TOWN.search(text))


def _street_and_town(rows: TextLines) -> list[TextSpan]:
    """A street with a house number and, below or after it, a town with its postcode."""
    spans = [span for row in rows[:_HEAD] for span in row]
    for place, span in enumerate(spans):
        if _STREET.search(span.text):
            if _TOWN.search(span.text):
                return [span]
            if place + 1 < len(spans) and _TOWN.search(spans[place + 1].text):
                return spans[place : place + 2]
    return []


def _when(rows: TextLines, *, month_first: bool) -> Iterator[Fact]:
    dated: list[tuple[float, TextSpan, values.ValueMatch]] = []
    for row in rows:
        text = text_of(row)
        for span in row:
            for date in values.dates(span.text, month_first=month_first):
                confidence = 0.97 if _DATE_WORD.search(text) or any(values.times(text)) else 0.93
                confidence *= 0.6 if _OTHER_DAY.search(text) else 1.0
                dated.append((confidence, span, date))
    dated.sort(key=lambda candidate: -candidate[0])
    for confidence, span, date in dated:
        yield fact("date", date.printed, date.value, span, confidence, chars=(date.start, date.end))
    near = dated[0][1].row if dated else 0
    timed = [(abs(s.row - near), s, t) for row in rows for s in row for t in values.times(s.text)]
    for distance, span, time in sorted(timed, key=lambda candidate: candidate[0])[:1]:
        confidence = 0.9 if distance < _BESIDE else 0.6
        yield fact("time", time.printed, time.value, span, confidence, chars=(time.start, time.end))


def _total(rows: TextLines, currency: str | None) -> Iterator[Fact]:
    for candidate, chance in with_tip(rows, total.ranked(rows))[:_SHOWN]:
        span, amount = candidate.best_place
        chars = (amount.start, amount.end)
        yield fact("total", amount.printed, amount.money(currency), span, chance, chars=chars)


def with_tip(
    rows: TextLines, ranked: list[tuple[total.Candidate, float]]
) -> list[tuple[total.Candidate, float]]:
    """The amounts, first the total with the tip where it is printed below that without it."""
    if not ranked:
        return ranked
    tips = {
        amount.number for row in rows if _TIP.match(text_of(row))
        for span in row for amount in values.amounts(span.text) if amount.exact
    }  # fmt: skip
    best = ranked[0][0].number
    for place, (candidate, chance) in enumerate(ranked[1:], 1):
        places = [span for span, _, _ in candidate.places]
        is_total = any(
            span in places and _TOTAL.search(text_of(row)) for row in rows for span in row
        )
        if is_total and candidate.number - best in tips:
            others = [*ranked[:place], *ranked[place + 1 :]]
            return [
                (candidate, ranked[0][1]), (others[0][0], chance), *others[1:],
            ]  # fmt: skip
    return ranked


def _tax(rows: TextLines, currency: str | None) -> Iterator[Fact]:
    by_rate = list(_taxes_by_rate(rows))
    if by_rate:
        spans = [span for span, _ in by_rate]
        whole = sum((amount.number for _, amount in by_rate), Decimal(0))
        printed = " + ".join(amount.printed for _, amount in by_rate)
        money = replace(by_rate[0][1], number=whole).money(currency)
        yield fact("tax", printed, money, spans[0], _ADDED_UP, box=union_box(spans))
    for row in rows:
        text = text_of(row)
        exact = [(s, a) for s in row for a in values.amounts(s.text) if a.exact]
        if exact and _TAX.search(text) and not _NO_TAX.search(text):
            span, amount = exact[-1]
            chars = (amount.start, amount.end)
            yield fact("tax", amount.printed, amount.money(currency), span, 0.6, chars=chars)


def _taxes_by_rate(rows: TextLines) -> Iterator[tuple[TextSpan, values.Amount]]:
    """The tax of each row below the heads of net, tax and gross, if net and tax make the gross."""
    page: int | None = None
    for row in rows:
        if len({name for name, head in _TAX_HEADS.items() if head.search(text_of(row))}) == len(
            _TAX_HEADS
        ):
            page = row[0].page.number
            continue
        rate = _RATE.search(text_of(row))
        if rate is None or row[0].page.number != page:
            continue
        exact = [
            (span, amount) for span in row for amount in values.amounts(span.text)
            if amount.exact and "%" not in span.text
        ]  # fmt: skip
        if len(exact) == _OF_A_RATE:
            tax, net, gross = sorted(exact, key=lambda entry: entry[1].number)
            share = Decimal(rate[1].replace(",", ".")) / 100
            due = net[1].number * share
            adds_up = abs(net[1].number + tax[1].number - gross[1].number) <= _CENT
            if adds_up and abs(tax[1].number - due) <= _CENT:
                yield tax


def _payment(rows: TextLines) -> Iterator[Fact]:
    for method, pattern in _PAYMENTS:
        for row in rows[len(rows) // 3 :]:
            for span in row:
                if match := pattern.search(span.text):
                    yield fact(
                        "payment_method", match.group(), method, span, 0.8, chars=match.span()
                    )
                    return
