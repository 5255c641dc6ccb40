"""The text layer of a PDF page, with boxes."""

import ctypes
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from analysis.formats import barcodes
from analysis.formats.pdf import gibberish, rules
from analysis.limits import Limits
from analysis.model import Box, Grid, Line

_WORD = re.compile(r"\S+")
_GAP = 0.75
"""A gap wider than this many line heights ends a run of text."""
_KERNED = 0.135
"""A narrower gap is within a word, even if the text layer has a blank there."""
_AT_WALL = 0.002
"""How far a text may be beyond the rule beside it, as a share of the page."""
_FEWEST_CHARACTERS = 12
"""Letters and digits below which a page is read by OCR."""
_NO_SIGN = "\ufffd"
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_MOST_ODD = 0.3
"""The share of unreadable characters above which a page is read by OCR."""
_SAMPLE_CHARACTERS = 150
"""Most characters whose direction is looked at, spread evenly."""
_FEWEST_ODD_RUNS = 2
"""Number of runs with unreadable characters from which the drawn page is read too."""
_FONT_NAME = 64
"""Bytes of a font's name that are compared."""
_GUESSED = 3
"""Number of characters at the start of a run that are looked up in its font."""
_OBJECTS = 40
"""First and last objects of a page among which a covering image is searched."""
_COVERING = 0.6
"""The share of a page that the images of a scan cover; those of a letterhead cover less."""
_HIDDEN = frozenset([raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP])
_MOSTLY = 0.5
"""The share of a page's characters above which their direction is that of the page."""


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The runs of text of a page, with boxes as fractions of the page as displayed.

    The displayed page must be turned by `turned` degrees clockwise to be read. `doubtful`: the
    drawn page may say more than the layer, or something else. `unproven` are the places of the
    lines that nobody sees on the page, or whose characters have no meaning. `may_have_code`: the
    drawn page may have a QR code or a barcode.
    """

    lines: list[Line]
    turned: int
    doubtful: bool = False
    may_have_code: bool = False
    unproven: frozenset[int] = frozenset()
    grids: tuple[Grid, ...] = ()


def of_page(document: pdfium.PdfDocument, number: int, limits: Limits) -> TextLayer | None:
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
        solid = sum(map(str.isalnum, text))
        if solid < _FEWEST_CHARACTERS or len(_UNREADABLE.findall(text)) > _MOST_ODD * solid:
            return None  # wrong encoding, or nearly no text: OCR gives more
        turned = _turned(textpage, page, count)
        boxes = _Boxes(textpage, page, text, turned)
        grids = rules.grids(page, boxes.place, (page.get_rotation() + turned) % 360)
        runs = list(_runs(boxes, text, limits.lines, _Walls(grids)))
        lines = [Line(run.text, run.box.rotated(-turned)) for run, _ in runs]
        grids = tuple(grid.rotated(-turned) for grid in grids) if turned else grids
        odd = [place for place, line in enumerate(lines) if _UNREADABLE.search(line.text)]
        garbled = _garbled(boxes, runs)
        if sum(len(runs[place][0].text) for place in garbled) > _MOST_ODD * len(text):
            return None
        odd += garbled
        odd += _guessed(boxes, runs)
        if not covering_image(page) and len(odd) < _FEWEST_ODD_RUNS:
            may_have_code = barcodes.is_likely(page, text)
            return TextLayer(lines, turned, may_have_code=may_have_code, grids=grids)
        hidden = [place for place, (_, first) in enumerate(runs) if boxes.is_hidden(first)]
        unproven = frozenset([*odd, *hidden])
        return TextLayer(lines, turned, doubtful=True, unproven=unproven, grids=grids)
    finally:
        textpage.close()


def _garbled(boxes: "_Boxes", runs: list[tuple[Line, int]]) -> list[int]:
    """The places of the runs in fonts whose letters are those of no language."""
    by_font: dict[bytes, list[int]] = {}
    for place, (_, first) in enumerate(runs):
        by_font.setdefault(boxes.font(first), []).append(place)
    return [
        place
        for places in by_font.values()
        if gibberish.is_gibberish(" ".join(runs[place][0].text for place in places))
        for place in places
    ]


def _guessed(boxes: "_Boxes", runs: list[tuple[Line, int]]) -> list[int]:
    """The places of the runs in fonts that do not say what they draw, unless they make sense."""
    places = [place for place, (_, first) in enumerate(runs) if boxes.is_guess(first)]
    makes_sense = gibberish.is_language(" ".join(runs[place][0].text for place in places))
    return [] if makes_sense else places


def covering_image(page: Any) -> bool:
    """Whether images cover most of the page, as a scan does. Looks at its first and last objects"""
    count = raw.FPDFPage_CountObjects(page.raw)
    places = range(count) if count <= 2 * _OBJECTS else [
        *range(_OBJECTS), *range(count - _OBJECTS, count)
    ]  # fmt: skip
    width, height = page.get_size()
    covered = 0.0
    for place in places:
        shape = raw.FPDFPage_GetObject(page.raw, place)
        kind = raw.FPDFPageObj_GetType(shape)
        if kind == raw.FPDF_PAGEOBJ_IMAGE or (
            kind == raw.FPDF_PAGEOBJ_FORM and _holds_image(shape)
        ):
            covered += _area(shape)
    return bool(covered > _COVERING * width * height)


def _holds_image(form: Any, depth: int = 2) -> bool:
    for place in range(min(_OBJECTS, raw.FPDFFormObj_CountObjects(form))):
        shape = raw.FPDFFormObj_GetObject(form, place)
        kind = raw.FPDFPageObj_GetType(shape)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            return True
        if kind == raw.FPDF_PAGEOBJ_FORM and depth and _holds_image(shape, depth - 1):
            return True
    return False


def _area(shape: Any) -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
        return 0.0
    return float((right.value - left.value) * (top.value - bottom.value))


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


class _Walls:
    """The rules between the columns of grids, which no run of text crosses."""

    def __init__(self, grids: Sequence[Grid]) -> None:
        cells = {
            (cell.box.left, cell.box.top, cell.box.bottom)
            for grid in grids
            for cell in grid.cells
            if cell.column
        }
        self._walls = sorted(cells)
        self._positions = [left for left, _, _ in self._walls]

    def between(self, before: Box, after: Box) -> bool:
        """Whether one stands between two boxes."""
        first = bisect_left(self._positions, before.right - _AT_WALL)
        for position, top, bottom in self._walls[first:]:
            if position > after.left + _AT_WALL:
                return False
            if top <= after.center_y <= bottom:
                return True
        return False


def _runs(boxes: "_Boxes", text: str, at_most: int, walls: _Walls) -> Iterator[tuple[Line, int]]:
    """Words joined to runs; a wide gap, a rule, a step back or a new line ends a run.

    Each run with the position of its first character.
    """
    made, start = 0, 0
    for printed in text.splitlines(keepends=True):
        run: list[str] = []
        edges: Box | None = None
        first = 0
        for word in _WORD.finditer(printed):
            here = boxes.between(start + word.start(), start + word.end() - 1)
            if here is None or not word.group().strip(_NO_SIGN):
                continue
            if edges and (boxes.apart(edges, here) or walls.between(edges, here)):
                yield (Line(" ".join(run), edges), first)
                made += 1
                run, edges = [], None
            if edges and boxes.touching(edges, here):
                run[-1] += word.group()  # a blank that exists only as kerning
            else:
                run.append(word.group())
            first = first if edges else start + word.start()
            edges = edges.union(here) if edges else here
        if edges:
            yield (Line(" ".join(run), edges), first)
            made += 1
        if made >= at_most:
            return
        start += len(printed)


class _Boxes:
    """The boxes of characters on a page, as fractions of it, with the height of their font.

    The page is displayed, then turned clockwise by `turned` degrees.
    """

    def __init__(self, textpage: Any, page: Any, text: str, turned: int) -> None:
        self._raw = textpage.raw
        # A character beyond U+FFFF is one character in Python and two in the text layer.
        self._pairs = (
            [] if text.isascii() else [i for i, sign in enumerate(text) if sign > "\uffff"]
        )
        # Then every character of the layer is one of the text, at the same place.
        self._same_places = not self._pairs and len(text) == raw.FPDFText_CountChars(self._raw)
        self.place = placer(page, (page.get_rotation() + turned) % 360)
        self._rectangle = raw.FS_RECTF()
        self._out = ctypes.byref(self._rectangle)
        width, height = page.get_size()
        if turned in (90, 270):
            width, height = height, width
        self._aspect = height / width if width else 1.0

    def between(self, first: int, last: int) -> Box | None:
        """The box from one character of the text to another on its line."""
        start = self._of(first)
        if start is None:
            return None
        if last == first:
            return self.place(*start)
        end = self._of(last)
        if end is None:
            return None
        return self.place(
            min(start[0], end[0]), min(start[1], end[1]),
            max(start[2], end[2]), max(start[3], end[3]),
        )  # fmt: skip

    def apart(self, before: Box, after: Box) -> bool:
        """Whether the second box is too far after the first one to be in the same run."""
        height = max(before.height, after.height) * self._aspect
        if after.top >= before.bottom or after.bottom <= before.top:
            return True  # fields of a form follow each other without a line break
        return after.left - before.right > _GAP * height or after.right < before.left

    def touching(self, before: Box, after: Box) -> bool:
        """Whether the gap between two characters is so small that they are one word's."""
        height = min(before.height, after.height) * self._aspect
        return -_KERNED * height < after.left - before.right < _KERNED * height

    def is_hidden(self, index: int) -> bool:
        """Whether the character is drawn invisibly, as the text beneath a scan is."""
        shape = raw.FPDFText_GetTextObject(self._raw, self._at(index))
        return bool(shape) and raw.FPDFTextObj_GetTextRenderMode(shape) in _HIDDEN

    def is_guess(self, index: int) -> bool:
        """Whether the font does not say which character it draws there, or after it."""
        places = range(self._at(index), self._at(index) + _GUESSED)
        return any(
            raw.FPDFText_HasUnicodeMapError(self._raw, place) == 1
            and raw.FPDFText_GetUnicode(self._raw, place) > ord(" ")
            for place in places
        )

    def font(self, index: int) -> bytes:
        """The name of the character's font, which is cut if it is long."""
        name = ctypes.create_string_buffer(_FONT_NAME)
        raw.FPDFText_GetFontInfo(self._raw, self._at(index), name, _FONT_NAME, ctypes.c_int())
        return name.raw

    def _at(self, index: int) -> int:
        if self._same_places:
            return index
        if self._pairs:
            index += bisect_left(self._pairs, index)
        return int(raw.FPDFText_GetCharIndexFromTextIndex(self._raw, index))

    def _of(self, index: int) -> tuple[float, float, float, float] | None:
        at = self._at(index)
        if at < 0 or not raw.FPDFText_GetLooseCharBox(self._raw, at, self._out):
            return None
        box = self._rectangle
        return box.left, box.bottom, box.right, box.top


def placer(page: Any, rotation: int) -> Callable[[float, float, float, float], Box]:
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
        if min(sides) < 0.0 or max(sides) > 1.0:
            return Box(*(min(1.0, max(0.0, side)) for side in sides))
        return Box(*sides)

    return place
