"""A summary whose every sentence is quoted from a page, and the phrases that say most."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from analysis import language
from analysis.reading import Page

_ENDS = re.compile(r"(?<=[.!?])\s+(?=[^\Wa-z_]|[\"“„'(])")
_SHORTEST, _LONGEST = 25, 400
_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = language.COMMON | frozenset(
    _WORD.findall(
        """have will been were their there into such other than then them they only also more most
        some what when upon under over between each both must dass einer einem einen oder sind wird
        werden auch nach über durch unter beim diese dieser dieses haben sich ihrer unser unsere
        leur plus may any all not has its our you was but can per one two non etc ltd gmbh inc"""
    )
)
_SENTENCES, _PHRASES = 3, 8
_LOOKED_AT_PAGES, _LOOKED_AT = 40, 60_000
_A_LINE = 8
_FAIR_TO_SHORT = 4
"""Added to the number of a sentence's words, so that very short ones do not win."""
_TWICE = 2


def summarise(pages: Sequence[Page]) -> tuple[tuple[dict[str, Any], ...], tuple[str, ...]]:
    """Up to three sentences as `{"text", "page"}` in reading order, and up to eight phrases."""
    words: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    sentences: list[tuple[int, int, str]] = []
    for page in pages[:_LOOKED_AT_PAGES]:
        text = " ".join(line.text for line in page.lines)[:_LOOKED_AT]
        sentences += [(page.number, place, one) for place, one in enumerate(_sentences(text))]
        for line in page.lines:
            told = [word.lower() for word in _WORD.findall(line.text)]
            words.update(word for word in told if word not in _COMMON)
            pairs.update(f"{a} {b}" for a, b in pairwise(told) if not {a, b} & _COMMON)

    def weight(one: tuple[int, int, str]) -> float:
        told = [word for word in _WORD.findall(one[2].lower()) if word not in _COMMON]
        return sum(words[word] for word in told) / (len(told) + _FAIR_TO_SHORT)

    best = sorted(sorted(sentences, key=weight, reverse=True)[:_SENTENCES])
    if not best and pages:
        lines = [line.text for line in pages[0].lines if len(line.text) > _A_LINE]
        best = [(pages[0].number, 0, text) for text in lines[:_SENTENCES]]
    quoted = tuple({"text": text, "page": page} for page, _, text in best)
    return quoted, _phrases(words, pairs)


def _sentences(text: str) -> Iterator[str]:
    for one in _ENDS.split(text):
        sentence = one.strip()
        if _SHORTEST <= len(sentence) <= _LONGEST and sentence[-1] in ".!?":
            yield sentence


def _phrases(words: Counter[str], pairs: Counter[str]) -> tuple[str, ...]:
    """Pairs of words said more than once, then the commonest words that are in none of them."""
    found = [pair for pair, count in pairs.most_common(_PHRASES // 2) if count >= _TWICE]
    within = {word for pair in found for word in pair.split()}
    found += [word for word, _ in words.most_common() if word not in within][
        : _PHRASES - len(found)
    ]
    return tuple(found)
