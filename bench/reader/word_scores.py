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


def count_words(text: str) -> Counter[str]:
    text = html.unescape(re.sub(r"<!--.*?-->", " ", text))
    return Counter(re.findall(r"[^\W_]+", text.lower()))


class WordScores:
    """Recall and precision of words, as means over the documents."""

    def __init__(self) -> None:
        self.recalls: list[float] = []
        self.precisions: list[float] = []

    def add(self, wanted: Counter[str], got: Counter[str]) -> None:
        shared = sum((wanted & got).values())
        self.recalls.append(shared / max(1, sum(wanted.values())))
        self.precisions.append(shared / max(1, sum(got.values())))

    def figures(self) -> dict[str, float]:
        return {
            "recall": round(statistics.mean(self.recalls), 3),
            "precision": round(statistics.mean(self.precisions), 3),
        }


def docx(folder: Path) -> dict[str, Any]:
    counted = WordScores()
    for file in sorted(folder.glob("*.docx")):
        wanted = count_words(file.with_suffix(".docx.md").read_text())
        reading = read(file.read_bytes(), file.name, "")
        got = count_words(" ".join(page.text for page in reading.pages))
        counted.add(wanted, got)
        if VERBOSE and min(counted.recalls[-1], counted.precisions[-1]) < AIM:
            print(file.name, wanted - got, got - wanted)
    return counted.figures()
