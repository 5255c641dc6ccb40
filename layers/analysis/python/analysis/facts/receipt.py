"""What a receipt states: who sold, where, when, for how much, paid how."""

import re
from collections.abc import Iterator, Sequence

from analysis import values
from analysis.layout import Spot, fact
from analysis.reading import Fact

type Pages = Sequence[list[list[Spot]]]

_COMPANY = re.compile(r"\b(?:sdn|bhd|s/b|enterprise|trading|restaurant|restoran|company|store|shop|mart|gmbh|ltd|inc|llc|cafe|café|bakery|hardware|stationery|pharmacy|house|market|supermarket|services|marketing)\b", re.IGNORECASE)  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_NOT_NAME = re.compile(r"\b(?:tax invoice|invoice|receipt|cash bill|gst|reg|tel|fax|phone|date|welcome|thank|co\.?\s?no|company no|roc|www|@)\b|^\W*\d[\d\W]*$", re.IGNORECASE)  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_ADDRESS = re.compile(r"\b(?:jalan|jln|lot|no\.?\s?\d|taman|tmn|bandar|lorong|street|st\.|road|rd\.?|avenue|ave|straße|strasse|str\.|platz|floor|level|plaza|mall|seksyen|sek|selangor|kuala lumpur|johor|penang|kl|\d{5})\b", re.IGNORECASE)  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_END_OF_HEAD = re.compile(r"\b(?:tel|fax|phone|gst|tax invoice|invoice|receipt|cash|date|bill|table|cashier|reg|doc|order|qty|item|h/?p|email|www|roc|co\.)\b|@", re.IGNORECASE)  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_TOTAL = re.compile(r"\btotal\b|\bgesamt|\bsumme\b|\bamount due\b|\bto pay\b|zu zahlen|\bnett?\b", re.IGNORECASE)  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_BEST_TOTAL = re.compile(r"round|grand|incl|after|nett? total|total due|amount due|total amount|total amt|payable|total\s*(?:\(?rm\)?|sales)", re.IGNORECASE)  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_NOT_TOTAL = re.compile(r"sub|excl|before|qty|item|discount|saving|change|tender|gst summary|total gst|gst amt|tax\b(?!.*incl)|rounding\s*adj|disc|quantity|rückgeld", re.IGNORECASE)  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_CASH = re.compile(r"\bcash\b|\btender|\bpaid\b|\bbar\b|\bgegeben\b", re.IGNORECASE)
_CHANGE = re.compile(r"\bchange\b|rückgeld|\bbalance\b", re.IGNORECASE)
_TAX = re.compile(r"\b(?:gst|sst|tax|vat|mwst|service tax)\b", re.IGNORECASE)
_PAYMENT = (
    ("card", re.compile(r"\b(?:visa|master\s?card|amex|debit|credit card|card|ec-karte|karte|girocard|maestro)\b", re.IGNORECASE)),  # noqa: E501 long patterns, and thresholds named by their line
    ("cash", re.compile(r"\b(?:cash|bar|espèces|efectivo)\b", re.IGNORECASE)),
)  # fmt: skip
_DATE_WORD = re.compile(r"\b(?:date|datum|tarikh)\b", re.IGNORECASE)


