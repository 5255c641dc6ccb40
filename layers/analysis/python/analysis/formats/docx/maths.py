"""Equations (OMML) as one line of text: `x=(-b±√(b^2-4ac))/(2a)`."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from analysis.formats.docx.package import child, tag

_PLAIN = 1
"""Most characters of a term that needs no brackets."""


def linear(element: Element) -> str:
    """The equation's text, with signs for its fractions, powers, roots and indices."""
    shape = _SHAPES.get(tag(element))
    if shape is not None:
        return shape(element)
    return (element.text or "") if tag(element) == "t" else _inner(element)


def _joined(*parts: str) -> Callable[[Element], str]:
    """The named parts of an element as groups, with the signs between them."""

    def write(element: Element) -> str:
        return "".join(part if part in _SIGNS else _group(child(element, part)) for part in parts)

    return write


def _root(element: Element) -> str:
    return f"{_inner(child(element, 'deg'))}√{_group(child(element, 'e'))}"


def _bracket(element: Element) -> str:
    return f"({', '.join(linear(part) for part in element if tag(part) == 'e')})"


def _lines(element: Element) -> str:
    return " ".join(linear(part) for part in element)


_SIGNS = frozenset("/^_")
_SHAPES: dict[str, Callable[[Element], str]] = {
    "f": _joined("num", "/", "den"),
    "sSup": _joined("e", "^", "sup"),
    "sSub": _joined("e", "_", "sub"),
    "sSubSup": _joined("e", "_", "sub", "^", "sup"),
    "rad": _root,
    "d": _bracket,
    "oMathPara": _lines,
}


def _inner(element: Element | None) -> str:
    return "" if element is None else "".join(linear(part) for part in element)


def _group(element: Element | None) -> str:
    text = _inner(element).strip()
    return text if len(text) <= _PLAIN else f"({text})"
