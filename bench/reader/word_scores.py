"""The share of words that are read from Word documents, compared with another tool."""

import html
import re
import statistics
from collections import Counter
from pathlib import Path
from typing import Any

from analysis import read
from bench.options import VERBOSE

AIM = 0.97
"""The share below which a file's differences are printed with `-v`."""


def count_words(text: str) -> Counter[str]:
    """How often each word occurs; comments and entities of HTML are no words."""
    text = html.unescape(re.sub(r"<!--.*?-->", " ", text))
    return Counter(re.findall(r"[^\W_]+", text.lower()))


class WordScores:
    """Recall and precision of words, as means over the documents."""

    def __init__(self) -> None:
        self.recalls: list[float] = []
        self.precisions: list[float] = []

    def add(self, wanted: Counter[str], got: Counter[str]) -> None:
        """Count one document."""
        shared = sum((wanted & got).values())
        self.recalls.append(shared / max(1, sum(wanted.values())))
        self.precisions.append(shared / max(1, sum(got.values())))

    def figures(self) -> dict[str, float]:
        """The means over the documents."""
        return {
            "recall": round(statistics.mean(self.recalls), 3),
            "precision": round(statistics.mean(self.precisions), 3),
        }


def docx(folder: Path) -> dict[str, Any]:
    """The shares of the documents in a folder, compared with the `.md` files beside them."""
    counted = WordScores()
    for file in sorted(folder.glob("*.docx")):
        wanted = count_words(file.with_suffix(".docx.md").read_text())
        reading = read(file.read_bytes(), file.name, "")
        got = count_words(" ".join(page.text for page in reading.pages))
        counted.add(wanted, got)
        if VERBOSE and min(counted.recalls[-1], counted.precisions[-1]) < AIM:
            print(file.name, wanted - got, got - wanted)
    return counted.figures()
