"""Pictures made fit for reading: upright by EXIF, eight bits, no alpha, not too many pixels."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from analysis.limits import Limits
from analysis.unreadable import Unreadable

LONGEST = 3600
"""Pixels along the longer side that are worth keeping: an A4 page at 300 dpi."""
_REDUCIBLE = frozenset(["L", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "I", "F"])
_DEEP = {"I;16", "I;16B", "I;16L", "I", "F"}


def opened(data: bytes, limits: Limits) -> Image.Image:
    """The picture as a person sees it, RGB. Unreadable when damaged or larger than the limit."""
    Image.MAX_IMAGE_PIXELS = None  # the limit below is ours, and it is an error, not a warning
    try:
        picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        width, height = picture.size
        if width * height > limits.pixels:
            raise Unreadable(
                "too_many_pixels",
                f"The picture has {width} x {height} pixels, more than can be read. "
                "Please save it smaller.",
            )
        picture.draft("RGB", (5200, 5200))
        picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as damaged:
        raise Unreadable(
            "damaged", "The picture is damaged or cut short. Please take or save it again."
        ) from damaged
    # Made smaller before anything else, for every further step copies it.
    while max(picture.size) > 2 * LONGEST and picture.mode in _REDUCIBLE:
        picture = _with_info(picture.reduce(2), picture)
    return _flat(ImageOps.exif_transpose(picture))


def _with_info(smaller: Image.Image, picture: Image.Image) -> Image.Image:
    """The smaller picture, which knows how the camera was held and what is transparent in it."""
    smaller.info = picture.info
    return smaller


def _flat(picture: Image.Image) -> Image.Image:
    if picture.mode in _DEEP:
        low, high = picture.convert("F").getextrema()
        scale = 255.0 / ((high - low) or 1.0)  # type: ignore[operator]  # numbers for mode F
        return picture.convert("F").point(lambda v: v * scale - low * scale).convert("L").convert("RGB")  # type: ignore[operator]  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return picture.convert("RGB")
