"""The hashes that identify a document's content, after all of its readings.

The first is of the file's bytes, the others of what the readings found, the oldest first. Another
version of the reader may find other words or facts in the same file.
"""

from collections.abc import Sequence

MOST = 20
"""The hashes of a document: those of its bytes and of 19 different readings of it.

It bounds the items and calls of each document. At the limit the known ones stay, and no further one
is added: what a hash was paid for, or is free by, is found by it when the payment is returned. Only
a copy in which a still newer reader finds something else is then charged as an unknown document.
"""


def of_readings(earlier: Sequence[str], latest: Sequence[str]) -> tuple[str, ...]:
    """The hashes of a document after another reading. They only grow while its file is the same."""
    if not latest or earlier[:1] != latest[:1]:
        return tuple(latest)
    return tuple(dict.fromkeys((*earlier, *latest)))[:MOST]
