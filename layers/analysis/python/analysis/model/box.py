"""A rectangle on a page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_THINNEST = 0.1
"""The least share of a leaning box's height that the line within it has."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, its origin top left: usually in fractions 0..1 of the page as displayed.

    In JSON it is `[left, top, right, bottom]`, rounded to four decimals.
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """In the unit of the box."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """In the unit of the box."""
        return self.bottom - self.top

    @property
    def center_y(self) -> float:
        """The height of its middle, from the top."""
        return (self.top + self.bottom) / 2

    def union(self, *others: "Box") -> "Box":
        """The smallest box that contains this one and the others."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        for box in others:  # a page has thousands of characters
            left = min(left, box.left)
            top = min(top, box.top)
            right = max(right, box.right)
            bottom = max(bottom, box.bottom)
        return Box(left, top, right, bottom)

    def contains(self, *, y: float) -> bool:
        """Whether this height on the page is between the box's top and bottom."""
        return self.top <= y <= self.bottom

    def overlap(self, other: "Box") -> float:
        """The width of the overlap of both boxes; negative if they are apart."""
        return min(self.right, other.right) - max(self.left, other.left)

    def rotated(self, degrees: int) -> "Box":
        """The box after its page is turned clockwise by a multiple of 90 degrees."""
        match degrees % 360:
            case 90:
                return Box(1 - self.bottom, self.left, 1 - self.top, self.right)
            case 180:
                return Box(1 - self.right, 1 - self.bottom, 1 - self.left, 1 - self.top)
            case 270:
                return Box(self.top, 1 - self.right, self.bottom, 1 - self.left)
            case _:
                return self

    def straightened(self, degrees: float, width: float, height: float) -> "Box":
        """The box of a straight line whose leaning box this is.

        Its page, of that width and height, is turned about its middle by a few degrees clockwise.
        """
        cos, sin = math.cos(math.radians(degrees)), abs(math.sin(math.radians(degrees)))
        wide, high = self.width * width, self.height * height
        square = cos * cos - sin * sin
        straight = max(_THINNEST, (wide * cos - high * sin) / square)
        thick = max(_THINNEST * high, (high * cos - wide * sin) / square)
        return self._about_middle(degrees, width, height, straight, thick)

    def leaning(self, degrees: float, width: float, height: float) -> "Box":
        """The smallest box around this one after its page is turned by a few degrees clockwise."""
        cos, sin = math.cos(math.radians(degrees)), abs(math.sin(math.radians(degrees)))
        wide, high = self.width * width, self.height * height
        return self._about_middle(
            degrees, width, height, wide * cos + high * sin, wide * sin + high * cos
        )

    def _about_middle(
        self, degrees: float, width: float, height: float, wide: float, high: float
    ) -> "Box":
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        x = ((self.left + self.right) / 2 - 0.5) * width
        y = (self.center_y - 0.5) * height
        middle_x, middle_y = (x * cos - y * sin) / width + 0.5, (x * sin + y * cos) / height + 0.5
        half, half_high = wide / width / 2, high / height / 2
        return Box(middle_x - half, middle_y - half_high, middle_x + half, middle_y + half_high)

    def to_list(self) -> list[float]:
        """The form in JSON."""
        return [round(side, 4) for side in (self.left, self.top, self.right, self.bottom)]


WHOLE_PAGE = Box(0.0, 0.0, 1.0, 1.0)
"""The box of what has no position of its own."""


def box_of(raw: Sequence[float] | None) -> Box | None:
    """The box that `list_of` wrote."""
    return None if raw is None else Box(*raw)


def list_of(box: Box | None) -> list[float] | None:
    """The box as it is in JSON."""
    return None if box is None else box.to_list()
