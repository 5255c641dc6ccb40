"""How reading can fail: the document cannot be read, or the reader itself is broken.

The two are told apart by where an exception comes from. What a library raises while it takes a
file apart is the file's doing: `taking_apart` makes it a reason, close to the library's call. So is
a child process that is killed, runs out of memory or of time: `confine` and `read` see to that.
Every other exception comes from our own code, or from a reader that is not installed as it should
be. Nobody is told that their file is damaged for that: it is raised as `ReaderFailed`.
"""

from collections.abc import Iterator
from contextlib import contextmanager


class Unreadable(Exception):
    """A document that cannot be read.

    `code` is stable, snake_case and meant for programs; `reason` is a sentence for a person
    that says what to do about it.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class ReaderFailed(Exception):
    """The reader failed, and not for the document's sake. Says what was raised, and where."""


@contextmanager
def taking_apart(code: str, reason: str) -> Iterator[None]:
    """Around a library's work on a file: whatever it raises, the file cannot be read.

    Libraries meet what no format allows, and raise whatever that makes them stumble over. Only
    their calls belong within.
    """
    try:
        yield
    except (Unreadable, MemoryError, ImportError):
        raise
    except Exception as failed:
        raise Unreadable(code, reason) from failed
