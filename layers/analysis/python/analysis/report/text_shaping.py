"""Lay out text of any script in lines: line breaks, direction, and the font of each character.

reportlab sets one font from left to right. Here a text is first broken into lines; then Arabic
letters get their joined forms, and lines in Arabic or Hebrew are put in visual order; then each
part of a line gets a font that has its characters.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONT = "Docket"
"""The name by which the regular font is registered."""
BOLD = "Docket-Bold"
"""The name by which the bold font is registered."""
_EAST_ASIAN = "Docket-East-Asian"
_FOLDER = Path(__file__).parent / "fonts"
_NO_GLYPH = "\u25a1"
_BRACKETS = "()[]{}«»"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_JOINED = re.compile("[\u0600-\u08ff]")
_LETTER = re.compile(r"[^\W\d_]")
_UNBROKEN = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]"
)
"""Scripts in which a line may end after any character."""
_NOT_SHOWN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e"
                        "\u2060-\u2069\ufe00-\ufe0f\ufeff]")  # fmt: skip
"""Control characters, including those that change the direction of text."""
_TOKENS = re.compile(rf"\s+|{_UNBROKEN.pattern}|(?:(?!{_UNBROKEN.pattern})\S)+")


@cache
def register() -> None:
    """The fonts, embedded from the project's files, so that reports look the same everywhere."""
    pdfmetrics.registerFont(TTFont(FONT, str(_FOLDER / "DejaVuSans.ttf")))
    pdfmetrics.registerFont(TTFont(BOLD, str(_FOLDER / "DejaVuSans-Bold.ttf")))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)


@cache
def _glyphs(font: str) -> frozenset[int]:
    if font == _EAST_ASIAN:  # large, so only where it is needed
        path = str(_FOLDER / "wqy-microhei.ttc")
        pdfmetrics.registerFont(TTFont(_EAST_ASIAN, path, subfontIndex=0))
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def runs_to_the_left(text: str) -> bool:
    """Whether the first letter of a text is of a right-to-left script."""
    first = _LETTER.search(text)
    return first is not None and bool(_RIGHT_TO_LEFT.match(first.group()))


def plain(text: object) -> str:
    """The text on one line, without invisible characters."""
    return " ".join(_NOT_SHOWN.sub("", str(text)).split())


def lines(text: str, font: str, size: float, width: float) -> list[str]:
    """The text as reportlab's markup, in lines of at most `width`."""
    register()
    to_the_left = runs_to_the_left(text)
    return [
        _markup(_as_seen(line, to_the_left=to_the_left), font)
        for line in _broken(plain(text), font, size, width)
    ]


def cut(text: object, font: str, size: float, width: float) -> str:
    """As much of the text as fits into one line, for drawing in one font."""
    register()
    known = _glyphs(font)
    shown = "".join(sign if ord(sign) in known else _NO_GLYPH for sign in plain(text))
    fitting = _fitting(shown, font, size, width)
    if fitting < len(shown):
        shown = shown[: _fitting(shown, font, size, width - _width("…", font, size))].rstrip() + "…"
    return _as_seen(shown, to_the_left=runs_to_the_left(shown))


def _broken(text: str, font: str, size: float, width: float) -> Iterator[str]:
    line, used = "", 0.0
    for token in _TOKENS.findall(text):
        needed = _width(_joined(token), font, size)
        if used + needed > width and line.strip():
            yield line.strip()
            line, used = "", 0.0
        while needed > width and len(token) > 1:
            fitting = _fitting(token, font, size, width)
            yield token[:fitting]
            token = token[fitting:]  # noqa: PLW2901 - what is left of it is the token
            needed = _width(_joined(token), font, size)
        if line or not token.isspace():
            line, used = line + token, used + needed
    if line.strip():
        yield line.strip()


def _fitting(word: str, font: str, size: float, width: float) -> int:
    used = 0.0
    for place, sign in enumerate(word):
        used += _width(sign, font, size)
        if used > width:
            return max(1, place)
    return len(word)


def _joined(text: str) -> str:
    """Arabic letters in their joined forms."""
    if not _JOINED.search(text):
        return text
    import arabic_reshaper  # noqa: PLC0415 - few texts need it

    shaped: str = arabic_reshaper.reshape(text)
    return shaped


def _as_seen(line: str, *, to_the_left: bool) -> str:
    if not _RIGHT_TO_LEFT.search(line):
        return line
    from bidi import get_display  # noqa: PLC0415 - few texts need it

    shown = str(get_display(_joined(line), base_dir="R" if to_the_left else "L"))
    return _mirrored(shown, mirror_unpaired=to_the_left)


def _mirrored(shown: str, *, mirror_unpaired: bool) -> str:
    """The line with mirrored brackets, where its direction was reversed."""
    open_at: list[int] = []
    turned: list[int] = []
    for place, sign in enumerate(shown):
        if sign in _BRACKETS[::2]:
            open_at.append(place)
        elif sign in _BRACKETS:
            if open_at:
                open_at.pop()
            else:
                turned.append(place)
    signs = list(shown)
    if mirror_unpaired or (turned and open_at):
        for place in (*turned, *open_at):
            at = _BRACKETS.index(signs[place])
            signs[place] = _BRACKETS[at ^ 1]
    return "".join(signs)


def _font_of(sign: str, font: str) -> str | None:
    if ord(sign) in _glyphs(font):
        return font
    return _EAST_ASIAN if ord(sign) in _glyphs(_EAST_ASIAN) else None


def _runs(text: str, font: str) -> Iterator[tuple[str, str]]:
    """Runs of one font; a character that no font has is shown as a box."""
    known = _glyphs(font)
    if all(ord(sign) in known for sign in text):
        yield font, text
        return
    for chosen, signs in groupby(text, key=lambda sign: _font_of(sign, font)):
        stretch = "".join(signs)
        yield (chosen, stretch) if chosen else (font, _NO_GLYPH * len(stretch))


def _width(text: str, font: str, size: float) -> float:
    return sum(
        float(pdfmetrics.stringWidth(stretch, chosen, size))
        for chosen, stretch in _runs(text, font)
    )


def _markup(line: str, font: str) -> str:
    return "".join(
        escape(stretch) if chosen == font else f'<font name="{chosen}">{escape(stretch)}</font>'
        for chosen, stretch in _runs(line, font)
    )
