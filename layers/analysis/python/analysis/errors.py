"""The reasons why a document or a page cannot be read, and errors of the reader itself.

    Unreadable      the document cannot be read, because of the document or a limit
    ReaderFailed    the reader's own code failed; the document may be read once that is fixed

An exception that a library raises while it parses a file is the file's fault: `parsing` turns it
into `Unreadable`, close to the library's call. A child process that is killed, or that runs out of
memory or time, is treated likewise (`analysis.sandbox`). Every other exception comes from the
reader's own code, or from a reader that is not installed correctly, and is raised as
`ReaderFailed`.

A reason is a code with parameters. The code that shows it gets the message from the catalogue of
the user's language.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

DOCUMENT_CODES: Mapping[str, frozenset[str]] = {
    "empty": frozenset(),
    "too_large": frozenset({"max_megabytes"}),
    "unknown_type": frozenset(),
    "unknown_xml": frozenset(),
    "password_protected_or_old_format": frozenset(),
    "type_mismatch": frozenset({"context", "actual", "declared"}),
    "password_protected": frozenset(),
    "damaged": frozenset({"context"}),
    "damaged_attachment": frozenset(),
    "no_pages": frozenset(),
    "too_many_pages": frozenset({"pages", "max_pages"}),
    "too_many_pixels": frozenset({"width", "height"}),
    "too_large_inside": frozenset(),
    "no_text": frozenset(),
    "took_too_long": frozenset(),
    "too_much_memory": frozenset(),
    "nested_too_deeply": frozenset(),
    "damaged_page": frozenset(),
    "odd_page": frozenset(),
    "page_took_too_long": frozenset(),
    "page_stopped_the_reader": frozenset(),
    "page_too_much_memory": frozenset(),
    "page_reader_failed": frozenset(),
    "page_out_of_time": frozenset(),
    "page_not_read": frozenset(),
}
"""The reasons why a document or a page cannot be read: each code with its possible parameters.

`context` selects a variant of the message.
"""

WARNING_CODES: Mapping[str, frozenset[str]] = {
    "no_text": frozenset({"context"}),
    "hard_to_read": frozenset({"context", "pages"}),
    "cut": frozenset({"max_pages"}),
    "page_disagrees": frozenset({"fact", "embedded", "printed"}),
    "capped": frozenset(),
    "form_not_shown": frozenset(),
    "several_documents": frozenset({"context", "pages", "documents", "areas"}),
    "script_not_read": frozenset({"context", "pages"}),
    "attachments_not_read": frozenset({"names", "number"}),
    "parts_locked": frozenset({"names", "number"}),
    "items_do_not_add_up": frozenset({"sum", "total"}),
    "item_does_not_add_up": frozenset({"context", "items"}),
    "taxes_do_not_add_up": frozenset({"sum", "tax"}),
    "transactions_do_not_add_up": frozenset({"context", "rows"}),
    "code_disagrees": frozenset({"fact", "encoded", "printed"}),
}
"""Warnings about the facts of a document."""

LEAVING_OUT = frozenset(["cut", "attachments_not_read", "parts_locked"])
"""Warnings that something of a file was not read."""
OF_THE_FILE = LEAVING_OUT | {"form_not_shown"}
"""Warnings that do not follow from the pages."""
_NAMED = 10
"""Number of things left out that a warning names."""

CONTRADICTION_CODES: Mapping[str, frozenset[str]] = {
    "sums_do_not_add_up": frozenset({"net", "tax", "gross"}),
    "lines_do_not_add_up": frozenset({"sum", "net"}),
    "one_number_two_totals": frozenset({"number", "totals"}),
}
"""Contradictions between the documents of an order."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of `DOCUMENT_CODES` with its parameters."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-compatible dict: `{"code", "params"}`."""
        return {"code": self.code, "params": dict(self.params)}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """The reason that `to_dict` wrote; other keys are ignored."""
        return cls(raw["code"], raw["params"])


class Unreadable(Exception):
    """A document or a page that cannot be read, with the `reason`."""

    def __init__(self, code: str, **params: str | int) -> None:
        """Raises `ValueError` for a code or a parameter that `DOCUMENT_CODES` does not list."""
        if code not in DOCUMENT_CODES or not params.keys() <= DOCUMENT_CODES[code]:
            raise ValueError(f"{code} with {sorted(params)} is not listed")
        super().__init__(code)
        self.reason = Reason(code, params)

    @property
    def code(self) -> str:
        """The code of the reason."""
        return self.reason.code

    @classmethod
    def because_of(cls, reason: Reason) -> Self:
        """The exception for a reason found in another process."""
        return cls(reason.code, **reason.params)


class ReaderFailed(Exception):
    """The reader failed, and not because of the document. States the exception and its location."""


@contextmanager
def parsing(code: str, **params: str | int) -> Iterator[None]:
    """Turn any exception of a library that parses a file into `Unreadable`.

    Only the library's calls belong in the block: an exception of the reader's own code must not be
    attributed to the file.
    """
    try:
        yield
    except (Unreadable, MemoryError, ImportError):
        raise
    except Exception as failed:  # libraries raise any type on a malformed file
        raise Unreadable(code, **params) from failed


def warning(code: str, **params: str | int) -> dict[str, Any]:
    """A warning as a JSON-compatible dict: `{"code", "params"}`."""
    if not params.keys() <= WARNING_CODES[code]:
        raise ValueError(f"unknown parameters of {code}")
    return {"code": code, "params": params}


def left_out(code: str, names: Sequence[str]) -> list[dict[str, Any]]:
    """The warning with the first names and the number of what was left out, if there is any."""
    if not names:
        return []
    more = ["…"] if len(names) > _NAMED else []
    return [warning(code, names=", ".join([*names[:_NAMED], *more]), number=len(names))]
