"""Measures how much longer a long scan takes than a dozen pages: a table, then one line of JSON.

    python bench/long_scan.py [PAGES]

Each part is really read, one after the other and each by a fresh child process, as in a Lambda of
its own; how long all take side by side is computed from that. What the queue, the bucket and the
table add is not in it: some tens of milliseconds a message.
"""

import heapq
import io
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence

from PIL import Image
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # it ships no types

from analysis import Limits, Reading, confine, join, outline, pdf, read
from docket.domain.document import Parts
from infra.settings import DEV

PAGES = 300
DOZENS = 5
LINES = 45
A4_AT_200_DPI = 2339
MEGABYTE = 1024 * 1024
LIMITS = Limits(seconds=DEV.reader.timeout_seconds, memory_bytes=DEV.reader.memory_mb * MEGABYTE)
A_DOZEN = DEV.reader.pages_at_once
NEW_ACCOUNT = 10
"""How many functions a new account of AWS may run at once."""


def a_scan(pages: int) -> bytes:
    """Full A4 pages, each of other text, as an office scanner sends them: black and white."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    for page in range(pages):
        for line in range(LINES):
            number = page * LINES + line
            text = f"Line {number}: of {number * 37} things on sheet {page}, clearly said."
            canvas.drawString(60, 790 - 16 * line, text)
        canvas.showPage()
    canvas.save()
    scanned = io.BytesIO()
    with pdf.opened(written.getvalue(), LIMITS) as document:
        drawn = (
            pdf.picture(document, page, longest=A4_AT_200_DPI, limits=LIMITS)
            .convert("L")
            .point(lambda level: 255 * (level > 127), mode="1")  # noqa: PLR2004 - half
            for page in range(pages)
        )
        first: Image.Image = next(drawn)
        first.save(scanned, "PDF", resolution=200, save_all=True, append_images=drawn)
    return scanned.getvalue()


def timed[T](act: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    done = act()
    return time.perf_counter() - started, done


def fresh(scan: bytes, pages: range | None = None) -> tuple[float, Reading]:
    """A reading by a process that has loaded nothing yet."""
    confine.close()
    return timed(lambda: read(scan, "scan.pdf", "application/pdf", limits=LIMITS, pages=pages))


def side_by_side(seconds: Sequence[float], at_once: int) -> float:
    """When the last part is done, if so many at most are read at once, in their order."""
    free = [0.0] * at_once
    for each in seconds:
        heapq.heappush(free, heapq.heappop(free) + each)
    return max(free)


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    dozen, long = a_scan(A_DOZEN), a_scan(pages)
    confine.close()
    outlining, outlined = timed(lambda: outline(long, "scan.pdf", "application/pdf", limits=LIMITS))
    parts = Parts.of(outlined.page_count, outlined.needs_ocr, most=A_DOZEN)
    if parts is None:
        sys.exit(f"{pages} pages are not divided: more than {A_DOZEN} are needed")
    dozens, took, readings = [], [], []
    for number, part in enumerate(parts.ranges):
        # The dozen is read now and then among the parts: what else the machine does meets both.
        if number % -(-len(parts.ranges) // DOZENS) == 0:
            dozens.append(fresh(dozen)[0])
        seconds, reading = fresh(long, part)
        took.append(seconds)
        # As they come out of the bucket.
        readings.append(json.loads(json.dumps(reading.to_dict())))
    joining, whole = timed(
        lambda: join([Reading.from_dict(each) for each in readings], limits=LIMITS)
    )
    if len(whole.pages) != pages or whole.unread:
        sys.exit(f"{len(whole.pages)} of {pages} pages were read")
    one = statistics.median(dozens)
    all_at_once = outlining + side_by_side(took, len(took)) + joining
    ten_at_once = outlining + side_by_side(took, NEW_ACCOUNT) + joining
    figures = {
        "pages": pages,
        "megabytes": round(len(long) / MEGABYTE, 1),
        "parts": len(took),
        "dozen_seconds": round(one, 1),
        "dozen_slowest_seconds": round(max(dozens), 1),
        "outline_seconds": round(outlining, 2),
        "part_median_seconds": round(statistics.median(took), 1),
        "part_slowest_seconds": round(max(took), 1),
        "join_seconds": round(joining, 2),
        "side_by_side_seconds": round(all_at_once, 1),
        "times_a_dozen": round(all_at_once / one, 2),
        f"{NEW_ACCOUNT}_at_once_seconds": round(ten_at_once, 1),
        f"{NEW_ACCOUNT}_at_once_times_a_dozen": round(ten_at_once / one, 2),
        "one_after_the_other_seconds": round(outlining + sum(took) + joining, 1),
    }
    for name, figure in figures.items():
        print(f"{name.replace('_', ' '):32}{figure:>8}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
