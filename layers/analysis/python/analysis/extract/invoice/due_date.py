"""The due date of an invoice: as stated, otherwise computed from the payment terms."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from analysis.extract import values
from analysis.extract.invoice import labels
from analysis.layout.lines import TextLines, TextSpan, collapse_whitespace, fact, labelled_values
from analysis.model import Fact

_WORDS = {
    "seven": 7, "ten": 10, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty-five": 45, "sixty": 60, "ninety": 90, "one": 1, "two": 2, "four": 4,
    "sieben": 7, "zehn": 10, "vierzehn": 14, "zwanzig": 20, "dreißig": 30, "sechzig": 60,
    "zwei": 2, "vier": 4, "trente": 30, "quinze": 15, "soixante": 60, "treinta": 30,
    "quince": 15, "sesenta": 60, "trenta": 30,
}  # fmt: skip
"""Numbers of days that terms spell as words."""
_COUNT = rf"\(?(?P<count>\d{{1,3}}|{'|'.join(_WORDS)})\)?"
_UNIT = (
    r"\(?(?:calendar\s|kalender)?"
    r"(?P<unit>days?|tagen?|jours?|j\b|d[ií]as?|giorni|gg\b|dagen|dni|"
    r"weeks?|wochen?|semaines?|semanas?|weken)\b\)?"
)
_DAYS = re.compile(rf"(?<![\w.,]){_COUNT}\s*{_UNIT}", re.IGNORECASE)
_NET = re.compile(
    rf"(?<![\w.,]){_COUNT}\s*{_UNIT}[\s,]*(?:rein\s*)?net(?:to|t)?\b"
    rf"|\bnet(?:to)?[\s:]+(?P<count2>\d{{1,3}})\s*(?P<unit2>days?|tagen?|jours?|giorni|dagen)\b",
    re.IGNORECASE,
)
_NET_ALONE = re.compile(
    r"\bnet\s?(?P<count>7|10|14|15|20|21|28|30|45|60|90)\b(?![.,]?\d)", re.IGNORECASE
)
_ALONE = re.compile(
    rf"(?:net(?:to|t)?\s*)?{_COUNT}\s*{_UNIT}\.?(?:\s*(?:net(?:to|t)?))?", re.IGNORECASE
)
"""Terms that fill the cell below their label."""
_NEXT_LINE = 1.3
"""Heights of a label within which the text of its cell is below it."""
_WEEK = re.compile(r"we|wo|sem", re.IGNORECASE)
_CLAUSES = re.compile(r"[.;!]\s+|,\s+|\s[-\u2013/]\s|\b(?:sonst|oder|or|ou|otherwise)\b")
_PAYMENT = re.compile(
    r"zahl|fällig|begleich|überweis|net(?:to)?\b|pay|\bdue\b|settle|terms|balance|"
    r"r[èé]gl|paie|solde|échéance|pago|pagar|vencimiento|pagamento|scadenza|betal|betaling",
    re.IGNORECASE,
)
_DISCOUNT = re.compile(
    r"skonto|discount|escompte|descuento|sconto|korting|rabatt|abzug\s+von|nachlass", re.IGNORECASE
)
_NOT_DUE = re.compile(
    r"verzug|interest|overdue|late|mahn|pénalité|intérêt|retard|return|rückgabe|widerruf|complain|"
    r"reklam|beanstand|garantie|warranty|gewähr|gültig|valid|offer|angebot|business|working|"
    r"werktag|bankarbeitstag|ouvr[ée]s?|h[áa]bil|lavorativ|"
    r"fin\s+de\s+mois|fin\s+de\s+mes|fine\s+mese|end\s+of\s+(?:the\s+)?month|monatsende|\beom\b|"
    r"(?:after|nach|of|from|ab)\s+(?:the\s+)?(?:receipt\s+of\s+(?:the\s+)?goods|deliver|liefer|"
    r"wareneingang)|dunning|kündig|terminat",
    re.IGNORECASE,
)
"""Phrases with a number of days that do not state a due date, or count from another date."""
_WHEN_RECEIVED = re.compile(
    r"receipt|erhalt|eingang|réception|recepción|ricevimento", re.IGNORECASE
)
_DEBITED_ON = re.compile(
    r"(?:(?:wird|werden)\s+(?:\w+\s+){0,3}?(?:zum|am)|(?:debited|collected|charged)\s+on|"
    r"(?:prélevé\w*|débité\w*)\s+le)\s",
    re.IGNORECASE,
)
_DEBIT = re.compile(
    r"eingezogen|abgebucht|lastschrift|einziehen|abbuchen|direct\s+debit|debited|collected|"
    r"prélev|prelev|débité",
    re.IGNORECASE,
)
_STATED = 0.9
"""The confidence of a date at its label, before calibration."""
_BY_DEBIT = 0.85
"""The confidence of the date of a direct debit."""
_WITH_TERMS = 0.88
"""The confidence of a date in a sentence with the days of payment."""
_NET_TERMS = 0.85
"""The confidence of terms such as `net 30`."""
_SOME_TERMS = 0.78
"""The confidence of days in any other sentence about payment."""
_RECEIVED_LATER = 0.75
"""The factor for days from receipt: the date of receipt is not printed."""
_BEHIND_LABEL = 25
"""Characters between a label and its date; further ones belong to other words."""
_TERMS_AT_MOST = 300
"""Most characters of the terms that are the value of a computed date."""
_DAYS_A_WEEK = 7
"""For terms in weeks."""
_LONGEST_LINE = 300
"""Maximum length of a searched line; printed lines are shorter."""
_TRIED = 5
"""Maximum number of terms that are tried."""


def find(pages: Sequence[TextLines], issued: Fact | None, *, month_first: bool) -> Iterator[Fact]:
    """The stated due dates; without any, the issue date plus the days of the payment terms."""
    stated = list(_stated(pages, month_first=month_first))
    yield from stated
    if not stated and issued is not None:
        yield from _computed(pages, issued)


def _stated(pages: Sequence[TextLines], *, month_first: bool) -> Iterator[Fact]:
    for candidate in labelled_values(pages, labels.DUE):
        date = next(values.dates(candidate.text, month_first=month_first), None)
        if date is None or (candidate.relation == "same" and date.start > _BEHIND_LABEL):
            continue
        if _DISCOUNT.search(_clause(candidate.span.text, candidate.offset + date.start)):
            continue
        lower = labels.BELOW if candidate.relation == "below" else 1.0
        chars = (candidate.offset + date.start, candidate.offset + date.end)
        yield fact(
            "due_date", date.printed, date.value, candidate.span, _STATED * lower, chars=chars
        )
    for span, text in _sentences(pages):
        for date in values.dates(span.text, month_first=month_first):
            clause = _clause(span.text, date.start)
            debited = _DEBITED_ON.search(span.text[: date.start])
            if _DISCOUNT.search(clause):
                continue
            if debited and debited.end() > date.start - _BEHIND_LABEL and _DEBIT.search(text):
                confidence = _BY_DEBIT
            elif _DAYS.search(clause) and _PAYMENT.search(clause):
                confidence = _WITH_TERMS
            else:
                continue
            chars = (date.start, date.end)
            yield fact("due_date", date.printed, date.value, span, confidence, chars=chars)


def _computed(pages: Sequence[TextLines], issued: Fact) -> Iterator[Fact]:
    """One date: the issue date plus the days of the terms with the highest confidence. Its position
    is that of the terms.
    """
    terms = max(_terms(pages), key=lambda candidate: candidate.confidence, default=None)
    if terms is None:
        return
    due = dt.date.fromisoformat(str(issued.normalised)) + dt.timedelta(days=terms.days)
    confidence = terms.confidence * issued.confidence
    value = collapse_whitespace(terms.span.text)[:_TERMS_AT_MOST]
    made = fact("due_date", value, due.isoformat(), terms.span, confidence)
    yield replace(made, source="computed")


@dataclass(frozen=True, slots=True)
class _Terms:
    days: int
    confidence: float
    span: TextSpan


def _terms(pages: Sequence[TextLines]) -> Iterator[_Terms]:
    for candidate in labelled_values(pages, labels.TERMS):
        if candidate.relation in {"same", "right"} and (match := _NET_ALONE.search(candidate.text)):
            yield _Terms(int(match["count"]), _NET_TERMS, candidate.span)
        elif candidate.relation in {"same", "right"} and (match := _DAYS.search(candidate.text)):
            clause = _clause(candidate.text, match.start())
            if not _DISCOUNT.search(clause) and not _NOT_DUE.search(candidate.text):
                yield _Terms(_days_of(match), _SOME_TERMS, candidate.span)
    yield from _below_label(pages)
    for span, text in _sentences(pages):
        for pattern, confidence in ((_NET, _NET_TERMS), (_DAYS, _SOME_TERMS)):
            for match in islice(pattern.finditer(text), _TRIED):
                clause = _clause(text, match.start())
                discount = pattern is _DAYS and _DISCOUNT.search(clause)
                if (
                    match.start() >= len(span.text)
                    or discount
                    or not _PAYMENT.search(clause)
                    or _NOT_DUE.search(clause)
                ):
                    continue
                later = _RECEIVED_LATER if _WHEN_RECEIVED.search(clause) else 1.0
                yield _Terms(_days_of(match), confidence * later, span)


def _below_label(pages: Sequence[TextLines]) -> Iterator[_Terms]:
    """The terms that fill the cell below their label."""
    for candidate in labelled_values(pages, labels.TERMS):
        gap = candidate.span.box.top - candidate.at.box.bottom
        is_below = candidate.relation == "below" and gap < _NEXT_LINE * candidate.at.box.height
        if is_below and (match := _ALONE.fullmatch(candidate.text.strip())):
            yield _Terms(_days_of(match), _SOME_TERMS, candidate.span)


def _days_of(match: re.Match[str]) -> int:
    parts = match.groupdict()
    count, unit = parts["count"] or parts["count2"], parts["unit"] or parts["unit2"]
    number = _WORDS[count.lower()] if count.lower() in _WORDS else int(count)
    return number * (_DAYS_A_WEEK if _WEEK.match(unit) else 1)


def _sentences(pages: Sequence[TextLines]) -> Iterator[tuple[TextSpan, str]]:
    """Every run of text, also joined with the next: a sentence may continue in the next line."""
    spans = [span for page in pages for row in page for span in row]
    for span, following in zip(spans, [*spans[1:], None], strict=True):
        if len(span.text) <= _LONGEST_LINE:
            behind = f" {following.text[:_LONGEST_LINE]}" if following else ""
            yield span, span.text + behind


def _clause(text: str, place: int) -> str:
    """The part of a sentence that contains a position."""
    start, end = 0, len(text)
    for mark in _CLAUSES.finditer(text):
        if mark.end() <= place:
            start = mark.end()
        elif mark.start() >= place:
            end = mark.start()
            break
    return text[start:end]
