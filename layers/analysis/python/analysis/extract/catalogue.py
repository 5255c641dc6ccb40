"""The catalogue of facts: every name of a fact once, with its properties.

`consolidate`, the summary, the report, the OpenAPI description and the site's labels use it. It
imports only the standard library, so that every part can load it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

type FactType = Literal["text", "date", "time", "money", "currency", "iban", "vat_id", "phone"]
"""The types of `normalised`: text, an ISO date, `HH:MM`, minor units with a currency, and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSpec:
    """One name of a fact.

    - `meaning` one sentence for the API's description
    - `kinds` the kinds of document that state it; `any_kind`: any other document may state it too
    - `labels` the displayed name, by language
    - `shown` whether it is listed by default; the others are listed on request
    - `repeats` whether several facts of this name in one document are equally valid
    - `generic` whether the name only describes the form of the value, so that a fact of the same
      value with a more specific name replaces it
    - `party` whether it names a person or company; `timeline` whether it belongs on the order's
      timeline; `order_total` whether it counts towards the order's totals
    - `quote` the group and the rank in which a summary quotes its row: of each group the fact
      with the lowest rank
    """

    name: str
    meaning: str
    type: FactType
    labels: Mapping[str, str]
    kinds: tuple[str, ...] = ()
    any_kind: bool = False
    shown: bool = True
    repeats: bool = False
    generic: bool = False
    party: bool = False
    timeline: bool = False
    order_total: bool = False
    quote: tuple[int, int] | None = None


