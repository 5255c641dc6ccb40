"""The report of an order: as JSON (complete), XLSX or CSV (tables) or PDF (to print).

A pure function of the order, its consolidated view, its documents' results and their page images.
Only the PDF loads reportlab, and only XLSX loads XlsxWriter.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from analysis.model.page_numbers import published
from analysis.report import csv, json
from analysis.report.entry_ids import with_ids
from analysis.report.phrases import Language

type Format = Literal["json", "csv", "xlsx", "pdf"]
type Document = Mapping[str, Any]
type PageImage = Callable[[str, int], bytes | None]

CONTENT_TYPES: Mapping[Format, str] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
"""The content type of each format, for the response that delivers it."""


def _no_page_image(document_id: str, page: int) -> bytes | None:
    del document_id, page
    return None


def render(
    form: Format,
    order: Mapping[str, Any],
    documents: Sequence[Document],
    *,
    consolidated: Mapping[str, Any] | None = None,
    page_image: PageImage = _no_page_image,
    language: Language = "en",
    table: csv.Table = "documents",
) -> bytes:
    """Render the report.

    The entries of `order` are its head: `title` is the headline, each other entry one line, in
    order. A document is a dict of `Result.to_dict()` or `facts_dict()`, with its `document_id` and
    `filename`; one that could not be read has its `unreadable` reason. `consolidated` is the result
    of `analysis.consolidate.consolidate`. `page_image(document_id, page)` returns the image (WebP,
    PNG or JPEG) of the page at an index, or None; only the PDF calls it, for one page at a time.
    The input counts pages from 0, the report counts them from 1. `language` sets the headings and
    the fixed text, and how dates and numbers are written; JSON does not depend on it. `table` is
    the one that a CSV has.
    """
    documents = [with_ids(document) for document in published(list(documents))]
    consolidated = published(dict(consolidated or {}))
    match form:
        case "json":
            return json.as_json(order, documents, consolidated)
        case "csv":
            return csv.as_csv(documents, language, table)
        case "xlsx":
            from analysis.report import xlsx  # noqa: PLC0415 - only XLSX needs XlsxWriter

            return xlsx.as_xlsx(order, documents, consolidated, language)
        case "pdf":
            from analysis.report import pdf  # noqa: PLC0415 - only the PDF needs reportlab

            return pdf.as_pdf(order, documents, consolidated, page_image, language)
