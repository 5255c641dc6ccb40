"""An invoice's number and its dates."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis.extract import values
from analysis.extract.invoice import labels
from analysis.layout.lines import Labelled, Row, Rows, Spot, fact, labelled, text_of
from analysis.model import Fact

_VALUE = re.compile(r"\(?\s*([A-Z0-9][A-Z0-9/_.\-]{1,30}(?:[ ]\d{2,})?)", re.IGNORECASE)
_TITLE_WITH_DATE = re.compile(
    r"""(?:\bNr\.?|\bNo\.?|\bNumber|n[°º]|\bn\.|\#)\s*:?\s*
    (?P<number>[A-Z0-9][\w/.\-]*\d[\w/.\-]*)\s*
    (?:vom|von|dated|du|del|van|of|from|,|-|/)\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT_OTHERS = re.compile(
    r"version|bestell|order|liefer|angebot|offer|auftrag|gemäß|delivery|contract|vertrag|"
    r"your ref|ursprung|kunden|customer|print|valid",
    re.IGNORECASE,
)
_SHORTEST, _EARLY_ROWS, _BEHIND_LABEL = 2, 25, 25
_ALONE_AT_TOP = 12
_PLACE = re.compile(r"^[^\W\d_][\w .'-]{1,30},\s*(?:den|le|the|el|li)?\s*$", re.IGNORECASE)
_PLACED, _ALONE = 0.7, 0.55
_UNTIL = re.compile(r"\s*(?:-|\u2013|bis(?:\s+zum)?|to|until|au|al)\s*$", re.IGNORECASE)


def find(pages: Sequence[Rows], *, month_first: bool) -> Iterator[Fact]:
    for row, following in _early(pages):
        yield from _title(row, following, month_first=month_first)
    yield from _number(pages)
    for name, found, sure in (
        ("issue_date", labels.ISSUED, 0.95),
        ("issue_date", labels.DATED, 0.72),
        ("delivery_date", labels.DELIVERED, 0.95),
    ):
        yield from _dates(pages, name, found, sure, month_first=month_first)
    yield from _first_date(pages, month_first=month_first)


def _early(pages: Sequence[Rows]) -> Iterator[tuple[Row, Row]]:
    rows = pages[0][:_EARLY_ROWS] if pages else []
    yield from pairwise([*rows, []])


def _title(row: Row, following: Row, *, month_first: bool) -> Iterator[Fact]:
    """A heading such as `Rechnung Nr. 471102 vom 05.03.2018` states number and date at once.

    The date may have wrapped into the next row.
    """
    text, after = text_of(row), text_of(following)
    for date in values.dates(f"{text} {after}", month_first=month_first):
        before = f"{text} {after}"[: date.start]
        found = _TITLE_WITH_DATE.search(before)
        if not found or _ABOUT_OTHERS.search(before[: found.start()]):
            continue
        number = found["number"]
        spot = next((one for one in row if number in one.text), row[0])
        at = max(0, spot.text.find(number))
        yield fact("invoice_number", number, number, spot, 0.97, span=(at, at + len(number)))
        dated = next((one for one in [*row, *following] if date.printed in one.text), spot)
        at = max(0, dated.text.find(date.printed))
        span = (at, at + len(date.printed))
        yield fact("issue_date", date.printed, date.value, dated, 0.97, span=span)


def _number(pages: Sequence[Rows]) -> Iterator[Fact]:
    for found, sure in ((labels.NUMBER, 0.95), (labels.TITLE, 0.75)):
        for one in labelled(pages, found):
            lower = labels.BELOW if one.relation == "below" else 1.0
            if _ABOUT_OTHERS.search(one.before):
                continue
            yield from _number_in(one, sure * lower)


def _number_in(one: Labelled, sure: float) -> Iterator[Fact]:
    text = one.text.lstrip(" :#")
    skipped = len(one.text) - len(text)
    found = _VALUE.match(text)
    if not found or not any(map(str.isdigit, found[1])) or text.startswith("%"):
        return
    value = found[1].rstrip(".-/_")
    dated = next(values.dates(value), None)
    amount = next(values.amounts(text), None)
    is_amount = amount is not None and amount.exact and amount.start == 0
    if len(value) < _SHORTEST or (dated and dated.printed == value) or is_amount:
        return
    start = one.offset + skipped + found.start(1)
    span = (start, start + len(value))
    yield fact("invoice_number", value, value, one.spot, sure, span=span)


def _dates(
    pages: Sequence[Rows], name: str, found: re.Pattern[str], sure: float, *, month_first: bool
) -> Iterator[Fact]:
    for one in labelled(pages, found):
        stated = list(values.dates(one.text, month_first=month_first))
        if not stated or (one.relation == "same" and stated[0].start > _BEHIND_LABEL):
            continue
        date = _end_of_range(one.text, stated) if name == "delivery_date" else stated[0]
        about = one.before if name == "issue_date" else ""
        if about and _ABOUT_OTHERS.search(about):
            continue
        if name == "issue_date" and one.relation != "below" and labels.DUE.search(one.spot.text):
            continue
        lower = labels.BELOW if one.relation == "below" else 1.0
        span = (one.offset + date.start, one.offset + date.end)
        yield fact(name, date.printed, date.value, one.spot, sure * lower, span=span)


def _end_of_range(text: str, stated: Sequence[values.Found]) -> values.Found:
    """What is delivered over some time is delivered on its last day."""
    if len(stated) > 1 and _UNTIL.match(text[stated[0].end : stated[1].start]):
        return stated[1]
    return stated[0]


def _first_date(pages: Sequence[Rows], *, month_first: bool) -> Iterator[Fact]:
    """A date that stands at the top with nothing said about it is likely the invoice's."""
    for row, _ in list(_early(pages))[:_ALONE_AT_TOP]:
        for spot in row:
            for date in values.dates(spot.text, month_first=month_first):
                if not _said(spot, date):
                    span = (date.start, date.end)
                    sure = _PLACED if _PLACE.match(spot.text[: date.start]) else _ALONE
                    yield fact("issue_date", date.printed, date.value, spot, sure, span=span)


def _said(spot: Spot, date: values.Found) -> bool:
    rest = spot.text[: date.start] + spot.text[date.end :]
    return bool(
        _ABOUT_OTHERS.search(rest) or labels.DUE.search(rest) or labels.DELIVERED.search(rest)
    )
