"""The items below heads of columns.

Each row with an amount is an item; rows of text belong to the item that they are nearer to. The
table ends with the totals, and may continue on the next page, with its head or without it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from analysis.extract import values
from analysis.extract.line_items import cells, columns, roles, sums
from analysis.extract.line_items.draft import Draft
from analysis.layout import grid
from analysis.layout.grid import Column
from analysis.layout.lines import TextLine, TextLines, TextSpan, text_of

_FEWEST_CELLS = 3
"""Cells from which a row is one of the table's own; a description's text has fewer."""
_DETAILS = 3
"""Number of rows that continue a description."""
_NEAR = 2.2
"""How many heights below the row before it a row may be, to belong to the same item."""
_APART = 1.6
"""How many times the smallest gap between rows of text a gap is, that is one between items."""
_SLIGHT = 0.1
"""The share of a row's height that a gap between rows has at least when gaps are compared."""
_CODES = frozenset(["number", "position", "date", "unit", "tax", "tax_amount", "description"])
"""The columns whose texts do not name an item on their own."""
_RATES = frozenset(["tax", "tax_amount", "unit"])
"""The columns whose texts may be words for taxes or units in the row of an item."""
_NO_FACTORS = frozenset(
    ["tax", "tax_amount", "discount", "date", "position", "number", "description"]
)
"""The columns whose numbers are neither a quantity nor a price."""


def items_below_heads(pages: Sequence[TextLines], *, month_first: bool) -> Iterator[Draft]:
    """The items below each row of heads; a table that no total ends continues on the next page."""
    rows = [row for page in pages for row in page]
    reader = _Reader(month_first=month_first)
    place = 0
    while place < len(rows):
        head = columns.head_of(rows, place)
        if head is None:
            drafts, read = reader.read(rows[place]), 1
        else:
            found, read = head
            drafts = reader.start(_widened(found, rows[place + read :]), rows[place + read - 1])
        yield from drafts
        place += read
    yield from reader.start(None, None)


def _widened(found: list[Column], rows: Sequence[TextLine]) -> list[Column]:
    """The columns as wide as the cells of the table's rows, with the roles that these tell."""
    body: list[TextLine] = []
    for row in rows:
        if _ends(row, found) or columns.columns(row) is not None:
            break
        body += [row] if len(row) >= _FEWEST_CELLS else []
    return roles.refined(grid.with_unheaded(grid.widened(found, body), body), body)


