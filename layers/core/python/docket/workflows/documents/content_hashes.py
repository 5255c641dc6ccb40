"""Hashes by which the content of a document is recognised when it is uploaded again."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from analysis import Page, Result

MIN_WORDS = 20
"""A document with fewer words is recognised by its bytes only: others may have the same words."""

_OTHER_WHEN_SAVED_AGAIN = frozenset(
    [
        "reader_version", "kind_of_file", "kind_score", "confidence", "source",
        "box", "width", "height", "turned", "tilt", "perspective", "grids", "areas",
    ]
)  # fmt: skip
"""The fields of a result and of what is in it that do not count: how it was read, and where on its
page something is. A field that is not named here counts."""


def of_bytes(data: bytes) -> str:
    """The SHA-256 of a file, as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def of_result(result: Result) -> str | None:
    """The SHA-256 of everything that a customer gets for a document; None if that is too little.

    That is the words of each page in their order, the texts of its codes, and the facts, tables,
    items and whatever else the result states, without positions and confidences. Case, spaces and
    the form of characters do not count, so a document that was saved again has the same hash.

    What is on a page that was not read, or was not understood, is unknown. So a document with one
    has no hash.
    """
    word_count = sum(len(page.text.split()) for page in result.pages)
    if result.unread or word_count < MIN_WORDS or not _are_pages_understood(result):
        return None
    content = _steady(result.to_dict())
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _are_pages_understood(result: Result) -> bool:
    """Whether each page has words or a fact, in scripts that are known, or nothing is on it."""
    with_facts = {fact.page for fact in result.facts}

    def is_understood(page: Page) -> bool:
        has_words = any(map(str.isalnum, page.text))  # OCR finds signs in a picture, such as a box
        return page.blank or page.number in with_facts or has_words

    return all(is_understood(page) and not page.script_unread for page in result.pages)


def _steady(value: Any) -> Any:
    """A JSON value, as it is when the document was saved again by another program."""
    match value:
        case str():
            return " ".join(unicodedata.normalize("NFKC", value).casefold().split())
        case Mapping():
            counted = value.keys() - _OTHER_WHEN_SAVED_AGAIN
            return {
                name: _words(value[name]) if name == "lines" else _steady(value[name])
                for name in counted
            }
        case list() | tuple():
            return [_steady(entry) for entry in value]
        case _:
            return value


def _words(lines: list[dict[str, Any]]) -> list[str]:
    """The words of a page. How they are divided into lines depends on their positions."""
    return [word for line in lines for word in _steady(line["text"]).split()]
