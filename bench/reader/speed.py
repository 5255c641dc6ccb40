"""Time per page, cold start, and the size of the layers."""

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from analysis import read
from analysis.formats.pdf import pdf_file, text_layer
from bench.options import LIMITS, ROOT


def speed(folder: Path) -> dict[str, float]:
    """Times of text with boxes, of pypdfium2's bare text, of a clean scan, and of a cold start."""
    bare: list[float] = []
    boxed: list[float] = []
    for file in sorted(folder.glob("*.pdf")):
        with pdf_file.open_pdf(file.read_bytes(), LIMITS) as document:
            for number in range(len(document)):
                bare.append(timed(partial(bare_text, document, number)))
                boxed.append(timed(partial(text_layer.of_page, document, number, LIMITS)))
    scan = a_clean_scan()
    read(scan, "scan.pdf", "application/pdf")
    clean = [timed(lambda: read(scan, "scan.pdf", "application/pdf")) for _ in range(5)]
    imported = [run_python("import analysis") - run_python("") for _ in range(5)]
    return {
        "pypdfium2_ms_a_page": round(1000 * statistics.mean(bare), 2),
        "reader_ms_a_page": round(1000 * statistics.mean(boxed), 2),
        "clean_scan_seconds": round(statistics.median(clean), 2),
        "cold_import_seconds": round(statistics.median(imported), 3),
    }


def bare_text(document: Any, number: int) -> str:
    """The text of a page by PDFium alone, for comparison."""
    page = document[number]
    text: str = page.get_textpage().get_text_range()
    page.close()
    return text


def timed(act: Callable[[], object]) -> float:
    """Seconds by the clock."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def run_python(code: str) -> float:
    """Seconds that a fresh interpreter takes for some code.

    Raises `subprocess.CalledProcessError` if it fails.
    """
    return timed(lambda: subprocess.run([sys.executable, "-c", code], check=True))


def a_clean_scan() -> bytes:
    """A full A4 page of text as an image of 200 dpi, in a PDF without a text layer."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    for number, line in enumerate(clean_scan_lines()):
        canvas.drawString(60, 790 - 16 * number, line)
    canvas.showPage()
    canvas.save()
    return scanned(written.getvalue())


def clean_scan_lines() -> list[str]:
    """The text of the clean scan."""
    return [f"Line {line}: of {line * 37} things, in large print." for line in range(45)]


def scanned(data: bytes, format_: str = "PDF") -> bytes:
    """The first page of a PDF as a grey image of 200 dpi, without text, in a PDF or as it is."""
    with pdf_file.open_pdf(data, LIMITS) as document:
        page: Image.Image = pdf_file.render_page(document, 0, longest=2339, limits=LIMITS)
    written = io.BytesIO()
    page.convert("L").save(written, format_, resolution=200)
    return written.getvalue()


def layers() -> dict[str, float]:
    """Megabytes of each layer of the reading function, unzipped, and their sum."""
    built = subprocess.run(
        [sys.executable, "-m", "infra.layers.build"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    folders = [ROOT / line.split()[0] for line in built.stdout.splitlines()]
    megabytes = {
        folder.parent.name: sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
        for folder in folders
    }
    megabytes["all"] = sum(megabytes.values())
    return {f"{name}_mb": round(size, 1) for name, size in megabytes.items()}
