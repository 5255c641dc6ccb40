"""An e-mail as one document: the sheets of its text, then the pages of what is attached to it.

Attachments are opened one at a time, because two PDFs must not be open at once.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from typing import Any, Protocol

from PIL import Image

from analysis.errors import Unreadable, left_out
from analysis.formats.detect import IMAGES, identify
from analysis.formats.docx import sheet
from analysis.formats.images import image
from analysis.formats.mail import message
from analysis.formats.mail.message import Attached, LeftOut, MailText
from analysis.formats.sheet_file import SheetFile
from analysis.limits import Limits
from analysis.model import Content, Fact, LineItem, Outline, Page

_TEXT = "text/plain"
"""The name of a text without a subject that is left out."""
_SMALLEST = 600
"""Pixels of the shorter side of an inline picture that is read: smaller ones are decoration."""
_LOCKED = frozenset(["password_protected", "password_protected_or_old_format"])


class _Opened(Protocol):
    """The interface of `open_document` that attachments are read by; see `PdfFile` for what each
    method promises.
    """

    page_count: int

    def outline(self) -> Outline: ...
    def page(self, number: int) -> Page: ...
    def embedded(self) -> tuple[tuple[Fact, ...], tuple[LineItem, ...]]: ...
    def warnings(self) -> list[dict[str, Any]]: ...
    def render_page(self, number: int, longest: int) -> Image.Image: ...


type Opener = Callable[[bytes, str, Limits], AbstractContextManager[_Opened]]


class MailFile:
    """A mail and what is attached to it. Raises `Unreadable` if nothing of it can be read."""

    def __init__(self, data: bytes, limits: Limits, open_file: Opener) -> None:
        self._limits = limits
        self._open_file = open_file
        self._open = ExitStack()
        self._current: tuple[int, _Opened] | None = None
        self._warnings: list[dict[str, Any]] = []
        self._sources: list[SheetFile | bytes] = []
        self._needs_ocr: list[int] = []
        self.contents: list[Content] = []
        self.page_count = 0
        self._left_out: list[str] = []
        self._locked: list[str] = []
        for content in message.read(data, limits):
            match content:
                case MailText():
                    self._add_text(content)
                case LeftOut():
                    self._left_out.append(content.name)
                case Attached():
                    self._add_attached(content)
        if not self.contents:
            raise Unreadable("no_text")

    def close(self) -> None:
        """Close the attachment that is open."""
        self._open.close()
        self._current = None

    def outline(self) -> Outline:
        """The pages of the mail and of all attachments, and those that need OCR."""
        return Outline(
            kind_of_file="eml", page_count=self.page_count, needs_ocr=tuple(self._needs_ocr)
        )

    def page(self, number: int) -> Page:
        """The page, from the text or the attachment that has it.

        Opening an attachment again may raise `Unreadable`.
        """
        document, first = self._at(number)
        return replace(document.page(number - first), number=number)

    def embedded(self) -> tuple[tuple[Fact, ...], tuple[LineItem, ...]]:
        """None: a mail states no facts as data."""
        return (), ()

    def warnings(self) -> list[dict[str, Any]]:
        """The warnings of the attachments, each once, and the attachments that were not read."""
        self._close_current()
        warnings = [
            entry for n, entry in enumerate(self._warnings) if entry not in self._warnings[:n]
        ]
        warnings += left_out("attachments_not_read", self._left_out)
        warnings += left_out("parts_locked", self._locked)
        return warnings

    def render_page(self, number: int, longest: int) -> Image.Image:
        """The page, its longer side at most `longest` pixels."""
        document, first = self._at(number)
        return document.render_page(number - first, longest)

    def _add_text(self, text: MailText) -> None:
        set_on = sheet.set_blocks(text.blocks, self._limits)
        if not any(set_on.lines):
            return
        if self.page_count + len(set_on.lines) > self._limits.pages:
            self._left_out.append(text.subject or _TEXT)
        else:
            self._add(SheetFile("eml", set_on), text.subject, "eml", len(set_on.lines))

    def _add_attached(self, attached: Attached) -> None:
        try:
            self._add_pages_of(attached)
        except Unreadable as failed:
            names = self._locked if failed.code in _LOCKED else self._left_out
            names.append(attached.name)

    def _add_pages_of(self, attached: Attached) -> None:
        kind = identify(attached.content, attached.name, "")
        if attached.is_inline and kind in IMAGES and self._is_decoration(attached.content):
            return
        if kind == "eml":  # mails within the mail are read with it, unless they are too deep in it
            raise Unreadable("nested_too_deeply")
        with self._open_file(attached.content, kind, self._limits) as document:
            if self.page_count + document.page_count > self._limits.pages:
                raise Unreadable("too_many_pages")
            first = self.page_count
            self._needs_ocr += [first + number for number in document.outline().needs_ocr]
            embedded = document.embedded()
            self._add(attached.content, attached.name, kind, document.page_count, embedded)

    def _add(
        self,
        source: SheetFile | bytes,
        title: str | None,
        kind: str,
        page_count: int,
        embedded: tuple[tuple[Fact, ...], tuple[LineItem, ...]] = ((), ()),
    ) -> None:
        first = self.page_count
        facts, items = embedded
        self._sources.append(source)
        self.contents.append(
            Content(
                title=title, kind_of_file=kind, first_page=first, page_count=page_count,
                facts=tuple(replace(fact, page=_moved(fact.page, first)) for fact in facts),
                line_items=tuple(replace(item, page=_moved(item.page, first)) for item in items),
            )
        )  # fmt: skip
        self.page_count += page_count

    def _is_decoration(self, content: bytes) -> bool:
        return min(image.open_image(content, self._limits).size) < _SMALLEST

    def _at(self, number: int) -> tuple[_Opened, int]:
        """The opened content that has a page, and its first page."""
        place = next(n for n, content in enumerate(self.contents) if number in content.pages)
        if self._current is None or self._current[0] != place:
            self._close_current()
            source = self._sources[place]
            document: _Opened = (
                source
                if isinstance(source, SheetFile)
                else self._open.enter_context(
                    self._open_file(source, self.contents[place].kind_of_file, self._limits)
                )
            )
            self._current = (place, document)
        return self._current[1], self.contents[place].first_page

    def _close_current(self) -> None:
        """Close the content that is open, and keep its warnings."""
        if self._current is not None:
            self._warnings += self._current[1].warnings()
        self.close()


def _moved(page: int | None, first: int) -> int | None:
    return None if page is None else page + first
