"""Hashes by which the content of a document is recognised when it is uploaded again."""

import hashlib
import unicodedata

from analysis import Result

MIN_WORDS = 20
"""A document with fewer words is recognised by its bytes only: others may have the same words."""


def of_bytes(data: bytes) -> str:
    """The SHA-256 of a file, as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def of_words(result: Result) -> str | None:
    """The SHA-256 of the words of a document in their order; None if they are too few.

    Case, spaces and the form of characters do not count, so a document that was saved again has the
    same hash. The words of an unreadable page are unknown, so a document with one has no hash.
    """
    all_words = [word for page in result.pages for word in page.text.split()]
    if result.unread or len(all_words) < MIN_WORDS:
        return None
    text = unicodedata.normalize("NFKC", " ".join(all_words)).casefold()
    return hashlib.sha256(text.encode()).hexdigest()
