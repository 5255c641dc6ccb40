"""The titles of documents: the customer's names for them, beside those of the uploaded files."""

from dataclasses import replace
from hashlib import sha256

from docket.domain.orders.document import Document
from docket.domain.orders.filenames import NamedDocument

_TAG_LENGTH = 16


def shown_name(document: Document) -> str:
    """What a document is called: its title, or the name of its file."""
    return document.title or document.filename


def title_tag(document: Document) -> str:
    """The entity tag of its title. Equal titles have the same one, also after others between."""
    return f'"{sha256((document.title or "").encode()).hexdigest()[:_TAG_LENGTH]}"'


def renamed(document: Document, title: str | None) -> Document:
    """With another title; without one, it is called after its file."""
    return replace(document, title=title or None)


def named_after(current: NamedDocument | None, document: Document) -> NamedDocument | None:
    """The document that an order without a title is called by, after a change of `document`.

    None if the order has none.
    """
    if current is None or current.id != document.id:
        return current
    return replace(current, filename=shown_name(document))
