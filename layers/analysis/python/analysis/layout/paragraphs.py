"""Passages: text that continues from line to line, unlike headings, addresses and tables.

A line continues in the next one if the next word did not fit: the line is as long as its column is
wide. A short line ends its paragraph, heading or address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.layout.lines import TextLines, TextSpan

_BEGINS_ANEW = re.compile(
    r"^\s*(?:(?:[-\u2013\u2022*§☐]|(?!\(\d{1,2}\)\s(?:calendar|business|days?|weeks?|months?|years?)\b)"
    r"\(?\d{1,2}[.)](?!\d)|\(?[a-z][.)])\s|"
    r"(?:Article|ARTICLE|Artikel|Artículo|Articolo|Section|SECTION|Clause|Art\.)\s\d|"
    r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[A-ZÄÖÜÉ\"\u201e\u201c«])"
)
_COUNTED = re.compile(r"^\(\d{1,3}\)\s")
"""The figure of a number in words, as in `thirty (30) days`."""
_SAME_EDGE = 0.012
"""The share of the page's width within which left edges are the same."""
_INDENT = 0.06
"""The share of the page's width by which a first line may be set in or out."""
_LIKE_HIGH = 1.2
"""The ratio of heights above which lines are of different fonts."""
_LINE_GAP = 1.3
"""Heights of a line above which a gap ends a passage."""
_WIDER = 1.2
"""How much wider than the mean a word may be when testing whether it fitted into the line."""
_LONG_ENOUGH = 20
"""Number of characters that a line of running text exceeds."""
_RAGGED = 0.12
"""The share of a column's width that a full line may leave empty."""
_NARROWEST = 0.28
"""As a share of the page's width: columns of a table are narrower than prose."""
_CLOSERS = ".:;!?,"


@dataclass(slots=True)
class Passage:
    """The spans in order, and the start of each in the text."""

    spans: list[TextSpan] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    text: str = ""

    def add(self, span: TextSpan) -> None:
        """Append a line; `starts` has the place of its first character in the text."""
        self.text += " " if self.spans else ""
        self.starts.append(len(self.text))
        self.spans.append(span)
        self.text += span.text

    def place(self, start: int, end: int) -> tuple[TextSpan, tuple[int, int]]:
        """The span in which a stretch of the text begins, and the part of it in that span."""
        at = max(n for n, first_character in enumerate(self.starts) if first_character <= start)
        span, first = self.spans[at], self.starts[at]
        return span, (start - first, min(end - first, len(span.text)))


def passages(page: TextLines) -> list[Passage]:
    """All text of a page as passages, in the order in which they begin."""
    edges = _Edges(page)
    result: list[Passage] = []
    unfinished: list[Passage] = []
    for row in page:
        continued: list[Passage] = []
        for span in row:
            before = next(
                (passage for passage in unfinished if _runs_on(passage, span, edges)), None
            )
            if before is None:
                before = Passage()
                result.append(before)
            else:
                unfinished.remove(before)
            before.add(span)
            continued.append(before)
        unfinished = continued
    return result


class _Edges:
    """The right edge of lines that begin at about the same left edge."""

    def __init__(self, page: TextLines) -> None:
        self._furthest: dict[int, float] = {}
        for span in (span for row in page for span in row):
            if len(span.text) > _LONG_ENOUGH:
                stripe = int(span.box.left / _INDENT)
                self._furthest[stripe] = max(self._furthest.get(stripe, 0.0), span.box.right)

    def of(self, left: float, default: float) -> float:
        """The right edge of the column that begins near `left`; `default` without long lines."""
        stripe = int(left / _INDENT)
        near = (self._furthest.get(index, 0.0) for index in (stripe - 1, stripe, stripe + 1))
        return max(near, default=0.0) or default


def _runs_on(passage: Passage, below: TextSpan, edges: _Edges) -> bool:
    last = passage.spans[-1]
    first = passage.spans[0]
    high, other = last.box.height, below.box.height
    if max(high, other) > _LIKE_HIGH * min(high, other) or _BEGINS_ANEW.match(below.text):
        return False
    if below.box.top - last.box.bottom > _LINE_GAP * high:
        return False
    left = below.box.left
    hanging = left - first.box.left
    if abs(left - last.box.left) > _SAME_EDGE and not (
        len(passage.spans) == 1 and -_INDENT <= hanging <= _INDENT
    ):
        return False
    edge = edges.of(left, last.box.right)
    if edge - left < _NARROWEST:
        return False
    mid_sentence = _COUNTED.sub("", below.text)[:1].islower() and last.text[-1:] not in _CLOSERS
    if mid_sentence and len(last.text) > _LONG_ENOUGH:
        return True
    full = last.box.right > edge - _RAGGED * (edge - left) and len(last.text) > _LONG_ENOUGH
    open_end = full and last.text[-1:] not in _CLOSERS and not last.text.isupper()
    return open_end or last.box.right + _next_word(below) > edge


def _next_word(below: TextSpan) -> float:
    """The width of the first word below, if it had been in the line above."""
    width = (below.box.width) / max(1, len(below.text))
    word = below.text.split(maxsplit=1)[0] if below.text.strip() else ""
    return _WIDER * width * (len(word) + 1)


_ENDS = re.compile(r"(?<=[.!?])[\"”“»]?\s+(?=[^\Wa-z_]|[\"“„'«(])")
_NO_END = re.compile(
    r"(?:\b\d{1,2}|\b[^\W\d_]|\b(?:nr|no|art|abs|bzw|ca|inkl|zzgl|vgl|usw|evtl|ggf|tel|str|dr|prof|"
    r"mr|mrs|ms|mme|mlle|sr|sra|dña|st|vs|co|inc|ltd|corp|approx|dept|fig|ref|exp|av|núm|num|"
    r"i\.e|e\.g|z\.\s?b|u\.\s?a|d\.\s?h))\.$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 12
"""Characters before a mark that are searched for an abbreviation."""


def sentences(text: str) -> Iterator[str]:
    """The sentences of a passage; ordinals and abbreviations do not end a sentence."""
    start = 0
    for mark in _ENDS.finditer(text):
        if _NO_END.search(text[max(start, mark.start() - _LONGEST_ABBREVIATION) : mark.start()]):
            continue
        yield text[start : mark.end()].strip()
        start = mark.end()
    yield text[start:].strip()
