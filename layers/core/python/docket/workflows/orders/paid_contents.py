"""Documents that cost nothing, because their content had been paid for in another order.

This is decided when a result is recorded, and again when content is recorded as paid and when the
customer starts to pay: the other order may have been paid since.

Such a document is open as long as a payment for its content stands. If that was refunded or charged
back, and no other document with the content is paid for, it is closed, also in a paid order.
"""

from collections.abc import Iterable
from itertools import batched

from docket.domain.event import AuditContext
from docket.domain.orders.document import Document
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.reason import Reason
from docket.table.documents import documents
from docket.table.orders import analyses, contents, orders

CLOSED = Reason("payment_returned")
"""Why a document of a paid order shows no facts."""

_CHANGED_AT_ONCE = 90
"""The documents of one transaction, which has 100 parts."""

MOST_UNPAID = 20
"""The unpaid orders that are looked at when content was paid for; others, when they are to be paid.
"""


def free_in_unpaid_orders(user_id: str, audit: AuditContext) -> None:
    """Let the customer's newest unpaid orders charge nothing for what is paid for by now."""
    unpaid = orders.newest(user_id, limit=MOST_UNPAID, status=OrderStatus.PENDING)
    for order in unpaid.orders:
        if order.charged_pages:
            without_paid(user_id, order.id, audit)


def without_paid(user_id: str, order_id: str, audit: AuditContext) -> Order:
    """The order, in which documents whose content was paid for since they were read are free.

    Only an order that can be paid changes. Raises `OrderNotFound`.
    """
    read = list(analyses.contents_of_order(order_id))
    hashes = [sha256 for content in read for sha256 in content.hashes]
    order, paid = contents.paid_with_order(user_id, order_id, hashes)
    if order.status is not OrderStatus.PENDING or order.in_progress or not order.charged_pages:
        return order
    duplicates = {
        content.document_id: (content.attempt, found[0])
        for content in read
        if (found := [paid[sha256] for sha256 in content.hashes if sha256 in paid])
    }
    for some in batched(duplicates.items(), _CHANGED_AT_ONCE, strict=False):
        order = documents.record_paid_before(user_id, order_id, dict(some), audit)
    return order


def closed(order: Order, order_documents: Iterable[Document]) -> frozenset[str]:
    """The documents of a paid order whose content is no longer paid for.

    Only duplicates cost calls of the table: for their hashes, and for what is paid for.
    """
    charged = (document.paid_with(order.revision) for document in order_documents)
    duplicates = [document.id for document in charged if document.duplicate_of]
    hashes: dict[str, tuple[str, ...]] = {}
    for ids in batched(duplicates, analyses.MOST_AT_ONCE, strict=False):
        _, known = analyses.of_documents(order.user_id, order.id, ids)
        hashes |= {id_: analysis.hashes for id_, analysis in known.items()}
    paid = contents.paid(order.user_id, [sha256 for some in hashes.values() for sha256 in some])
    return frozenset(id_ for id_, some in hashes.items() if not paid.keys() & some)
