"""The names of attached files."""

import re

LONGEST_NAME = 60
"""The number of characters of a name that are shown."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
"""Control characters, and what is invisible or changes the direction of text."""


def printable(text: str) -> str:
    """The text with spaces in place of what is not printed."""
    return _UNPRINTABLE.sub(" ", text)
