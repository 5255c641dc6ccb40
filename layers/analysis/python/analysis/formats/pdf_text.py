"""The text layer of a PDF page, with boxes."""

import ctypes
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
from pypdfium2 import raw

from analysis.limits import Limits
from analysis.model import Box, Line

_WORD = re.compile(r"\S+")
_GAP = 0.75
"""A gap wider than this many line heights ends a run of text."""
_KERNED = 0.135
"""A narrower gap is within a word, even if the text layer has a blank there."""
_FEWEST_CHARACTERS = 12
_NO_SIGN = "\ufffd"
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08]")
_MOST_ODD = 0.3
_SAMPLE_CHARACTERS = 400
_MOSTLY = 0.5
"""The share of a page's characters above which their direction is that of the page."""


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The runs of text of a page, with boxes as fractions of the page as displayed.

    The displayed page must be turned by `turned` degrees clockwise to be read.
    """

    lines: list[Line]
    turned: int


def text_layer(document: pdfium.PdfDocument, number: int, limits: Limits) -> TextLayer | None:
    """The text layer of a page; None if it has no usable one."""
    page = document[number]
    try:
        return _text_layer_of(page, limits)
    finally:
        page.close()


def _text_layer_of(page: Any, limits: Limits) -> TextLayer | None:
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        # An icon's sign may be half of a surrogate pair. Removing it would shift all positions
        # after it.
        text = textpage.get_text_range(errors="replace") if count > 0 else ""
        solid = sum(1 for character in text if character.isalnum())
        if solid < _FEWEST_CHARACTERS or len(_UNREADABLE.findall(text)) > _MOST_ODD * solid:
            return None  # wrong encoding, or nearly no text: OCR gives more
        turned = _turned(textpage, page, count)
        runs = _runs(_Boxes(textpage, page, text, turned), text, limits.lines)
        return TextLayer([Line(run.text, run.box.rotated(-turned)) for run in runs], turned)
    finally:
        textpage.close()


def _turned(textpage: Any, page: Any, count: int) -> int:
    """By how many degrees clockwise the displayed page must be turned to be read.

    The direction of more than half of its characters counts, estimated from a sample.
    """
    sample = (
        raw.FPDFText_GetCharAngle(textpage.raw, index)
        for index in range(0, count, count // _SAMPLE_CHARACTERS + 1)
        if raw.FPDFText_GetUnicode(textpage.raw, index) > ord(" ")
    )
    directions = Counter(
        round(math.degrees(angle) / 90) * 90 % 360 for angle in sample if math.isfinite(angle)
    )
    if not directions:
        return 0
    [(direction, characters)] = directions.most_common(1)
    if characters <= _MOSTLY * directions.total():
        return 0
    turned: int = -(direction + page.get_rotation()) % 360
    return turned


def _runs(boxes: "_Boxes", text: str, at_most: int) -> Iterator[Line]:
    """Words joined to runs; a wide gap, a step back or a new line ends a run."""
    made, start = 0, 0
    for printed in text.splitlines(keepends=True):
        run: list[str] = []
        edges: Box | None = None
        for word in _WORD.finditer(printed):
            here = boxes.between(start + word.start(), start + word.end() - 1)
            if here is None or not word.group().strip(_NO_SIGN):
                continue
            if edges and boxes.apart(edges, here):
                yield Line(" ".join(run), edges)
                made += 1
                run, edges = [], None
            if edges and boxes.touching(edges, here):
                run[-1] += word.group()  # a blank that exists only as kerning
            else:
                run.append(word.group())
            edges = edges.union(here) if edges else here
        if edges:
            yield Line(" ".join(run), edges)
            made += 1
        if made >= at_most:
            return
        start += len(printed)


class _Boxes:
    """The boxes of characters on a page, as fractions of it, with the height of their font.

    The page is displayed, then turned clockwise by `turned` degrees.
    """

    def __init__(self, textpage: Any, page: Any, text: str, turned: int) -> None:
        self._textpage = textpage
        # A character beyond U+FFFF is one character in Python and two in the text layer.
        self._pairs = (
            [] if text.isascii() else [i for i, sign in enumerate(text) if sign > "\uffff"]
        )
        self._place = _placer(page, (page.get_rotation() + turned) % 360)
        self._rectangle = raw.FS_RECTF()
        self._out = ctypes.byref(self._rectangle)
        width, height = page.get_size()
        if turned in (90, 270):
            width, height = height, width
        self._aspect = height / width if width else 1.0

    def between(self, first: int, last: int) -> Box | None:
        """The box from one character of the text to another on its line."""
        start = self._of(first)
        end = start if last == first else self._of(last)
        return None if start is None or end is None else start.union(end)

    def apart(self, before: Box, after: Box) -> bool:
        """Whether the second box is too far after the first one to be in the same run."""
        height = max(before.height, after.height) * self._aspect
        return after.left - before.right > _GAP * height or after.right < before.left

    def touching(self, before: Box, after: Box) -> bool:
        height = min(before.height, after.height) * self._aspect
        return -_KERNED * height < after.left - before.right < _KERNED * height

    def _of(self, index: int) -> Box | None:
        index += bisect_left(self._pairs, index)
        at = raw.FPDFText_GetCharIndexFromTextIndex(self._textpage.raw, index)
        if at < 0 or not raw.FPDFText_GetLooseCharBox(self._textpage.raw, at, self._out):
            return None
        box = self._rectangle
        return self._place(box.left, box.bottom, box.right, box.top)


def _placer(page: Any, rotation: int) -> Callable[[float, float, float, float], Box]:
    """From the PDF's coordinates to fractions of the page rotated clockwise by so many degrees."""
    x0, y0, x1, y1 = page.get_bbox()
    width, height = (x1 - x0) or 1.0, (y1 - y0) or 1.0

    def place(left: float, bottom: float, right: float, top: float) -> Box:
        a, b = (left - x0) / width, (right - x0) / width
        c, d = (y1 - top) / height, (y1 - bottom) / height
        match rotation:
            case 90:
                sides = (1 - d, a, 1 - c, b)
            case 180:
                sides = (1 - b, 1 - d, 1 - a, 1 - c)
            case 270:
                sides = (c, 1 - b, d, 1 - a)
            case _:
                sides = (a, c, b, d)
        return Box(*(min(1.0, max(0.0, side)) for side in sides))

    return place
