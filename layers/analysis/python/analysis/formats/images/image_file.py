"""Image files: one page, or as many as a TIFF file has."""

from typing import Any

from PIL import Image

from analysis.formats.images import image, scan
from analysis.limits import Limits
from analysis.model import Fact, LineItem, Outline, Page

_NOT_OF_CAMERAS = frozenset(["tiff", "png", "gif"])
"""The formats of scanners and screenshots. Cameras write the others, as scanners may, too."""


class ImageFile:
    """A photograph, or the scanned pages of a TIFF file. Raises `Unreadable` as `image` does."""

    def __init__(self, data: bytes, kind: str, limits: Limits) -> None:
        self._data = data
        self._kind = kind
        self._limits = limits
        self._frames = image.frames(data, limits) if kind == "tiff" else [0]
        self.page_count = len(self._frames)
        single = self._frames[0] if self.page_count == 1 else None
        self._first = image.open_image(data, limits, frame=single) if single is not None else None

    def outline(self) -> Outline:
        """The number of pages, all of which need OCR."""
        pages = tuple(range(self.page_count))
        return Outline(kind_of_file=self._kind, page_count=self.page_count, needs_ocr=pages)

    def page(self, number: int) -> Page:
        """The page by OCR; its size is in pixels. Raises `Unreadable` if the image is damaged."""
        picture = self._picture(number)
        enough = scan.RENDERED if self._kind in _NOT_OF_CAMERAS else scan.PHOTOGRAPHED
        return scan.page_of(picture, number, picture.size, self._limits, enough=enough)

    def embedded(self) -> tuple[tuple[Fact, ...], tuple[LineItem, ...]]:
        """None: images contain no facts."""
        return (), ()

    def warnings(self) -> list[dict[str, Any]]:
        """None: an image is read as a whole."""
        return []

    def render_page(self, number: int, longest: int) -> Image.Image:
        """The page, its longer side at most `longest` pixels."""
        drawn = self._picture(number)
        drawn.thumbnail((longest, longest))
        return drawn

    def _picture(self, number: int) -> Image.Image:
        """An image that may be changed."""
        if self._first is not None:
            return self._first.copy()
        return image.open_image(self._data, self._limits, frame=self._frames[number])
