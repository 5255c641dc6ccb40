"""The tables of a page, and the line items of invoices in them.

A table of line items begins with a row of known heads. Each of its rows with an amount is an item;
a row of text continues the item's description. It ends with the totals, and may continue on the
next page. In a document without such heads, rows of a description, numbers and an amount are
items.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from analysis.extract import item_columns, values
from analysis.extract.invoice import labels
from analysis.layout import grid
from analysis.layout.grid import Column
from analysis.layout.lines import (
    TextLine,
    TextLines,
    TextSpan,
    collapse_whitespace,
    text_of,
    union_box,
)
from analysis.model import LineItem, Table

_TOTALS = re.compile(
    r"\W*(?:(?:sub|grand|net|gross|invoice|order)[\s-]?)*(?:totals?|totale|totaal|totaux|celkem|razem)\b"
    r"(?!\s*(?:station|care|cost of))|"
    r"\W*(?:zwischen|gesamt|end|netto|brutto|rechnungs|positions|waren|zahl|steuer)-?\s?"
    r"(?:summe|betrag|wert|total)\w*|"
    r"\W*(?:summe|gesamt|netto|brutto|suma)\b|"
    r"\W*(?:zzgl\.?|zuzügl\.?|inkl\.?|incl\.?|plus|\+|less)?\s*(?:\d+(?:[.,]\d+)?\s?%\s*)?"
    r"(?:sales\s*tax|vat|tax|mwst|ust|u\.?st|umsatzsteuer|mehrwertsteuer|tva|iva|btw|gst|moms|dph)\b|"
    r"\W*(?:amount|balance|total)\s*due|\W*(?:net\s*)?à\s*payer|\W*imponibile|\W*base\s*imponible|"
    r"\W*(?:montant|total)\s*(?:ht|ttc)|\W*te\s*betalen|\W*a\s*pagar|"
    r"\W*(?:payments?|paid|deposit|anzahlung|acompte|acconto|rundung|rounding|discount\s*$)|"
    r"\W*(?:小計|合計|消費税|総額|税込|总计|合计)",
    re.IGNORECASE,
)
"""What the first cell below the items says."""
_LABELS_OF_SUMS = (labels.NET, labels.TAX, labels.GROSS, labels.PAYABLE, labels.SUM)
_CARRIED = re.compile(
    r"\W*(?:übertrag|(?:carried|brought)\s*(?:forward|over)|report|riporto)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"[-\u2212\u2013(]?\s?(?:[€$£¥]\s?)?\d[\d.,'\u2019\u00a0\u202f ]*")
_CODES = frozenset(["number", "date", "unit", "tax", "description"])
"""The columns whose texts do not name an item on their own."""
_FEWEST_ROWS = 3
_FEWEST_CELLS = 3
_WRAPPED_ROWS = 3
_A_WORD = 3
_LETTERS = 2
_ROUNDED = Decimal("0.02")
_DETAILS = 3
"""Number of rows that continue a description."""
_NEAR = 2.2
"""How many heights below the row before it a row may be, to belong to the same item."""
_LONGEST = 300


def find(pages: Sequence[TextLines]) -> tuple[tuple[LineItem, ...], tuple[Table, ...]]:
    """The line items, and the tables as runs of rows with the same columns."""
    tables: list[Table] = []
    for page in pages:
        run: list[TextLine] = []
        for row in page:
            if len(row) >= _FEWEST_CELLS:
                run.append(row)
            elif not _wraps(run, row):
                tables += _table(run)
                run = []
            elif len(row) > 1:
                run.append(row)
        tables += _table(run)
    items = [item for draft in _below_heads(pages) if (item := draft.item())]
    if not items:
        rows = (row for page in pages for row in page if len(row) >= _FEWEST_CELLS)
        items = [item for row in rows if (item := _item(row))]
    return tuple(items), tuple(tables)


def _wraps(run: list[TextLine], row: TextLine) -> bool:
    """Whether a row continues the row above it, so that the table has not ended."""
    return len(run) > 1 and row[0].row - run[-1][0].row < _WRAPPED_ROWS and (
        len(row) == 1 or not _TOTALS.match(row[0].text)
    )  # fmt: skip


def _table(run: list[TextLine]) -> list[Table]:
    run = list(run)
    while run and len(run[-1]) < _FEWEST_CELLS:
        run.pop()
    if len(run) < _FEWEST_ROWS:
        return []
    spans = [span for row in run for span in row]
    columns = item_columns.columns(run[0]) or grid.columns_of_rows(run)
    rows = tuple(grid.texts(columns, row) for row in run)
    box = spans[0].page.displayed(union_box(spans))
    return [Table(page=spans[0].page.number, box=box, rows=rows)]


@dataclass(slots=True)
class _Draft:
    """An item whose rows are being read."""

    row: TextLine
    last: TextSpan
    description: list[str] = field(default_factory=list)
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None
    numbers: list[Decimal] = field(default_factory=list)
    details: int = 0

    def item(self) -> LineItem | None:
        """The item; None if it is none: without a description or an amount."""
        text = collapse_whitespace(" ".join(self.description))[:_LONGEST]
        if self.amount is None or sum(map(str.isalpha, text)) < _LETTERS:
            return None
        quantity, unit = self.quantity, self.unit_price
        if quantity is None or unit is None:
            factors = _factors(self.numbers, self.amount)
            quantity, unit = factors if None not in factors else (quantity, unit)
        box = self.row[0].page.displayed(union_box(self.row))
        return LineItem(
            description=text,
            quantity=None if quantity is None else str(quantity),
            unit_price=None if unit is None else str(unit),
            amount=str(self.amount),
            page=self.row[0].page.number,
            box=box,
        )


def _below_heads(pages: Sequence[TextLines]) -> Iterator[_Draft]:
    """The items below each row of heads; a table that no total ends continues on the next page."""
    reader = _Reader()
    for row in (row for page in pages for row in page):
        draft = reader.finished_by(row)
        if draft is not None:
            yield draft
    if reader.draft is not None:
        yield reader.draft


@dataclass(slots=True)
class _Reader:
    """The table that is being read: its columns, and the item whose rows have not ended."""

    columns: list[Column] | None = None
    draft: _Draft | None = None
    at_head: bool = False
    """Whether only heads have been read so far: heads of several rows follow each other."""

    def finished_by(self, row: TextLine) -> _Draft | None:
        """Read a row; the item before it if the row ends it."""
        head = item_columns.columns(row)
        if head is not None:
            return self._start(head)
        if self.columns is None or (self.at_head and item_columns.is_more_head(row)):
            return None
        self.at_head = False
        if _ends(row, self.columns):
            return self._start(None)
        read = _read_row(self.columns, row)
        counts = read.quantity is not None or read.unit_price is not None
        if not counts and _CARRIED.match(text_of(row)):
            return None
        if self.draft is not None and _continues(self.draft, read):
            _extend(self.draft, read, row)
            return None
        ended, self.draft = self.draft, read if _begins(read) else None
        return ended

    def _start(self, columns: list[Column] | None) -> _Draft | None:
        """Begin another table, or none."""
        ended, self.draft = self.draft, None
        self.columns, self.at_head = columns, columns is not None
        return ended


def _ends(row: TextLine, columns: Sequence[Column]) -> bool:
    """Whether a row is below the items: it names a total and counts nothing, or is another head."""
    if len(row) >= _FEWEST_CELLS and not any(_has_digit(span.text) for span in row):
        return True
    named = next((span for span in row if any(map(str.isalpha, span.text))), None)
    if named is None or not _names_total(named.text):
        return False
    placed = grid.cells(columns, row)
    filled = {column.role for column, spans in zip(columns, placed, strict=True) if spans}
    return not {"quantity", "unit_price"} <= filled


def _names_total(text: str) -> bool:
    """Whether a text says that its amount is a sum of the document or its tax."""
    return bool(_TOTALS.match(text)) or any(
        label.fullmatch(text.strip(" :")) for label in _LABELS_OF_SUMS
    )


def _read_row(columns: Sequence[Column], row: TextLine) -> _Draft:
    """What a row says of an item."""
    draft = _Draft(row=row, last=row[0])
    placed = list(zip(columns, grid.cells(columns, row), strict=True))
    has_amount = any(column.role == "amount" for column in columns)
    unheaded = None if has_amount else columns[-1]
    for column, spans in placed:
        for span in spans:
            draft.numbers += [found.number for found in values.amounts(span.text)]
            if column.role == "description":
                draft.description.append(span.text)
            elif column is unheaded and span is row[-1] and _exact(span.text):
                draft.amount = _money(span.text)
            else:
                _set_number(draft, column.role, span.text)
    if not any(map(_worded, draft.description)):
        draft.description = list(_other_names(placed)) or draft.description
    return draft


def _set_number(draft: _Draft, role: str, text: str) -> None:
    number = _number(text)
    if number is None:
        return
    match role:
        case "amount":
            draft.amount = _money(text)
        case "unit_price":
            draft.unit_price = number
        case "quantity":
            draft.quantity = number


def _other_names(placed: Sequence[tuple[Column, list[TextSpan]]]) -> Iterator[str]:
    """The texts of other columns, for an item whose description is not in its own."""
    for column, spans in placed:
        for span in spans:
            is_code = column.role in {"number", "date", "unit"}
            if (is_code and _worded(span.text) and " " in span.text.strip()) or (
                column.role not in _CODES and _number(span.text) is None
            ):
                yield span.text


def _begins(draft: _Draft) -> bool:
    """Whether a row begins an item: it has an amount, or a price and a quantity."""
    return draft.amount is not None or (draft.unit_price is not None and draft.quantity is not None)


def _continues(draft: _Draft, row: _Draft) -> bool:
    """Whether a row belongs to the item above it: its amount, or more of its text."""
    if row.amount is not None:
        counted = row.quantity is not None or row.unit_price is not None
        return draft.amount is None and not counted
    return not _begins(row) or (draft.amount is None and not any(map(_worded, row.description)))


def _extend(draft: _Draft, row: _Draft, line: TextLine) -> None:
    """Add the amount or the text of a further row to an item."""
    if draft.amount is None and row.amount is not None:
        draft.amount = row.amount
        draft.row = [*draft.row, *line]
    if len(line) > _FEWEST_CELLS or draft.last.page is not line[0].page:
        return
    near = line[0].box.top - draft.last.box.bottom < _NEAR * line[0].box.height
    text = " ".join(row.description)
    complete = any(map(_worded, draft.description))
    detail = ":" in text or not _worded(text)
    if near and not detail and draft.details < _DETAILS and (not complete or _short(line)):
        draft.description.append(text)
        draft.details += 1
    if near:
        draft.last = line[0]


def _short(line: TextLine) -> bool:
    return len(line) <= _FEWEST_CELLS - 1


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _worded(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _LETTERS


def _number(text: str) -> Decimal | None:
    """The number that a cell is, perhaps with a unit; None if the cell is a text."""
    letters = sum(map(str.isalpha, text))
    match = _NUMBER.search(text)
    if not match or letters > max(_A_WORD + 2, sum(map(str.isdigit, text)) + _A_WORD):
        return None
    number = values.parse_number(re.sub(r"[^\d.,'\u2019]", "", match.group()).strip(".,'"))
    if number is None:
        return None
    negative = match.group().strip()[:1] in {"-", "\u2212", "\u2013", "("} or "-$" in text
    return -number if negative else number


def _money(text: str) -> Decimal | None:
    printed = list(values.amounts(text))
    return printed[-1].number if printed else _number(text)


def _exact(text: str) -> bool:
    return any(amount.exact for amount in values.amounts(text))


def _item(row: TextLine) -> LineItem | None:
    """The item that a row without heads is: a description, perhaps numbers, and an exact amount."""
    named = [span for span in row[:-1] if sum(map(str.isalpha, span.text)) >= _A_WORD]
    exact = [amount for amount in values.amounts(row[-1].text) if amount.exact]
    if not named or not exact:
        return None
    description = max(named, key=lambda span: len(span.text))
    if any(map(_names_total, (description.text, row[0].text))):
        return None
    amount = exact[-1].number
    numbers = [
        found.number
        for span in row[:-1]
        if span is not description
        for found in values.amounts(span.text)
    ]
    quantity, unit = _factors(numbers, amount)
    return LineItem(
        description=description.text,
        quantity=None if quantity is None else str(quantity),
        unit_price=None if unit is None else str(unit),
        amount=str(amount),
        page=row[0].page.number,
        box=row[0].page.displayed(union_box(row)),
    )


def _factors(numbers: list[Decimal], amount: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """The quantity and the unit price: two of the numbers whose product is the amount."""
    for place, first in enumerate(numbers):
        for second in numbers[place + 1 :]:
            if abs(first * second - amount) < _ROUNDED:
                return first, second
    return None, None
