"""The facts of quotations, purchase orders, delivery notes and reminders."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.extract import labelled, letter_dates
from analysis.extract.invoice import charges, labels, numbers, parties, payment, totals
from analysis.extract.invoice.labels import label
from analysis.extract.titles import titled
from analysis.layout.lines import TextLines, collapse_whitespace, fact, text_of
from analysis.model import Fact, Kind

_QUOTATION = label(
    r"(?:quot(?:ation|e)|estimate|proposal|offer)\s*(?:number|no\.?|nr\.?|#|id|ref(?:erence)?)",
    r"angebots?_(?:nummer|nr\.?)", r"(?:num[ée]ro\s*(?:de\s*)?|n[°º]\.?\s*(?:de\s*)?)devis",
    r"devis\s*n[°º]\.?", r"preventivo\s*n\.?", r"presupuesto\s*n[°º]\.?", r"offerte_nummer",
    r"kostenvoranschlag\s*nr\.?",
)  # fmt: skip
_VALID = label(
    r"valid\s*(?:until|through|to|till)", r"expir(?:es|y|ation)(?:\s*(?:on|date))?",
    r"quote\s*expires",
    r"gültig\s*bis(?:\s*zum)?", r"bindefrist(?:\s*bis)?", r"angebot\s*gültig\s*bis",
    r"valable\s*jusqu['\u2019]au", r"validité(?:\s*jusqu['\u2019]au)?", r"valid[oa]\s*fino\s*al",
    r"válid[oa]\s*hasta(?:\s*el)?", r"geldig\s*tot",
)  # fmt: skip
_DELIVERY = label(
    r"(?:delivery\s*note|delivery|packing\s*slip|dn)\s*(?:number|no\.?|nr\.?|#)",
    r"lieferschein_(?:nummer|nr\.?)", r"lieferschein\s*nr\.?", r"bon\s*de\s*livraison\s*n[°º]\.?",
    r"(?:d\.?d\.?t\.?|documento)\s*n\.?", r"albarán\s*n[°º]\.?", r"pakbon_(?:nummer|nr\.?)",
)  # fmt: skip
_CARRIER = label(
    r"carrier", r"ship(?:ped)?\s*via", r"haulier", r"spediteur", r"frachtführer",
    r"spedition(?=\s*(?::|$))", r"dispatched\s*(?:through|by|via)", r"versand(?:art)?(?!@)",
    r"transporteur", r"vettore", r"transportista", r"vervoerder",
)  # fmt: skip
_PURCHASE = label(
    r"purchase\s*order\s*(?:number|no\.?|nr\.?|#)?", r"p\.?\s?o\.?\s*(?:number|no\.?|#)",
    r"order\s*(?:number|no\.?|nr\.?|#)", r"bestell_(?:nummer|nr\.?)", r"bestellung\s*nr\.?",
    r"bon\s*de\s*commande\s*n[°º]\.?", r"(?:n[°º]\.?\s*(?:de\s*)?)commande", r"ordine\s*n\.?",
    r"(?:orden\s*de\s*compra|pedido)\s*n[°º]\.?", r"inkooporder_(?:nummer|nr\.?)",
)  # fmt: skip
_DATED = label(
    r"(?:quot(?:ation|e)|estimate|order|delivery\s*note|issue|dispatch|letter)\s*date",
    r"(?:angebots|bestell|lieferschein|ausstellungs|brief)_datum",
    r"date\s*(?:du\s*devis|de\s*commande|d['\u2019]émission)",
    r"data\s*(?:ordine|preventivo|documento)",
    r"fecha\s*(?:de(?:l)?\s*)?(?:pedido|presupuesto|emisión)?", r"datum", r"date", r"data",
)  # fmt: skip
_DELIVERED = label(
    r"deliver(?:y|ed)?\s*(?:date|on|by)", r"required\s*(?:by|date)", r"ship\s*date", r"lieferdatum",
    r"liefertermin", r"date\s*de\s*livraison", r"data\s*(?:di\s*)?consegna",
    r"fecha\s*de\s*entrega",
    r"leverdatum",
)  # fmt: skip
_LEVEL = re.compile(
    r"^\W*((?:\d\.|letzte|erste|zweite|dritte|first|second|third|final|1st|2nd|3rd)?\s*(?:mahnung|"
    r"zahlungserinnerung|payment\s+reminder|reminder|demand|notice|relance|mise\s+en\s+demeure|"
    r"sollecito|recordatorio|aanmaning|betalingsherinnering))\b",
    re.IGNORECASE,
)
_FEE = label(
    r"mahn(?:gebühr(?:en)?|kosten|spesen)",
    r"(?:late|reminder|dunning|admin(?:istration)?)\s*(?:fee|charge)",
    r"frais\s*de\s*(?:relance|recouvrement)", r"spese\s*di\s*sollecito", r"aanmaningskosten",
)  # fmt: skip
_OUTSTANDING = label(
    r"(?:total\s*)?(?:amount\s*)?(?:outstanding|overdue)(?:\s*amount)?",
    r"(?:total|balance|amount)\s*due",
    r"offener?\s*(?:betrag|posten|forderung)", r"(?:gesamt|mahn|rest)_(?:forderung|betrag)",
    r"zu\s*zahlen(?:der\s*betrag)?", r"(?:montant|solde)\s*(?:dû|restant\s*dû)",
    r"importo\s*dovuto",
    r"importe\s*pendiente", r"openstaand\s*bedrag",
)  # fmt: skip
_PAY_BY = label(
    r"(?:new\s*)?due\s*(?:date|by)?", r"pay(?:ment)?\s*by", r"zahlbar\s*bis",
    r"(?:bis\s*)?spätestens(?:\s*zum)?",
    r"bis\s*zum", r"neue\s*zahlungsfrist", r"au\s*plus\s*tard\s*le", r"entro\s*il", r"antes\s*del?",
    r"vóór",
)  # fmt: skip
_NUMBER = re.compile(
    r"#?\s*((?:(?-i:[A-Z]{1,4}) (?=\d))?[A-Z0-9](?:[\w./-]|(?<=\d) (?=\d)){2,34})", re.IGNORECASE
)
"""The number of a document; its letters may stand apart: `DN 50417`."""
NUMBERS: Mapping[Kind, re.Pattern[str]] = {
    "quotation": _QUOTATION,
    "delivery_note": _DELIVERY,
    "purchase_order": _PURCHASE,
}
"""The labels of the number of a document."""
_STATED = 0.9
"""The confidence of a value at its label, before calibration."""
_LIKELY = 0.75
"""The confidence at a label that other facts have as well, such as `Date`."""
_BELOW_TITLE = 5
"""Rows from a title on that may have the document's number."""
_WITH_PLACE = 0.74
"""The confidence of a date without a label, behind a place."""
_ALONE = 0.6
"""The confidence of a date without a label, alone in its line."""
_BUYS = 0.8
"""The factor for a party whose role follows from that of the letterhead."""


