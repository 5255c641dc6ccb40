"""The images of a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The images of a page as WebP bytes: a thumbnail and a readable image.

    `width` and `height` are the pixels of the readable image; a box multiplied by them is in
    pixels.
    """

    page: int
    width: int
    height: int
    thumbnail: bytes
    readable: bytes
