"""One row for each line item, transaction, fact, and row of a table."""

from collections.abc import Sequence

from analysis.extract.catalogue import label
from analysis.report.phrases import PHRASES, Language
from analysis.report.sheets.headings import HEADINGS, SOURCES, TITLES
from analysis.report.sheets.parts import PLACE, Document, Part, parts_of
from analysis.report.sheets.sheet import Cell, Doubtful, Money, Sheet, SheetName
from analysis.report.sheets.values import amount, cell_of, currency_of, day, number, of_fact
from analysis.report.visible_facts import is_to_review

_ITEM = (
    "position", "item_number", "description", "quantity", "unit", "unit_price", "discount",
    "tax_rate", "amount",
)  # fmt: skip
_EVIDENCE = ("page", "confidence", "id")
_ITEM_EVIDENCE = ("page", "confidence", "corrected", "id")
_TRANSACTION = ("date", "description", "paid_in", "paid_out", "balance")
_BOX = ("x0", "y0", "x1", "y1")
_FACT = ("kind", "fact", "value")
_FACT_EVIDENCE = (
    "printed", "page", "confidence", "source", "to_review", "corrected", "reader_value", "name",
    "id", *_BOX,
)  # fmt: skip


def line_items_sheet(documents: Sequence[Document], language: Language) -> Sheet:
    """Each row also has what tells its document from others: its number, date and seller."""
    texts, of_document = HEADINGS[language], ("invoice_number", "issue_date", "seller")
    rows: list[list[Cell]] = []
    for part in parts_of(documents):
        currency = currency_of(part.document)
        head = [*part.place, *(cell_of(part.facts_of(name)) for name in of_document)]
        rows += [
            [
                *head,
                position,
                item.get("item_number"),
                item["description"],
                number(item.get("quantity")),
                item.get("unit"),
                amount(item.get("unit_price"), currency),
                number(item.get("discount")),
                number(f"{item['tax_rate']}%" if item.get("tax_rate") else None),
                amount(item["amount"], currency),
                currency,
                day(item.get("date")),
                item.get("page"),
                _score(item.get("confidence")),
                texts["yes"] if item.get("corrected") else None,
                item.get("id"),
            ]
            for position, item in enumerate(part.document.get("line_items", ()), 1)
        ]
    headings = [
        *(texts[name] for name in PLACE),
        *(label(name, language) for name in of_document),
        *(texts[name] for name in _ITEM),
        label("currency", language),
        texts["date"],
        *(texts[name] for name in _ITEM_EVIDENCE),
    ]
    return _sheet("line_items", headings, rows, language)


def transactions_sheet(documents: Sequence[Document], language: Language) -> Sheet:
    """The transactions of all statements, in the order of the documents."""
    texts, rows = HEADINGS[language], []
    for part in parts_of(documents):
        currency = currency_of(part.document)
        rows += [
            [
                *part.place,
                day(entry["date"]),
                entry["description"],
                *(amount(entry[name], currency) for name in ("paid_in", "paid_out", "balance")),
                currency,
                entry["page"],
                _score(entry["confidence"]),
                entry.get("id"),
            ]
            for entry in part.document.get("transactions", ())
        ]
    headings = [
        *(texts[name] for name in (*PLACE, *_TRANSACTION)),
        label("currency", language),
        *(texts[name] for name in _EVIDENCE),
    ]
    return _sheet("transactions", headings, rows, language)


def facts_sheet(documents: Sequence[Document], language: Language) -> Sheet:
    """Every fact with its evidence."""
    texts = HEADINGS[language]
    rows = [
        _fact_row(part, fact, language)
        for part in parts_of(documents)
        for fact in part.document.get("facts", ())
    ]
    headings = [
        *(texts[name] for name in (*PLACE, *_FACT)),
        label("currency", language),
        *(texts[name] for name in _FACT_EVIDENCE),
    ]
    return _sheet("facts", headings, rows, language)


def _fact_row(part: Part, fact: Document, language: Language) -> list[Cell]:
    yes, kind, value = (
        HEADINGS[language]["yes"],
        str(part.document.get("kind") or ""),
        of_fact(fact),
    )
    read = fact.get("reader_value")
    return [
        *part.place,
        PHRASES[language].kinds.get(kind, kind.replace("_", " ")) or None,
        label(fact["name"], language),
        Doubtful(value) if is_to_review(fact) else value,
        value.currency if isinstance(value, Money) else None,
        fact["value"],
        fact.get("page"),
        _score(fact.get("confidence")),
        SOURCES[language].get(fact["source"], fact["source"]),
        yes if is_to_review(fact) else None,
        yes if read else None,
        read["value"] if read else None,
        fact["name"],
        fact.get("id"),
        *map(_score, fact.get("box") or [None] * len(_BOX)),
    ]


def tables_sheet(documents: Sequence[Document], language: Language) -> Sheet:
    """The rows of all tables, one below the other, each with its table's number and id."""
    texts = HEADINGS[language]
    rows: list[list[Cell]] = [
        [*part.place, number_, table["page"], table.get("id"), row, *cells]
        for part in parts_of(documents)
        for number_, table in enumerate(part.document.get("tables", ()), 1)
        for row, cells in enumerate(table["rows"], 1)
    ]
    before = (*PLACE, "table", "page", "id", "row")
    most = max(map(len, rows), default=len(before)) - len(before)
    headings = [
        *(texts[name] for name in before),
        *(texts["column"].format(number=column) for column in range(1, most + 1)),
    ]
    return _sheet("tables", headings, rows, language)


def _score(share: float | None) -> Cell:
    return None if share is None else number(str(share))


def _sheet(
    name: SheetName, headings: Sequence[str], rows: Sequence[Sequence[Cell]], language: Language
) -> Sheet:
    return Sheet(name=name, title=TITLES[language][name], headings=headings, rows=rows)
