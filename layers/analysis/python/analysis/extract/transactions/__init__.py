"""The transactions of bank and card statements, with their running balance checked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from analysis.errors import warning
from analysis.extract import values
from analysis.extract.transactions import balance_words, columns
from analysis.extract.transactions.balances import Movement, check, from_the_account, turn
from analysis.layout import grid
from analysis.layout.cells import by_cells
from analysis.layout.grid import Column
from analysis.layout.lines import (
    TextLine,
    TextLines,
    collapse_whitespace,
    text_of,
    union_box,
)
from analysis.model import Fact, Transaction

_BEGINS_WITH_DATE = re.compile(
    r"\d{1,2}[./ -]\s?(?:\d{1,2}\b|[^\W\d]{3,9}\b)\.?(?:[./ -]?\s?(?:\d{4}|\d{2})\b)?\s*"
)
_FEWEST_HEADS = 3
"""Cells of the rows that tell how wide the columns are, as many as of a head."""
_NEAR = 2.2
"""Heights of a row below which a gap does not end a transaction's text."""
_LONGEST = 300
"""Most characters of a description."""
_LINES_OF_TEXT = 4
"""Most rows of a transaction's text."""
_NAMED_ROWS = 10
"""Transactions that a warning names by their number."""
_AGREES = 0.97
"""The confidence of a transaction that explains the difference of two balances."""
_UNCHECKED = 0.85
"""The confidence of a transaction without a balance to compare."""
_DIFFERS = 0.5
"""The confidence of a transaction that contradicts its balance."""


@dataclass(slots=True)
class _Table:
    entries: list[Movement] = field(default_factory=list)
    opening: Decimal | None = None


def find(
    pages: Sequence[TextLines], facts: Sequence[Fact], *, month_first: bool
) -> tuple[tuple[Transaction, ...], list[dict[str, Any]]]:
    """The transactions, and a warning if their balances do not follow from each other."""
    text = "\n".join(text_of(row) for page in pages for row in page)
    reader = _Reader(
        _Dates(facts, month_first=month_first), is_card=bool(balance_words.CARD.search(text))
    )
    for page in pages:
        reader.read_page(by_cells(page))
    table = reader.table
    opening = table.opening if table.opening is not None else _money(facts, "opening_balance")
    is_card = reader.is_card
    if is_card and from_the_account(table.entries, opening):
        turn(table.entries)
        is_card = False
    check(table.entries, opening, _money(facts, "closing_balance"), is_card=is_card)
    wrong = [number for number, entry in enumerate(table.entries, 1) if entry.agrees is False]
    return tuple(map(_transaction, table.entries)), list(_warnings(wrong))


def _warnings(wrong: Sequence[int]) -> Iterator[dict[str, Any]]:
    listed = ", ".join(map(str, wrong[:_NAMED_ROWS]))
    if len(wrong) == 1:
        yield warning("transactions_do_not_add_up", rows=listed)
    elif wrong:
        context = "more" if len(wrong) > _NAMED_ROWS else "several"
        yield warning("transactions_do_not_add_up", context=context, rows=listed)


def _money(facts: Sequence[Fact], name: str) -> Decimal | None:
    stated = next((fact for fact in facts if fact.name == name), None)
    if stated is None:
        return None
    number = next((amount.number for amount in values.amounts(stated.value)), None)
    minor = stated.normalised["minor"] if isinstance(stated.normalised, Mapping) else None
    is_below_zero = isinstance(minor, int) and minor < 0
    return number if number is None else -abs(number) if is_below_zero else abs(number)


class _Dates:
    """Dates of transactions, whose year may only follow from the period of the statement."""

    def __init__(self, facts: Sequence[Fact], *, month_first: bool) -> None:
        self._month_first = month_first
        names = ("period_end", "issue_date", "due_date", "date")
        stated = [str(fact.normalised) for name in names for fact in facts if fact.name == name]
        self._latest = stated[0] if stated else None

    def iso(self, printed: str) -> str | None:
        """The ISO date; None if it is none, or its year is not known."""
        whole = next(values.dates(printed, month_first=self._month_first), None)
        if whole is not None or self._latest is None or not any(map(str.isdigit, printed)):
            return whole.value if whole else None
        mark = next((sign for sign in "/.-" if sign in printed), " ")
        for year in (int(self._latest[:4]), int(self._latest[:4]) - 1):
            text = f"{printed.strip().rstrip(mark)}{mark}{year}"
            found = next(values.dates(text, month_first=self._month_first), None)
            if found is not None and found.value <= self._latest:
                return found.value
        return None


