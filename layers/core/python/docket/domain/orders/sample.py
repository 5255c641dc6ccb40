"""The sample order: Docket's own documents, by which a newcomer sees what an analysis is like.

It is free, and nothing of it counts as paid content. Its documents are all there from the beginning
and are read as all others are; the last of them completes it, without a payment.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docket.domain.orders.counters import Counters
from docket.domain.orders.document import Document
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.reason import SAMPLE_EXPIRED


@dataclass(frozen=True, kw_only=True)
class SampleFile:
    """A file of the samples; `size` is in bytes, `sha256` 64 hex digits."""

    filename: str
    content_type: str
    size: int
    sha256: str


def with_samples(order: Order, documents: Sequence[Document]) -> Order:
    """A new order as the sample order with these documents."""
    counters = sum((Counters.of(document) for document in documents), Counters())
    free = replace(order.prices, base=0, per_page=0)
    sample = replace(order, is_sample=True, prices=free)
    return sample.counted(counters, at=order.created_at, moves_quote=False).named_by(
        added=documents[0]
    )


def is_replaceable(order: Order) -> bool:
    """Whether another sample order may take the place of this one: it expired before it was read.

    One that the customer cancelled is not replaced: opening and cancelling in turn would have the
    samples read without end.
    """
    return order.status is OrderStatus.CANCELLED and order.status_reason == SAMPLE_EXPIRED
