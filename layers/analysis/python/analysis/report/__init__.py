"""The whole result of an order, to keep: as JSON (complete), CSV (a fact a row) or PDF (to print).

Pure: an order's own words, its consolidated view, its documents' readings and the pictures of
their pages go in, bytes come out. Nothing is fetched, and nothing but the PDF loads reportlab.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from analysis.model.page_numbers import published
from analysis.report import csv, json

type Format = Literal["json", "csv", "pdf"]
type Language = Literal["en", "de"]
type Document = Mapping[str, Any]
type PageImage = Callable[[str, int], bytes | None]

CONTENT_TYPES: Mapping[Format, str] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


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
) -> bytes:
    """The report.

    `order` is whatever should stand at its head: `title` is its headline, each other entry one line
    of it, in order. A document is a dict as `Result.to_dict()` or `facts_dict()` gives, with its
    `document_id` and `filename`; one that could not be read has its `unreadable` reason.
    `consolidated` is the result of `analysis.consolidate.consolidate`. `picture(document_id, page)`
    gives the picture (WebP, PNG or JPEG) of the page at an index, or None; only the PDF asks for
    any, one at a time. What goes in counts pages from 0, and the report counts them from 1.
    `language` decides how the CSV separates its columns and writes its numbers.
    """
    documents = published(list(documents))
    consolidated = published(dict(consolidated or {}))
    match form:
        case "json":
            return json.as_json(order, documents, consolidated)
        case "csv":
            return csv.as_csv(documents, language)
        case "pdf":
            from analysis.report import pdf  # noqa: PLC0415 - reportlab is for this alone

            return pdf.as_pdf(order, documents, consolidated, page_image)
