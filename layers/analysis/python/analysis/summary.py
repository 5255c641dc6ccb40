"""A summary whose every sentence is quoted from a page, and the phrases that say most."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from analysis.reading import Page

_SENTENCE = re.compile(r"[^.!?]{25,400}[.!?](?=\s|$)")
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    [
        "this",
        "that",
        "with",
        "from",
        "have",
        "will",
        "shall",
        "your",
        "been",
        "were",
        "which",
        "their",
        "there",
        "into",
        "such",
        "other",
        "than",
        "then",
        "them",
        "they",
        "only",
        "also",
        "more",
        "most",
        "some",
        "what",
        "when",
        "upon",
        "under",
        "over",
        "between",
        "each",
        "both",
        "must",
        "dass",
        "eine",
        "einer",
        "einem",
        "einen",
        "nicht",
        "oder",
        "sind",
        "wird",
        "werden",
        "auch",
        "nach",
        "über",
        "durch",
        "unter",
        "beim",
        "diese",
        "dieser",
        "dieses",
        "haben",
        "sich",
        "ihre",
        "ihrer",
        "unser",
        "unsere",
        "pour",
        "dans",
        "avec",
        "vous",
        "nous",
        "leur",
        "plus",
    ]
)
_SENTENCES, _PHRASES = 3, 8
_LOOKED_AT = 40


def summarise(
    pages: Sequence[Page], language: str | None
) -> tuple[tuple[dict[str, Any], ...], tuple[str, ...]]:
    """Up to three sentences as `{"text", "page"}` in reading order, and up to eight phrases."""
    counts: Counter[str] = Counter()
    sentences: list[tuple[int, int, str]] = []
    for page in pages[:_LOOKED_AT]:
        text = " ".join(line.text for line in page.lines)[:60_000]
        counts.update(w for w in _WORD.findall(text.lower()) if w not in _COMMON)
        sentences += [(page.number, m.start(), m.group().strip()) for m in _SENTENCE.finditer(text)]

    def weight(one: tuple[int, int, str]) -> float:
        words = [word for word in _WORD.findall(one[2].lower()) if word not in _COMMON]
        return sum(counts[word] for word in words) / (len(words) + 4) if words else 0.0

    best = sorted(sorted(sentences, key=weight, reverse=True)[:_SENTENCES])
    if not best and pages:
        lines = [line.text for line in pages[0].lines if len(line.text) > 8]  # noqa: PLR2004 - more than a number
        best = [(pages[0].number, 0, text) for text in lines[:_SENTENCES]]
    quoted = tuple({"text": text, "page": page} for page, _, text in best)
    return quoted, tuple(word for word, _ in counts.most_common(_PHRASES))
