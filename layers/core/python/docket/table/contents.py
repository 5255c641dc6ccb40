"""What a customer has paid for: an item for each content, by its hash, put after payment.

Another document with the same bytes or words is free of charge.
"""

from collections.abc import Collection
from dataclasses import dataclass

from docket.domain.document import DuplicateOf
from docket.table import client, keys
from docket.table.client import ConditionFailed, Delete, Put


@dataclass(frozen=True, kw_only=True)
class Content:
    """The hash of a paid document's bytes or words."""

    user_id: str
    sha256: str
    paid: DuplicateOf


def record_paid(content: Content) -> None:
    """Record a content as paid. An existing record, of the document that was paid first, stays."""
    item = {
        **keys.content(content.user_id, content.sha256),
        "order_id": content.paid.order_id,
        "document_id": content.paid.document_id,
    }
    try:
        client.write(Put(item=item))
    except ConditionFailed:
        return


def remove(content: Content) -> None:
    """Remove the record of a content whose payment was returned. Idempotent.

    A record of another document with the same hash stays.
    """
    try:
        client.write(
            Delete(
                key=keys.content(content.user_id, content.sha256),
                condition="#document_id = :document_id",
                values={"document_id": content.paid.document_id},
            )
        )
    except ConditionFailed:
        return


def paid(user_id: str, hashes: Collection[str]) -> dict[str, DuplicateOf]:
    """The paid documents with these contents, by hash, in one call."""
    wanted = list(dict.fromkeys(hashes))
    items = client.batch_get([keys.content(user_id, sha256) for sha256 in wanted])
    return {
        sha256: DuplicateOf(order_id=item["order_id"], document_id=item["document_id"])
        for sha256, item in zip(wanted, items, strict=True)
        if item
    }
