"""Convert page numbers: published ones count from 1, the reader's from 0."""

from typing import Any

_PAGE_FIELDS = frozenset(["page", "number", "first_page", "last_page"])
"""The fields of a result that hold a page's number."""
_PARAMS = "params"
"""The field with the parameters of a message, which are shown as they are."""


def page_number(index: int) -> int:
    """The published number of the page at `index`."""
    return index + 1


def page_index(number: int) -> int:
    """The index of the page with the published number `number`."""
    return number - 1


def published(value: Any, field: str = "") -> Any:
    """A copy of a result, or of a part of one, with pages that count from 1."""
    match value:
        case dict() if field == _PARAMS:
            return dict(value)
        case dict():
            return {name: published(item, name) for name, item in value.items()}
        case list() | tuple():
            return [published(item) for item in value]
        case int() if field in _PAGE_FIELDS and not isinstance(value, bool):
            return page_number(value)
        case _:
            return value
