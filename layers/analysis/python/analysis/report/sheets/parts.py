"""The documents of an order's files, each with the file that it is in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from analysis.model import documents_of

type Document = Mapping[str, Any]


class Part(NamedTuple):
    """A document; `number` counts from 1 in a file that has several, and is None otherwise."""

    document_id: str
    filename: str
    number: int | None
    document: Document

    @property
    def place(self) -> tuple[str, str, int | None]:
        """The first cells of each row."""
        return self.document_id, self.filename, self.number

    def facts_of(self, name: str) -> list[Mapping[str, Any]]:
        """The facts of this name, in the order of the result."""
        return [fact for fact in self.document.get("facts", ()) if fact["name"] == name]


PLACE = ("document_id", "file", "part")
"""The headings of `Part.place`."""


def parts_of(documents: Sequence[Document]) -> Iterator[Part]:
    """The documents that were read, in their order."""
    for file in documents:
        if file.get("unreadable"):
            continue
        id_, name = str(file.get("document_id", "")), str(file.get("filename", ""))
        for number, document in enumerate(documents_of(file), 1):
            yield Part(id_, name, number if file.get("segments") else None, document)
