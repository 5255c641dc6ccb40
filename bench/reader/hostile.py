"""The outcome for damaged and hostile files."""

import time
from collections import Counter
from pathlib import Path
from typing import Any

from analysis import Unreadable, read
from bench.options import LIMITS


def hostile(folder: Path) -> dict[str, Any]:
    """Every file must result in a reading or a reason, within its time and memory."""
    results: Counter[str] = Counter()
    slowest, slowest_file = 0.0, ""
    for file in sorted(folder.glob("*.pdf")):
        started = time.perf_counter()
        try:
            reading = read(file.read_bytes(), file.name, "application/pdf", limits=LIMITS)
            results["partial" if reading.partial else "read"] += 1
        except Unreadable as failed:
            results[failed.code] += 1
        took = time.perf_counter() - started
        if took > slowest:
            slowest, slowest_file = took, file.name
    return {"outcomes": dict(results), "slowest": round(slowest, 1), "slowest_file": slowest_file}
