"""The projection of a flat page to the photograph that it is displayed as."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.model.box import Box

type Point = tuple[float, float]

_STEPS = 8
"""Steps in which the flat box of a displayed one is found; each reduces the error tenfold."""
_THINNEST = 0.002
"""The least height of a flat box, as a share of the page: steps must not invert it."""


@dataclass(frozen=True, slots=True)
class Perspective:
    """The eight coefficients of a projection, from fractions of the flat page to the displayed."""

    coefficients: tuple[float, ...]

    def point(self, x: float, y: float) -> Point:
        """The displayed point of a flat one, both as fractions of their page."""
        a, b, c, d, e, f, g, h = self.coefficients
        scale = g * x + h * y + 1.0
        return (a * x + b * y + c) / scale, (d * x + e * y + f) / scale

    def to_list(self) -> list[float]:
        """The form in JSON, rounded to seven decimals."""
        return [round(coefficient, 7) for coefficient in self.coefficients]

    def displayed(self, box: Box) -> Box:
        """The smallest box around this one of the flat page, on the page as displayed."""
        corners = [self.point(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        columns, rows = zip(*corners, strict=True)
        return Box(min(columns), min(rows), max(columns), max(rows))

    def flattened(self, box: Box) -> Box:
        """The box of the flat page whose displayed box this is."""
        flat = self._about(box)
        left_to_right = self.displayed(Box(0.0, 0.0, 1.0, 1.0))
        for _ in range(_STEPS):
            seen = self.displayed(flat)
            flat = Box(
                flat.left - (seen.left - box.left) / left_to_right.width,
                flat.top - (seen.top - box.top) / left_to_right.height,
                flat.right - (seen.right - box.right) / left_to_right.width,
                flat.bottom - (seen.bottom - box.bottom) / left_to_right.height,
            )
            if flat.bottom - flat.top < _THINNEST:
                middle = flat.center_y
                flat = Box(flat.left, middle - _THINNEST / 2, flat.right, middle + _THINNEST / 2)
        return flat

    def _about(self, box: Box) -> Box:
        """A first guess: as large as the displayed box, about the same middle."""
        x, y = self.flat_point((box.left + box.right) / 2, box.center_y)
        whole = self.displayed(Box(0.0, 0.0, 1.0, 1.0))
        half, half_high = box.width / whole.width / 2, box.height / whole.height / 2
        return Box(x - half, y - half_high, x + half, y + half_high)

    def flat_point(self, x: float, y: float) -> Point:
        """The flat point of a displayed one: the solution of two linear equations."""
        a, b, c, d, e, f, g, h = self.coefficients
        # x * (g u + h v + 1) = a u + b v + c, and the same for y
        first, second = (a - g * x, b - h * x, x - c), (d - g * y, e - h * y, y - f)
        square = first[0] * second[1] - first[1] * second[0]
        return (
            (first[2] * second[1] - first[1] * second[2]) / square,
            (first[0] * second[2] - first[2] * second[0]) / square,
        )


def projection(corners: Sequence[Point]) -> Perspective:
    """The projection of the unit square to four corners: from the upper left, clockwise."""
    square = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(square, corners, strict=True):
        rows.append([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u])
        rows.append([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v])
    return Perspective(tuple(_solved(rows)))


def _solved(rows: list[list[float]]) -> list[float]:
    """The solution of linear equations, by elimination with the largest pivot."""
    count = len(rows)
    for place in range(count):
        pivot = max(range(place, count), key=lambda row: abs(rows[row][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        head = [value / rows[place][place] for value in rows[place]]
        rows[place] = head
        for other in range(count):
            factor = rows[other][place]
            if other != place and factor:
                rows[other] = [v - factor * h for v, h in zip(rows[other], head, strict=True)]
    return [row[-1] for row in rows]