@dataclass(slots=True)
class _Reader:
    """The table that is being read: its columns, and the item whose rows have not ended."""

    month_first: bool
    columns: list[Column] | None = None
    draft: Draft | None = None
    pending: list[tuple[TextLine, Draft]] = field(default_factory=list)
    """Rows of text that belong to the item above them or to the one below them."""
    above: TextLine | None = None
    """The row above the pending ones: the head, or the item's last row."""
    suspended: list[Column] | None = None
    """The columns of a table that a subtotal has ended: items may follow it."""

    def start(self, found: list[Column] | None, head: TextLine | None) -> Iterator[Draft]:
        """Begin another table, or none; the item that this ends."""
        yield from self._finish()
        self.columns, self.above, self.suspended = found, head, None

    def read(self, row: TextLine) -> Iterator[Draft]:
        """Read a row; the item that it ends."""
        if self.columns is None:
            self._resume(row)
        if self.columns is None:
            return
        if _ends(row, self.columns):
            subtotal = sums.names_subtotal(_first_words(row))
            ended = self.columns
            yield from self.start(None, None)
            self.suspended = ended if subtotal else None
            return
        values_of_row = _read_row(self.columns, row, month_first=self.month_first)
        if _is_discount(row, values_of_row):
            return
        if len(values_of_row.numbers) <= 1 and sums.is_carried(text_of(row)):
            return
        if self.draft is not None and _completes(self.draft, values_of_row):
            self._give_to_item_above(len(self.pending))
            _complete(self.draft, values_of_row, row)
            self.above = row
        elif values_of_row.is_item():
            yield from self._begin_item(row, values_of_row)
        else:
            self.pending.append((row, values_of_row))

    def _begin_item(self, row: TextLine, values_of_row: Draft) -> Iterator[Draft]:
        """Begin an item with the pending rows that are nearer to it than to the one above."""
        cut = self._cut(row, named=any(map(cells.is_worded, values_of_row.description)))
        self._give_to_item_above(cut)
        ended, self.draft = self.draft, values_of_row
        for line, text in reversed(self.pending):
            if not _is_detail(text):
                values_of_row.description[:0] = text.description
                values_of_row.row = [*line, *values_of_row.row]
        self.pending, self.above = [], row
        if ended is not None:
            yield ended

    def _finish(self) -> Iterator[Draft]:
        self._give_to_item_above(len(self.pending))
        if self.draft is not None:
            yield self.draft
        self.draft = None

    def _give_to_item_above(self, count: int) -> None:
        for row, text in self.pending[:count]:
            if self.draft is not None:
                _extend(self.draft, text, row)
        self.pending = self.pending[count:] if count < len(self.pending) else []

    def _cut(self, row: TextLine, *, named: bool) -> int:
        """How many of the pending rows belong to the item above: those above the widest gap."""
        rows = [line for line, _ in self.pending]
        if not rows:
            return 0
        tops = [*rows, row]
        bottoms = [self.above or rows[0], *rows]
        gaps = [_gap(first, second) for first, second in zip(bottoms, tops, strict=True)]
        widest = max(range(len(gaps)), key=lambda place: gaps[place])
        below = gaps[widest + 1 :]
        if below and gaps[widest] > _APART * max(below):
            return widest
        return len(rows) if named or self.draft is None else len(rows) - 1

    def _resume(self, row: TextLine) -> None:
        """Continue the table that a subtotal has ended, if a row is another item of it."""
        if self.suspended is None:
            return
        if sums.names_total(_first_words(row)) and not sums.is_carried(text_of(row)):
            self.suspended = None if not sums.names_subtotal(_first_words(row)) else self.suspended
            return
        read = _read_row(self.suspended, row, month_first=self.month_first)
        counts = read.quantity is not None and read.unit_price is not None
        if counts and read.amounts and any(map(cells.is_worded, read.description)):
            self.columns, self.suspended, self.above = self.suspended, None, None


def _gap(above: TextLine, below: TextLine) -> float:
    """The space between two rows; across pages there is much of it."""
    if above[0].page is not below[0].page:
        return 1.0
    space = min(span.box.top for span in below) - max(span.box.bottom for span in above)
    return max(space, _SLIGHT * below[0].box.height)


def _first_words(row: TextLine) -> str:
    """The first text of a row that has letters."""
    return next((span.text for span in row if any(map(str.isalpha, span.text))), "")


def _ends(row: TextLine, found: Sequence[Column]) -> bool:
    """Whether a row is below the items: it names a total and counts nothing, or is another head."""
    if len(row) >= _FEWEST_CELLS and not any(cells.has_digit(span.text) for span in row):
        return True
    placed = grid.cells(found, row)
    filled = {column.role for column, spans in zip(found, placed, strict=True) if spans}
    if {"quantity", "unit_price"} <= filled:
        return False
    return sums.names_total(_first_words(row)) or sums.names_total(_words_of_amount(found, row))


def _words_of_amount(found: Sequence[Column], row: TextLine) -> str:
    """The text that stands left of the last amount; a note on the document may stand before it."""
    if len(row) > 1 and cells.is_exact(row[-1].text) and row[-1].text[:1].isalpha():
        return row[-1].text.rstrip("0123456789.,-€$£ ")
    if not cells.is_exact(row[-1].text) or len(row) < _FEWEST_CELLS:
        return ""
    placed = zip(found, grid.cells(found, row), strict=True)
    rates = [span for column, spans in placed if column.role in _RATES for span in spans]
    return "" if row[-2] in rates else row[-2].text


def _is_discount(row: TextLine, values_of_row: Draft) -> bool:
    """Whether a row is no item, but reduces the whole or the item above it."""
    counts = values_of_row.quantity is not None and values_of_row.unit_price is not None
    return bool(values_of_row.amounts) and not counts and sums.is_discount(_first_words(row))


