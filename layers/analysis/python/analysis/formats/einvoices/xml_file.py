"""E-invoices that are XML files without a PDF, set on sheets so that their facts can be seen."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from analysis.errors import Unreadable
from analysis.formats.docx import sheet
from analysis.formats.docx.block import block
from analysis.formats.einvoices import einvoice, signed
from analysis.formats.sheet_file import SheetFile
from analysis.limits import Limits
from analysis.model import Fact, LineItem

type Language = Literal["de", "en"]

_TITLES: dict[Language, tuple[str, str, list[str]]] = {
    "de": ("Rechnung", "Gutschrift", ["Beschreibung", "Menge", "Einzelpreis", "Betrag"]),
    "en": ("Invoice", "Credit note", ["Description", "Quantity", "Unit price", "Amount"]),
}
_GERMAN_CAPTIONS = {
    "invoice_number": "Nummer", "issue_date": "Datum", "due_date": "Fällig am",
    "delivery_date": "Lieferdatum", "seller": "Verkäufer", "buyer": "Käufer",
    "seller_vat_id": "USt-IdNr. des Verkäufers", "buyer_vat_id": "USt-IdNr. des Käufers",
    "payment_terms": "Zahlungsbedingungen", "po_number": "Bestellnummer",
    "payment_reference": "Verwendungszweck", "net": "Netto", "tax": "Steuer", "gross": "Brutto",
    "payable": "Zahlbetrag", "currency": "Währung", "iban": "IBAN", "bic": "BIC",
}  # fmt: skip
_ABBREVIATIONS = {"iban": "IBAN", "bic": "BIC", "po_number": "Order number"}
_GERMAN = ("DE", "AT", "CHE")
_LONGEST = 400
"""Characters of a value that are set; the fact has all of them."""
_ITEMS = 5_000
"""Line items that are set on sheets; the result has all of them."""


class XmlFile(SheetFile):
    """An XRechnung, CII, UBL or FatturaPA file. Raises `Unreadable` if it is another one."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            content = signed.content(data) if signed.is_signed(data) else data
        except signed.NotSigned as failed:
            raise Unreadable("damaged") from failed
        invoice = einvoice.read(content)
        if invoice is None or not invoice.facts:
            raise Unreadable("unknown_xml")
        self._invoice = invoice
        self._language = _language(invoice.facts)
        rows = [*_head(invoice, self._language), *_rows(invoice, self._language)]
        blocks = [block(*texts) for texts in rows]
        super().__init__("xml", sheet.set_blocks(blocks, limits), language=self._language)

    def embedded(self) -> tuple[tuple[Fact, ...], tuple[LineItem, ...]]:
        """The facts that the invoice states, with their place on the sheets, and its line items."""
        return tuple(self._placed()), self._invoice.items

    def _placed(self) -> Iterator[Fact]:
        """The facts, each where its value is set: its row follows that of the one before."""
        lines = [
            (page, line)
            for page, sheet_lines in enumerate(self.sheets.lines)
            for line in sheet_lines
        ]
        rows = iter(lines)
        for fact in self._invoice.facts:
            caption = _caption(fact.name, self._language)
            place = next((next(rows, None) for _, line in rows if line.text == caption), None)
            yield fact if place is None else replace(fact, page=place[0], box=place[1].box)


def _language(facts: tuple[Fact, ...]) -> Language:
    """German for sellers of German-speaking countries: the files state no language."""
    accounts = [fact.value for fact in facts if fact.name in {"seller_vat_id", "iban"}]
    german = any(value.upper().startswith(_GERMAN) for value in accounts)
    return "de" if german else "en"


def _caption(name: str, language: Language) -> str:
    """What stands before a fact on its sheet."""
    captions = _GERMAN_CAPTIONS if language == "de" else _ABBREVIATIONS
    return captions.get(name) or name.replace("_", " ").capitalize().replace("vat", "VAT")


def _head(invoice: einvoice.EInvoice, language: Language) -> Iterator[list[str]]:
    title, credit, _ = _TITLES[language]
    yield [credit if invoice.is_credit else title]
    for fact in invoice.facts:
        yield [_caption(fact.name, language), " ".join(fact.value.split())[:_LONGEST]]


def _rows(invoice: einvoice.EInvoice, language: Language) -> Iterator[list[str]]:
    if invoice.items:
        yield _TITLES[language][2]
    for item in invoice.items[:_ITEMS]:
        description = " ".join(item.description.split())[:_LONGEST]
        yield [description, item.quantity or "", item.unit_price or "", item.amount]
