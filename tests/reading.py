"""Results of the reader, for tests that do not read."""

from typing import Any

from analysis import READER_VERSION, Page, Result


def a_page(number: int = 0) -> Page:
    return Page(number=number, width=595, height=842, source="text", confidence=1.0)


def a_result(**fields: Any) -> Result:
    """An invoice of two pages."""
    usual: dict[str, Any] = {
        "reader_version": READER_VERSION,
        "kind_of_file": "pdf",
        "page_count": 2,
        "pages": (a_page(0), a_page(1)),
        "kind": "invoice",
    }
    return Result(**{**usual, **fields})
