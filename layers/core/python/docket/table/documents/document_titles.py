"""The write that renames a document. It changes the title alone, whatever is being read of it."""

from dataclasses import replace

from docket.domain.errors import IfMatchRequired, SampleOrder, TitleChanged
from docket.domain.event import AuditContext
from docket.domain.orders.document import Document
from docket.domain.orders.document_titles import named_after, renamed, shown_name, title_tag
from docket.domain.orders.order import Order
from docket.table import client, keys
from docket.table.client import Update
from docket.table.documents import documents
from docket.table.orders import orders


def rename(
    user_id: str,
    document_id: str,
    title: str | None,
    audit: AuditContext,
    *,
    if_match: str | None,
) -> Document:
    """Give a document another title; None: it is called after its file. Returns the document.

    `if_match` is the tag of the title that the customer saw. A document that has the title already
    is returned without a write, whatever the tag: so a lost reply does no harm. Raises
    `OrderNotFound`, `DocumentNotFound`, `SampleOrder`, `IfMatchRequired` or `TitleChanged`.
    """
    event_id = audit.new_id()

    def attempt() -> Document:
        order, document = documents.get(user_id, document_id)
        updated = renamed(document, title)
        if order.is_sample:
            raise SampleOrder
        if not if_match:
            raise IfMatchRequired
        if updated.title == document.title:
            return document
        if if_match.removeprefix("W/") != title_tag(document):
            raise TitleChanged(
                current=shown_name(document),
                requested=shown_name(updated),
                etag=title_tag(document),
            )
        facts = {**document.facts, "title": updated.title or ""}
        event = replace(audit.event("document_renamed", facts), id=event_id)
        orders.commit(order, _of(order, updated, audit), event, also=[_write(document, updated)])
        return updated

    return client.decide(attempt)


def _of(order: Order, document: Document, audit: AuditContext) -> Order:
    """The order, which shows the document and may be called by it."""
    return replace(
        order.shown_differently(audit.at),
        named_document=named_after(order.named_document, document),
    )


def _write(old: Document, new: Document) -> Update:
    """The update of the title. It is refused if that has changed, or the document is removed."""
    key = keys.document(old.order_id, old.id)
    same = "#title = :old_title" if old.title else "attribute_not_exists(#title)"
    return Update(
        key=key,
        condition=f"attribute_exists(PK) AND {same}",
        values={"old_title": old.title} if old.title else {},
        set={("title",): new.title} if new.title else {},
        remove=() if new.title else (("title",),),
    )
