"""The lines and rectangles that are drawn on a PDF page, as the rules of its tables."""

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

from analysis.layout import ruling
from analysis.layout.ruling import Rule
from analysis.model import Box, Cell, Grid

_THIN = 2.5
"""Points below which a shape is a line."""
_SHORTEST = 4.0
"""Points from which a thin shape is a line; shorter ones are dots of a dotted line."""
_MOST_OBJECTS = 20_000
"""Objects of a page that are looked at, at a limited cost of time."""
_MOST_PATHS = 1_500
"""Paths of a page that are looked at; drawings have more than tables."""
_MOST_SEGMENTS = 2_000
"""Segments from which a path is a drawing."""
_STRIDE = 5
"""Of so many objects one is looked at, to find out whether a page has any paths."""
_SAMPLED_FROM = 60
"""Objects above which a sample is looked at first."""
_WHITE = 245
"""The least red, green and blue, of 255, of what is as good as white."""
_RECTANGLE = 6
"""Number of segments that the path of a rectangle has at most."""

type Sides = tuple[float, float, float, float]
type Place = Callable[[float, float, float, float], Box]


def grids(page: Any, place: Place, rotation: int) -> tuple[Grid, ...]:
    """The grids of a page.

    `place` turns the PDF's coordinates into those of the upright page, which is the PDF's page
    rotated clockwise by `rotation` degrees.
    """
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for left, bottom, right, top in _lines(page):
        sides = (left, -top, right, -bottom)
        if rotation:
            sides = _turned(sides, rotation)
        if sides[2] - sides[0] >= sides[3] - sides[1]:
            horizontal.append(((sides[1] + sides[3]) / 2, sides[0], sides[2]))
        else:
            vertical.append(((sides[0] + sides[2]) / 2, sides[1], sides[3]))
        if len(horizontal) + len(vertical) > ruling.MOST_RULES:
            return ()
    return tuple(
        Grid(tuple(Cell(_box(sides, place, rotation), *position) for position, sides in cells))
        for cells in ruling.grids(horizontal, vertical)
    )


def _box(sides: Sides, place: Place, rotation: int) -> Box:
    left, top, right, bottom = _turned(sides, -rotation) if rotation else sides
    return place(left, -bottom, right, -top)


def _turned(sides: Sides, degrees: int) -> Sides:
    """Left, top, right and bottom after a turn clockwise about the origin."""
    left, top, right, bottom = sides
    match degrees % 360:
        case 90:
            return -bottom, left, -top, right
        case 180:
            return -right, -bottom, -left, -top
        case _:
            return top, -right, bottom, -left


def _lines(page: Any) -> Iterator[Sides]:
    """The thin shapes of a page, and the edges of its rectangles: left, bottom, right, top."""
    sides = [ctypes.c_float() for _ in range(4)]
    out = [ctypes.byref(side) for side in sides]
    width, height = page.get_size()
    bounds_of = raw.FPDFPageObj_GetBounds
    for path in _paths(page):
        if not bounds_of(path, *out):
            continue
        left, bottom, right, top = (side.value for side in sides)
        wide, high = right - left, top - bottom
        if wide <= _THIN or high <= _THIN:
            if wide >= _SHORTEST or high >= _SHORTEST:
                yield left, bottom, right, top
        elif wide < width or high < height:
            yield from _edges(path, (left, bottom, right, top))


def _paths(page: Any) -> Iterator[Any]:
    pointer = page.raw
    count = min(raw.FPDFPage_CountObjects(pointer), _MOST_OBJECTS)
    get, type_of, path_kind = raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType, raw.FPDF_PAGEOBJ_PATH
    if count > _SAMPLED_FROM and not any(
        type_of(get(pointer, number)) == path_kind for number in range(0, count, _STRIDE)
    ):
        return
    found = 0
    for number in range(count):
        shape = get(pointer, number)
        if type_of(shape) == path_kind:
            found += 1
            if found > _MOST_PATHS:
                return
            yield shape


def _edges(path: Any, bounds: Sides) -> Iterator[Sides]:
    """The straight lines of a path that is drawn, or filled with a colour other than white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    if not stroke.value and (not fill.value or _is_white(path)):
        return
    count = raw.FPDFPath_CountSegments(path)
    if not stroke.value and count <= _RECTANGLE:  # a filled rectangle
        left, bottom, right, top = bounds
        yield left, top, right, top
        yield left, bottom, right, bottom
        yield left, bottom, left, top
        yield right, bottom, right, top
        return
    matrix = raw.FS_MATRIX()
    if count > _MOST_SEGMENTS or not raw.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix)):
        return
    for (x0, y0), (x1, y1) in _segments(path, count, matrix):
        if (
            min(abs(x1 - x0), abs(y1 - y0)) <= _THIN / 2
            and max(abs(x1 - x0), abs(y1 - y0)) >= _SHORTEST
        ):
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _segments(
    path: Any, count: int, matrix: Any
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[tuple[float, float]] = []
    for number in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            return
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            yield from pairwise(outline)
            outline = []
        outline.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            yield from pairwise([*outline, outline[0]])
            outline = [outline[0]]
    yield from pairwise(outline)


def _is_white(path: Any) -> bool:
    colour = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(path, *map(ctypes.byref, colour)):
        return False
    return all(part.value >= _WHITE for part in colour[:3])
