"""The seam to the OCR engine: a picture in, its lines with boxes and confidence out.

`Engine` is all the reader knows; another engine is another class with this one method.
"""

import io
from functools import cache
from typing import Protocol

from PIL import Image

from analysis.reading import Line

LONGEST_SIDE = 2600
_SURE = 0.9
_TURN_BELOW = 0.75


class Engine(Protocol):
    def lines(self, png: bytes) -> list[tuple[str, float, tuple[float, float, float, float]]]:
        """Text, confidence 0..1 and box in pixels of every line of an encoded picture."""
        ...


class Paddle:
    """PP-OCR as faster-paddle ships it: models within the wheel, nothing downloaded."""

    def __init__(self, model: str) -> None:
        from faster_paddle import (  # type: ignore[import-untyped]  # it ships no types  # noqa: PLC0415 - 60 MB, loaded only for OCR
            OcrEngine,
        )

        self._engine = OcrEngine(model_size=model, det_max_side=1280)

    def lines(self, png: bytes) -> list[tuple[str, float, tuple[float, float, float, float]]]:
        bounds = self._engine.ocr(png)["bounds"]
        return [
            (one["text"], one["confidence"], (*one["topLeftCoord"], *one["bottomRightCoord"]))
            for one in bounds.values()
            if one["text"].strip()
        ]


@cache
def engine(model: str) -> Engine:
    return Paddle(model)


def read_picture(picture: Image.Image, *, model: str) -> tuple[list[Line], float, int]:
    """Lines with boxes as fractions of the picture, mean confidence, and degrees it was turned.

    A picture whose text is doubtful is tried in the other three directions; the best one counts.
    """
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    best = _try(picture, 0, model)
    if best[1] < _TURN_BELOW and best[0]:
        for turned in (180, 90, 270):
            other = _try(picture, turned, model)
            if other[1] > max(best[1], _TURN_BELOW):
                best = other
                if best[1] > _SURE:
                    break
    return best


def _try(picture: Image.Image, turned: int, model: str) -> tuple[list[Line], float, int]:
    upright = picture.rotate(-turned, expand=True) if turned else picture
    buffer = io.BytesIO()
    upright.save(buffer, "BMP")
    found = engine(model).lines(buffer.getvalue())
    width, height = upright.size
    lines = []
    weight = total = 0.0
    for text, confidence, (x0, y0, x1, y1) in found:
        box = (x0 / width, y0 / height, x1 / width, y1 / height)
        lines.append(Line(text, _turn_back(box, turned)))
        weight += len(text)
        total += confidence * len(text)
    return lines, (total / weight if weight else 0.0), turned


def _turn_back(
    box: tuple[float, float, float, float], turned: int
) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (min(1.0, max(0.0, side)) for side in box)
    match turned:
        case 180:
            return 1 - x1, 1 - y1, 1 - x0, 1 - y0
        case 90:
            return y0, 1 - x1, y1, 1 - x0
        case 270:
            return 1 - y1, x0, 1 - y0, x1
        case _:
            return x0, y0, x1, y1
