"""The receipts for training, as the reader's pages, with their ground truth.

DOCKET_CORPORA names the directory that contains `receipts`: photographs of Malaysian receipts with
company, date, address and total each (ICDAR 2019 SROIE from zzzDavid/ICDAR-2019-SROIE, MIT). OCR
results are cached in `.build/training`, because OCR takes minutes.
"""

import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from analysis import READER_VERSION, Result, read
from analysis.layout import lines
from analysis.layout.lines import TextLines

_ROOT = Path(__file__).resolve().parents[1]
CORPORA = Path(os.environ.get("DOCKET_CORPORA", _ROOT.parent / "shared" / "corpora"))
_KEPT = _ROOT / ".build" / "training" / READER_VERSION


@dataclass(frozen=True)
class Receipt:
    """One receipt: its rows as read, its ground truth, and its merchant."""

    name: str
    reading: Result
    rows: TextLines
    truth: dict[str, str]

    @property
    def merchant(self) -> str:
        return re.sub(r"[^A-Z]", "", self.truth.get("company", "").upper())[:10]


def all_receipts() -> list[Receipt]:
    found = []
    for stated in sorted((CORPORA / "receipts").glob("*.json")):
        reading = _read(stated.with_suffix(".jpg"))
        truth = json.loads(stated.read_text())
        found.append(Receipt(stated.stem, reading, lines.group_lines(reading.pages[0]), truth))
    return found


def folds(receipts: list[Receipt], count: int) -> list[tuple[list[Receipt], list[Receipt]]]:
    """Pairs of training and test receipts that share no merchant."""
    merchants = sorted({receipt.merchant for receipt in receipts})
    turn = {merchant: place % count for place, merchant in enumerate(merchants)}
    return [
        (
            [receipt for receipt in receipts if turn[receipt.merchant] != fold],
            [receipt for receipt in receipts if turn[receipt.merchant] == fold],
        )
        for fold in range(count)
    ]


def log(*values: object) -> None:
    sys.stdout.write(" ".join(map(str, values)) + "\n")


def _read(picture: Path) -> Result:
    cached = _KEPT / f"{picture.stem}.json"
    if cached.exists():
        return Result.from_dict(json.loads(cached.read_text()))
    reading = read(picture.read_bytes(), picture.name, "image/jpeg")
    cached.parent.mkdir(parents=True, exist_ok=True)
    cached.write_text(json.dumps(reading.to_dict()))
    return reading
