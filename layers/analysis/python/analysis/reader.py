"""The functions of the reader: read, outline, preview and join documents.

All work on a document happens in a child process (`analysis.sandbox`).
"""

import dataclasses
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from analysis.errors import Reason, Unreadable
from analysis.formats.detect import identify
from analysis.limits import Limits
from analysis.model import Outline, Preview, Result
from analysis.sandbox import parent, request

DEFAULT_LIMITS = Limits()
"""The limits of a caller who states none."""
_RESTARTS = 3
"""Number of pages that may be skipped because a child died, before the document is given up."""
_JOIN_SECONDS = 60.0
"""Least time for joining, which is one step for all pages of a document."""

_BLAME = {"time": "page_took_too_long", "memory": "page_too_much_memory"}


def read(
    data: bytes,
    filename: str,
    content_type: str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    pages: range | None = None,
    skip_failed_pages: bool = False,
) -> Result:
    """Read a document, or the given range of its pages (counted from 0).

    A page that cannot be read is listed in `unread`; the other pages are read. Raises `Unreadable`
    if no page can be read: wrong type, password, damage, over the limits. Raises `ReaderFailed` if
    the reader's own code fails; with `skip_failed_pages` the pages it fails on are listed in
    `unread` instead, unless no other page could be read. A crash, a timeout or a lack of memory is
    attributed to a page only if a new child process began with it.
    """
    kind = _kind_of_file(data, filename, content_type, limits)
    page_range = None if pages is None else [pages.start, pages.stop]
    progress = _Progress()
    until = time.monotonic() + limits.seconds
    skipped = 0
    fresh = False
    while skipped < _RESTARTS:
        left = max(0.0, until - time.monotonic())
        head = {
            "ask": "read",
            "kind": kind,
            "pages": page_range,
            "have": progress.have,
            "lost": progress.lost,
            "seconds": left,
            "skip_failed_pages": skip_failed_pages,
        }
        progress.restart()
        try:
            timed = dataclasses.replace(limits, seconds=left)
            for answer, _body in request.frames(head, data, timed, fresh=fresh):
                progress.update(answer)
        except parent.ChildDied as died:
            fresh = True
            if progress.settled and died.how != "failed" and time.monotonic() < until:
                continue
            if request.may_retry(died, until):
                continue
            if progress.at is None or died.how == "failed":
                raise request.error_of(died) from died
            reason = Reason(_BLAME.get(died.how, "page_stopped_the_reader"))
            progress.lost.append({"page": progress.at, **reason.to_dict()})
            skipped += 1
        if progress.result is not None:
            return progress.result
    raise Unreadable("damaged", context="pages")


@dataclasses.dataclass(slots=True)
class _Progress:
    """The state of a document while one child after another reads it."""

    have: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    lost: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    at: int | None = None
    """The page that the child has started and not finished."""
    settled: bool = False
    """Whether this child has finished a page, or found out why it cannot be read."""
    result: Result | None = None

    def restart(self) -> None:
        """Begin with a new child."""
        self.at, self.settled = None, False

    def update(self, answer: dict[str, Any]) -> None:
        """Note what a child has answered: that it starts a page, has read or lost it, or the
        result.
        """
        if "starting" in answer:
            self.at = answer["starting"]
        elif "page" in answer:
            self.have.append(answer["page"])
            self.at, self.settled = None, True
        elif "lost" in answer:
            self.lost.append(answer["lost"])
            self.at, self.settled = None, True
        elif "result" in answer:
            self.result = Result.from_dict(answer["result"])


def outline(
    data: bytes, filename: str, content_type: str, *, limits: Limits = DEFAULT_LIMITS
) -> Outline:
    """The type and the number of pages of a document. Raises `Unreadable` as `read` does."""
    kind = _kind_of_file(data, filename, content_type, limits)
    outline_fields = request.answer({"ask": "outline", "kind": kind}, data, limits)["outline"]
    return Outline(**{**outline_fields, "needs_ocr": tuple(outline_fields["needs_ocr"])})


def join(parts: Sequence[Result], *, limits: Limits = DEFAULT_LIMITS) -> Result:
    """Combine the results of a document's page ranges, in any order.

    A repeated range counts once; pages of no range are listed in `unread`.
    """
    if not parts:
        raise ValueError("nothing to join")
    head = {"ask": "join", "parts": [part.to_dict() for part in parts]}
    patient = dataclasses.replace(limits, page_seconds=max(limits.page_seconds, _JOIN_SECONDS))
    return Result.from_dict(request.answer(head, b"", patient)["result"])


def previews(
    data: bytes,
    filename: str,
    content_type: str,
    page_numbers: Iterable[int],
    *,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Preview]:
    """Images of the given pages (from 0), one by one. A page after the end is omitted."""
    kind = _kind_of_file(data, filename, content_type, limits)
    missing = list(page_numbers)
    until = time.monotonic() + limits.seconds
    for fresh in (False, True):
        timed = dataclasses.replace(limits, seconds=max(0.0, until - time.monotonic()))
        head = {"ask": "previews", "kind": kind, "pages": missing}
        try:
            for answer, body in request.frames(head, data, timed, fresh=fresh):
                cut = answer["cut"]
                preview = Preview(**answer["preview"], thumbnail=body[:cut], readable=body[cut:])
                missing = [number for number in missing if number != preview.page]
                yield preview
        except parent.ChildDied as died:
            if fresh or not request.may_retry(died, until):
                raise request.error_of(died) from died
        else:
            return


def _kind_of_file(data: bytes, filename: str, content_type: str, limits: Limits) -> str:
    if len(data) > limits.data_bytes:
        raise Unreadable("too_large", max_megabytes=limits.data_bytes // 1024**2)
    return identify(data, filename, content_type)