def find(
    kind: Kind, pages: Sequence[TextLines], currency: str | None, *, month_first: bool
) -> Iterator[Fact]:
    """The facts of a document of this kind; of an order or a quotation also its sums."""

    def number(name: str, pattern: re.Pattern[str], confidence: float = _STATED) -> Iterator[Fact]:
        yield from labelled.numbers(pages, name, pattern, confidence, printed=_NUMBER)

    def day(name: str, pattern: re.Pattern[str], confidence: float = _STATED) -> Iterator[Fact]:
        yield from labelled.dates(pages, name, pattern, confidence, month_first=month_first)

    yield from labelled.references(
        pages, "customer_number", labels.CUSTOMER_NUMBER, labels.LOOSE_CUSTOMER, _STATED
    )
    match kind:
        case "quotation":
            yield from number("quotation_number", _QUOTATION)
            yield from day("valid_until", _VALID)
            yield from payment.terms(pages)
        case "delivery_note":
            yield from number("delivery_note_number", _DELIVERY)
            yield from _below_title(pages, kind, "delivery_note_number")
            yield from labelled.references(
                pages, "po_number", labels.ORDER, labels.LOOSE_ORDER, _STATED
            )
            yield from day("delivery_date", _DELIVERED)
            yield from labelled.names(pages, "carrier", _CARRIER, _LIKELY)
        case "purchase_order":
            yield from number("po_number", _PURCHASE)
            yield from day("delivery_date", _DELIVERED)
            yield from payment.terms(pages)
        case "reminder":
            yield from _reminder(pages, currency, month_first=month_first)
    yield from day("issue_date", _DATED, _LIKELY)
    yield from _of_letter(pages, month_first=month_first)
    found = list(parties.find(pages))
    yield from _ordering(pages, found) if kind == "purchase_order" else found
    if kind in {"quotation", "purchase_order"}:
        yield from totals.find(pages, currency)
        yield from charges.find(pages, currency, kind)


