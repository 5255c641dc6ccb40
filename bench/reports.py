"""The processor time and memory of the reports of an order of 500 documents.

The results are those of the first e-invoices of the corpus as they are read, over and over: each
time with other ids, and with one image for each page. A format is rendered in a process of its
own, from the JSON that the bucket would have: loading and parsing count.
"""

import io
import json
import multiprocessing
import resource
import sys
import time
from pathlib import Path
from typing import Any

from PIL import Image

from analysis import read, report
from bench.options import LIMITS, corpora

DOCUMENTS = 500
"""Documents of the order."""
_FILES = 8
"""E-invoices whose results are repeated."""
_IMAGE = (1240, 1754)
"""The pixels of a page's image at 150 dpi."""
_FORMATS: tuple[report.Format, ...] = ("json", "csv", "xlsx", "pdf")


def results(corpus: Path) -> list[bytes]:
    """The result of each of the first files, as JSON."""
    invoices = sorted(corpus.rglob("*.pdf"))[:_FILES]
    return [
        json.dumps(
            read(invoice.read_bytes(), invoice.name, "application/pdf", limits=LIMITS).to_dict()
        ).encode()
        for invoice in invoices
    ]


def measure(form: report.Format, stored: list[bytes], count: int) -> dict[str, Any]:
    """The report of `count` documents."""
    image = io.BytesIO()
    Image.new("RGB", _IMAGE, "white").save(image, "WEBP")
    before, began = _peak_megabytes(), time.process_time()
    documents = [
        {
            **json.loads(stored[number % len(stored)]),
            "document_id": f"document-{number}",
            "filename": f"invoice-{number}.pdf",
            "warnings": [],
            "unread": [],
        }
        for number in range(count)
    ]
    loaded = time.process_time()
    rendered = report.render(
        form, {"title": "Bench"}, documents, page_image=lambda *_: image.getvalue()
    )
    return {
        "format": form,
        "megabytes": round(len(rendered) / 1e6, 1),
        "load_seconds": round(loaded - began, 1),
        "render_seconds": round(time.process_time() - loaded, 1),
        "peak_megabytes": round(_peak_megabytes()),
        "before_megabytes": round(before),
    }


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a row for each format of the report."""
    stored, count = results(corpora() / "einvoices"), DOCUMENTS
    kilobytes = sum(map(len, stored)) / len(stored) / 1e3
    sys.stdout.write(f"{count} documents, {kilobytes:.0f} KB of JSON each on average\n")
    context = multiprocessing.get_context("spawn")
    for form in _FORMATS:
        with context.Pool(1) as pool:
            sys.stdout.write(f"{pool.apply(measure, (form, stored, count))}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
