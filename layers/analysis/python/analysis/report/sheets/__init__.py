"""The tables of a report with typed cells: what XLSX has as worksheets, and CSV as one file each.

sheet         a table, its cells
parts         the documents of the order's files
values        from a result's text to dates, numbers and money
documents, entries, tax_by_rate, problems
              the tables
headings      their titles and headings in each language
"""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.report.phrases import Language
from analysis.report.sheets.documents import documents_sheet
from analysis.report.sheets.entries import (
    facts_sheet,
    line_items_sheet,
    tables_sheet,
    transactions_sheet,
)
from analysis.report.sheets.problems import problems_sheet
from analysis.report.sheets.sheet import Sheet
from analysis.report.sheets.tax_by_rate import tax_by_rate_sheet

__all__ = [
    "Sheet",
    "all_sheets",
    "documents_sheet",
    "facts_sheet",
    "line_items_sheet",
    "transactions_sheet",
]


def all_sheets(
    documents: Sequence[Mapping[str, Any]], consolidated: Mapping[str, Any], language: Language
) -> list[Sheet]:
    """The tables in the order of the worksheets. Transactions have one if there are any."""
    transactions = transactions_sheet(documents, language)
    return [
        documents_sheet(documents, language),
        line_items_sheet(documents, language),
        tax_by_rate_sheet(documents, language),
        *([transactions] if transactions.rows else []),
        facts_sheet(documents, language),
        tables_sheet(documents, language),
        problems_sheet(documents, consolidated, language),
    ]
