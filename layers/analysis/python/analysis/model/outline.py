"""The outline of a document, which is found without reading it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A document's type, its number of pages, and the pages that need OCR (from 0)."""

    kind_of_file: str
    page_count: int
    needs_ocr: tuple[int, ...]
