"""The receipts that the tables of weights are learnt from, as the reader's pages, with their truth.

DOCKET_CORPORA names the folder that holds `receipts`: photographs of Malaysian receipts with
company, date, address and total each (ICDAR 2019 SROIE by way of zzzDavid/ICDAR-2019-SROIE, MIT).
What OCR said of them is kept in `.build/training`, for it takes minutes.
"""

import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from analysis import READER_VERSION, Reading, read
from analysis.layout import lines
from analysis.layout.lines import Rows

_ROOT = Path(__file__).resolve().parents[1]
CORPORA = Path(os.environ.get("DOCKET_CORPORA", _ROOT.parent / "shared" / "corpora"))
_KEPT = _ROOT / ".build" / "training" / READER_VERSION


@dataclass(frozen=True)
class Receipt:
    """One receipt: its rows as read, what it states, and which merchant's it is."""

    name: str
    reading: Reading
    rows: Rows
    truth: dict[str, str]

    @property
    def merchant(self) -> str:
        return re.sub(r"[^A-Z]", "", self.truth.get("company", "").upper())[:10]


def all_of_them() -> list[Receipt]:
    found = []
    for stated in sorted((CORPORA / "receipts").glob("*.json")):
        reading = _read(stated.with_suffix(".jpg"))
        truth = json.loads(stated.read_text())
        found.append(Receipt(stated.stem, reading, lines.rows(reading.pages[0]), truth))
    return found


def folds(receipts: list[Receipt], count: int) -> list[tuple[list[Receipt], list[Receipt]]]:
    """Pairs of receipts to learn from and to measure on that share no merchant."""
    merchants = sorted({one.merchant for one in receipts})
    turn = {merchant: place % count for place, merchant in enumerate(merchants)}
    return [
        (
            [one for one in receipts if turn[one.merchant] != fold],
            [one for one in receipts if turn[one.merchant] == fold],
        )
        for fold in range(count)
    ]


def say(*told: object) -> None:
    sys.stdout.write(" ".join(map(str, told)) + "\n")


def _read(picture: Path) -> Reading:
    kept = _KEPT / f"{picture.stem}.json"
    if kept.exists():
        return Reading.from_dict(json.loads(kept.read_text()))
    reading = read(picture.read_bytes(), picture.name, "image/jpeg")
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(reading.to_dict()))
    return reading
