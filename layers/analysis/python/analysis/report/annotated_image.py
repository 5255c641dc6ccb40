"""The image of a page, with a numbered frame around each fact."""

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from PIL import Image
from reportlab.lib import colors
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

_PIXELS = 1000
"""Pixels of the longer side: about 210 per inch of the printed image of an A4 page."""
_QUALITY = 72
"""Of 100, for JPEG."""
_NUMBER = 4.5
"""Points of the height of a number."""
_AROUND = 0.8
"""Points between a fact and its frame."""

type Rectangle = tuple[float, float, float, float]


class PrintedImage(NamedTuple):
    """An image at the resolution of print, with its size in pixels.

    It is compressed, because all images of a report exist at once: a thousand would be 2 GB.
    """

    jpeg: bytes
    width: int
    height: int


def open_image(raw: bytes) -> PrintedImage:
    """The image, reduced to the resolution of print."""
    with Image.open(io.BytesIO(raw)) as page_image:
        drawn = page_image.convert("RGB")
    drawn.thumbnail((_PIXELS, _PIXELS))
    jpeg = io.BytesIO()
    drawn.save(jpeg, "JPEG", quality=_QUALITY)
    return PrintedImage(jpeg.getvalue(), drawn.width, drawn.height)


class AnnotatedImage(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """The image as large as fits `within`, with its frames and the number of each frame."""

    def __init__(
        self,
        drawn: PrintedImage,
        boxes: Sequence[Sequence[float] | None],
        *,
        within: tuple[float, float],
        font: str,
        mark: Any,
        line: Any,
    ) -> None:
        super().__init__()
        self._drawn, self._boxes = drawn, boxes
        self._font, self._mark, self._line = font, mark, line
        scale = min(within[0] / drawn.width, within[1] / drawn.height)
        self.width, self.height = drawn.width * scale, drawn.height * scale

    def wrap(self, *_: float) -> tuple[float, float]:
        """Its size in points, whatever room there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the image, and for each box a frame with its number."""
        canvas = self.canv
        image = ImageReader(io.BytesIO(self._drawn.jpeg))
        canvas.drawImage(image, 0, 0, self.width, self.height)
        canvas.setStrokeColor(self._line)
        canvas.rect(0, 0, self.width, self.height)
        canvas.setStrokeColor(self._mark)
        canvas.setLineWidth(0.6)
        taken: list[Rectangle] = []
        for number, box in enumerate(self._boxes, 1):
            if box:
                frame = self._frame(box)
                canvas.rect(frame[0], frame[1], frame[2] - frame[0], frame[3] - frame[1])
                taken.append(self._numbered(str(number), frame, taken))

    def _frame(self, box: Sequence[float]) -> Rectangle:
        x0, y0, x1, y1 = box
        return (
            x0 * self.width - _AROUND, (1 - y1) * self.height - _AROUND,
            x1 * self.width + _AROUND, (1 - y0) * self.height + _AROUND,
        )  # fmt: skip

    def _numbered(self, number: str, frame: Rectangle, taken: Sequence[Rectangle]) -> Rectangle:
        """Draw the number left of its frame, else right or above, where no other number is."""
        wide = stringWidth(number, self._font, _NUMBER) + 1.2
        x0, y0, x1, y1 = frame
        middle = (y0 + y1 - _NUMBER) / 2
        places = [
            (x0 - wide, middle), (x1, middle), (x0, y1), (x1 - wide, y1), (x0, y0 - _NUMBER),
        ]  # fmt: skip
        tags = [(x, y, x + wide, y + _NUMBER) for x, y in places]
        inside = [tag for tag in tags if tag[0] >= 0 and tag[2] <= self.width] or tags
        free = [tag for tag in inside if not any(_meet(tag, other) for other in taken)]
        chosen = (free or inside)[0]
        canvas = self.canv
        canvas.setFillColor(self._mark)
        canvas.rect(*chosen[:2], wide, _NUMBER, stroke=0, fill=1)
        canvas.setFillColor(colors.white)
        canvas.setFont(self._font, _NUMBER * 0.85)
        canvas.drawCentredString(chosen[0] + wide / 2, chosen[1] + _NUMBER * 0.2, number)
        return chosen


def _meet(first: Rectangle, second: Rectangle) -> bool:
    return (
        first[0] < second[2]
        and second[0] < first[2]
        and first[1] < second[3]
        and second[1] < first[3]
    )