def _read_row(found: Sequence[Column], row: TextLine, *, month_first: bool) -> Draft:
    """What a row says of an item."""
    names = {column.role for column in found}
    draft = Draft(
        row=row, last=row[0], has_quantities="quantity" in names,
        has_price_alone="unit_price" in names and not names & {"quantity", "amount"},
    )  # fmt: skip
    placed = list(zip(found, grid.cells(found, row), strict=True))
    unheaded = None if "amount" in names else found[-1]  # the column of amounts
    for column, spans in placed:
        for span in spans:
            if column.role not in _NO_FACTORS:
                draft.numbers += _numbers(span.text)
            if column.role == "description":
                draft.description.append(span.text)
            elif column is unheaded and span is row[-1] and cells.is_exact(span.text):
                _set(draft, replace(column, role="amount"), span.text, month_first=month_first)
            else:
                _set(draft, column, span.text, month_first=month_first)
    if not any(map(cells.is_worded, draft.description)):
        draft.description = list(_other_names(placed)) or draft.description
    return draft


def _numbers(text: str) -> Iterator[Decimal]:
    """The numbers of a cell, in both readings of one like `1.412`."""
    for amount in values.amounts(text):
        yield amount.number
        other = cells.as_decimals(amount.printed, amount.number)
        if other is not None:
            yield other


def _set(draft: Draft, column: Column, text: str, *, month_first: bool) -> None:
    """Set the value that a column's cell states."""
    number = cells.number(text)
    match column.role:
        case "amount" if number is not None:
            draft.amounts.append((column.head, cells.money(text) or number))
        case "unit_price" if number is not None:
            draft.unit_price, draft.other_price = number, cells.as_decimals(text, number)
        case "quantity" if number is not None:
            draft.quantity, draft.other_quantity = number, cells.as_decimals(text, number)
            draft.unit = draft.unit or cells.unit(text)
        case "unit" if any(map(str.isalpha, text)):
            draft.unit = text.strip()
        case "quantity" | "unit_price" if cells.is_unit(text):
            draft.unit = draft.unit or text.strip()
        case "discount":
            draft.discount = cells.discount(text)
        case "tax":
            draft.tax_rate = cells.tax_rate(text)
        case "number" if cells.has_digit(text) or text.isupper():
            draft.item_number = text.strip()
        case "date":
            printed = next(values.dates(text, month_first=month_first), None)
            draft.date = printed.value if printed else None


def _other_names(placed: Sequence[tuple[Column, list[TextSpan]]]) -> Iterator[str]:
    """The texts of other columns, for an item whose description is not in its own."""
    for column, spans in placed:
        for span in spans:
            is_code = column.role in {"number", "position", "date", "unit"}
            if (is_code and cells.is_worded(span.text) and " " in span.text.strip()) or (
                column.role not in _CODES and cells.number(span.text) is None
            ):
                yield span.text


def _completes(draft: Draft, row: Draft) -> bool:
    """Whether a row has the amount of the item above it, or its price without other words."""
    if row.amounts:
        counted = row.quantity is not None or row.unit_price is not None
        return not draft.amounts and not counted
    return row.is_item() and not draft.amounts and not any(map(cells.is_worded, row.description))


def _complete(draft: Draft, row: Draft, line: TextLine) -> None:
    """Add the amount and the text of a further row to an item."""
    if not draft.amounts and row.amounts:
        draft.amounts = row.amounts
        draft.numbers += row.numbers
        draft.row = [*draft.row, *line]
    _extend(draft, row, line)


def _extend(draft: Draft, row: Draft, line: TextLine) -> None:
    """Add the text of a row to the item's description, if it is near and no detail of it."""
    if len(line) > _FEWEST_CELLS or draft.last.page is not line[0].page:
        return
    near = line[0].box.top - draft.last.box.bottom < _NEAR * line[0].box.height
    complete = any(map(cells.is_worded, draft.description))
    may_continue = draft.details < _DETAILS and (not complete or len(line) < _FEWEST_CELLS)
    if near and may_continue and not _is_detail(row):
        draft.description += row.description
        draft.details += 1
    if near:
        draft.last = line[0]


def _is_detail(row: Draft) -> bool:
    """Whether the text of a row is no description, but a labelled detail or a code."""
    text = " ".join(row.description)
    return ":" in text or text.startswith("*") or not cells.is_worded(text)
