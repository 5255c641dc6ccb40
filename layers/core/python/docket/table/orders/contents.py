"""What a customer has paid for: an item for each content, by its hash, put after payment.

It names every document that was paid for with this content, in `documents`: if the payment of one
is returned, the others still stand. Another document with the same bytes or words is free of
charge.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from docket.domain.errors import OrderNotFound
from docket.domain.orders.document import order_of
from docket.domain.orders.order import Order
from docket.domain.payments.pricing import DuplicateOf
from docket.table import client, keys
from docket.table.client import ConditionFailed, Delete, Put, Update
from docket.table.items.attributes import Item
from docket.table.orders import order_items


@dataclass(frozen=True, kw_only=True)
class Content:
    """The hash of a paid document's bytes or words."""

    user_id: str
    sha256: str
    paid: DuplicateOf


def record_paid(content: Content) -> None:
    """Record a content as paid with a document. Idempotent."""
    client.decide(lambda: _record(content))


def _record(content: Content) -> None:
    key, document_id = keys.content(content.user_id, content.sha256), content.paid.document_id
    try:
        client.write(Put(item={**key, "documents": {document_id: True}}))
    except ConditionFailed:
        client.update(
            Update(
                key=key,
                condition="attribute_exists(PK)",  # else it was removed meanwhile
                set={("documents", document_id): True},
            )
        )


def unrecorded(of_customer: Iterable[Content]) -> Iterator[Content]:
    """Those of a customer's contents that are not recorded as paid with their documents."""
    for some in batched(of_customer, client.MAX_BATCH, strict=False):
        wanted = {content.sha256: keys.content(content.user_id, content.sha256) for content in some}
        items = dict(zip(wanted, client.batch_get(list(wanted.values())), strict=True))
        for content in some:
            item = items[content.sha256]
            if item is None or content.paid.document_id not in item["documents"]:
                yield content


def remove(content: Content) -> None:
    """Remove a document from a content, because its payment was returned. Idempotent."""
    key = keys.content(content.user_id, content.sha256)
    try:
        client.update(
            Update(
                key=key,
                condition="attribute_exists(PK)",
                remove=[("documents", content.paid.document_id)],
            )
        )
        client.write(
            Delete(key=key, condition="size(#documents) = :none", values={"none": 0}),
        )
    except ConditionFailed:
        return


def of_user(user_id: str) -> Iterator[tuple[str, list[str]]]:
    """The hashes of all contents that a customer has paid for, each with its documents' ids."""
    partition = keys.user_partition(user_id)
    for item in client.query(partition=partition, prefix=keys.CONTENTS):
        yield item["SK"].removeprefix(keys.CONTENTS), sorted(item["documents"])


def paid(user_id: str, hashes: Collection[str]) -> dict[str, DuplicateOf]:
    """The paid documents with these contents, by hash; of several, the one that was added first."""
    wanted = list(dict.fromkeys(hashes))
    paid_documents: dict[str, DuplicateOf] = {}
    for some in batched(wanted, client.MAX_BATCH, strict=False):
        items = client.batch_get([keys.content(user_id, sha256) for sha256 in some])
        paid_documents |= _named(some, items)
    return paid_documents


def paid_with_order(
    user_id: str, order_id: str, hashes: Collection[str]
) -> tuple[Order, dict[str, DuplicateOf]]:
    """An order, and the paid documents with these contents as in `paid`; up to 99 in one call.

    Raises `OrderNotFound`.
    """
    wanted = list(dict.fromkeys(hashes))
    first, others = wanted[: client.MAX_BATCH - 1], wanted[client.MAX_BATCH - 1 :]
    order, *items = client.batch_get(
        [keys.order(user_id, order_id), *(keys.content(user_id, sha256) for sha256 in first)]
    )
    if order is None:
        raise OrderNotFound
    return order_items.from_item(order), _named(first, items) | paid(user_id, others)


def _named(hashes: Sequence[str], items: Sequence[Item | None]) -> dict[str, DuplicateOf]:
    return {
        sha256: _first(item["documents"])
        for sha256, item in zip(hashes, items, strict=True)
        if item and item["documents"]
    }


def _first(document_ids: Collection[str]) -> DuplicateOf:
    first = min(document_ids)
    return DuplicateOf(order_id=order_of(first), document_id=first)
