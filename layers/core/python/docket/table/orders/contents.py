"""What a customer has paid for: an item for each content, by its hash, put after payment.

It names every document that was paid for with this content, in `documents`: if the payment of one
is returned, the others still stand. Another document with the same bytes, or of which the same was
read, is free of charge.

An order that was just paid is marked until its task has recorded its contents.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from docket.domain.errors import OrderNotFound
from docket.domain.orders.document import order_of
from docket.domain.orders.order import Order
from docket.domain.payments.pricing import DuplicateOf
from docket.table import client, keys
from docket.table.client import Check, ConditionFailed, Delete, Put, Update, Write
from docket.table.items.attributes import Item
from docket.table.keys import Key
from docket.table.orders import order_items

MOST_AT_ONCE = 99
"""The contents of one transaction, which has 100 parts with its condition."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """The hash of a paid document's bytes, or of what was read of it."""

    user_id: str
    sha256: str
    paid: DuplicateOf


def record_paid(*some: Content, only_if: Check | None = None) -> bool:
    """Record contents (up to `MOST_AT_ONCE`) as paid with their documents. Idempotent.

    Returns False, and records none, if the condition `only_if` does not hold.
    """

    def attempt() -> bool:
        writes = [
            _addition(key, item, documents)
            for key, item, documents in _stored(some)
            if item is None or not documents <= item["documents"].keys()
        ]
        return not writes or _write_if(only_if, writes)

    return client.decide(attempt)


def remove(*some: Content, only_if: Check | None = None) -> bool:
    """Remove documents from contents, because their payment was returned. Idempotent.

    A content without documents is deleted. As `record_paid`, up to `MOST_AT_ONCE`.
    """

    def attempt() -> bool:
        writes = [
            Update(
                key=key,
                condition="attribute_exists(PK)",
                remove=[("documents", document_id) for document_id in sorted(documents)],
            )
            for key, item, documents in _stored(some)
            if item and documents & item["documents"].keys()
        ]
        return not writes or _write_if(only_if, writes)

    is_removed = client.decide(attempt)
    if is_removed:
        client.decide(lambda: _delete_empty(some))
    return is_removed


def _delete_empty(some: Iterable[Content]) -> None:
    deletions = [
        Delete(key=key, condition="size(#documents) = :none", values={"none": 0})
        for key, item, _ in _stored(some)
        if item and not item["documents"]
    ]
    if deletions:
        client.write(*deletions)


def _stored(some: Iterable[Content]) -> Iterator[tuple[Key, Item | None, set[str]]]:
    """The key and the stored item of each hash, and the documents that `some` has for it."""
    documents: dict[tuple[str, str], set[str]] = {}
    for content in some:
        names = content.user_id, content.sha256
        documents[names] = documents.get(names, set()) | {content.paid.document_id}
    item_keys = [keys.content(user_id, sha256) for user_id, sha256 in documents]
    items = client.batch_get(item_keys)
    yield from zip(item_keys, items, documents.values(), strict=True)


def _addition(key: Key, item: Item | None, documents: set[str]) -> Write:
    if item is None:
        return Put(item={**key, "documents": dict.fromkeys(sorted(documents), True)})
    return Update(
        key=key,
        condition="attribute_exists(PK)",  # else it was removed meanwhile
        set={("documents", document_id): True for document_id in sorted(documents)},
    )


def _write_if(only_if: Check | None, writes: Sequence[Write]) -> bool:
    """Write all in one transaction. Returns False if `only_if` does not hold."""
    if only_if is None:
        client.write(*writes)
        return True
    try:
        client.write(only_if, *writes)
    except ConditionFailed as failed:
        if failed.part == 0:
            return False
        raise
    return True


def unrecorded(user_id: str) -> Iterator[str]:
    """The orders whose contents are still to be recorded, or are recorded by now."""
    partition = keys.user_partition(user_id)
    for item in client.query(partition=partition, prefix=keys.UNRECORDED):
        yield item["SK"].removeprefix(keys.UNRECORDED)


def put_unrecorded(user_id: str, order_id: str) -> Put:
    """The write that marks an order, for the transaction that completes it."""
    return Put(item=dict(keys.unrecorded_content(user_id, order_id)), condition=None)


def end_unrecorded(user_id: str, order_id: str, *, only_if: Check) -> bool:
    """Remove the mark of an order, unless `only_if` does not hold: then returns False. Idempotent.

    The condition has to be that its contents are those that were recorded.
    """
    mark = Delete(key=keys.unrecorded_content(user_id, order_id), condition=None)
    return _write_if(only_if, [mark])


def of_user(user_id: str) -> Iterator[tuple[str, list[str]]]:
    """The hashes of all contents that a customer has paid for, each with its documents' ids."""
    partition = keys.user_partition(user_id)
    for item in client.query(partition=partition, prefix=keys.CONTENTS):
        yield item["SK"].removeprefix(keys.CONTENTS), sorted(item["documents"])


def paid(user_id: str, hashes: Collection[str]) -> dict[str, DuplicateOf]:
    """The paid documents with these contents, by hash; of several, the one that was added first."""
    unique_hashes = list(dict.fromkeys(hashes))
    paid_documents: dict[str, DuplicateOf] = {}
    for some in batched(unique_hashes, client.MAX_BATCH, strict=False):
        items = client.batch_get([keys.content(user_id, sha256) for sha256 in some])
        paid_documents |= _paid_documents(some, items)
    return paid_documents


def paid_with_order(
    user_id: str, order_id: str, hashes: Collection[str]
) -> tuple[Order, dict[str, DuplicateOf]]:
    """An order, and the paid documents with these contents as in `paid`; up to 99 in one call.

    Raises `OrderNotFound`.
    """
    unique_hashes = list(dict.fromkeys(hashes))
    first, others = unique_hashes[: client.MAX_BATCH - 1], unique_hashes[client.MAX_BATCH - 1 :]
    order, *items = client.batch_get(
        [keys.order(user_id, order_id), *(keys.content(user_id, sha256) for sha256 in first)]
    )
    if order is None:
        raise OrderNotFound
    return order_items.from_item(order), _paid_documents(first, items) | paid(user_id, others)


def _paid_documents(hashes: Sequence[str], items: Sequence[Item | None]) -> dict[str, DuplicateOf]:
    return {
        sha256: _first(item["documents"])
        for sha256, item in zip(hashes, items, strict=True)
        if item and item["documents"]
    }


def _first(document_ids: Collection[str]) -> DuplicateOf:
    first = min(document_ids)
    return DuplicateOf(order_id=order_of(first), document_id=first)