class _Reader:
    """Reads the rows below heads, over all pages."""

    def __init__(self, dates: _Dates, *, is_card: bool) -> None:
        self.table = _Table()
        self.is_card = is_card
        self._dates = dates
        self._columns: list[Column] | None = None
        self._date: str | None = None
        self._open: Movement | None = None

    def read_page(self, rows: TextLines) -> None:
        """Add the transactions below each head of columns; columns go on until another head."""
        self._open = None
        for place, row in enumerate(rows):
            head = columns.columns(row)
            if head is None and place:
                head = columns.columns(columns.stacked(rows[place - 1], row))
            if head is not None:
                body = [line for line in rows[place + 1 :] if len(line) >= _FEWEST_HEADS]
                self._columns, self._open = grid.widened(head, body), None
            elif self._columns is not None:
                self._read(self._columns, row)

    def _read(self, found: Sequence[Column], row: TextLine) -> None:
        cells: dict[str, str] = {}
        for column, text in zip(found, grid.texts(found, row), strict=True):
            if text:
                cells[column.role] = (
                    f"{cells[column.role]} {text}" if column.role in cells else text
                )
        self._split_date(cells)
        if "direction" in cells and "amount" in cells:
            cells["amount"] = f"{cells['amount']} {cells['direction']}"
        text = cells.get("text", "")
        printed = text_of(row)
        amounts = {
            role: number for role in ("in", "out", "amount")
            if (number := _exact(cells.get(role, ""))) is not None
        }  # fmt: skip
        balance = _signed(cells.get("balance", ""))
        date = self._dates.iso(cells.get("date", "")) if "date" in cells else None
        if not amounts:
            self._without_amount(row, text or printed, balance)
        elif _is_balance(text or printed, date):
            self._open = None
        elif text and (date or self._date or "date" in cells):
            self._date = date or self._date
            self._open = _entry(row, self._date, text, amounts, cells, is_card=self.is_card)
            self._open.balance = balance
            self.table.entries.append(self._open)

    def _split_date(self, cells: dict[str, str]) -> None:
        """Divide a date and a text that are so near to each other that they are one."""
        whole = cells.get("date", "") or cells.get("text", "")
        if "date" in cells and "text" in cells:
            return
        begun = _BEGINS_WITH_DATE.match(whole)
        if begun and self._dates.iso(begun[0].strip()):
            cells["date"], cells["text"] = begun[0].strip(), whole[begun.end() :].strip()

    def _without_amount(self, row: TextLine, printed: str, balance: Decimal | None) -> None:
        if balance is not None:
            is_first = not self.table.entries
            if is_first and balance_words.BEGINS_WITH_BALANCE.match(printed):
                self.table.opening = balance
            self._open = None
            return
        if balance_words.BEGINS_WITH_CLOSING.match(printed) or self._open is None:
            self._open = None
            return
        last = self._open.row[-1]
        near = row[0].box.top - last.box.bottom < _NEAR * row[0].box.height
        if near and row[0].page is last.page and len(self._open.texts) < _LINES_OF_TEXT:
            self._open.texts.append(printed)
            self._open.row = [*self._open.row, *row]


def _is_balance(text: str, date: str | None) -> bool:
    """Whether a row with an amount is a balance or a sum of the statement."""
    may_be_a_payee = bool(date) and balance_words.MAY_BE_A_PAYEE.match(text)
    return bool(balance_words.BEGINS_WITH_BALANCE.match(text)) and not may_be_a_payee


def _entry(
    row: TextLine,
    date: str | None,
    text: str,
    amounts: Mapping[str, Decimal],
    cells: Mapping[str, str],
    *,
    is_card: bool,
) -> Movement:
    """The entry with what it adds to the balance: of a card, a purchase adds to the debt."""
    entry = Movement(row, date, [text])
    if "amount" in amounts:
        printed, number = cells["amount"], amounts["amount"]
        goes_out = number < 0 or bool(balance_words.OUT.search(printed))
        comes_in = bool(balance_words.IN.search(printed))
        entry.is_sure = not is_card and (goes_out or comes_in)
        entry.amount = -abs(number) if goes_out else abs(number)
        entry.marked_out, entry.marked_in = goes_out, comes_in
        if is_card:
            entry.amount = abs(number) if goes_out or comes_in else -abs(number)
    elif "out" in amounts:
        entry.amount = -abs(amounts["out"])
    else:
        entry.amount = abs(amounts["in"])
    return entry


def _exact(text: str) -> Decimal | None:
    return next((found.number for found in values.amounts(text) if found.exact), None)


def _signed(text: str) -> Decimal | None:
    number = _exact(text)
    return -abs(number) if number is not None and balance_words.OUT.search(text) else number


def _transaction(entry: Movement) -> Transaction:
    page = entry.row[0].page
    legible = page.confidence if page.source == "ocr" else 1.0
    confidence = {True: _AGREES, None: _UNCHECKED, False: _DIFFERS}[entry.agrees]
    return Transaction(
        date=entry.date,
        description=collapse_whitespace(" ".join(entry.texts))[:_LONGEST],
        paid_in=f"{entry.amount:f}" if entry.amount >= 0 else None,
        paid_out=f"{-entry.amount:f}" if entry.amount < 0 else None,
        balance=None if entry.balance is None else f"{entry.balance:f}",
        page=page.number,
        box=page.displayed(union_box(entry.row)),
        confidence=confidence * legible,
    )
