"""Measure how much longer a long scan takes than a dozen pages: a table, then a line of JSON.

    python bench/long_scan.py [PAGES]

Each part is read, one after the other and each by a fresh child process, as in separate Lambda
functions; the parallel duration is computed from that. The figures are processor time, which other
work on the machine hardly changes, and wall-clock time. They exclude the queue, the bucket and the
table: some tens of milliseconds a message.
"""

import heapq
import io
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from analysis import Limits, Result, join, outline, read
from analysis.formats.pdf import pdf_file
from analysis.sandbox import parent
from docket.domain.orders.document_parts import DocumentParts
from infra.settings import DEV

PAGES = 300
"""Pages of the long scan, unless the command line states another number."""
DOZENS = 5
"""How often the short scan is read, between parts of the long one."""
LINES = 45
"""Lines of text on a page."""
A4_AT_200_DPI = 2339
"""Pixels of the longer side of a page."""
MEGABYTE = 1024 * 1024
LIMITS = Limits(seconds=DEV.reader.timeout_seconds, memory_bytes=DEV.reading_memory_mb * MEGABYTE)
DOZEN = DEV.reader.pages_at_once
NEW_ACCOUNT = 10
"""Concurrent executions of Lambda in a new AWS account."""


def a_scan(pages: int) -> bytes:
    """Full A4 pages with different texts, black and white, as from an office scanner."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    for page in range(pages):
        for line in range(LINES):
            number = page * LINES + line
            text = f"Line {number}: of {number * 37} things on sheet {page}, in large print."
            canvas.drawString(60, 790 - 16 * line, text)
        canvas.showPage()
    canvas.save()
    scanned = io.BytesIO()
    with pdf_file.open_pdf(written.getvalue(), LIMITS) as document:
        drawn = (
            pdf_file.render_page(document, page, longest=A4_AT_200_DPI, limits=LIMITS)
            .convert("L")
            .point(lambda level: 255 * (level > 127), mode="1")  # noqa: PLR2004 - half
            for page in range(pages)
        )
        first: Image.Image = next(drawn)
        first.save(scanned, "PDF", resolution=200, save_all=True, append_images=drawn)
    return scanned.getvalue()


class Durations(NamedTuple):
    """Processor time and wall-clock time in seconds."""

    processor: float
    clock: float


def used() -> float:
    """Processor time in seconds, of this process and of child processes that have ended."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def timed[T](act: Callable[[], T]) -> tuple[Durations, T]:
    """With a child process that has loaded nothing yet."""
    parent.close()
    began, started = used(), time.perf_counter()
    done = act()
    clock = time.perf_counter() - started
    parent.close()
    return Durations(used() - began, clock), done


def reading_of(scan: bytes, pages: range | None = None) -> tuple[Durations, Result]:
    """How long the reading of a scan, or of some of its pages, takes, and its result."""
    return timed(lambda: read(scan, "scan.pdf", "application/pdf", limits=LIMITS, pages=pages))


def side_by_side(seconds: Sequence[float], at_once: int) -> float:
    """The time when the last part ends, with so many readers, in the order of the parts."""
    free = [0.0] * at_once
    for duration in seconds:
        heapq.heappush(free, heapq.heappop(free) + duration)
    return max(free)


def main() -> None:
    """Print the durations in seconds, then one line of JSON. Exits with 1 if a page is missing."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    dozen, long = a_scan(DOZEN), a_scan(pages)
    outlining, outlined = timed(lambda: outline(long, "scan.pdf", "application/pdf", limits=LIMITS))
    parts = DocumentParts.of(outlined.page_count, outlined.needs_ocr, most=DOZEN)
    if parts is None:
        sys.exit(f"{pages} pages are not split: more than {DOZEN} are needed")
    dozens, took, readings = [], [], []
    for number, part in enumerate(parts.ranges):
        # The dozen is read between the parts, so that other work affects both.
        if number % -(-len(parts.ranges) // DOZENS) == 0:
            dozens.append(reading_of(dozen)[0])
        seconds, reading = reading_of(long, part)
        took.append(seconds)
        # In the form in which they are stored.
        readings.append(json.loads(json.dumps(reading.to_dict())))
        print(f"part {number + 1} of {len(parts.ranges)}: {seconds.clock:.1f} s", file=sys.stderr)
    joining, whole = timed(
        lambda: join([Result.from_dict(item) for item in readings], limits=LIMITS)
    )
    if len(whole.pages) != pages or whole.unread:
        sys.exit(f"{len(whole.pages)} of {pages} pages were read")
    figures: dict[str, float] = {
        "pages": pages,
        "megabytes": round(len(long) / MEGABYTE, 1),
        "parts": len(took),
    }
    for which in Durations._fields:
        figures |= compared(
            getattr(outlining, which),
            [getattr(item, which) for item in took],
            getattr(joining, which),
            [getattr(item, which) for item in dozens],
            which,
        )
    for name, figure in figures.items():
        print(f"{name.replace('_', ' '):44}{figure:>8}")
    print(json.dumps(figures))


def compared(
    outlining: float, took: list[float], joining: float, dozens: list[float], which: str
) -> dict[str, float]:
    """The durations of a long scan, in seconds and in multiples of a dozen pages.

    `which` is the kind of time; the names of the figures begin with it.
    """
    dozen = statistics.median(dozens)
    at_once = outlining + side_by_side(took, len(took)) + joining
    ten = outlining + side_by_side(took, NEW_ACCOUNT) + joining
    figures = {
        "a_dozen": dozen,
        "outline": outlining,
        "part_median": statistics.median(took),
        "part_longest": max(took),
        "join": joining,
        "side_by_side": at_once,
        "side_by_side_in_dozens": at_once / dozen,
        f"{NEW_ACCOUNT}_at_once": ten,
        f"{NEW_ACCOUNT}_at_once_in_dozens": ten / dozen,
        "one_after_the_other": outlining + sum(took) + joining,
    }
    return {f"{which}_{name}": round(figure, 2) for name, figure in figures.items()}


if __name__ == "__main__":
    main()
