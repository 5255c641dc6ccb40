"""The items of documents."""

from datetime import datetime

from docket.domain.debt import due
from docket.domain.orders.document import Document
from docket.table import difference, keys
from docket.table.client import Delete, Put, Update
from docket.table.items import codec
from docket.table.items.attributes import Item
from docket.table.items.compressed_json import compressed, decompressed
from docket.table.items.times import to_iso

_GUARD = (
    "status", "status_reason", "attempt", "upload_number", "admitted_at", "reading_since",
    "review_version",
)  # fmt: skip
"""What tells the states of a document apart. Each step of a reading sets `reading_since`: a reading
that ends releases the slots that it had when it was read, so it may not have taken others since."""

_ELSEWHERE = ("id", "key_facts")
"""The fields that are stored in another way: the id is in the key, and key facts are compressed. So
most documents that were read take less than 1 KB, which costs one unit and not two."""


def put(document: Document, *, at: datetime) -> Put:
    """The write of a new document. It is refused if there is one with its id."""
    return Put(item=to_item(document, at=at))


def update_write(old: Document, new: Document, *, at: datetime) -> Update:
    """The write of a transition. It is refused if the document has changed since `old`."""
    return difference.update_write(to_item(old, at=at), to_item(new, at=at), guard=_GUARD)


def part_write(old: Document, new: Document, number: int, *, at: datetime) -> Update:
    """The write of a part that was read. Parts that are recorded at the same time are not lost."""
    debt = keys.debt(due(new, at), new.order_id, _key(new))
    return Update(
        key=_key(old),
        condition=(
            "#status = :status AND #attempt = :attempt AND attribute_exists(#parts)"
            " AND attribute_not_exists(#parts.#read.#number)"
        ),
        names={"number": str(number)},
        values={"status": old.status, "attempt": old.attempt},
        set={
            ("parts", "read", str(number)): True,
            ("reading_since",): to_iso(at),
            **{(name,): value for name, value in debt.items()},
        },
    )


def delete_write(document: Document) -> Delete:
    """The write of a removal. It is refused if the document has changed since it was read."""
    same = difference.unchanged(codec.to_item(document), _GUARD)
    return Delete(key=_key(document), condition=same["condition"], values=same["values"])


def to_item(document: Document, *, at: datetime) -> Item:
    """The item with its index keys: of its debt at that time, and of its wait for admission."""
    key = _key(document)
    waiting = (
        keys.by_status(document.user_id, keys.WAITING, document.id)
        if document.waits_for_admission
        else {}
    )
    return {
        **key,
        **waiting,
        **keys.debt(due(document, at), document.order_id, key),
        **codec.to_item(document, without=_ELSEWHERE),
        **({"key_facts": compressed(document.key_facts)} if document.key_facts else {}),
    }


def from_item(item: Item) -> Document:
    """The inverse of `to_item`."""
    stored = item.get("key_facts")
    return codec.from_item(
        Document,
        item,
        id=item["SK"].removeprefix(keys.DOCUMENTS),
        key_facts=decompressed(stored) if stored else None,
    )


def _key(document: Document) -> keys.Key:
    return keys.document(document.order_id, document.id)