def _below_title(pages: Sequence[TextLines], kind: Kind, name: str) -> Iterator[Fact]:
    """The number at a bare label such as `No.`, in the first rows below the document's title."""
    for page in pages[:1]:
        title = next(
            (place for place, row in enumerate(page) if titled(text_of(row)) == kind), None
        )
        if title is not None:
            below = page[title : title + _BELOW_TITLE]
            bare = [[row[:1] for row in below if labels.ANY_NUMBER.match(row[0].text)]]
            yield from labelled.numbers(bare, name, labels.ANY_NUMBER, _LIKELY)


def _of_letter(pages: Sequence[TextLines], *, month_first: bool) -> Iterator[Fact]:
    """The date without a label that a letter has at its head."""
    rows = pages[0] if pages else []
    for span, date, is_placed in letter_dates.find(rows, month_first=month_first):
        confidence = _WITH_PLACE if is_placed else _ALONE
        chars = (date.start, date.end)
        yield fact("issue_date", date.printed, date.value, span, confidence, chars=chars)


def _reminder(
    pages: Sequence[TextLines], currency: str | None, *, month_first: bool
) -> Iterator[Fact]:
    for span in (span for page in pages[:1] for row in page for span in row):
        if match := _LEVEL.match(span.text):
            value = collapse_whitespace(match[1])
            yield fact("reminder_level", value, value, span, _STATED, chars=match.span(1))
            break
    for candidate in numbers.find(pages, month_first=month_first):
        if candidate.name == "invoice_number":
            yield candidate
    yield from labelled.dates(pages, "due_date", _PAY_BY, _LIKELY, month_first=month_first)
    yield from labelled.amounts(pages, "payable", _OUTSTANDING, _STATED, currency)
    yield from labelled.amounts(pages, "reminder_fee", _FEE, _STATED, currency)
    for candidate in payment.find(pages):
        if candidate.name in {"iban", "payment_reference"}:
            yield candidate


def _ordering(pages: Sequence[TextLines], found: Sequence[Fact]) -> Iterator[Fact]:
    """The letterhead of an order is the buyer's; the seller has a heading, or is addressed."""
    sellers = list(parties.headed(pages, "seller", labels.SELLER))
    named = {str(seller.normalised).casefold() for seller in sellers}
    yield from sellers
    for party in found:
        is_seller = str(party.normalised).casefold() in named
        if party.name == "seller" and not is_seller:
            yield replace(party, name="buyer", confidence=party.confidence * _BUYS)
        elif party.name == "buyer" and not sellers:
            yield replace(party, name="seller", confidence=party.confidence * _BUYS)
        elif party.name not in {"seller", "buyer"}:
            yield party
