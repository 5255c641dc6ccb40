"""Results of the reader, for tests that do not read."""

from typing import Any

from analysis import READER_VERSION, Outline, Page, Result


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


def a_gross_fact(value: str = "119.00", minor: int = 11900) -> dict[str, Any]:
    """A fact of the first page, as the table and the reader's JSON have it."""
    return {
        "name": "gross",
        "value": value,
        "normalised": {"minor": minor, "currency": "eur"},
        "page": 0,
        "box": [0.1, 0.2, 0.3, 0.4],
        "confidence": 0.97,
        "source": "text",
    }


def a_line_item(description: str, amount: str, **fields: Any) -> dict[str, Any]:
    """A line item of the first page, as the table and the reader's JSON have it."""
    usual: dict[str, Any] = {
        "description": description,
        "quantity": None,
        "unit": None,
        "unit_price": None,
        "discount": None,
        "tax_rate": None,
        "amount": amount,
        "item_number": None,
        "date": None,
        "page": 0,
        "box": [0.1, 0.2, 0.9, 0.3],
        "confidence": 0.8,
    }
    return {**usual, **fields}


NOT_REVIEWED: dict[str, Any] = {
    "id": "3f1c5a7e9b2d4c60",
    "doubtful": False,
    "corrected": False,
    "reader_value": None,
    "review": None,
}
"""What a shown fact has beside what the reader found."""


class StubReader:
    """A reader of scans without OCR. It records the requested pages and fails where a test says."""

    def __init__(self, pages: int) -> None:
        self.requests: list[tuple[range, bool]] = []
        self.failures: dict[range, Exception] = {}
        self.pages = pages
        self.version = READER_VERSION

    def outline(self, *_: Any, **__: Any) -> Outline:
        return Outline(
            kind_of_file="pdf", page_count=self.pages, needs_ocr=tuple(range(self.pages))
        )

    def read(
        self, *_: Any, pages: range | None = None, skip_failed_pages: bool = False, **__: Any
    ) -> Result:
        pages = range(self.pages) if pages is None else pages
        self.requests.append((pages, skip_failed_pages))
        if pages in self.failures:
            raise self.failures[pages]
        return Result(
            reader_version=self.version,
            kind_of_file="pdf",
            page_count=self.pages,
            pages=tuple(
                Page(number=n, width=595, height=842, source="ocr", confidence=0.9) for n in pages
            ),
        )
