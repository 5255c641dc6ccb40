"""E-invoices: exact facts from XML in CII (ZUGFeRD, Factur-X), UBL or FatturaPA."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from analysis.formats import xml
from analysis.formats.einvoices import fattura
from analysis.model import Fact, LineItem, Normalised
from analysis.model.money import money

_EXACT = 0.995
"""The confidence of what the file states: it is not read, but may be wrong."""
_CREDIT_TYPES = frozenset(["381", "383", "396", "532", "TD04", "TD08"])


def parse(content: bytes) -> tuple[tuple[Fact, ...], tuple[LineItem, ...]] | None:
    """Facts and line items of an invoice's XML; None if it is damaged or not an invoice."""
    invoice = read(content)
    return None if invoice is None else (invoice.facts, invoice.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class EInvoice:
    """What an invoice's XML states. `is_credit`: it gives money back."""

    facts: tuple[Fact, ...]
    items: tuple[LineItem, ...]
    is_credit: bool


def read(content: bytes) -> EInvoice | None:
    """The invoice of an XML file; None if it is damaged or not an invoice."""
    try:
        root = xml.parse(content)
    except xml.Malformed:
        return None
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    if root.tag in {"CrossIndustryInvoice", "CrossIndustryDocument"}:
        return _invoice(_cii(root), _cii_items(root), _first(root, "./ExchangedDocument/TypeCode"))
    if root.tag in {"Invoice", "CreditNote"}:
        type_code = "381" if root.tag == "CreditNote" else _first(root, "./InvoiceTypeCode")
        return _invoice(_ubl(root), _ubl_items(root), type_code)
    if root.tag in {"FatturaElettronica", "FatturaElettronicaSemplificata"}:
        type_code = _first(root, ".//DatiGeneraliDocumento/TipoDocumento")
        return _invoice(fattura.facts(root), fattura.items(root), type_code)
    return None


def _invoice(
    stated: Iterable[tuple[str, str, str | None]], items: Iterable[LineItem], type_code: str | None
) -> EInvoice:
    return EInvoice(
        facts=tuple(_facts(stated)), items=tuple(items), is_credit=type_code in _CREDIT_TYPES
    )


def _facts(stated: Iterable[tuple[str, str, str | None]]) -> Iterator[Fact]:
    for name, value, currency in stated:
        normalised: Normalised = " ".join(value.split())
        if name.endswith("_date"):
            normalised = value
        elif name in {"net", "tax", "gross", "payable"}:
            try:
                normalised = dict(money(Decimal(value), (currency or "").lower() or None))
            except InvalidOperation:
                continue
        elif name in {"iban", "seller_vat_id", "buyer_vat_id", "bic"}:
            normalised = re.sub(r"[ .\-]", "", value)
        elif name == "currency":
            normalised = value.lower()
        yield Fact(
            name=name, value=value, normalised=normalised, page=None, box=None,
            confidence=_EXACT, source="xml",
        )  # fmt: skip


def _first(root: Element, *paths: str) -> str | None:
    for path in paths:
        found = root.find(path)
        if found is not None and (found.text or "").strip():
            return (found.text or "").strip()
    return None


def _attribute(root: Element, path: str, name: str) -> str | None:
    found = root.find(path)
    return None if found is None else found.get(name)


def _date(raw: str) -> str | None:
    try:
        return dt.date.fromisoformat(raw[:10] if "-" in raw else raw[:8]).isoformat()
    except ValueError:
        return None


def _cii(root: Element) -> Iterator[tuple[str, str, str | None]]:
    currency = _first(root, ".//InvoiceCurrencyCode")
    number = _first(root, "./ExchangedDocument/ID", "./HeaderExchangedDocument/ID")
    if number:
        yield "invoice_number", number, None
    for name, paths in (
        ("issue_date", ("./ExchangedDocument/IssueDateTime/DateTimeString",
                        "./HeaderExchangedDocument/IssueDateTime/DateTimeString")),
        ("due_date", (".//DueDateDateTime/DateTimeString",)),
        ("delivery_date", (".//ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString",)),
    ):  # fmt: skip
        raw = _first(root, *paths)
        day = _date(raw) if raw else None
        if day:
            yield name, day, None
    for name, path in (
        ("seller", ".//SellerTradeParty/Name"),
        ("buyer", ".//BuyerTradeParty/Name"),
        ("seller_vat_id", ".//SellerTradeParty/SpecifiedTaxRegistration/ID[@schemeID='VA']"),
        ("buyer_vat_id", ".//BuyerTradeParty/SpecifiedTaxRegistration/ID[@schemeID='VA']"),
        ("iban", ".//PayeePartyCreditorFinancialAccount/IBANID"),
        ("bic", ".//PayeeSpecifiedCreditorFinancialInstitution/BICID"),
        ("payment_terms", ".//SpecifiedTradePaymentTerms/Description"),
        ("po_number", ".//BuyerOrderReferencedDocument/IssuerAssignedID"),
        ("payment_reference", ".//ApplicableHeaderTradeSettlement/PaymentReference"),
    ):
        value = _first(root, path)
        if value:
            yield name, value, None
    yield from _cii_totals(root, currency)
    if currency:
        yield "currency", currency, None


def _cii_totals(root: Element, currency: str | None) -> Iterator[tuple[str, str, str | None]]:
    sums = next(
        (element for element in root.iter() if str(element.tag).endswith("MonetarySummation")
         and element.find("GrandTotalAmount") is not None), None
    )  # fmt: skip
    if sums is not None:
        for name, path in (
            ("net", "TaxBasisTotalAmount"),
            ("tax", "TaxTotalAmount"),
            ("gross", "GrandTotalAmount"),
        ):
            value = _first(sums, path)
            if value:
                yield name, value, currency
        due = _first(sums, "DuePayableAmount")
        if due and not _equal(due, _first(sums, "GrandTotalAmount")):
            yield "payable", due, currency


def _cii_items(root: Element) -> Iterator[LineItem]:
    for line in root.iter("IncludedSupplyChainTradeLineItem"):
        amount = _first(line, ".//LineTotalAmount")
        name = _first(line, ".//SpecifiedTradeProduct/Name")
        if amount and name:
            yield LineItem(
                description=name,
                quantity=_first(line, ".//BilledQuantity"),
                unit_price=_first(line, ".//NetPriceProductTradePrice/ChargeAmount"),
                unit=_attribute(line, ".//BilledQuantity", "unitCode"),
                tax_rate=_first(
                    line, ".//ApplicableTradeTax/RateApplicablePercent",
                    ".//ApplicableTradeTax/ApplicablePercent",
                ),
                item_number=_first(line, ".//SpecifiedTradeProduct/SellerAssignedID"),
                amount=amount, page=None, box=None, confidence=_EXACT,
            )  # fmt: skip


_UBL_PATHS = (
    ("invoice_number", ("./ID",)),
    ("seller", ("./AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName",
                "./AccountingSupplierParty/Party/PartyName/Name")),
    ("buyer", ("./AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName",
               "./AccountingCustomerParty/Party/PartyName/Name")),
    ("seller_vat_id", ("./AccountingSupplierParty/Party/PartyTaxScheme/CompanyID",)),
    ("buyer_vat_id", ("./AccountingCustomerParty/Party/PartyTaxScheme/CompanyID",)),
    ("iban", ("./PaymentMeans/PayeeFinancialAccount/ID",)),
    ("bic", ("./PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch/ID",)),
    ("payment_terms", ("./PaymentTerms/Note",)),
    ("po_number", ("./OrderReference/ID",)),
    ("payment_reference", ("./PaymentMeans/PaymentID",)),
    ("net", ("./LegalMonetaryTotal/TaxExclusiveAmount",)),
    ("tax", ("./TaxTotal/TaxAmount",)),
    ("gross", ("./LegalMonetaryTotal/TaxInclusiveAmount",)),
    ("currency", ("./DocumentCurrencyCode",)),
)  # fmt: skip
_UBL_DATES = (
    ("issue_date", ("./IssueDate",)),
    ("due_date", ("./DueDate", "./PaymentMeans/PaymentDueDate")),
    ("delivery_date", ("./Delivery/ActualDeliveryDate",)),
)


def _ubl(root: Element) -> Iterator[tuple[str, str, str | None]]:
    currency = _first(root, "./DocumentCurrencyCode")
    for name, paths in _UBL_DATES:
        raw = _first(root, *paths)
        day = _date(raw) if raw else None
        if day:
            yield name, day, None
    for name, paths in _UBL_PATHS:
        value = _first(root, *paths)
        if value:
            yield name, value, currency
    due = _first(root, "./LegalMonetaryTotal/PayableAmount")
    if due and not _equal(due, _first(root, "./LegalMonetaryTotal/TaxInclusiveAmount")):
        yield "payable", due, currency


def _equal(first: str, second: str | None) -> bool:
    """Whether two amounts are equal; also if one of them is missing or no number."""
    try:
        return second is None or Decimal(first) == Decimal(second)
    except InvalidOperation:
        return True


def _ubl_items(root: Element) -> Iterator[LineItem]:
    for line in (*root.iter("InvoiceLine"), *root.iter("CreditNoteLine")):
        amount, name = _first(line, "./LineExtensionAmount"), _first(line, "./Item/Name")
        if amount and name:
            yield LineItem(
                description=name,
                quantity=_first(line, "./InvoicedQuantity", "./CreditedQuantity"),
                unit_price=_first(line, "./Price/PriceAmount"),
                unit=_attribute(line, "./InvoicedQuantity", "unitCode")
                or _attribute(line, "./CreditedQuantity", "unitCode"),
                tax_rate=_first(line, "./Item/ClassifiedTaxCategory/Percent"),
                item_number=_first(line, "./Item/SellersItemIdentification/ID"),
                amount=amount, page=None, box=None, confidence=_EXACT,
            )  # fmt: skip
