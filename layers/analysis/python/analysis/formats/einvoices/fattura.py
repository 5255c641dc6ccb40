"""Italian e-invoices (FatturaPA): the statements and line items of the first invoice of a file."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from analysis.model import LineItem

_EXACT = 0.995
"""The confidence of what the file states: it is not read, but may be wrong."""
_BODY = "./FatturaElettronicaBody"
_GENERAL = f"{_BODY}/DatiGenerali/DatiGeneraliDocumento"
_PAYMENT = f"{_BODY}/DatiPagamento/DettaglioPagamento"
_PATHS = (
    ("invoice_number", f"{_GENERAL}/Numero"),
    ("issue_date", f"{_GENERAL}/Data"),
    ("due_date", f"{_PAYMENT}/DataScadenzaPagamento"),
    ("iban", f"{_PAYMENT}/IBAN"),
    ("bic", f"{_PAYMENT}/BIC"),
    ("po_number", f"{_BODY}/DatiGenerali/DatiOrdineAcquisto/IdDocumento"),
    ("currency", f"{_GENERAL}/Divisa"),
)
_PARTIES = (("seller", "CedentePrestatore"), ("buyer", "CessionarioCommittente"))


def facts(root: Element) -> Iterator[tuple[str, str, str | None]]:
    """The name, value and currency of each statement. Namespaces were removed."""
    currency = _text(root, f"{_GENERAL}/Divisa")
    for name, path in _PATHS:
        if value := _text(root, path):
            yield name, value[:10] if name.endswith("_date") else value, None
    for role, element in _PARTIES:
        party = root.find(f"./FatturaElettronicaHeader/{element}/DatiAnagrafici")
        if party is not None:
            yield from _party(role, party)
    net = _sum(root, f"{_BODY}/DatiBeniServizi/DatiRiepilogo/ImponibileImporto")
    tax = _sum(root, f"{_BODY}/DatiBeniServizi/DatiRiepilogo/Imposta")
    if net is not None and tax is not None:
        gross = _text(root, f"{_GENERAL}/ImportoTotaleDocumento") or str(net + tax)
        for name, value in (("net", str(net)), ("tax", str(tax)), ("gross", gross)):
            yield name, value, currency
        due = _sum(root, f"{_PAYMENT}/ImportoPagamento")
        if due is not None and str(due) != gross:
            yield "payable", str(due), currency


def items(root: Element) -> Iterator[LineItem]:
    """The line items that have a description and an amount, as the file states them."""
    for line in root.iterfind(f"{_BODY}[1]/DatiBeniServizi/DettaglioLinee"):
        amount, description = _text(line, "./PrezzoTotale"), _text(line, "./Descrizione")
        if amount and description:
            yield LineItem(
                description=description,
                quantity=_text(line, "./Quantita") or None,
                unit_price=_text(line, "./PrezzoUnitario") or None,
                unit=_text(line, "./UnitaMisura") or None,
                tax_rate=_text(line, "./AliquotaIVA") or None,
                item_number=_text(line, "./CodiceArticolo/CodiceValore") or None,
                amount=amount, page=None, box=None, confidence=_EXACT,
            )  # fmt: skip


def _party(role: str, party: Element) -> Iterator[tuple[str, str, str | None]]:
    names = (_text(party, f"./Anagrafica/{part}") for part in ("Denominazione", "Nome", "Cognome"))
    if name := " ".join(filter(None, names)):
        yield role, name, None
    country, code = (_text(party, f"./IdFiscaleIVA/{part}") for part in ("IdPaese", "IdCodice"))
    if country and code:
        yield f"{role}_vat_id", country + code, None


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _sum(root: Element, path: str) -> Decimal | None:
    """The sum of the amounts of the first invoice; None if there is none, or one is no number."""
    try:
        amounts = [
            Decimal((element.text or "").strip())
            for element in root.iterfind(path.replace(_BODY, f"{_BODY}[1]"))
        ]
    except InvalidOperation:
        return None
    return sum(amounts, Decimal(0)) if amounts else None