def find(pages: Pages, currency: str | None) -> Iterator[Fact]:
    """The facts of a receipt, each name's best candidate first."""
    rows = [row for page in pages for row in page]
    yield from _merchant_and_address(rows)
    yield from _when(rows)
    yield from _total(rows, currency)
    for row in rows:
        text = " ".join(spot.text for spot in row)
        if _TAX.search(text) and not re.search(
            r"invoice|reg|no\b|id\b|summary", text, re.IGNORECASE
        ):
            exact = [(s, a) for s in row for a in values.amounts(s.text) if a.exact]
            if exact:
                spot, amount = exact[-1]
                span = (amount.start, amount.end)
                yield fact("tax", amount.printed, dict(amount.money(currency)), spot, 0.6, span)
    for name, pattern in _PAYMENT:
        hit = next(
            (s for row in rows[len(rows) // 3 :] for s in row if pattern.search(s.text)), None
        )
        if hit:
            found = pattern.search(hit.text)
            yield fact("payment_method", found.group() if found else hit.text, name, hit, 0.8)
            break


def _merchant_and_address(rows: list[list[Spot]]) -> Iterator[Fact]:
    head = [spot for row in rows[:14] for spot in row]
    named = [
        spot for spot in head[:7]
        if sum(map(str.isalpha, spot.text)) > 3 and not _NOT_NAME.search(spot.text)  # noqa: PLR2004
    ]  # fmt: skip
    best = [
        s
        for s in named
        if _COMPANY.search(s.text) and not re.search(r"\bjalan|\bjln", s.text, re.IGNORECASE)
    ]
    merchant = next(iter(best or named), None)
    if merchant is not None:
        text = " ".join(merchant.text.split())
        yield fact("merchant", merchant.text, text, merchant, 0.88 if best else 0.65)
    lines: list[Spot] = []
    for row in rows[:16]:
        text = " ".join(spot.text for spot in row)
        if merchant is not None and row[0].row <= merchant.row:
            continue
        if lines and (_END_OF_HEAD.search(text) or values_found(text)):
            break
        if (_ADDRESS.search(text) and not _END_OF_HEAD.search(text)) or (
            lines and len(lines) < 5 and "," in text  # noqa: PLR2004 long patterns, and thresholds named by their line
        ):
            lines.extend(row)
        elif lines:
            break
    if lines:
        value = " ".join(spot.text for spot in lines)
        boxes = [spot.box for spot in lines]
        found = fact("address", value, value, lines[0], 0.8)
        box = (min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[-1][3])
        yield Fact(
            name="address", value=value, normalised=value, page=found.page, box=box,
            confidence=found.confidence, source=found.source,
        )  # fmt: skip


def values_found(text: str) -> bool:
    """Whether a line of a receipt's head states a date, so that the head has ended."""
    return next(values.dates(text), None) is not None


def _when(rows: list[list[Spot]]) -> Iterator[Fact]:
    dated: list[tuple[float, Spot, values.Found]] = []
    for row in rows:
        text = " ".join(spot.text for spot in row)
        for spot in row:
            dated.extend(
                (0.97 if _DATE_WORD.search(text) else 0.93, spot, date)
                for date in values.dates(spot.text)
            )
    for sure, spot, date in sorted(dated, key=lambda one: -one[0]):
        yield fact("date", date.printed, date.value, spot, sure, (date.start, date.end))
    near = dated[0][1].row if dated else 0
    timed = [(abs(s.row - near), s, t) for row in rows for s in row for t in values.times(s.text)]
    for distance, spot, time in sorted(timed, key=lambda one: one[0])[:1]:
        sure = 0.9 if distance < 2 else 0.6  # noqa: PLR2004 - beside the date
        yield fact("time", time.printed, time.value, spot, sure, (time.start, time.end))


def _total(rows: list[list[Spot]], currency: str | None) -> Iterator[Fact]:  # noqa: C901 long patterns, and thresholds named by their line
    found: list[tuple[float, Spot, values.Amount]] = []
    cash = change = None
    for index, row in enumerate(rows):
        text = " ".join(spot.text for spot in row)
        exact = [(s, a) for s in row for a in values.amounts(s.text) if a.exact]
        if _TOTAL.search(text) and not _CHANGE.search(text):
            if not exact and index + 1 < len(rows):
                exact = [(s, a) for s in rows[index + 1] for a in values.amounts(s.text) if a.exact]
            if exact:
                score = 0.85
                score += 0.08 if _BEST_TOTAL.search(text) else 0.0
                score -= 0.4 if _NOT_TOTAL.search(text) else 0.0
                found.append((score + index * 0.0001, *exact[-1]))
        if exact and _CASH.search(text) and cash is None:
            cash = exact[-1][1].number
        if exact and _CHANGE.search(text):
            change = exact[-1][1].number
    paid = cash - change if cash is not None and change is not None else None
    largest = max((amount.number for score, _, amount in found if score > 0.5), default=None)  # noqa: PLR2004
    ranked = []
    for score, spot, amount in found:
        bonus = 0.1 if paid is not None and amount.number == paid else 0.0
        bonus += 0.03 if amount.number == largest else 0.0
        ranked.append((min(0.98, score + bonus), spot, amount))
    if not ranked:
        every = [(s, a) for row in rows for s in row for a in values.amounts(s.text) if a.exact]
        if every:
            ranked = [(0.4, *max(every, key=lambda one: one[1].number))]
    for score, spot, amount in sorted(ranked, key=lambda one: -one[0]):
        span = (amount.start, amount.end)
        yield fact("total", amount.printed, dict(amount.money(currency)), spot, score, span)
