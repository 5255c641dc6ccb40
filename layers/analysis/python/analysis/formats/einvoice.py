"""E-invoices: exact facts from XML in CII (ZUGFeRD, Factur-X) or UBL."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from analysis.formats import xml
from analysis.model import Fact, LineItem, Normalised
from analysis.model.money import money

_EXACT = 0.995


def parse(content: bytes) -> tuple[tuple[Fact, ...], tuple[LineItem, ...]] | None:
    """Facts and line items of an invoice's XML; None if it is damaged or not an invoice."""
    try:
        root = xml.parse(content)
    except xml.Malformed:
        return None
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    if root.tag in {"CrossIndustryInvoice", "CrossIndustryDocument"}:
        return tuple(_facts(_cii(root))), tuple(_cii_items(root))
    if root.tag in {"Invoice", "CreditNote"}:
        return tuple(_facts(_ubl(root))), tuple(_ubl_items(root))
    return None


def _facts(stated: Iterator[tuple[str, str, str | None]]) -> Iterator[Fact]:
    for name, value, currency in stated:
        normalised: Normalised = " ".join(value.split())
        if name.endswith("_date"):
            normalised = value
        elif name in {"net", "tax", "gross"}:
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
    ):
        value = _first(root, path)
        if value:
            yield name, value, None
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
    if currency:
        yield "currency", currency, None


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
