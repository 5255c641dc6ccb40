"""Parse XML in any encoding. Document type declarations, and with them entities, are refused."""

from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

_DEEPEST = 400
"""Maximum nesting; deeper documents are made to exhaust their reader."""
_FED = 1 << 16
"""Bytes that are parsed at a time; parsing stops at the first block with an error."""


class Malformed(ValueError):
    """Not well-formed, in an unknown encoding, too deep, or with a document type declaration."""


class _Builder(ET.TreeBuilder):
    """Builds an element tree of limited depth, so that recursive functions can process it."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def doctype(self, name: str, pubid: str, system: str) -> None:
        """Called by the parser, after decoding and before any entity is expanded."""
        del name, pubid, system
        raise Malformed("a document type declaration")

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Begin an element. Raises `Malformed` below the deepest level."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Malformed("nested too deeply")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """End an element, and with it its level."""
        self._depth -= 1
        return super().end(tag)


def parse(content: bytes) -> Element:
    """The root element. Raises `Malformed`."""
    parser = ET.XMLParser(target=_Builder())  # noqa: S314 - the builder refuses what S314 is about
    try:
        for at in range(0, len(content), _FED):
            parser.feed(content[at : at + _FED])
        root: Element = parser.close()
    except (ET.ParseError, LookupError, ValueError) as failed:
        raise Malformed(str(failed)) from failed
    return root
