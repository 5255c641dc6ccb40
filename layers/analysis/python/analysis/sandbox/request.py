"""One request to the child process: its frames, or the error that its end means."""

import dataclasses
import time
from collections.abc import Iterator
from typing import Any

from analysis.errors import ReaderFailed, Reason, Unreadable
from analysis.limits import Limits
from analysis.sandbox import parent

_GRACE_SECONDS = 5.0
"""How much longer than its own limit a request may take before its child is ended."""


def answer(head: dict[str, Any], data: bytes, limits: Limits) -> dict[str, Any]:
    """The head of the one frame that answers a request."""
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
    """Yield the frames that answer a request, as they come.

    `fresh` is answered by a child that has read nothing before. Raises `Unreadable` and
    `ReaderFailed`, and `parent.ChildDied` when the child ends before it has answered.
    """
    failed: Unreadable | None = None
    seconds = limits.seconds + _GRACE_SECONDS
    for answer, body in parent.ask(head, data, limits, seconds=seconds, fresh=fresh):
        if "unreadable" in answer:
            failed = Unreadable.because_of(Reason.from_dict(answer["unreadable"]))
        elif "failed" in answer:
            # At once: who knows what state that child is in. The next try gets another.
            raise ReaderFailed(answer["failed"])
        else:
            yield answer, body
    # Raised only now: a child whose answer was received completely can be used again.
    if failed is not None:
        raise failed


def may_retry(died: parent.ChildDied, until: float) -> bool:
    """Whether the document is not to blame yet: the child was used, and time is left."""
    return died.used and died.how != "failed" and time.monotonic() < until


def error_of(died: parent.ChildDied) -> Unreadable | ReaderFailed:
    """What the end of a child says of the document, or of the reader."""
    if died.how == "failed":
        return ReaderFailed("The child process ended with an error before it could say which.")
    if died.how == "time":
        return Unreadable("took_too_long")
    if died.how == "memory":
        return Unreadable("too_much_memory")
    return Unreadable("damaged")
