"""The reader: a document's bytes in, its text, facts and evidence out.

Pure: no network, no environment, no clock but the one that limits are measured by. All work on
a document happens in a child process under `Limits`, so importing this costs next to nothing.

    identify   what a file is, by its bytes
    outline    how long it is, and which pages need OCR
    read       everything; join puts the readings of page ranges together
    previews   pictures of its pages
    across     (analysis.across) what the documents of one order say together
    report     (analysis.report) a result to keep, as JSON, CSV or PDF
"""

import dataclasses
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from analysis import confine
from analysis.identify import identify
from analysis.limits import Limits
from analysis.reading import Fact, LineItem, Outline, Page, Preview, Reading, Table
from analysis.unreadable import ReaderFailed, Unreadable
from analysis.version import READER_VERSION

__all__ = [
    "READER_VERSION",
    "Fact",
    "Limits",
    "LineItem",
    "Outline",
    "Page",
    "Preview",
    "ReaderFailed",
    "Reading",
    "Table",
    "Unreadable",
    "identify",
    "join",
    "outline",
    "previews",
    "read",
]

_USUAL = Limits()
_RESTARTS = 3
_GRACE_SECONDS = 5.0
_JOIN_SECONDS = 60.0

_TOO_SLOW = "The page took too long to read."
_TOO_HARD = "The page could not be read: its content breaks the reader."


def read(
    data: bytes,
    filename: str,
    content_type: str,
    *,
    limits: Limits = _USUAL,
    pages: range | None = None,
    forgiving: bool = False,
) -> Reading:
    """The reading of a document, or of the given range of its pages (counted from 0).

    A page that cannot be read is named in `unread`, and the rest is read all the same.
    Unreadable when nothing can be had: a wrong type, a password, damage, more than the limits.
    ReaderFailed when our own code fails; `forgiving` then goes without the pages it fails on,
    unless no other page could be read.
    """
    kind = _checked(data, filename, content_type, limits)
    asked = None if pages is None else [pages.start, pages.stop]
    have: list[dict[str, Any]] = []
    lost: list[dict[str, Any]] = []
    until = time.monotonic() + limits.seconds
    for _ in range(_RESTARTS):
        left = max(0.0, until - time.monotonic())
        at: int | None = None
        head = {
            "ask": "read",
            "kind": kind,
            "pages": asked,
            "have": have,
            "lost": lost,
            "seconds": left,
            "forgiving": forgiving,
        }
        result: Reading | None = None
        try:
            for answer, _body in _asked(head, data, dataclasses.replace(limits, seconds=left)):
                if "starting" in answer:
                    at = answer["starting"]
                elif "page" in answer:
                    have.append(answer["page"])
                    at = None
                elif "reading" in answer:
                    result = Reading.from_dict(answer["reading"])
        except confine.Died as died:
            if at is None or died.how == "failed":
                raise _gone(died) from died
            reason = _TOO_SLOW if died.how == "time" else _TOO_HARD
            lost.append({"page": at, "reason": reason})
        if result is not None:
            return result
    raise Unreadable(
        "damaged",
        "Several pages of this document cannot be read. "
        "Please print it to a new PDF and upload that.",
    )


def outline(data: bytes, filename: str, content_type: str, *, limits: Limits = _USUAL) -> Outline:
    """What the document is and how long, without reading it. Unreadable as `read` says."""
    kind = _checked(data, filename, content_type, limits)
    found = _answer({"ask": "outline", "kind": kind}, data, limits)["outline"]
    return Outline(**{**found, "needs_ocr": tuple(found["needs_ocr"])})


def join(parts: Sequence[Reading], *, limits: Limits = _USUAL) -> Reading:
    """The reading of the whole document from the readings of its page ranges, in any order.

    A range given twice counts once; pages of no range are named in `unread`.
    """
    if not parts:
        raise ValueError("nothing to join")
    head = {"ask": "join", "parts": [part.to_dict() for part in parts]}
    patient = dataclasses.replace(limits, page_seconds=max(limits.page_seconds, _JOIN_SECONDS))
    return Reading.from_dict(_answer(head, b"", patient)["reading"])


def previews(
    data: bytes,
    filename: str,
    content_type: str,
    page_numbers: Iterable[int],
    *,
    limits: Limits = _USUAL,
) -> Iterator[Preview]:
    """Pictures of the given pages (from 0), as they are made. A page past the end is left out."""
    kind = _checked(data, filename, content_type, limits)
    head = {"ask": "previews", "kind": kind, "pages": list(page_numbers)}
    try:
        for answer, body in _asked(head, data, limits):
            cut = answer["cut"]
            yield Preview(**answer["preview"], thumbnail=body[:cut], readable=body[cut:])
    except confine.Died as died:
        raise _gone(died) from died


def _checked(data: bytes, filename: str, content_type: str, limits: Limits) -> str:
    if len(data) > limits.data_bytes:
        raise Unreadable(
            "too_large",
            f"The file is larger than {limits.data_bytes // 1024**2} MB. "
            "Please split it or save it smaller.",
        )
    return identify(data, filename, content_type)


def _answer(head: dict[str, Any], data: bytes, limits: Limits) -> dict[str, Any]:
    """The head of the one frame that answers a request."""
    try:
        [(answer, _body)] = _asked(head, data, limits)
    except confine.Died as died:
        raise _gone(died) from died
    return answer


def _asked(head: dict[str, Any], data: bytes, limits: Limits) -> Iterator[confine.Frame]:
    failed: Unreadable | None = None
    for answer, body in confine.ask(head, data, limits, seconds=limits.seconds + _GRACE_SECONDS):
        if "unreadable" in answer:
            failed = Unreadable(answer["unreadable"], answer["reason"])
        elif "memory" in answer:
            failed = Unreadable(
                "too_much_memory",
                "The document needs more memory than a document may use. "
                "Please split it or save it with smaller pictures.",
            )
        elif "failed" in answer:
            # At once: who knows what state that child is in. The next try gets another.
            raise ReaderFailed(answer["failed"])
        else:
            yield answer, body
    # Raised only now: a child that is heard to its end can be used again.
    if failed is not None:
        raise failed


def _gone(died: confine.Died) -> Unreadable | ReaderFailed:
    if died.how == "failed":
        return ReaderFailed("The child process ended with an error before it could say which.")
    if died.how == "time":
        return Unreadable(
            "took_too_long",
            "The document took too long to read. Please split it or print it to a new PDF.",
        )
    return Unreadable(
        "damaged",
        "The document is damaged in a way that breaks the reader. "
        "Please print it to a new PDF and upload that.",
    )
