"""What is known of a document before it is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A document before it is read: what it is, how long, and which pages need OCR (from 0)."""

    kind_of_file: str
    page_count: int
    needs_ocr: tuple[int, ...]
