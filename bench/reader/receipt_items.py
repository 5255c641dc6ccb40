"""The line items of receipts: compared with `receipt_items.txt`, and with the sums they print.

The corpus has no ground truth for items, so a sample was read by a person. Of all receipts it is
counted how often the items add up: to the total of the ground truth, or to another printed sum, or
with a printed tax to the total.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from analysis import LineItem, Result
from analysis.extract import pipeline, values
from analysis.layout.lines import text_of
from bench.options import VERBOSE
from bench.reader.item_scores import ItemScore
from bench.reader.reliability import Outcome
from bench.reader.unseen import unseen
from training.receipts import Receipt, all_receipts

_LABELS = Path(__file__).with_name("receipt_items.txt")
_ROUNDED = Decimal("0.05")
_SUM = re.compile(r"total|totai|qty|quantity|excl|amount|rm\b", re.IGNORECASE)
"""A row with a sum of the items; a receipt may print it only as that of their amounts."""
_TAX = re.compile(r"gst|sst|tax", re.IGNORECASE)


def labelled() -> dict[str, list[LineItem]]:
    """The items of each labelled receipt, by `corpus/name`."""
    found: dict[str, list[LineItem]] = {}
    name = ""
    for line in _LABELS.read_text().splitlines():
        if line.startswith("receipts/"):
            name = line
            found[name] = []
        elif line and not line.startswith("#"):
            quantity, amount, description = line.split(" ", 2)
            found[name].append(
                LineItem(
                    description=description, quantity=None if quantity == "-" else quantity,
                    unit_price=None, amount=amount, page=None, box=None,
                )
            )  # fmt: skip
    return found


def extracted(receipt: Receipt) -> Result:
    """What the present rules find on the receipt's pages, whose OCR may be of an earlier run."""
    return pipeline.extract(
        kind_of_file=receipt.reading.kind_of_file, page_count=1, pages=receipt.reading.pages,
        lost={}, embedded=((), ()), warnings=(),
    )  # fmt: skip


def measure() -> dict[str, Any]:
    """Of seen and unseen receipts: the scores of the sample, and how many of all add up."""
    truth, held_back = labelled(), unseen()
    scores = {"seen": ItemScore(), "unseen": ItemScore()}
    sums: dict[str, dict[str, int]] = {
        part: {"receipts": 0, "with_items": 0, "add_up_to_total": 0, "add_up_to_a_sum": 0}
        for part in scores
    }
    for receipt in all_receipts():
        name = f"receipts/{receipt.name}"
        part = "unseen" if name in held_back else "seen"
        items = extracted(receipt).line_items
        if name in truth:
            outcome = scores[part].add(truth[name], items)
            if VERBOSE and outcome and part == "seen":
                print(name, outcome)
        counts, total = sums[part], sum(Decimal(item.amount) for item in items)
        wanted = values.parse_number(re.sub(r"[^\d.,]", "", receipt.truth.get("total", "")))
        equals_total = wanted is not None and abs(total - wanted) <= _ROUNDED
        equals_sum = any(abs(total - amount) <= _ROUNDED for amount in _printed(_SUM, receipt))
        equals_sum = equals_sum or any(
            wanted is not None and abs(total + tax - wanted) <= _ROUNDED
            for tax in _printed(_TAX, receipt)
        )
        counts["receipts"] += 1
        counts["with_items"] += bool(items)
        counts["add_up_to_total"] += bool(items) and equals_total
        counts["add_up_to_a_sum"] += bool(items) and (equals_total or equals_sum)
        if VERBOSE and part == "seen" and not (items and (equals_total or equals_sum)):
            print(name, "adds up to", total, "not", wanted)
    return {
        "labelled": {part: score.shares() for part, score in scores.items()},
        "all": sums,
    }


def outcomes() -> Iterator[Outcome]:
    """Each item that is found in a labelled receipt of `bench.reader.unseen`."""
    truth, held_back, score = labelled(), unseen(), ItemScore()
    for receipt in all_receipts():
        name = f"receipts/{receipt.name}"
        if name in truth and name in held_back:
            score.add(truth[name], extracted(receipt).line_items)
    for confidence, is_right in score.outcomes:
        yield Outcome("line_item", confidence, is_right, is_unseen=True)


def _printed(label: re.Pattern[str], receipt: Receipt) -> Iterator[Decimal]:
    """The exact amounts at the end of rows with such a label."""
    for row in receipt.rows:
        if label.search(text_of(row)):
            exact = [found for found in values.amounts(row[-1].text) if found.exact]
            yield from (found.number for found in exact)
