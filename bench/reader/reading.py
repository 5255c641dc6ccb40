"""Measure the reader on public corpora: a table, then one line of JSON.

    python -m bench.reader.reading [PART…] [-v]

The documents are in the directory DOCKET_CORPORA, else in ../shared/corpora. Other tools read the
same files in the same run, in a separate environment.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterator
from typing import Any

from analysis.sandbox import parent
from bench.options import corpora
from bench.reader import contracts, earlier, facts, invoices, receipt_items
from bench.reader.composites import composites
from bench.reader.facts import Outcomes, calibration, einvoices, receipts
from bench.reader.hostile import hostile
from bench.reader.others.comparison import others
from bench.reader.reliability import Outcome, reliability
from bench.reader.speed import layers, speed
from bench.reader.word_scores import docx
from training import confidence


def table(result: dict[str, Any]) -> Iterator[str]:
    """The figures, one a row."""

    def rows(prefix: str, value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from rows(f"{prefix} {name}".strip(), inner)
        else:
            yield f"| {prefix:58} | {value!s:>12} |"

    yield f"| {'what':58} | {'figure':>12} |"
    yield f"|{'-' * 60}|{'-' * 13}:|"
    yield from rows("", result)


def measured_reliability() -> dict[str, Any]:
    """Of receipts with tables trained without their merchant, of unseen e-invoices, of our own."""
    generated = [*contracts.outcomes(), *invoices.outcomes()]
    strangers = [
        Outcome(item.name, stated, item.is_right, is_unseen=True)
        for item, stated in confidence.cross_validated(confidence.observations())
    ]
    items = [*receipt_items.outcomes(), *facts.item_outcomes(corpora() / "einvoices")]
    return reliability([*strangers, *generated, *items])


def main() -> None:
    """Measure the wanted parts, by default all. Exits with 1 without the corpora."""
    where = corpora()
    if not where.is_dir():
        sys.exit(
            f"There are no corpora at {where}: set DOCKET_CORPORA to the folder that holds them."
        )
    outcomes: Outcomes = []
    parts: dict[str, Callable[[], Any]] = {
        "speed": lambda: speed(where / "einvoices"),
        "earlier": earlier.compare,
        "layers": layers,
        "einvoices": lambda: einvoices(where / "einvoices", outcomes),
        "contracts_of_our_making": contracts.held_out,
        "invoices_of_our_making": invoices.held_out,
        "reliability": measured_reliability,
        "composites": lambda: composites(where),
        "docx": lambda: docx(where / "docx"),
        "receipts": lambda: receipts(where / "receipts", outcomes),
        "receipt_items": receipt_items.measure,
        "hostile": lambda: hostile(where / "hostile-pdf"),
        "others": lambda: others(where),
    }
    wanted = [name for name in sys.argv[1:] if name in parts] or list(parts)
    result: dict[str, Any] = {}
    for name in wanted:
        result[name] = parts[name]()
        if name == "hostile":
            parent.close()
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            result["peak_child_mb"] = peak
    if outcomes:
        result["calibration"] = calibration(outcomes)
    print("\n".join(table(result)))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
