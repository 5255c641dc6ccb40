"""The limits of resources for reading one document."""

from dataclasses import dataclass
from typing import Literal

type SandboxMode = Literal["required", "best_effort"]
"""Whether a document is read if the system refuses the child's filter of system calls."""

MEGABYTE = 1024 * 1024
"""In bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits for one document. Seconds are wall-clock time; memory is the child process's.
    Those of a page last longer while a busy machine keeps the child from working (`page_time`).

    `pixels` limits an image as decoded; `inflated_bytes` a DOCX as unzipped; a document with more
    than `pages` is refused; a page with more than `lines` is cut. If the system refuses the
    sandbox, reading fails if it is `required`.
    """

    seconds: float = 600.0
    page_seconds: float = 60.0
    memory_bytes: int = 960 * MEGABYTE
    data_bytes: int = 25 * MEGABYTE
    pixels: int = 120_000_000
    inflated_bytes: int = 100 * MEGABYTE
    pages: int = 2_000
    lines: int = 4_000
    sandbox: SandboxMode = "best_effort"
