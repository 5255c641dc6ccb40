"""Images of pages for the site: a thumbnail and a readable image."""

import io
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
from PIL import Image

from analysis.errors import Unreadable
from analysis.formats import open_document
from analysis.limits import Limits
from analysis.model import Preview

_LONGEST = 1400
"""Pixels of the longer side of the readable image."""
_THUMBNAIL = 260
"""Pixels of the longer side of the thumbnail."""
_QUALITY = 70
"""Of 100, for WebP."""


def of(data: bytes, kind: str, numbers: Sequence[int], limits: Limits) -> Iterator[Preview]:
    """The images of each page that can be drawn; pages that fail are omitted."""
    with open_document.open_file(data, kind, limits) as document:
        for number in numbers:
            if not 0 <= number < document.page_count:
                continue
            try:
                drawn = document.render_page(number, _LONGEST)
            except (pdfium.PdfiumError, Unreadable):
                continue
            width, height = drawn.size
            readable = _webp(drawn)
            drawn.thumbnail((_THUMBNAIL, _THUMBNAIL))
            yield Preview(
                page=number, width=width, height=height, thumbnail=_webp(drawn), readable=readable
            )


def _webp(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=_QUALITY, method=3)
    return buffer.getvalue()
