"""Page numbers that are known only after the layout, as PDF forms that are filled at the end.

A form may be used on a page before it is drawn. So the document is laid out once, and images and
tables are not made twice for a number.
"""

from typing import Any, NamedTuple

from reportlab.platypus import Flowable

_PAGES = "page-count"
_DIGITS = 2.6
"""Width of a number of four digits, in units of its font size."""


class NumberStyle(NamedTuple):
    """The style of a number."""

    font: str
    size: float
    colour: Any


class DocumentStart(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """The start of a part: its outline entry, its link target, and its page number."""

    width = height = 0

    def __init__(self, place: str, title: str) -> None:
        super().__init__()
        self._place, self._title = place, title

    def wrap(self, *_: float) -> tuple[float, float]:
        """No room: it only marks a place."""
        return 0, 0

    def draw(self) -> None:
        """Add a bookmark and an entry of the outline, and remember the page's number."""
        canvas = self.canv
        canvas.bookmarkPage(self._place)
        canvas.addOutlineEntry(self._title, self._place)
        begun: dict[str, int] = canvas.__dict__.setdefault("begun", {})
        begun[self._place] = canvas.getPageNumber()


class NumberOf(Flowable):  # type: ignore[misc]  # its base is untyped
    """The page number of a part's start, with a link to it."""

    def __init__(self, place: str, style: NumberStyle) -> None:
        super().__init__()
        self._place, self._style = place, style
        self.height = style.size * 1.35

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        """All of the width, and the height of one line, in points."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Draw the form of the number, which `Total` fills, and link it to its place."""
        canvas = self.canv
        wanted: dict[str, NumberStyle] = canvas.__dict__.setdefault("wanted", {})
        wanted[self._place] = self._style
        canvas.saveState()
        canvas.translate(0, self.height - self._style.size)
        canvas.doForm(self._place)
        canvas.restoreState()
        canvas.linkRect("", self._place, (0, 0, self.width, self.height), relative=1, thickness=0)


class Total(Flowable):  # type: ignore[misc]  # its base is untyped
    """At the end of the document: sets the number of pages in the footer of each page."""

    width = height = 0

    def __init__(self, style: NumberStyle, page_of: str) -> None:
        """`page_of` is the text before the total, with `{page}`."""
        super().__init__()
        self._style, self._page_of = style, page_of

    def wrap(self, *_: float) -> tuple[float, float]:
        """No room: it is drawn into forms on other pages."""
        return 0, 0

    def draw_on(self, canvas: Any, right: float, bottom: float) -> None:
        """`3 of 12`, ending before `right`."""
        canvas.setFont(self._style.font, self._style.size)
        canvas.setFillColor(self._style.colour)
        start = right - _DIGITS * self._style.size
        canvas.drawRightString(start, bottom, self._page_of.format(page=canvas.getPageNumber()))
        canvas.saveState()
        canvas.translate(start, bottom)
        canvas.doForm(_PAGES)
        canvas.restoreState()

    def draw(self) -> None:
        """Fill the forms of all page numbers. It must be the last of the document."""
        canvas = self.canv
        begun: dict[str, int] = canvas.__dict__.get("begun", {})
        for place, style in canvas.__dict__.get("wanted", {}).items():
            _fill(canvas, place, str(begun.get(place, "")), style)
        _fill(canvas, _PAGES, str(canvas.getPageNumber()), self._style)


def _fill(canvas: Any, form: str, text: str, style: NumberStyle) -> None:
    canvas.beginForm(form, 0, -style.size, _DIGITS * style.size, style.size)
    canvas.setFont(style.font, style.size)
    canvas.setFillColor(style.colour)
    canvas.drawString(0, 0, text)
    canvas.endForm()
