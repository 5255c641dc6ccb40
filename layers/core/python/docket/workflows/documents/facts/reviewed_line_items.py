"""The line items of a result with their ids, as the reader found them or as corrected.

`result` is here in the form of `Result.to_dict()` or of its short form; pages count from 0.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.model.inline import DESCRIPTION_INLINE, FACTS_INLINE
from analysis.model.page_numbers import published
from analysis.report.entry_ids import identified
from docket.domain.orders.correction import CorrectedLineItems, RowJson

type Json = dict[str, Any]
type Result = Mapping[str, Any]

COLUMNS = (
    "description", "quantity", "unit", "unit_price", "discount", "tax_rate", "amount",
    "item_number", "date",
)  # fmt: skip
"""What a row states. Its place and the reader's confidence are no part of that."""

TOO_MANY = FACTS_INLINE
"""The short form of a result may lack some of so many rows, and what is not shown is not corrected.
"""


def reader_rows(result: Result) -> list[Json]:
    """The rows that the reader found, with their ids, which are those in reports."""
    rows: Sequence[RowJson] = result.get("line_items", ())
    ids = [row["id"] for row in identified("line_items", published(rows))]
    return [{"id": id_, **row} for id_, row in zip(ids, rows, strict=True)]


def reviewed(result: Result, correction: CorrectedLineItems | None) -> Json:
    """What the customer sees of the line items of a result; empty if it never has any.

    - `line_items`, each with its `id`, and whether it was `corrected`
    - `reader_line_items` what the reader found, if they were corrected, and the `line_items_review`
    - `line_items_complete` whether they can be corrected: all of them are shown
    """
    if correction is None and "line_items" not in result:
        return {}
    read = reader_rows(result)
    if correction is None:
        return {
            "line_items": [{**row, "corrected": False} for row in read],
            "reader_line_items": None,
            "line_items_review": None,
            "line_items_complete": len(read) < TOO_MANY,
        }
    by_id = {row["id"]: row for row in read}
    review = {
        "at": correction.at.isoformat(timespec="milliseconds"),
        "by": correction.user_id,
    }
    return {
        "line_items": [_corrected(row, by_id.get(row["id"])) for row in correction.rows],
        "reader_line_items": [{**row, "corrected": False} for row in read],
        "line_items_review": review,
        "line_items_complete": True,
    }


def _corrected(row: RowJson, read: RowJson | None) -> Json:
    """A row of the customer. What was left as it was has the reader's confidence and whole text."""
    if read is None:
        return {**row, "corrected": True}
    cells = {name: row[name] for name in COLUMNS}
    if read["description"].startswith(row["description"]) and _is_cut(row):
        cells["description"] = read["description"]
    if all(cells[name] == read.get(name) for name in COLUMNS):
        return {**read, "corrected": False}
    return {**row, **cells, "corrected": True}


def _is_cut(row: RowJson) -> bool:
    """Whether the short form of a result may have had the beginning of its description only."""
    return len(row["description"]) >= DESCRIPTION_INLINE
