"""The number and the dates of an invoice."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis.extract import letter_dates, values
from analysis.extract.invoice import labels
from analysis.layout.lines import (
    LabelledValue,
    TextLine,
    TextLines,
    TextSpan,
    fact,
    labelled_values,
    text_of,
)
from analysis.model import Fact

_VALUE = re.compile(
    r"\(?\s*((?-i:[A-Z]{2,4} [A-Z0-9._-]{1,20}/\d+)|[A-Z0-9][A-Z0-9/_.\-]{1,30}(?:[ ]\d{2,})?)",
    re.IGNORECASE,
)
"""In Portugal, the kind of document begins the number: `FT A/6720`."""
_TITLE_WITH_DATE = re.compile(
    r"""(?:\bNr\.?|\bNo\.?|\bNumber|n[°º]|\bn\.|\#)\s*:?\s*
    (?P<number>[A-Z0-9][\w/.\-]*\d[\w/.\-]*)\s*
    (?:vom|von|dated|du|del|van|of|from|,|-|/)\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT_OTHERS = re.compile(
    r"version|bestell|order|liefer|angebot|offer|auftrag|gemäß|delivery|contract|vertrag|"
    r"your ref|ursprung|kunden|customer|print|valid|\bzur?\s+rechnung|original\s+invoice|"
    r"(?:relating|refers?|credit)\s+to\s+invoice|against\s+invoice|rectificad|d['\u2019]origine|"
    r"(?:sur|de)\s+la\s+facture|rif(?:erimento|\.)\s+fattura|korygowan|původní|"
    r"\b(?:avoir|remboursement|annulation|extourne)\s+(?:sur|de|pour|relatif)\b|"
    r"\b(?:annule|rectifie|concerne|concernant|relati(?:f|ve)\s+à)\s+(?:la|votre|notre)?\b|"
    r"\b(?:storno|gutschrift|korrektur|erstattung|bezug)\w*\s+(?:zu[rm]?|für|auf|der|unserer)\b|"
    r"\b(?:credit|refund|correction|cancell?ation)\s+(?:for|of|on|against)\b|"
    r"\b(?:abono|anula(?:ción)?|rectifica(?:ción)?)\s+(?:de\s+|a\s+)?(?:la\s+)?|"
    r"\b(?:storno|nota\s+di\s+credito|accredito)\s+(?:su|per|di|della)\b|"
    r"\b(?:credit\s?nota|creditering|correctie)\s+(?:op|van|voor|bij)\b|"
    r"\b(?:kreditering|krediterar|avser)\b|\b(?:anulação|retificação)\s+d[ae]\b",
    re.IGNORECASE,
)
_OF_ORIGINAL = re.compile(
    r"origin|ursprüng|oorspronkelijk|ursprunglig|oprindelig|původní|pierwotn|rectificad|retificad|"
    r"corrig|korrigier|korygowan|crédit[ée]e",
    re.IGNORECASE,
)
"""Words around the label of a date that say that it is that of an invoice that is corrected."""
_REFERS = re.compile(
    r"(?:^|\s)(?:zu[rm]?|sur|sobre|su|op|till|to|against|re)\s+"
    r"(?:(?:der|unserer|ihrer|la|votre|notre|our|your|the|vår)\s+)?$",
    re.IGNORECASE,
)
"""What is before the number of an invoice that this one is about: `zur Rechnung Nr.`."""
_IS_RATE = re.compile(r"[ ]?%")
"""Behind `VAT 20`, which is no number of a document."""
_SHORTEST = 2
"""Fewest characters of an invoice's number."""
_EARLY_ROWS = 25
"""First rows that are searched for a title with a number."""
_BEHIND_LABEL = 25
"""Characters between a label and its date; further ones belong to other words."""
_ALONE_AT_TOP = 12
"""First rows in which a date without a label may be the issue date."""
_PLACED = 0.7
"""The confidence of such a date behind a place: `Berlin, 3.7.2026`."""
_ALONE = 0.55
"""The confidence of such a date without a place."""
_ANY_NUMBER = 0.68
"""The confidence of a number at a label that does not name the document."""
_HEAD_OF_PAGE = 0.45
"""The share of the page's height above which such a label is searched."""
_UNTIL = re.compile(r"\s*(?:-|\u2013|bis(?:\s+zum)?|to|until|au|al)\s*$", re.IGNORECASE)


def find(pages: Sequence[TextLines], *, month_first: bool) -> Iterator[Fact]:
    """Candidates of the number, of the issue date and of the delivery date."""
    for row, following in _rows_at_top(pages):
        yield from _title(row, following, month_first=month_first)
    yield from _number(pages)
    for name, label, confidence in (
        ("issue_date", labels.ISSUED, 0.95),
        ("issue_date", labels.DATED, 0.72),
        ("delivery_date", labels.DELIVERED, 0.95),
    ):
        yield from _dates(pages, name, label, confidence, month_first=month_first)
    yield from _first_date(pages, month_first=month_first)


def _rows_at_top(pages: Sequence[TextLines]) -> Iterator[tuple[TextLine, TextLine]]:
    rows = pages[0][:_EARLY_ROWS] if pages else []
    yield from pairwise([*rows, []])


def _title(row: TextLine, following: TextLine, *, month_first: bool) -> Iterator[Fact]:
    """The number and the date in a heading such as `Rechnung Nr. 471102 vom 05.03.2018`.

    The date may be in the next row.
    """
    text, after = text_of(row), text_of(following)
    for date in values.dates(f"{text} {after}", month_first=month_first):
        before = f"{text} {after}"[: date.start]
        match = _TITLE_WITH_DATE.search(before)
        if not match or _ABOUT_OTHERS.search(before[: match.start()]):
            continue
        number = match["number"]
        span = next((other for other in row if number in other.text), row[0])
        at = max(0, span.text.find(number))
        yield fact("invoice_number", number, number, span, 0.97, chars=(at, at + len(number)))
        dated = next((other for other in [*row, *following] if date.printed in other.text), span)
        at = max(0, dated.text.find(date.printed))
        chars = (at, at + len(date.printed))
        yield fact("issue_date", date.printed, date.value, dated, 0.97, chars=chars)


def _number(pages: Sequence[TextLines]) -> Iterator[Fact]:
    for label, confidence in ((labels.NUMBER, 0.95), (labels.TITLE, 0.75)):
        for candidate in labelled_values(pages, label):
            lower = labels.BELOW if candidate.relation == "below" else 1.0
            if _ABOUT_OTHERS.search(candidate.before) or _REFERS.search(candidate.before):
                continue
            yield from _number_in(candidate, confidence * lower)
    for candidate in labelled_values(pages[:1], labels.ANY_NUMBER):
        if _is_alone(candidate) and candidate.span.box.top < _HEAD_OF_PAGE:
            lower = labels.BELOW if candidate.relation == "below" else 1.0
            yield from _number_in(candidate, _ANY_NUMBER * lower)


def _is_alone(candidate: LabelledValue) -> bool:
    """Whether a word for any number is the whole label, and not that of a column of items."""
    end = candidate.offset if candidate.relation == "same" else len(candidate.label)
    label = candidate.label[:end].strip(" :.\uff1a")
    value = candidate.text.strip(" :#")
    is_label = any(labels.ANY_NUMBER.fullmatch(f"{label}{end}") for end in ("", "."))
    return is_label and candidate.relation != "below" and bool(_VALUE.fullmatch(value))


def _number_in(candidate: LabelledValue, confidence: float) -> Iterator[Fact]:
    text = candidate.text.lstrip(" :#")
    skipped = len(candidate.text) - len(text)
    match = _VALUE.match(text)
    if not match or not any(map(str.isdigit, match[1])) or text.startswith("%"):
        return
    if _IS_RATE.match(text, match.end()):
        return
    value = match[1].rstrip(".-/_")
    dated = next(values.dates(value), None)
    amount = next(values.amounts(text), None)
    is_amount = amount is not None and amount.exact and amount.start == 0
    if len(value) < _SHORTEST or (dated and dated.printed == value) or is_amount:
        return
    start = candidate.offset + skipped + match.start(1)
    chars = (start, start + len(value))
    yield fact("invoice_number", value, value, candidate.span, confidence, chars=chars)


def _dates(
    pages: Sequence[TextLines],
    name: str,
    label: re.Pattern[str],
    confidence: float,
    *,
    month_first: bool,
) -> Iterator[Fact]:
    for candidate in labelled_values(pages, label):
        stated = list(values.dates(candidate.text, month_first=month_first))
        if not stated or (candidate.relation == "same" and stated[0].start > _BEHIND_LABEL):
            continue
        date = _end_of_range(candidate.text, stated) if name == "delivery_date" else stated[0]
        if label is labels.DATED and _names_another_date(candidate):
            continue
        about = candidate.before if name == "issue_date" else ""
        if about and (_ABOUT_OTHERS.search(about) or _REFERS.search(about)):
            continue
        if name == "issue_date" and _OF_ORIGINAL.search(_label_of(candidate)):
            continue
        if (
            name == "issue_date"
            and candidate.relation != "below"
            and labels.DUE.search(candidate.span.text)
        ):
            continue
        lower = labels.BELOW if candidate.relation == "below" else 1.0
        chars = (candidate.offset + date.start, candidate.offset + date.end)
        yield fact(name, date.printed, date.value, candidate.span, confidence * lower, chars=chars)


def _names_another_date(candidate: LabelledValue) -> bool:
    """Whether a word for any date is part of the label of another one, as `Fecha` is."""
    label = _label_of(candidate)
    return bool(labels.DUE.search(label) or labels.DELIVERED.search(label))


def _label_of(candidate: LabelledValue) -> str:
    """The label with the words around it, up to its value."""
    if candidate.relation != "same":
        return candidate.label
    stated = next(values.dates(candidate.text), None)
    return candidate.label[: candidate.offset + (stated.start if stated else 0)]


def _end_of_range(text: str, stated: Sequence[values.ValueMatch]) -> values.ValueMatch:
    """The delivery date of a period is its last day."""
    if len(stated) > 1 and _UNTIL.match(text[stated[0].end : stated[1].start]):
        return stated[1]
    return stated[0]


def _first_date(pages: Sequence[TextLines], *, month_first: bool) -> Iterator[Fact]:
    """A date without a label at the top of the page is probably the issue date."""
    for row, _ in list(_rows_at_top(pages))[:_ALONE_AT_TOP]:
        for span in row:
            for date in values.dates(span.text, month_first=month_first):
                if not _is_another_date(span, date):
                    chars = (date.start, date.end)
                    confidence = (
                        _PLACED if letter_dates.PLACE.match(span.text[: date.start]) else _ALONE
                    )
                    yield fact(
                        "issue_date", date.printed, date.value, span, confidence, chars=chars
                    )


def _is_another_date(span: TextSpan, date: values.ValueMatch) -> bool:
    rest = span.text[: date.start] + span.text[date.end :]
    return bool(
        _ABOUT_OTHERS.search(rest)
        or _OF_ORIGINAL.search(rest)
        or labels.DUE.search(rest)
        or labels.DELIVERED.search(rest)
    )
