"""The degrees by which the rows of a photographed or scanned page lean.

The box of a leaning line is the higher the longer the line is. If the boxes suggest an angle, it is
measured on the image: at the right angle, rows of ink and blanks alternate most clearly.
"""

import math
import statistics
from collections.abc import Sequence
from itertools import combinations, pairwise

from PIL import Image, ImageChops, ImageFilter

from analysis.model import Box

_LEAST_SLOPE = 0.04
"""Rows that lean less (2.3 degrees) are found as they are."""
_STEEPEST = 17.0
"""Degrees of the steepest estimate that is tried."""
_AROUND = 2.5
"""Degrees around the estimate that are tried."""
_STEP = 0.25
"""Degrees from one tried angle to the next."""
_LINES = 60
"""Lines that are compared in pairs, at a limited cost of time."""
_CHARACTERS = 4
"""Fewest characters of such a line."""
_LONG = 1.2
"""A line is at least this many times as wide as its box is high."""
_DIFFERENT = 0.08
"""Two lines are compared if their widths differ by this share of the image's."""
_FEWEST_PAIRS = 3
"""Pairs of lines from which their slope is estimated."""
_MEASURED_AT = 700
"""Pixels of the longer side of the image on which angles are measured."""
_CLEARER = 1.1
"""How much clearer rows must be at an angle than they are in the image."""
_BLUR = 7
"""Pixels of that image around a point; what is thinner is a stroke."""


def of_image(image: Image.Image, lines: Sequence[tuple[int, Box]]) -> float:
    """The degrees clockwise that make the rows level; 0 if they nearly are.

    `lines` are the lengths of texts and their boxes as fractions of the image.
    """
    slope = _slope(image.size, lines)
    if slope < _LEAST_SLOPE:
        return 0.0
    about = min(_STEEPEST, math.degrees(math.atan(slope)))
    strokes = _strokes(image)
    steps = [about - _AROUND + _STEP * step for step in range(int(2 * _AROUND / _STEP) + 1)]
    angles = [sign * angle for angle in steps if angle > 1 for sign in (1, -1)]
    best = max(angles, key=lambda angle: _clarity(strokes, angle))
    return best if _clarity(strokes, best) > _CLEARER * _clarity(strokes, 0.0) else 0.0


def background_colour(image: Image.Image) -> tuple[int, ...]:
    """The mean colour of an image, for the corners that are empty once it is turned."""
    colour = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return colour if isinstance(colour, tuple) else (int(colour or 0),)


def _slope(size: tuple[int, int], lines: Sequence[tuple[int, Box]]) -> float:
    """By how many pixels boxes are higher a pixel of width, of the median pair of lines."""
    boxes = [
        (box.width * size[0], box.height * size[1])
        for characters, box in lines
        if characters >= _CHARACTERS and box.width * size[0] > _LONG * box.height * size[1]
    ][:_LINES]
    slopes = [
        (longer[1] - shorter[1]) / (longer[0] - shorter[0])
        for shorter, longer in combinations(sorted(boxes), 2)
        if longer[0] - shorter[0] > _DIFFERENT * size[0]
    ]
    return statistics.median(slopes) if len(slopes) >= _FEWEST_PAIRS else 0.0


def _strokes(image: Image.Image) -> Image.Image:
    """What is thin in an image, such as letters, bright on black."""
    small = image.convert("L")
    small.thumbnail((_MEASURED_AT, _MEASURED_AT))
    return ImageChops.difference(small, small.filter(ImageFilter.BoxBlur(_BLUR)))


def _clarity(strokes: Image.Image, degrees: float) -> float:
    turned = strokes.rotate(-degrees, resample=Image.Resampling.BILINEAR)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return float(sum((after - before) ** 2 for before, after in pairwise(rows)))
