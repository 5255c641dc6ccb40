"""The fixed text of the PDF report, in each language. Labels of facts are in the fact catalogue."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

type Language = Literal["en", "de"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plural:
    """A phrase with `{count}`, by its grammatical number."""

    singular: str
    plural: str

    def of(self, count: int) -> str:
        """The phrase for a number of things."""
        return (self.singular if count == 1 else self.plural).format(count=count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Headings, column names and sentences. `{name}` is replaced by `str.format`.

    `head` has the names of an order's head lines, `kinds` those of the kinds of documents,
    `languages` those of the languages of documents, and `duplicates` the reasons by which documents
    count as duplicates. `decimal_mark` and `thousands_mark` are those of amounts.
    """

    language: Language
    day_format: str
    order: str
    samples: str
    head: Mapping[str, str]
    page_of: str
    documents: str
    unreadable: str
    reason: str
    file: str
    kind: str
    date: str
    pages: str
    about: str
    page: str
    not_read: str
    totals: str
    amount_in: str
    document_count: Plural
    contradictions: str
    duplicate_documents: str
    duplicates: Mapping[str, str]
    timeline: str
    page_count: Plural
    contains: Plural
    segment: str
    on_page: str
    on_pages: str
    page_not_read: str
    part_not_read: str
    quotation: str
    page_heading: str
    embedded_data: str
    unlikely_facts: Plural
    fact: str
    as_printed: str
    confidence: str
    computed: str
    corrected: str
    to_review: str
    line_items: str
    corrected_item: str
    description: str
    item_number: str
    quantity: str
    unit_price: str
    discount: str
    tax_rate: str
    amount: str
    kinds: Mapping[str, str]
    languages: Mapping[str, str]
    decimal_mark: str
    thousands_mark: str

    def headline(self, document: Mapping[str, Any]) -> str | None:
        """The headline of a document; the reader begins that of an invoice in English."""
        headline = document.get("headline") or None
        title = _TITLES.get(str(document.get("kind")))
        if not headline or not title or self.language == "en":
            return headline
        kind = self.kinds[str(document["kind"])]
        return re.sub(rf"^{title}(?= .*: |:)", lambda _: kind, str(headline))

    def day(self, text: str) -> str:
        """An ISO date, or the day of an ISO time, in the language's form; another text as it is."""
        try:
            return f"{datetime.fromisoformat(text):{self.day_format}}"
        except ValueError:
            return text


_TITLES = {"invoice": "Invoice", "credit_note": "Credit note"}
"""What a headline begins with, by the kind of its document."""

ENGLISH = Phrases(
    language="en",
    day_format="%Y-%m-%d",
    order="Order",
    samples="Sample documents",
    head={"id": "Order", "created": "Created", "paid": "Paid", "reviewed": "Review finished"},
    page_of="{page} of ",
    documents="Documents",
    unreadable="Not read",
    reason="Reason",
    file="File",
    kind="Kind",
    date="Date",
    pages="Pages",
    about="About",
    page="Page",
    not_read="Not read: {reason}",
    totals="Totals",
    amount_in="{amount} in {documents}",
    document_count=Plural(singular="{count} document", plural="{count} documents"),
    contradictions="Contradictions",
    duplicate_documents="Duplicates",
    duplicates={"same_bytes": "The same file", "same_content": "The same content"},
    timeline="Timeline",
    page_count=Plural(singular="{count} page", plural="{count} pages"),
    contains=Plural(singular="contains {count} document", plural="contains {count} documents"),
    segment="{kind}, {pages}",
    on_page="page {page}",
    on_pages="pages {page} to {last}",
    page_not_read="Page {page} was not read: {reason}",
    part_not_read="A part was not read: {reason}",
    quotation="“{text}” (page {page})",
    page_heading="Page {page}",
    embedded_data="Stated by the embedded data",
    unlikely_facts=Plural(
        singular="{count} less likely reading of these facts: see the report as JSON or XLSX.",
        plural="{count} less likely readings of these facts: see the report as JSON or XLSX.",
    ),
    fact="Fact",
    as_printed="As printed",
    confidence="Sure",
    computed="{value}, from: {printed}",
    corrected="{value} (corrected; read as: {read})",
    to_review="{value} (to review)",
    line_items="Line items",
    corrected_item="{description} (corrected)",
    description="Description",
    item_number="Item number",
    quantity="Quantity",
    unit_price="Unit price",
    discount="Discount",
    tax_rate="Tax",
    amount="Amount",
    kinds={"credit_note": "credit note", "other": "document"},
    languages={
        "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
        "nl": "Dutch", "pt": "Portuguese", "pl": "Polish", "sv": "Swedish", "da": "Danish",
        "ja": "Japanese", "zh": "Chinese", "ko": "Korean", "ar": "Arabic", "he": "Hebrew",
        "ru": "Russian", "el": "Greek", "th": "Thai",
    },
    decimal_mark=".",
    thousands_mark=",",
)  # fmt: skip

