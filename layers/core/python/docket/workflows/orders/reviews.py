"""Finish the review of an order."""

from docket.domain.errors import ReviewIncomplete
from docket.domain.event import AuditContext
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.orders.order import MAX_DOCUMENTS, Order
from docket.table.documents import documents
from docket.table.orders import orders, reviews
from docket.workflows.orders import paid_contents


def finish(user_id: str, order_id: str, audit: AuditContext) -> Order:
    """Record that the customer has reviewed the order. Returns the order.

    Facts of documents that are closed, because the payment for their content was returned, need no
    review. Raises `OrderNotFound`, `NotPaid` or `ReviewIncomplete`.
    """
    review = FinishedReview.by(user_id, audit)
    event = audit.event("review_finished")
    try:
        return reviews.finish(order_id, review, event)
    except ReviewIncomplete:
        closed = _left_in_closed(orders.get(user_id, order_id))
        if not closed:
            raise
        return reviews.finish(order_id, review, event, closed=closed)


def _left_in_closed(order: Order) -> int:
    """How many doubtful facts of closed documents were not reviewed."""
    order_documents = documents.of_order(order.id, limit=MAX_DOCUMENTS)
    closed = paid_contents.closed(order, order_documents)
    return sum(
        (document.doubtful or 0) - (document.reviewed or 0)
        for document in order_documents
        if document.id in closed
    )
