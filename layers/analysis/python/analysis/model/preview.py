"""The pictures of a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Pictures of one page as WebP bytes: a thumbnail and one wide enough to read.

    `width` and `height` are the readable picture's pixels; a box times these is where it stands.
    """

    page: int
    width: int
    height: int
    thumbnail: bytes
    readable: bytes