GERMAN = Phrases(
    language="de",
    day_format="%d.%m.%Y",
    order="Auftrag",
    samples="Beispieldokumente",
    head={
        "id": "Auftrag",
        "created": "Angelegt",
        "paid": "Bezahlt",
        "reviewed": "Prüfung abgeschlossen",
    },
    page_of="{page} von ",
    documents="Dokumente",
    unreadable="Nicht gelesen",
    reason="Grund",
    file="Datei",
    kind="Art",
    date="Datum",
    pages="Seiten",
    about="Inhalt",
    page="Seite",
    not_read="Nicht gelesen: {reason}",
    totals="Summen",
    amount_in="{amount} in {documents}",
    document_count=Plural(singular="{count} Dokument", plural="{count} Dokumenten"),
    contradictions="Widersprüche",
    duplicate_documents="Doppelte Dokumente",
    duplicates={"same_bytes": "Dieselbe Datei", "same_content": "Derselbe Inhalt"},
    timeline="Zeitleiste",
    page_count=Plural(singular="{count} Seite", plural="{count} Seiten"),
    contains=Plural(singular="enthält {count} Dokument", plural="enthält {count} Dokumente"),
    segment="{kind}, {pages}",
    on_page="Seite {page}",
    on_pages="Seiten {page} bis {last}",
    page_not_read="Seite {page} wurde nicht gelesen: {reason}",
    part_not_read="Ein Teil wurde nicht gelesen: {reason}",
    quotation="„{text}“ (Seite {page})",
    page_heading="Seite {page}",
    embedded_data="Aus den eingebetteten Daten",
    unlikely_facts=Plural(
        singular="{count} weniger wahrscheinliche Lesart dieser Angaben: siehe den Bericht als "
        "JSON oder XLSX.",
        plural="{count} weniger wahrscheinliche Lesarten dieser Angaben: siehe den Bericht als "
        "JSON oder XLSX.",
    ),
    fact="Angabe",
    as_printed="Wie gedruckt",
    confidence="Sicher",
    computed="{value}, aus: {printed}",
    corrected="{value} (berichtigt; gelesen als: {read})",
    to_review="{value} (zu prüfen)",
    line_items="Positionen",
    corrected_item="{description} (berichtigt)",
    description="Beschreibung",
    item_number="Artikelnummer",
    quantity="Menge",
    unit_price="Einzelpreis",
    discount="Rabatt",
    tax_rate="Steuer",
    amount="Betrag",
    kinds={
        "invoice": "Rechnung", "credit_note": "Gutschrift", "receipt": "Kassenbon",
        "contract": "Vertrag", "letter": "Brief", "form": "Formular", "statement": "Auszug",
        "payslip": "Lohnabrechnung", "quotation": "Angebot", "delivery_note": "Lieferschein",
        "purchase_order": "Bestellung", "reminder": "Mahnung",
        "insurance_policy": "Versicherungsschein", "tax_form": "Steuerformular",
        "other": "Dokument",
    },
    languages={
        "en": "Englisch", "de": "Deutsch", "fr": "Französisch", "es": "Spanisch",
        "it": "Italienisch", "nl": "Niederländisch", "pt": "Portugiesisch", "pl": "Polnisch",
        "sv": "Schwedisch", "da": "Dänisch", "ja": "Japanisch", "zh": "Chinesisch",
        "ko": "Koreanisch", "ar": "Arabisch", "he": "Hebräisch", "ru": "Russisch",
        "el": "Griechisch", "th": "Thailändisch",
    },
    decimal_mark=",",
    thousands_mark=".",
)  # fmt: skip

PHRASES: Mapping[Language, Phrases] = {"en": ENGLISH, "de": GERMAN}
"""The phrases in each language of the report."""
