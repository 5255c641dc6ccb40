"""The analyses of an order's documents, one item for each document.

Facts are stored as compressed JSON: no query uses them, and JSON preserves the fractions of boxes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docket.domain.errors import OrderNotFound
from docket.domain.orders.order import Order
from docket.table import client, keys
from docket.table.client import ConditionFailed
from docket.table.items.attributes import Item
from docket.table.items.compressed_json import compressed, decompressed
from docket.table.orders import order_items

type Facts = dict[str, Any]

MOST_AT_ONCE = 99
"""The analyses that one call gets, with their order: DynamoDB gets 100 items."""


@dataclass(frozen=True)
class PageImage:
    """A page (from 0) with images in the bucket, and the pixels of the readable image."""

    page: int
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """A document's facts from its reading `attempt`, and the pages that have images.

    `hashes` identify the content that was read: its bytes and, if it is enough, what this and
    earlier readings found in the file (`docket.domain.read_hashes`). `readable_pages` are the pages
    that are charged unless they were paid for; 0 if an earlier release stored it.
    """

    document_id: str
    attempt: int
    facts: Facts
    page_images: tuple[PageImage, ...] = ()
    hashes: tuple[str, ...] = ()
    readable_pages: int = 0


def put_analysis(order_id: str, analysis: Analysis) -> client.Put:
    """The write that puts an analysis, for the transaction that saves the reading's outcome."""
    return client.Put(
        item={
            **keys.analysis(order_id, analysis.document_id),
            "document_id": analysis.document_id,
            "attempt": analysis.attempt,
            "facts": compressed(analysis.facts),
            "page_images": [
                [page_image.page, page_image.width, page_image.height]
                for page_image in analysis.page_images
            ],
            "hashes": list(analysis.hashes),
            "readable_pages": analysis.readable_pages,
        },
        condition=None,
    )


def erase(order_id: str, document_id: str) -> None:
    """Delete the analysis of a removed document. Idempotent."""
    try:
        client.write(client.Delete(key=keys.analysis(order_id, document_id)))
    except ConditionFailed:
        return


def of_document(order_id: str, document_id: str) -> Analysis | None:
    """The document's analysis; None if it has not been read."""
    item = client.get(keys.analysis(order_id, document_id))
    return from_item(item) if item else None


def of_documents(
    user_id: str, order_id: str, document_ids: Sequence[str]
) -> tuple[Order, dict[str, Analysis]]:
    """The order, and the analyses of up to `MOST_AT_ONCE` documents by their id, in one call.

    Raises `OrderNotFound`: the order decides whose the documents are.
    """
    order, *items = client.batch_get(
        [keys.order(user_id, order_id), *(keys.analysis(order_id, id_) for id_ in document_ids)]
    )
    if order is None:
        raise OrderNotFound
    found = [from_item(item) for item in items if item]
    return order_items.from_item(order), {analysis.document_id: analysis for analysis in found}


@dataclass(frozen=True, kw_only=True)
class ReadContent:
    """The hashes of what was read of a document, by its reading `attempt` and those before.

    `readable_pages` are those of that reading, as in `Analysis`.
    """

    document_id: str
    attempt: int
    hashes: tuple[str, ...]
    readable_pages: int


def contents_of_order(order_id: str) -> Iterator[ReadContent]:
    """The content of each document of an order that was read."""
    for item in client.query(partition=keys.order_partition(order_id), prefix=keys.ANALYSES):
        yield _read_content(item)


def contents_of_documents(order_id: str, document_ids: Sequence[str]) -> list[ReadContent]:
    """The content of those of these documents (up to 100) that were read, in one call."""
    items = client.batch_get([keys.analysis(order_id, id_) for id_ in document_ids])
    return [_read_content(item) for item in items if item]


def _read_content(item: Item) -> ReadContent:
    return ReadContent(
        document_id=item["document_id"],
        attempt=item["attempt"],
        hashes=tuple(item["hashes"]),
        readable_pages=item.get("readable_pages", 0),
    )


def from_item(item: Item) -> Analysis:
    page_images: Sequence[Sequence[int]] = item["page_images"]
    return Analysis(
        document_id=item["document_id"],
        attempt=item["attempt"],
        facts=decompressed(item["facts"]),
        page_images=tuple(PageImage(*values) for values in page_images),
        hashes=tuple(item["hashes"]),
        readable_pages=item.get("readable_pages", 0),
    )
