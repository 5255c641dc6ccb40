"""The numbers that Word prints before headings and list items, counted as Word does."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from analysis.formats.docx.package import attribute, child, tag, value

_LEVELS = 9
"""Levels of a list in Word."""
_BULLET = "•"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ROMAN_UP_TO = 4000
"""Roman numerals have no sign for more than three thousands."""
_FOLLOWED = 20
"""Maximum depth of a style's inheritance; a deeper one must be circular."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    shape: str = "decimal"
    text: str = ""
    style: str | None = None


@dataclass(slots=True)
class _List:
    """One list: its levels, and the counters that it shares with every list of the same kind."""

    levels: dict[int, _Level]
    counters: dict[int, int]
    restarts: dict[int, int] = field(default_factory=dict)
    """The start values of levels that this list restarts; empty after its first paragraph."""


class Numbering:
    """The counters of a document. Call `before` once for each paragraph, in order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {
            attribute(style, "styleId"): style
            for style in (styles if styles is not None else ())
            if tag(style) == "style"
        }
        self._lists = self._read(numbering) if numbering is not None else {}

    def label(self, paragraph: Element) -> str:
        """The text printed before this paragraph; `""` if there is none."""
        found = self._list_of(paragraph)
        if found is None:
            return ""
        list_, depth = found
        level = list_.levels[depth]
        if level.shape == "bullet":
            return _BULLET
        if level.shape == "none":
            return ""
        if depth in list_.restarts:
            list_.counters[depth] = list_.restarts.pop(depth)
        else:
            list_.counters[depth] = list_.counters.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _LEVELS):
            list_.counters.pop(deeper, None)
        return _printed(list_, depth)

    def _list_of(self, paragraph: Element) -> tuple[_List, int] | None:
        properties = child(paragraph, "pPr")
        direct = child(properties, "numPr")
        style = value(properties, "pStyle")
        inherited, from_style = self._of_style(style)
        number = value(direct, "numId") or value(inherited, "numId")
        list_ = self._lists.get(number or "0")
        if list_ is None:
            return None
        stated = value(direct, "ilvl") or value(inherited, "ilvl")
        if stated is None:
            named = (d for d, level in list_.levels.items() if level.style in from_style)
            depth = next(named, 0) if from_style else 0
        else:
            depth = int(stated) if stated.isdecimal() else 0
        return (list_, depth) if depth in list_.levels else None

    def _of_style(self, style: str | None) -> tuple[Element | None, frozenset[str]]:
        """The numbering that a style states or inherits, and the styles that were visited."""
        visited: list[str] = []
        while style in self._styles and style is not None and len(visited) < _FOLLOWED:
            visited.append(style)
            found = child(self._styles[style], "pPr", "numPr")
            if found is not None:
                return found, frozenset(visited)
            style = value(self._styles[style], "basedOn")
        return None, frozenset()

    def _read(self, numbering: Element) -> dict[str, _List]:
        abstract = {
            attribute(definition, "abstractNumId"): definition
            for definition in numbering
            if tag(definition) == "abstractNum"
        }
        shared: dict[str | None, dict[int, int]] = defaultdict(dict)
        lists = {}
        for definition in numbering:
            if tag(definition) != "num":
                continue
            kind = value(definition, "abstractNumId")
            levels = _levels(abstract.get(kind))
            restarts = {}
            for override in definition:
                if tag(override) != "lvlOverride":
                    continue
                depth = _whole(attribute(override, "ilvl"), 0)
                start = value(override, "startOverride")
                level = child(override, "lvl")
                if level is not None:
                    levels[depth] = _level(level)
                if start is not None:
                    restarts[depth] = _whole(start, 1)
                    levels[depth] = replace(levels.get(depth, _Level()), start=_whole(start, 1))
            lists[attribute(definition, "numId") or ""] = _List(levels, shared[kind], restarts)
        lists.pop("0", None)
        return lists


def _levels(abstract: Element | None) -> dict[int, _Level]:
    if abstract is None:
        return {}
    return {
        _whole(attribute(level, "ilvl"), 0): _level(level)
        for level in abstract
        if tag(level) == "lvl"
    }


def _level(element: Element) -> _Level:
    return _Level(
        start=_whole(value(element, "start"), 1),
        shape=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        style=value(element, "pStyle"),
    )


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() else otherwise


def _printed(list_: _List, depth: int) -> str:
    """The level's text with `%1` … `%9` replaced by the counters of its levels."""
    text = list_.levels[depth].text
    for above in range(depth + 1):
        level = list_.levels.get(above, _Level())
        count = list_.counters.setdefault(above, level.start)
        text = text.replace(f"%{above + 1}", _spelled(count, level.shape))
    return text.strip()


def _spelled(count: int, shape: str) -> str:
    match shape:
        case "lowerLetter" | "upperLetter" if count > 0:
            letter = _ALPHABET[(count - 1) % 26] * ((count - 1) // 26 + 1)
            return letter.upper() if shape == "upperLetter" else letter
        case "lowerRoman" | "upperRoman" if 0 < count < _ROMAN_UP_TO:
            roman = _roman(count)
            return roman.upper() if shape == "upperRoman" else roman
        case "decimalZero":
            return f"{count:02d}"
        case "bullet" | "none":
            return ""
        case _:
            return str(count)


def _roman(count: int) -> str:
    parts = []
    for numeral_value, sign in _ROMAN:
        times, count = divmod(count, numeral_value)
        parts.append(sign * times)
    return "".join(parts)
