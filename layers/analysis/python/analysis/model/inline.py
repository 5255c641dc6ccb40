"""The short form of a result, which fits into an item of the table."""

from typing import Any

from analysis.errors import warning
from analysis.model.segment import first_entries

FACTS_INLINE = 400
"""Maximum number of facts, table rows and phrases of the inline form: far below 400 KB of JSON."""
TEXT_INLINE = 600
"""Maximum number of characters of one value in the inline form."""
_NOT_INLINE = ("lines", "barcodes", "grids", "form_fields", "areas", "perspective")
"""What only the whole form of a page has."""
_TABLES_INLINE = 20
"""Maximum number of tables of the inline form."""
_ROWS_INLINE = 50
"""Maximum number of rows of a table in the inline form."""
_COLUMNS_INLINE = 12
"""Maximum number of columns of a table in the inline form."""
_CELL_INLINE = 80
"""Maximum number of characters of a cell in the inline form."""
DESCRIPTION_INLINE = 200
"""Maximum number of characters of the description of a line item or transaction."""


def _without_content(page: dict[str, Any]) -> None:
    for name in _NOT_INLINE:
        del page[name]


def cut_to_inline(whole: dict[str, Any]) -> dict[str, Any]:
    """Cut the dict of a whole result, in place, and return it.

    Of several documents in a file, each keeps an equal part of the facts and items. If something
    was removed, `warnings` has an entry with the code `capped`.
    """
    for name in ("embedded", "embedded_items"):
        del whole[name]
    capped = False
    for page in whole["pages"]:
        _without_content(page)
    for name in (
        "facts",
        "tables",
        "line_items",
        "transactions",
        "parties",
        "key_phrases",
        "unread",
    ):
        allowed = _TABLES_INLINE if name == "tables" else FACTS_INLINE
        capped = capped or len(whole[name]) > allowed
        whole[name] = first_entries(whole, name, allowed)
    for table in whole["tables"]:
        capped = capped or len(table["rows"]) > _ROWS_INLINE
        table["rows"] = [
            [cell[:_CELL_INLINE] for cell in row[:_COLUMNS_INLINE]]
            for row in table["rows"][:_ROWS_INLINE]
        ]
        table["spans"] = [
            span for span in table["spans"]
            if span[0] < _ROWS_INLINE and span[1] < _COLUMNS_INLINE
        ]  # fmt: skip
    for fact in whole["facts"]:
        fact["value"] = fact["value"][:TEXT_INLINE]
        if isinstance(fact["normalised"], str):
            fact["normalised"] = fact["normalised"][:TEXT_INLINE]
    for item in (*whole["line_items"], *whole["transactions"]):
        item["description"] = item["description"][:DESCRIPTION_INLINE]
    if len(whole["pages"]) > FACTS_INLINE:
        capped = True
        whole["pages"] = whole["pages"][:FACTS_INLINE]
    if capped:
        whole["warnings"].append(warning("capped"))
    return whole
