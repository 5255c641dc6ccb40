"""What an invoice charges or deducts beside its items: freight, a discount for early payment."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import labelled, values
from analysis.extract.invoice.labels import label
from analysis.layout.lines import TextLines, collapse_whitespace, fact, labelled_values
from analysis.model import Fact, Kind

_FREIGHT = label(
    r"freight(?:\s*charges?)?",
    r"(?:shipping|delivery|carriage|postage)(?:\s*(?:&|and)\s*(?:handling|packing|packaging))?"
    r"(?:\s*(?:costs?|charges?|fees?))?", r"versand(?:_kosten)?", r"fracht(?:_kosten)?",
    r"porto(?:\s*und\s*verpackung)?",
    r"liefer_kosten", r"frais\s*de\s*(?:port|livraison|transport)",
    r"spese\s*di\s*(?:spedizione|trasporto)",
    r"gastos\s*de\s*envío", r"portes", r"verzend_kosten",
)  # fmt: skip
_DISCOUNT = re.compile(
    r"\d{1,2}(?:[.,]\d{1,2})?\s?%\s*(?:skonto|cash\s*discount|discount|escompte|sconto|"
    r"descuento|korting)|"
    r"(?:skonto|escompte)\s*(?:von\s*|de\s*)?\d{1,2}(?:[.,]\d{1,2})?\s?%|"
    r"\b\d{1,2}\s?/\s?\d{1,2},?\s*net\s*\d{1,3}\b",
    re.IGNORECASE,
)
_PERIOD = label(
    r"(?:service|billing|supply|performance)\s*period",
    r"period\s*(?:of\s*(?:service|supply)|covered)?",
    r"leistungs_zeitraum", r"abrechnungs_zeitraum", r"liefer_zeitraum",
    r"période\s*(?:de\s*(?:prestation|facturation))?",
    r"periodo(?:\s*di\s*(?:riferimento|fatturazione))?",
    r"per[ií]odo\s*(?:de\s*facturación)?", r"factuurperiode",
)  # fmt: skip
_BETWEEN = re.compile(
    r"\s*(?:-|\u2013|to|until|bis(?:\s*zum)?|au|al|t/m|through)\s*$", re.IGNORECASE
)
_MONTH = re.compile(r"^[^\W\d_]{3,12}\.?\s+(?:19|20)\d\d\b")
_STATED = 0.85
"""The confidence of a value at its label, before calibration."""
_WORDED = 0.8
"""The confidence of a sentence that offers a discount."""
_LONGEST = 160
"""Most characters of such a sentence; longer lines are general terms."""


def find(pages: Sequence[TextLines], currency: str | None, kind: Kind) -> Iterator[Fact]:
    """The charges; which of them are searched depends on the kind of document."""
    yield from labelled.amounts(pages, "freight", _FREIGHT, _STATED, currency)
    if kind != "purchase_order":
        yield from _cash_discount(pages)
    if kind in {"invoice", "credit_note"}:
        yield from _service_period(pages)


def _cash_discount(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The line that offers a discount for early payment."""
    for span in (span for page in pages for row in page for span in row):
        if _DISCOUNT.search(span.text) and len(span.text) <= _LONGEST:
            value = collapse_whitespace(span.text)
            yield fact("cash_discount", value, value, span, _WORDED)
            return


def _service_period(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """Two dates with `to` between them, or a month, at the label."""
    for candidate in labelled_values(pages, _PERIOD):
        dates = list(values.dates(candidate.text))[:2]
        month = _MONTH.match(candidate.text)
        if len(dates) > 1 and _BETWEEN.match(candidate.text[dates[0].end : dates[1].start]):
            start, end = dates[0].start, dates[1].end
        elif month and not dates:
            start, end = month.span()
        else:
            continue
        value = collapse_whitespace(candidate.text[start:end])
        chars = (candidate.offset + start, candidate.offset + end)
        yield fact("service_period", value, value, candidate.span, _STATED, chars=chars)
        return
