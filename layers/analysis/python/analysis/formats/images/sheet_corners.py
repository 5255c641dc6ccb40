"""The sheets of paper in a photograph: bright areas on a darker background, and their corners.

A sheet with four straight sides, seen at an angle, can be made flat before its text is read.
"""

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PIL import Image, ImageFilter

from analysis.model import Box
from analysis.model.perspective import Perspective, Point

_SIDE = 360
"""Pixels of the longer side of the image that is examined."""
_TEXT = 7
"""Dark strokes up to this width are text on a sheet, not the background between two."""
_CONTRAST = 45
"""How much brighter than the background a sheet is at least, of 255."""
_SMALLEST = 0.06
"""The share of the image that a sheet covers at least."""
_AT_THE_EDGE = 0.06
"""The share of a sheet's outline that may lie on the image's edge."""
_FEWEST_POINTS = 40
"""Pixels of a side, in the reduced image, from which its line is computed."""
_STRAIGHT = 2.0
"""Pixels by which nearly all of the points of a side may be off its line."""
_NEARLY_ALL = 0.85
"""The share of a side's points that must be on its line."""
_STEEPEST = 30.0
"""Degrees by which a side of a photographed sheet leans less."""
_LEAST_ANGLE = 1.5
"""Degrees by which a side leans, from which the sheet is made flat."""
_FILLED = (0.94, 1.06)
"""The range of the sheet's area as a share of the four corners' area."""
_INNER = 0.08
"""The share of a side that is left out at each end, where corners are bent."""


