"""A summary of sentences quoted from the pages, and the key phrases."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from analysis.extract.catalogue import quoted_names
from analysis.layout import language, paragraphs
from analysis.layout.lines import TextLines, text_of
from analysis.model import Fact, Page

_SHORTEST = 25
"""Fewest characters of a quoted sentence."""
_LONGEST = 400
"""Most characters of a quoted sentence or row."""
_FEWEST_WORDS = 4
"""Fewest words of a quoted sentence."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = language.COMMON | frozenset(
    _WORD.findall(
        """have will been were their there into such other than then them they only also more most
        some what when upon under over between each both must dass einer einem einen oder sind wird
        werden auch nach über durch unter beim diese dieser dieses haben sich ihrer unser unsere
        leur plus may any all not has its our you was but can per one two non etc ltd gmbh inc"""
    )
)
_POLITE = re.compile(
    r"^(?:thank you|vielen dank|merci|gracias|mit freundlichen|yours |kind regards|"
    r"nous vous prions d|veuillez agréer|powered by)",
    re.IGNORECASE,
)
_SENTENCES = 3
"""Most quotations."""
_PHRASES = 8
"""Most key phrases; at most half of them are pairs of words."""
_LOOKED_AT_PAGES = 40
"""First pages that are summarised, at a limited cost of time."""
_LOOKED_AT = 60_000
"""First characters of a passage that are divided into sentences."""
_A_LINE = 8
"""Number of characters that a line exceeds to be quoted for want of sentences."""
_FAIR_TO_SHORT = 4
"""Added to a sentence's number of words, so that very short sentences do not rank first."""
_EARLY = 4
"""Number of first sentences with a bonus: they state the subject more often than the last."""
_EARLIER = 1.25
"""The bonus, as a factor of the score."""
_TWICE = 2
"""Sentences below which rows are quoted instead; occurrences of a pair of words."""
_QUOTED_NAMES = quoted_names()
"""The rows that are quoted of a document without prose: one of each group, in this order."""
_SURE = 0.3
"""The confidence from which the row of a fact is quoted."""

type _Quoted = tuple[dict[str, Any], ...]


def summarise(
    pages: Sequence[Page], rows: Sequence[TextLines], facts: Sequence[Fact]
) -> tuple[_Quoted, tuple[str, ...]]:
    """Up to three quotations as `{"text", "page"}` in reading order, and up to eight phrases.

    Of prose the sentences with the highest score; of an invoice or a receipt the rows of its main
    facts.
    """
    word_counts: Counter[str] = Counter()
    bigrams: Counter[str] = Counter()
    sentences: list[tuple[int, int, str]] = []
    for page, of_page in list(zip(pages, rows, strict=True))[:_LOOKED_AT_PAGES]:
        page_sentences = _sentences(of_page)
        sentences += [(page.number, place, text) for place, text in enumerate(page_sentences)]
        for line in page.lines:
            line_words = [word.lower() for word in _WORD.findall(line.text)]
            word_counts.update(word for word in line_words if word not in _COMMON)
            bigrams.update(f"{a} {b}" for a, b in pairwise(line_words) if not {a, b} & _COMMON)

    def weight(place: int) -> float:
        content_words = [w for w in _WORD.findall(sentences[place][2].lower()) if w not in _COMMON]
        about = sum(word_counts[word] for word in content_words) / (
            len(content_words) + _FAIR_TO_SHORT
        )
        return about * (_EARLIER if place < _EARLY else 1.0)

    ranked = sorted(range(len(sentences)), key=weight, reverse=True)[:_SENTENCES]
    quoted = [(number, text) for number, _, text in sorted(sentences[place] for place in ranked)]
    if len(quoted) < _TWICE:
        quoted = _rows_of(facts, rows) or quoted
    if not quoted and pages:
        lines = [line.text for line in pages[0].lines if len(line.text) > _A_LINE]
        quoted = [(pages[0].number, text) for text in lines[:_SENTENCES]]
    summary = tuple({"text": text, "page": number} for number, text in quoted)
    return summary, _phrases(word_counts, bigrams)


def _sentences(page: TextLines) -> list[str]:
    return [
        text
        for passage in paragraphs.passages(page)
        for text in paragraphs.sentences(passage.text[:_LOOKED_AT])
        if _SHORTEST <= len(text) <= _LONGEST
        and text.rstrip('"”“»)')[-1:] in {".", "!", "?"}
        and len(_WORD.findall(text)) >= _FEWEST_WORDS
        and not _POLITE.match(text)
    ]


def _rows_of(facts: Sequence[Fact], rows: Sequence[TextLines]) -> list[tuple[int, str]]:
    """The rows of the main facts, from the first page to the last."""
    selected: dict[tuple[int, int], str] = {}
    for names in _QUOTED_NAMES:
        best = {fact.name: fact for fact in reversed(facts) if fact.confidence >= _SURE}
        fact = next((best[name] for name in names if name in best), None)
        for place, page in enumerate(rows) if fact else ():
            if fact and page and page[0][0].page.number == fact.page:
                selected.update(_row_at(place, page, fact))
    return [(rows[page][0][0].page.number, text) for (page, _), text in sorted(selected.items())]


def _row_at(place: int, page: TextLines, fact: Fact) -> Iterator[tuple[tuple[int, int], str]]:
    if fact.box is None:
        return
    middle = page[0][0].page.upright(fact.box).center_y
    for number, row in enumerate(page):
        if any(span.box.contains(y=middle) for span in row):
            yield (place, number), text_of(row)[:_LONGEST]
            return


def _phrases(word_counts: Counter[str], bigrams: Counter[str]) -> tuple[str, ...]:
    """Pairs of words that occur twice or more, then the most frequent words not in any pair."""
    selected = [pair for pair, count in bigrams.most_common(_PHRASES // 2) if count >= _TWICE]
    within = {word for pair in selected for word in pair.split()}
    selected += [word for word, _ in word_counts.most_common() if word not in within][
        : _PHRASES - len(selected)
    ]
    return tuple(selected)
