"""Pictures made fit for reading: upright by EXIF, eight bits, no alpha, not too many pixels."""

import io

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

from analysis.errors import Unreadable, parsing
from analysis.limits import Limits

LONGEST = 5000
"""Pixels along the longer side above which a picture is halved: an A4 page at 400 dpi."""
_LEGIBLE = 1800
"""Pixels that the shorter side keeps when a JPEG is unpacked to a part of its size."""
_REDUCIBLE = frozenset(["L", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "I", "F"])
_DEEP = {"I;16", "I;16B", "I;16L", "I", "F"}


def open_image(data: bytes, limits: Limits) -> Image.Image:
    """The picture as a person sees it, RGB. Unreadable when damaged or larger than the limit."""
    Image.MAX_IMAGE_PIXELS = None  # the limit below is ours, and it is an error, not a warning
    with parsing("damaged", context="image"):
        picture: Image.Image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        width, height = picture.size
        if width * height > limits.pixels:
            raise Unreadable("too_many_pixels", width=width, height=height)
        if isinstance(picture, JpegImageFile):
            picture.draft("RGB", (_LEGIBLE, _LEGIBLE))  # unpacks to a half or a quarter
        picture.load()
        # Made smaller before anything else, for every further step copies it.
        while max(picture.size) > LONGEST and picture.mode in _REDUCIBLE:
            picture = _with_info(picture.reduce(2), picture)
        return _flat(ImageOps.exif_transpose(picture))


def _with_info(smaller: Image.Image, picture: Image.Image) -> Image.Image:
    """The smaller picture, which knows how the camera was held and what is transparent in it."""
    smaller.info = picture.info
    return smaller


def _flat(picture: Image.Image) -> Image.Image:
    if picture.mode in _DEEP:
        deep = picture.convert("F")
        low, high = (float(str(end)) for end in deep.getextrema())
        scale = 255.0 / ((high - low) or 1.0)
        return deep.point(lambda level: level * scale - low * scale).convert("L").convert("RGB")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        background = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(background, clear).convert("RGB")
    return picture.convert("RGB")
