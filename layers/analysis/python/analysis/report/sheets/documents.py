"""One row for each document of an order, with a column for each name of a fact."""

from collections.abc import Sequence

from analysis.extract.catalogue import BY_NAME, CATALOGUE, label
from analysis.report.phrases import PHRASES, Language
from analysis.report.sheets.headings import HEADINGS, TITLES
from analysis.report.sheets.parts import PLACE, Document, Part, parts_of
from analysis.report.sheets.sheet import Cell, Doubtful, Money, Sheet, plain
from analysis.report.sheets.values import cell_of, currency_of

ALWAYS = (
    "invoice_number",
    "issue_date",
    "due_date",
    "seller",
    "seller_vat_id",
    "buyer",
    "merchant",
    "date",
    "net",
    "tax",
    "gross",
    "total",
    "iban",
)
"""The facts that have a column in every order, so that programs find them at the same place."""
_BEFORE = (*PLACE, "kind", "language", "pages", "about")


def documents_sheet(documents: Sequence[Document], language: Language) -> Sheet:
    """Other names of facts that a document of the order states follow, in the catalogue's order."""
    texts, phrases = HEADINGS[language], PHRASES[language]
    parts = list(parts_of(documents))
    stated = {fact["name"] for part in parts for fact in part.document.get("facts", ())}
    others = [spec.name for spec in CATALOGUE if _has_column(spec.name) and spec.name in stated]
    names = [*ALWAYS, *(name for name in others if name not in {*ALWAYS, "currency"})]
    rows = [_row(part, names, language) for part in parts]
    width = len(_BEFORE) + 1 + len(names)
    for file in documents:
        if file.get("unreadable"):
            head = [str(file.get("document_id", "")), str(file.get("filename", "")), None]
            text = phrases.not_read.format(reason=file["unreadable"])
            rows.append([*head, *[None] * (width - len(head)), None, text])
    headings = [
        *(texts[name] for name in _BEFORE),
        label("currency", language),
        *(label(name, language) for name in names),
        texts["to_review"],
        texts["problem"],
    ]
    return Sheet(
        name="documents",
        title=TITLES[language]["documents"],
        headings=headings,
        rows=_by_file(documents, rows),
    )


def _has_column(name: str) -> bool:
    spec = BY_NAME[name]
    return spec.shown and not (spec.any_kind and not spec.kinds)


def _row(part: Part, names: Sequence[str], language: Language) -> list[Cell]:
    document, phrases = part.document, PHRASES[language]
    kind, spoken = str(document.get("kind") or ""), str(document.get("language") or "")
    currency = currency_of(document)
    cells = {
        name: _in_currency(cell_of(part.facts_of(name)), currency)
        for name in names
        if not BY_NAME[name].generic or kind in BY_NAME[name].kinds
    }
    doubtful = [label(name, language) for name, cell in cells.items() if isinstance(cell, Doubtful)]
    return [
        *part.place,
        phrases.kinds.get(kind, kind.replace("_", " ")) or None,
        phrases.languages.get(spoken, spoken) or None,
        document.get("page_count"),
        phrases.headline(document) or document.get("title"),
        currency,
        *(cells.get(name) for name in names),
        ", ".join(doubtful) or None,
        None,
    ]


def _in_currency(cell: Cell, currency: str | None) -> Cell:
    """An amount in another currency than its document's as text that says so."""
    value = plain(cell)
    if not isinstance(value, Money) or value.currency in {None, currency}:
        return cell
    text = f"{value.amount:f} {value.currency}"
    return Doubtful(text) if isinstance(cell, Doubtful) else text


def _by_file(documents: Sequence[Document], rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows in the order of their files."""
    places = {str(file.get("document_id", "")): place for place, file in enumerate(documents)}
    return sorted(rows, key=lambda row: places[str(plain(row[0]))])