CATALOGUE: tuple[FactSpec, ...] = (
    FactSpec(
        name="invoice_number",
        meaning="The number the seller gave the invoice",
        type="text",
        labels={"en": "Invoice number", "de": "Rechnungsnummer"},
        kinds=("invoice", "credit_note"),
        quote=(1, 1),
    ),
    FactSpec(
        name="issue_date",
        meaning="The day the invoice was issued",
        type="date",
        labels={"en": "Issued", "de": "Ausgestellt"},
        kinds=("invoice", "credit_note"),
        timeline=True,
        quote=(3, 4),
    ),
    FactSpec(
        name="due_date",
        meaning="The last day to pay the invoice; computed from `payment_terms` if not printed",
        type="date",
        labels={"en": "Due", "de": "Fällig"},
        kinds=("invoice", "credit_note", "statement"),
        timeline=True,
        quote=(3, 1),
    ),
    FactSpec(
        name="delivery_date",
        meaning="The day of delivery, or the last day of a service",
        type="date",
        labels={"en": "Delivered", "de": "Geliefert"},
        kinds=("invoice", "credit_note"),
        timeline=True,
    ),
    FactSpec(
        name="seller",
        meaning="Who issued the invoice",
        type="text",
        labels={"en": "Seller", "de": "Verkäufer"},
        kinds=("invoice", "credit_note"),
        party=True,
    ),
    FactSpec(
        name="buyer",
        meaning="Who is to pay the invoice",
        type="text",
        labels={"en": "Buyer", "de": "Käufer"},
        kinds=("invoice", "credit_note"),
        party=True,
    ),
    FactSpec(
        name="seller_vat_id",
        meaning="The seller's VAT identification number",
        type="vat_id",
        labels={"en": "Seller\u2019s VAT id", "de": "USt-IdNr. Verkäufer"},
        kinds=("invoice", "credit_note"),
    ),
    FactSpec(
        name="buyer_vat_id",
        meaning="The buyer's VAT identification number",
        type="vat_id",
        labels={"en": "Buyer\u2019s VAT id", "de": "USt-IdNr. Käufer"},
        kinds=("invoice", "credit_note"),
    ),
    FactSpec(
        name="bic",
        meaning="The BIC of the account to pay to",
        type="text",
        labels={"en": "BIC", "de": "BIC"},
        kinds=("invoice", "credit_note"),
    ),
    FactSpec(
        name="net",
        meaning="The amount before tax",
        type="money",
        labels={"en": "Net", "de": "Netto"},
        kinds=("invoice", "credit_note"),
    ),
    FactSpec(
        name="tax",
        meaning="The tax in total",
        type="money",
        labels={"en": "Tax", "de": "Steuer"},
        kinds=("invoice", "credit_note", "receipt"),
    ),
    FactSpec(
        name="gross",
        meaning="The amount with tax",
        type="money",
        labels={"en": "Gross", "de": "Brutto"},
        kinds=("invoice", "credit_note"),
        order_total=True,
        quote=(2, 1),
    ),
    FactSpec(
        name="payment_terms",
        meaning="The terms of payment as worded",
        type="text",
        labels={"en": "Payment terms", "de": "Zahlungsziel"},
        kinds=("invoice", "credit_note"),
    ),
    FactSpec(
        name="payable",
        meaning="What remains to be paid, if it is not the gross amount",
        type="money",
        labels={"en": "Amount due", "de": "Zahlbetrag"},
        kinds=("invoice", "credit_note"),
    ),
    FactSpec(
        name="po_number",
        meaning="The number of the buyer\u2019s order",
        type="text",
        labels={"en": "Order number", "de": "Bestellnummer"},
        kinds=("invoice", "credit_note"),
    ),
    FactSpec(
        name="customer_number",
        meaning="The number the seller gave the buyer",
        type="text",
        labels={"en": "Customer number", "de": "Kundennummer"},
        kinds=("invoice", "credit_note"),
    ),
    FactSpec(
        name="payment_reference",
        meaning="The reference to state with the payment",
        type="text",
        labels={"en": "Payment reference", "de": "Zahlungsreferenz"},
        kinds=("invoice", "credit_note"),
    ),
    FactSpec(
        name="merchant",
        meaning="Who issued the receipt",
        type="text",
        labels={"en": "Merchant", "de": "Händler"},
        kinds=("receipt",),
        party=True,
        quote=(1, 2),
    ),
    FactSpec(
        name="address",
        meaning="The merchant's address",
        type="text",
        labels={"en": "Address", "de": "Anschrift"},
        kinds=("receipt",),
    ),
    FactSpec(
        name="time",
        meaning="The time of the purchase",
        type="time",
        labels={"en": "Time", "de": "Uhrzeit"},
        kinds=("receipt",),
    ),
    FactSpec(
        name="total",
        meaning="What was paid",
        type="money",
        labels={"en": "Total", "de": "Summe"},
        kinds=("receipt",),
        order_total=True,
        quote=(2, 2),
    ),
    FactSpec(
        name="payment_method",
        meaning="How it was paid: `cash` or `card`",
        type="text",
        labels={"en": "Paid by", "de": "Bezahlt mit"},
        kinds=("receipt",),
    ),
    FactSpec(
        name="currency",
        meaning="The currency the document's amounts are in",
        type="currency",
        labels={"en": "Currency", "de": "Währung"},
        kinds=("invoice", "credit_note", "receipt", "statement", "payslip"),
    ),
    FactSpec(
        name="party",
        meaning="A party to the contract",
        type="text",
        labels={"en": "Party", "de": "Partei"},
        kinds=("contract",),
        party=True,
        repeats=True,
    ),
    FactSpec(
        name="effective_date",
        meaning="The day the contract takes effect",
        type="date",
        labels={"en": "In force from", "de": "Gültig ab"},
        kinds=("contract",),
        timeline=True,
    ),
    FactSpec(
        name="term",
        meaning="How long the contract lasts, as worded",
        type="text",
        labels={"en": "Term", "de": "Laufzeit"},
        kinds=("contract",),
    ),
    FactSpec(
        name="governing_law",
        meaning="The law that governs the contract",
        type="text",
        labels={"en": "Governing law", "de": "Anwendbares Recht"},
        kinds=("contract",),
    ),
    FactSpec(
        name="notice_period",
        meaning="The period of notice, as worded",
        type="text",
        labels={"en": "Notice", "de": "Kündigungsfrist"},
        kinds=("contract",),
    ),
    FactSpec(
        name="signature",
        meaning="The name of a person who signs",
        type="text",
        labels={"en": "Signature", "de": "Unterschrift"},
        kinds=("contract",),
        repeats=True,
    ),
    FactSpec(
        name="sender",
        meaning="Who wrote the letter",
        type="text",
        labels={"en": "Sender", "de": "Absender"},
        kinds=("letter",),
        party=True,
        quote=(1, 3),
    ),
    FactSpec(
        name="recipient",
        meaning="Who the letter is for",
        type="text",
        labels={"en": "Recipient", "de": "Empfänger"},
        kinds=("letter",),
        party=True,
    ),
    FactSpec(
        name="subject",
        meaning="What the letter is about",
        type="text",
        labels={"en": "Subject", "de": "Betreff"},
        kinds=("letter",),
        quote=(2, 3),
    ),
    FactSpec(
        name="account_holder",
        meaning="Whose account it is",
        type="text",
        labels={"en": "Account holder", "de": "Kontoinhaber"},
        kinds=("statement",),
        party=True,
        quote=(1, 4),
    ),
    FactSpec(
        name="account_number",
        meaning="The number of the account, if it is not an IBAN",
        type="text",
        labels={"en": "Account number", "de": "Kontonummer"},
        kinds=("statement",),
    ),
    FactSpec(
        name="period_start",
        meaning="The first day of the statement",
        type="date",
        labels={"en": "Period from", "de": "Zeitraum von"},
        kinds=("statement",),
    ),
    FactSpec(
        name="period_end",
        meaning="The last day of the statement",
        type="date",
        labels={"en": "Period to", "de": "Zeitraum bis"},
        kinds=("statement",),
        quote=(2, 4),
    ),
    FactSpec(
        name="opening_balance",
        meaning="The balance on the first day",
        type="money",
        labels={"en": "Opening balance", "de": "Anfangssaldo"},
        kinds=("statement",),
    ),
    FactSpec(
        name="closing_balance",
        meaning="The balance on the last day",
        type="money",
        labels={"en": "Closing balance", "de": "Endsaldo"},
        kinds=("statement",),
        quote=(3, 2),
    ),
    FactSpec(
        name="sort_code",
        meaning="The sort code of the account\u2019s bank",
        type="text",
        labels={"en": "Sort code", "de": "Sort Code"},
        kinds=("statement",),
    ),
    FactSpec(
        name="minimum_payment",
        meaning="The least amount to pay on a card statement",
        type="money",
        labels={"en": "Minimum payment", "de": "Mindestbetrag"},
        kinds=("statement",),
    ),
    FactSpec(
        name="employer",
        meaning="Who pays the wages",
        type="text",
        labels={"en": "Employer", "de": "Arbeitgeber"},
        kinds=("payslip",),
        party=True,
    ),
    FactSpec(
        name="employee",
        meaning="Who is paid",
        type="text",
        labels={"en": "Employee", "de": "Arbeitnehmer"},
        kinds=("payslip",),
        party=True,
    ),
    FactSpec(
        name="pay_date",
        meaning="The day of payment",
        type="date",
        labels={"en": "Paid on", "de": "Ausgezahlt"},
        kinds=("payslip",),
        timeline=True,
    ),
    FactSpec(
        name="gross_pay",
        meaning="The wages before deductions",
        type="money",
        labels={"en": "Gross pay", "de": "Bruttolohn"},
        kinds=("payslip",),
    ),
    FactSpec(
        name="net_pay",
        meaning="The wages that are paid out",
        type="money",
        labels={"en": "Net pay", "de": "Nettolohn"},
        kinds=("payslip",),
    ),
    FactSpec(
        name="date",
        meaning="The date of a receipt or a letter; in other documents any date on a page",
        type="date",
        labels={"en": "Date", "de": "Datum"},
        kinds=("receipt", "letter"),
        any_kind=True,
        shown=False,
        repeats=True,
        generic=True,
        timeline=True,
        quote=(3, 3),
    ),
    FactSpec(
        name="iban",
        meaning="An IBAN with valid check digits; on an invoice the account to pay to",
        type="iban",
        labels={"en": "IBAN", "de": "IBAN"},
        kinds=("invoice", "credit_note", "statement"),
        any_kind=True,
        repeats=True,
        generic=True,
    ),
    FactSpec(
        name="vat_id",
        meaning="A VAT identification number",
        type="vat_id",
        labels={"en": "VAT id", "de": "USt-IdNr."},
        any_kind=True,
        repeats=True,
        generic=True,
    ),
    FactSpec(
        name="email",
        meaning="An email address",
        type="text",
        labels={"en": "Email", "de": "E-Mail"},
        any_kind=True,
        repeats=True,
    ),
    FactSpec(
        name="url",
        meaning="A web address",
        type="text",
        labels={"en": "Web address", "de": "Webadresse"},
        any_kind=True,
        repeats=True,
    ),
    FactSpec(
        name="phone",
        meaning="A telephone number",
        type="phone",
        labels={"en": "Phone", "de": "Telefon"},
        any_kind=True,
        repeats=True,
    ),
    FactSpec(
        name="identifier",
        meaning="A customer, order, tax or other number with its label",
        type="text",
        labels={"en": "Identifier", "de": "Kennzeichen"},
        any_kind=True,
        shown=False,
        repeats=True,
    ),
    FactSpec(
        name="barcode",
        meaning="The text of a QR code or barcode that does not ask for a payment",
        type="text",
        labels={"en": "Code", "de": "Code"},
        any_kind=True,
        repeats=True,
    ),
    FactSpec(
        name="amount",
        meaning="An amount of money",
        type="money",
        labels={"en": "Amount", "de": "Betrag"},
        any_kind=True,
        shown=False,
        repeats=True,
        generic=True,
    ),
)
"""The names of timeline facts, in the order for dates of the same document."""

