"""How much a document may cost before its reading is stopped."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may use. Seconds are of the clock, memory is the child process's.

    `pixels` counts one picture as it would be unpacked; `inflated_bytes` a DOCX as unzipped;
    `pages` above which a document is refused; `lines` above which a page is cut.
    """

    seconds: float = 600.0
    page_seconds: float = 60.0
    memory_bytes: int = 960 * MEGABYTE
    data_bytes: int = 25 * MEGABYTE
    pixels: int = 120_000_000
    inflated_bytes: int = 100 * MEGABYTE
    pages: int = 2_000
    lines: int = 4_000
