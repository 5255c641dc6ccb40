"""Send a request to the child process. Returns its frames, or raises the error that it caused."""

import dataclasses
import time
from collections.abc import Iterator
from typing import Any

from analysis.errors import ReaderFailed, Reason, Unreadable
from analysis.limits import Limits
from analysis.sandbox import parent

_GRACE_SECONDS = 5.0
"""Additional time for a request beyond its own limit, before its child is killed."""


def answer(head: dict[str, Any], data: bytes, limits: Limits) -> dict[str, Any]:
    """The head of the only frame of a response."""
    until = time.monotonic() + limits.seconds
    try:
        [(reply, _body)] = frames(head, data, limits)
    except parent.ChildDied as died:
        if not may_retry(died, until):
            raise error_of(died) from died
        timed = dataclasses.replace(limits, seconds=until - time.monotonic())
        try:
            [(reply, _body)] = frames(head, data, timed, fresh=True)
        except parent.ChildDied as again:
            raise error_of(again) from again
    return reply


def frames(
    head: dict[str, Any], data: bytes, limits: Limits, *, fresh: bool = False
) -> Iterator[parent.Frame]:
    """Yield the frames of a response, as they arrive.

    A `fresh` request is sent to a child that has read nothing before. Raises `Unreadable` and
    `ReaderFailed`, and `parent.ChildDied` if the child ends before it has responded.
    """
    failed: Unreadable | None = None
    seconds = limits.seconds + _GRACE_SECONDS
    for answer, body in parent.ask(head, data, limits, seconds=seconds, fresh=fresh):
        if "unreadable" in answer:
            failed = Unreadable.because_of(Reason.from_dict(answer["unreadable"]))
        elif "failed" in answer:
            # At once, because the state of that child is unknown. The next request gets another
            # child.
            raise ReaderFailed(answer["failed"])
        else:
            yield answer, body
    # Raised only here: a child whose response was received completely can be reused.
    if failed is not None:
        raise failed


def may_retry(died: parent.ChildDied, until: float) -> bool:
    """Whether another child should try: this one was used before, and time is left."""
    return died.used and died.how != "failed" and time.monotonic() < until


def error_of(died: parent.ChildDied) -> Unreadable | ReaderFailed:
    """The error for the end of a child: of the document or of the reader."""
    if died.how == "failed":
        return ReaderFailed("The child process ended with an error before it could report it.")
    if died.how == "time":
        return Unreadable("took_too_long")
    if died.how == "memory":
        return Unreadable("too_much_memory")
    return Unreadable("damaged")