BY_NAME: Mapping[str, FactSpec] = {spec.name: spec for spec in CATALOGUE}
ANYWHERE = frozenset(spec.name for spec in CATALOGUE if spec.any_kind)
PARTIES = frozenset(spec.name for spec in CATALOGUE if spec.party)
REPEATED = frozenset(spec.name for spec in CATALOGUE if spec.repeats)
GENERIC = frozenset(spec.name for spec in CATALOGUE if spec.generic)
TIMELINE = tuple(spec.name for spec in CATALOGUE if spec.timeline)
ORDER_TOTALS = tuple(spec.name for spec in CATALOGUE if spec.order_total)


def names_of(kind: str) -> tuple[str, ...]:
    """The facts that documents of a kind state, apart from those that any document may state."""
    return tuple(spec.name for spec in CATALOGUE if kind in spec.kinds)


def quoted_names() -> list[tuple[str, ...]]:
    """The names whose rows a summary quotes: of each group the first name with a fact."""
    groups: dict[int, dict[int, str]] = {}
    for spec in CATALOGUE:
        if spec.quote is not None:
            group, rank = spec.quote
            groups.setdefault(group, {})[rank] = spec.name
    return [
        tuple(groups[group][rank] for rank in sorted(groups[group])) for group in sorted(groups)
    ]


def label(name: str, language: str) -> str:
    """The displayed name; a name outside the catalogue without its underscores."""
    spec = BY_NAME.get(name)
    return spec.labels[language] if spec else name.replace("_", " ").capitalize()
