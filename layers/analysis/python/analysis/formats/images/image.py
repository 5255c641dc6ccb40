"""Prepare images for OCR: upright by EXIF, eight bits, no alpha, a limited number of pixels."""

import io

from PIL import Image, ImageChops, ImageFilter, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.TiffImagePlugin import TiffImageFile

from analysis.errors import Unreadable, parsing
from analysis.limits import Limits

MAX_SIDE_PIXELS = 5000
"""Pixels of the longer side above which an image is halved: an A4 page at 400 dpi."""
_LEGIBLE = 1800
"""Minimum pixels of the shorter side when a JPEG is decoded at a reduced size."""
_BLANK_SIDE = 192
"""Pixels of the sides of the small image on which a page is judged blank."""
_SHADOW = 8
"""Pixels of that image around a point; what changes more slowly is a shadow."""
_INK = 14
"""Difference in brightness from the surroundings, of 255, that paper and shadows do not have."""
_REDUCIBLE = frozenset(["L", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "I", "F"])
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "GIF", "HEIF")
_SUBFILE_TYPE = 254
"""The tag of TIFF (`NewSubfileType`) that tells pages from their thumbnails."""
_REDUCED = 1
"""The bit of a TIFF image's type that says that it is a smaller version of another one."""
_LEAST_OBLONG = 1.1
"""The ratio of resolutions above which pixels are not square; less is rounding."""
_MOST_OBLONG = 4.0
"""Pixels may be this many times as high as wide, or the reverse; other ratios are mistakes."""
_DEEP = {"I;16", "I;16B", "I;16L", "I", "F"}


def frames(data: bytes, limits: Limits) -> list[int]:
    """The places of a TIFF file's pages among its images, which may be thumbnails of pages too.

    Raises `Unreadable` if it is damaged, or has too many images.
    """
    pages: list[int] = []
    with parsing("damaged", context="image"):
        image = _open_image(data)
        count = 0
        while count <= limits.pages and _has_frame(image, count):
            tags = image.tag_v2 if isinstance(image, TiffImageFile) else {}
            if not int(tags.get(_SUBFILE_TYPE, 0)) & _REDUCED:
                pages.append(count)
            count += 1
    if count > limits.pages:
        raise Unreadable("too_many_pages", pages=count, max_pages=limits.pages)
    return pages or [0]


def _has_frame(image: Image.Image, number: int) -> bool:
    try:
        image.seek(number)
    except EOFError:
        return False
    return True


def _open_image(data: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # the callers' limit is an error, not a warning
    if data[4:8] == b"ftyp":
        import pi_heif  # noqa: PLC0415 - few files are HEIC

        pi_heif.register_heif_opener(thumbnails=False)
    return Image.open(io.BytesIO(data), formats=_FORMATS)


def open_image(data: bytes, limits: Limits, *, frame: int = 0) -> Image.Image:
    """The image in RGB, as displayed. Raises `Unreadable` if it is damaged or above the limit."""
    with parsing("damaged", context="image"):
        image = _open_image(data)
        if frame:
            image.seek(frame)
        width, height = image.size
        if width * height > limits.pixels:
            raise Unreadable("too_many_pixels", width=width, height=height)
        if isinstance(image, JpegImageFile):
            image.draft("RGB", (_LEGIBLE, _LEGIBLE))  # decodes at a half or a quarter of the size
        image.load()
        # Reduced before the other steps, because each of them copies the image.
        while max(image.size) > MAX_SIDE_PIXELS and image.mode in _REDUCIBLE:
            image = _with_info(image.reduce(2), image)
        return _flat(ImageOps.exif_transpose(_with_square_pixels(image)))


def is_blank(picture: Image.Image) -> bool:
    """Whether nothing is drawn on a page: its inner part has one brightness, but for grain."""
    small = picture.convert("L").resize((_BLANK_SIDE, _BLANK_SIDE), Image.Resampling.BOX)
    edge = _BLANK_SIDE // 16
    inner = small.crop((edge, edge, _BLANK_SIDE - edge, _BLANK_SIDE - edge))
    shadows = inner.filter(ImageFilter.BoxBlur(_SHADOW))
    darkest = ImageChops.difference(inner, shadows).tobytes()
    return max(darkest) < _INK


def _with_info(smaller: Image.Image, image: Image.Image) -> Image.Image:
    """The smaller image with the EXIF rotation and the transparency of the original."""
    smaller.info = image.info
    return smaller


def _with_square_pixels(image: Image.Image) -> Image.Image:
    """The image as displayed: the lines of a fax are twice as far apart as its columns."""
    columns, rows = image.info.get("dpi", (1.0, 1.0))
    ratio = float(columns) / float(rows) if columns and rows else 1.0
    if image.format != "TIFF" or not _LEAST_OBLONG < max(ratio, 1 / ratio) < _MOST_OBLONG:
        return image
    width, height = image.size
    size = (width, round(height * ratio)) if ratio > 1 else (round(width / ratio), height)
    return _with_info(image.convert("L" if image.mode == "1" else image.mode).resize(size), image)


def _flat(image: Image.Image) -> Image.Image:
    if image.mode in _DEEP:
        deep = image.convert("F")
        low, high = (float(str(end)) for end in deep.getextrema())
        scale = 255.0 / ((high - low) or 1.0)
        return deep.point(lambda level: level * scale - low * scale).convert("L").convert("RGB")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        background = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(background, clear).convert("RGB")
    return image.convert("RGB")
