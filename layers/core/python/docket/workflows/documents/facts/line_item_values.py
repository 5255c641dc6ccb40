"""Line items that a person typed, checked and normalised by the types of their columns."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from analysis.model.money import smallest_unit
from analysis.model.page_numbers import page_index
from analysis.model.segment import documents_of
from analysis.report.sheets.values import currency_of
from docket.domain.errors import BadInput, FieldProblem
from docket.domain.orders.correction import RowJson
from docket.schemas.corrections import LineItemRequest
from docket.workflows.documents.facts.reviewed_line_items import COLUMNS


def typed(
    items: Sequence[LineItemRequest],
    shown_rows: Mapping[str, RowJson],
    result: Mapping[str, Any],
    *,
    page_count: int,
) -> list[dict[str, Any]]:
    """The rows in the form of the reader, which corrected line items are stored in.

    `shown_rows` are those that may be corrected, by their ids, and keep their place; `result` has
    the facts that state the currency of each document in the file. Raises `BadInput`, in which a
    field is named as `items.0.amount`.
    """
    problems: list[FieldProblem] = []
    rows: list[dict[str, Any]] = []
    used: set[str] = set()
    for number, item in enumerate(items):
        read = shown_rows.get(item.id or "")
        found = list(_place_problems(item, read, used, result, page_count))
        if not found:
            row = _row(item, read, beside=rows[-1]["page"] if rows else None)
            amount = _amount(row, read, result)
            found = [] if amount else [FieldProblem("amount", "not_an_amount")]
            rows.append({**row, "amount": amount})
        problems += [
            FieldProblem(f"items.{number}.{problem.field}", problem.code, problem.params)
            for problem in found
        ]
        used.add(item.id or "")
    if problems:
        raise BadInput(*problems)
    return rows


def _place_problems(
    item: LineItemRequest,
    read: RowJson | None,
    used: set[str],
    result: Mapping[str, Any],
    page_count: int,
) -> Iterator[FieldProblem]:
    if item.id is not None and (read is None or item.id in used):
        yield FieldProblem("id", "unknown_row")
    elif read is None and item.page is None and result.get("segments"):
        yield FieldProblem("page", "required")
    elif read is None and item.page is not None and item.page > page_count:
        yield FieldProblem("page", "too_big", {"maximum": page_count})


def _row(item: LineItemRequest, read: RowJson | None, *, beside: int | None) -> dict[str, Any]:
    """The row. A new one without a page is on that of the row before, or on the first: another
    reading may find several documents in the file, and each row belongs to one of them.
    """
    cells = {name: getattr(item, name) for name in COLUMNS}
    if read is not None:
        return {"id": item.id, **cells, "page": read["page"], "box": read["box"],
                "confidence": None}  # fmt: skip
    page = (beside or 0) if item.page is None else page_index(item.page)
    return {"id": None, **cells, "page": page, "box": None, "confidence": None}


def _amount(row: RowJson, read: RowJson | None, result: Mapping[str, Any]) -> str | None:
    """The amount with all decimals of its currency; None if it has more of them.

    What the reader found is as it is.
    """
    if read is not None and row["amount"] == read["amount"]:
        return str(row["amount"])
    amount, unit = Decimal(row["amount"]), smallest_unit(_currency(row["page"], result))
    return f"{amount.quantize(unit):f}" if amount == amount.quantize(unit) else None


def _currency(page: int | None, result: Mapping[str, Any]) -> str | None:
    """The lower-case code of the currency of the document in the file that has the page."""
    for document in documents_of(result):
        first, last = document.get("first_page"), document.get("last_page")
        if first is None or last is None or (page is not None and first <= page <= last):
            code = currency_of(document)
            return code.lower() if code else None
    return None