@dataclass(slots=True)
class _Area:
    """A connected bright area: for each row its runs, from and to a column."""

    rows: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    size: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper, in fractions of the image.

    `corners` are given if it has four straight sides and leans: from the upper left, clockwise.
    """

    box: Box
    corners: tuple[Point, ...] = ()


def sheets(image: Image.Image) -> list[Sheet]:
    """The sheets in an image, the largest first; none if they do not differ from the background."""
    small = image.convert("L")
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    small = small.filter(ImageFilter.MaxFilter(_TEXT)).filter(ImageFilter.MinFilter(_TEXT))
    level = _threshold(small)
    if level is None:
        return []
    bright = small.point([255 * (value > level) for value in range(256)])
    found = [
        area for area in _areas(bright) if area.size >= _SMALLEST * bright.width * bright.height
    ]
    found.sort(key=lambda area: -area.size)
    return [_sheet(area, bright.size) for area in found]


def flat(image: Image.Image, corners: Sequence[Point], perspective: Perspective) -> Image.Image:
    """The sheet with these corners as if seen from above."""
    width, height = image.size
    points = [(x * width, y * height) for x, y in corners]
    top, right, bottom, left = (
        math.dist(start, end) for start, end in pairwise([*points, points[0]])
    )
    flat_width, flat_height = max(1, round(max(top, bottom))), max(1, round(max(left, right)))
    a, b, c, d, e, f, g, h = perspective.coefficients
    in_pixels = (
        a * width / flat_width, b * width / flat_height, c * width,
        d * height / flat_width, e * height / flat_height, f * height,
        g / flat_width, h / flat_height,
    )  # fmt: skip
    return image.transform(
        (flat_width, flat_height),
        Image.Transform.PERSPECTIVE,
        in_pixels,
        resample=Image.Resampling.BICUBIC,
    )


def _threshold(image: Image.Image) -> int | None:
    """The brightness that best divides the image in two (Otsu); None if both parts are similar."""
    histogram = image.histogram()
    total, weighted = sum(histogram), sum(n * level for level, n in enumerate(histogram))
    best, found = 0.0, None
    count = dark = 0
    for level, pixels in enumerate(histogram):
        count += pixels
        dark += pixels * level
        if not 0 < count < total:
            continue
        apart = (weighted - dark) / (total - count) - dark / count
        score = count * (total - count) * apart * apart
        if score > best:
            best, found = score, level if apart >= _CONTRAST else None
    return found


def _areas(bright: Image.Image) -> list[_Area]:
    """The connected areas, by the runs of each row that touch runs of the row before."""
    data, width = bright.tobytes(), bright.width
    areas: list[_Area] = []
    before: list[tuple[int, int, _Area]] = []
    for row in range(bright.height):
        current: list[tuple[int, int, _Area]] = []
        for start, end in _runs(data[row * width : (row + 1) * width]):
            touched = [area for left, right, area in before if left < end and start < right]
            area = touched[0] if touched else _Area()
            if not touched:
                areas.append(area)
            for other in touched[1:]:
                if other is not area:
                    _merge(area, other)
                    before = [(a, b, area if c is other else c) for a, b, c in before]
                    current = [(a, b, area if c is other else c) for a, b, c in current]
                    touched = [area if c is other else c for c in touched]
                    areas = [candidate for candidate in areas if candidate is not other]
            area.rows.setdefault(row, []).append((start, end))
            area.size += end - start
            current.append((start, end, area))
        before = current
    return areas


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    start = row.find(b"\xff")
    while start >= 0:
        end = row.find(b"\0", start)
        end = len(row) if end < 0 else end
        yield start, end
        start = row.find(b"\xff", end)


def _merge(area: _Area, other: _Area) -> None:
    for row, runs in other.rows.items():
        area.rows.setdefault(row, []).extend(runs)
    area.size += other.size


def _sheet(area: _Area, size: tuple[int, int]) -> Sheet:
    left = {row: min(start for start, _ in runs) for row, runs in area.rows.items()}
    right = {row: max(end for _, end in runs) for row, runs in area.rows.items()}
    top, bottom = min(left), max(left) + 1
    width, height = size
    box = Box(
        min(left.values()) / width, top / height, max(right.values()) / width, bottom / height
    )
    corners = _corners(left, right, size)
    return Sheet(box, tuple((x / width, y / height) for x, y in corners or ()))


def _corners(
    left: dict[int, int], right: dict[int, int], size: tuple[int, int]
) -> list[Point] | None:
    """The corners in pixels of a sheet with these outermost columns by row; None if unclear."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for row in sorted(left):
        for column in range(left[row], right[row]):
            first.setdefault(column, row)
            last[column] = row + 1
    on_edge = sum((column <= 0) + (right[row] >= size[0]) for row, column in left.items()) + sum(
        (row <= 0) + (last[column] >= size[1]) for column, row in first.items()
    )
    if on_edge > _AT_THE_EDGE * 2 * (len(left) + len(first)):
        return None
    outline = [(column, row) for row, column in left.items()]
    outline += [(column, row) for row, column in right.items()]
    upper_left, lower_right = (pick(outline, key=sum) for pick in (min, max))
    lower_left, upper_right = (pick(outline, key=lambda p: p[0] - p[1]) for pick in (min, max))
    sides = [
        _line(_between(first, upper_left[0], upper_right[0])),
        _line(_between(right, upper_right[1], lower_right[1])),
        _line(_between(last, lower_left[0], lower_right[0])),
        _line(_between(left, upper_left[1], lower_left[1])),
    ]
    if any(side is None for side in sides):
        return None
    top, end, bottom, start = (side for side in sides if side is not None)
    angles = [math.degrees(math.atan(slope)) for slope, _ in (top, end, bottom, start)]
    if not _LEAST_ANGLE < max(map(abs, angles)) < _STEEPEST:
        return None
    corners = [
        _crossing(row_line, column_line)
        for row_line, column_line in ((top, start), (top, end), (bottom, end), (bottom, start))
    ]
    covered = sum(right[row] - column for row, column in left.items())
    low, high = _FILLED
    return corners if low < covered / _content(corners) < high else None


def _between(points: dict[int, int], start: int, end: int) -> list[tuple[int, int]]:
    """The points of a side from one corner to another, without those near the corners."""
    cut = max(1, round(_INNER * (end - start)))
    return [(place, points[place]) for place in range(start + cut, end - cut) if place in points]


def _line(points: Sequence[tuple[int, int]]) -> tuple[float, float] | None:
    """Slope and offset of the line of most of the points; None if they are not on one line."""
    if len(points) < _FEWEST_POINTS:
        return None
    inliers = list(points)
    for _ in range(3):
        half = len(inliers) // 2
        slope = statistics.median(
            (b[1] - a[1]) / (b[0] - a[0]) for a, b in zip(inliers, inliers[half:], strict=False)
        )
        offset = statistics.median(value - slope * place for place, value in inliers)
        near = [(p, v) for p, v in points if abs(v - slope * p - offset) <= _STRAIGHT]
        if len(near) < _FEWEST_POINTS:
            return None
        inliers = near
    return (slope, offset) if len(inliers) >= _NEARLY_ALL * len(points) else None


def _crossing(row_line: tuple[float, float], column_line: tuple[float, float]) -> Point:
    """Where `y = row_line(x)` and `x = column_line(y)` cross."""
    (slope, offset), (lean, start) = row_line, column_line
    y = (slope * start + offset) / (1 - slope * lean)
    return lean * y + start, y


def _content(corners: Sequence[Point]) -> float:
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2 or 1.0
