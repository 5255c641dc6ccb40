"""Combine the text layer of a page with what the drawn page says, word by word.

A scan may have a line of real text on it (a stamp, a fax header, a signature), or the invisible
text of an earlier OCR beneath it. Text that a person sees is right unless OCR is sure of something
else. Invisible text counts only where the picture has it too: there its spelling is often better,
since OCR loses blanks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from analysis.formats.images.ocr import OcrPage
from analysis.formats.pdf.text_layer import TextLayer
from analysis.model import Box, Line

_SURE = 0.9
"""OCR confidence from which a word that the picture shows replaces another one of the layer."""
_SIMILAR = 0.5
"""Similarity from which a run of the layer is another spelling of an OCR line."""
_MOST_OF_THE_LINE = 0.6
"""The share of an OCR line's width from which visible text of the layer covers it."""
_CONFIRMED = 0.99
"""The confidence of text that the layer states visibly, or both sources."""
_STRIPES = 50
"""Horizontal stripes of a page by which the lines near a word are found fast."""
_SIGN = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    box: Box
    run: int
    """The place of its run in the layer."""


def merge(layer: TextLayer, ocr_page: OcrPage) -> OcrPage:
    """The OCR result with the words of the layer where these are better."""
    layer_words = [
        word for run, line in enumerate(layer.lines) for word in _words_of_line(line, run)
    ]
    by_line = _assign(layer_words, ocr_page.lines)
    lines: list[Line] = []
    confidences: list[float] = []
    placed: set[int] = set()
    for place, (line, confidence) in enumerate(zip(ocr_page.lines, ocr_page.of_lines, strict=True)):
        beneath = sorted(by_line.get(place, ()), key=lambda word: layer_words[word].box.left)
        placed.update(beneath)
        text, better = _choose(line, confidence, [layer_words[word] for word in beneath], layer)
        lines.append(replace(line, text=text))
        confidences.append(better)
    for line in _rest(layer_words, placed, layer):
        lines.append(line)
        confidences.append(_CONFIRMED)
    weight = sum(len(line.text) for line in lines) or 1
    mean = sum(c * len(line.text) for line, c in zip(lines, confidences, strict=True)) / weight
    return replace(ocr_page, lines=lines, of_lines=confidences, confidence=mean)


def _words_of_line(line: Line, run: int) -> Iterator[_Word]:
    """The words of a run, each with its approximate box."""
    length, box = max(1, len(line.text)), line.box
    for match in re.finditer(r"\S+", line.text):
        left = box.left + box.width * match.start() / length
        right = box.left + box.width * match.end() / length
        yield _Word(match.group(), Box(left, box.top, right, box.bottom), run)


def _assign(layer_words: Sequence[_Word], lines: Sequence[Line]) -> dict[int, list[int]]:
    """The words whose middle is in the box of each OCR line."""
    stripes: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        for stripe in range(int(line.box.top * _STRIPES), int(line.box.bottom * _STRIPES) + 1):
            stripes.setdefault(stripe, []).append(place)
    by_line: dict[int, list[int]] = {}
    for number, word in enumerate(layer_words):
        x, y = (word.box.left + word.box.right) / 2, word.box.center_y
        over = [
            place
            for place in stripes.get(int(y * _STRIPES), ())
            if lines[place].box.contains(y=y)
            and lines[place].box.left <= x <= lines[place].box.right
        ]
        if over:
            nearest = min(over, key=lambda place: abs(lines[place].box.center_y - y))
            by_line.setdefault(nearest, []).append(number)
    return by_line


def _choose(
    line: Line, confidence: float, beneath: Sequence[_Word], layer: TextLayer
) -> tuple[str, float]:
    """The text of an OCR line with the better words of the layer, and its confidence."""
    if not beneath:
        return line.text, confidence
    stated = " ".join(word.text for word in beneath)
    if _plain(stated) == _plain(line.text):
        return stated, max(confidence, _CONFIRMED)
    similarity = SequenceMatcher(None, _plain(stated), _plain(line.text), autojunk=False).ratio()
    covered = sum(word.box.width for word in beneath)
    visible = not any(word.run in layer.unproven for word in beneath)
    if visible and covered >= _MOST_OF_THE_LINE * line.box.width:
        if similarity >= _SIMILAR or confidence < _SURE:
            return stated, _CONFIRMED
        return line.text, confidence
    if similarity < _SIMILAR:
        return line.text, confidence
    return _word_by_word(stated.split(), line.text.split(), confidence), confidence


def _word_by_word(stated: Sequence[str], read: Sequence[str], confidence: float) -> str:
    """Both texts aligned: what differs is OCR's if it is sure, but with the layer's blanks."""
    chosen: list[str] = []
    aligned = SequenceMatcher(None, stated, read, autojunk=False)
    for change, a, b, c, d in aligned.get_opcodes():
        same = _plain("".join(stated[a:b])) == _plain("".join(read[c:d]))
        if change == "equal" or (same and b > a) or (confidence < _SURE and b > a):
            chosen += stated[a:b]
        else:
            chosen += read[c:d]
    return " ".join(chosen)


def _rest(layer_words: Sequence[_Word], placed: set[int], layer: TextLayer) -> Iterator[Line]:
    """The visible words that OCR has not found, in their runs."""
    run: list[_Word] = []
    for number, word in enumerate(layer_words):
        gone = number in placed or word.run in layer.unproven
        if run and (gone or word.run != run[-1].run):
            yield _joined(run)
            run = []
        if not gone:
            run.append(word)
    if run:
        yield _joined(run)


def _joined(run: Sequence[_Word]) -> Line:
    first, *others = (word.box for word in run)
    return Line(" ".join(word.text for word in run), first.union(*others))


def _plain(text: str) -> str:
    return _SIGN.sub("", text).casefold()
