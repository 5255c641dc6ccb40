"""Page numbers as they are published: from 1. Inside the reader pages count from 0."""

from typing import Any

_PAGE_FIELDS = frozenset(["page", "number"])
"""The fields of a result that hold a page's number."""


def page_number(index: int) -> int:
    """The published number of the page at `index`."""
    return index + 1


def page_index(number: int) -> int:
    """The index of the page that is published as `number`."""
    return number - 1


def published(value: Any, field: str = "") -> Any:
    """A copy of a result, or of a part of one, whose pages count from 1."""
    match value:
        case dict():
            return {name: published(item, name) for name, item in value.items()}
        case list() | tuple():
            return [published(item) for item in value]
        case int() if field in _PAGE_FIELDS and not isinstance(value, bool):
            return page_number(value)
        case _:
            return value
