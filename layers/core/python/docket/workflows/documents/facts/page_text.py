"""The words of a page of a paid document, from the stored result.

A result has runs of text with their boxes, not words. The box of a word is the part of its run that
its characters take up, by their usual widths.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from analysis.model import Box, Line, Page
from docket.runtime.reply_size import MAX_BODY_BYTES, envelope_bytes

type Json = dict[str, Any]

MOST_WORDS = 20_000
"""Of a page. A page of small print has 2,000."""

MOST_BYTES = MAX_BODY_BYTES - 512 * 1024
"""Of a reply; the lines behind are left out. The rest is for the names of its fields."""

_WORD = re.compile(r"\S+")
_NARROW = frozenset("iljtfrI1.,:;'|!()[]{}- ")
_WIDE = frozenset("mwMWOQ@%")
_WIDTHS = {"narrow": 5, "usual": 10, "wide": 15, "square": 18}
"""Relative widths of characters in a proportional font."""


def text_of(result: Json | None, page_index: int) -> Json | None:
    """The lines of a page (from 0), each with its words; None if the result has no such page.

    `turned`: by how many degrees the page must be turned clockwise for its text to be upright.
    """
    pages = (result or {}).get("pages", ())
    stored = next((page for page in pages if page["number"] == page_index), None)
    if stored is None:
        return None
    page = Page.from_dict(stored)
    lines, count, size = [], 0, 0
    for line in page.lines:
        words = list(_words(page, line))[: MOST_WORDS - count]
        count += len(words)
        size += envelope_bytes(words)
        if size > MOST_BYTES:
            break
        if words:
            lines.append({"words": words})
    return {"page": page_index, "turned": page.turned, "lines": lines}


def _words(page: Page, line: Line) -> Iterator[Json]:
    box = page.upright(line.box)
    ends = [0, *accumulate(_width(character) for character in line.text)]
    whole = ends[-1] or 1
    for match in _WORD.finditer(line.text):
        left, right = (box.left + box.width * ends[at] / whole for at in match.span())
        word = page.displayed(Box(left, box.top, right, box.bottom))
        yield {"text": match.group(), "box": [min(1.0, max(0.0, side)) for side in word.to_list()]}


def _width(character: str) -> int:
    if character in _NARROW:
        return _WIDTHS["narrow"]
    if character in _WIDE:
        return _WIDTHS["wide"]
    is_square = unicodedata.east_asian_width(character) in {"W", "F"}
    return _WIDTHS["square" if is_square else "usual"]
