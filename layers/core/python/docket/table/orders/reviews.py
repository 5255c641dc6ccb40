"""The finished reviews of orders, which the orders' items have.

A correction rests on the review that it read, and a review on the counters of facts. So one that is
finished while a fact changes is either about the changed fact, or opened again by its change.
"""

from docket.domain.event import Event
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.orders.order import Order
from docket.domain.orders.order_review import finished, reopened
from docket.table import client
from docket.table.orders import orders

_RESTS_ON = ("doubtful", "in_progress", "reviewed")


def finish(order_id: str, review: FinishedReview, event: Event, *, closed: int = 0) -> Order:
    """Record that the customer has reviewed the order. Returns the order.

    The first review stands. `closed` is the number of facts that are left to review in documents
    that are not shown any more. Raises `OrderNotFound`, `NotPaid` or `ReviewIncomplete`.
    """

    def attempt() -> Order:
        order = orders.get(review.user_id, order_id)
        if order.review:
            return order
        reviewed = finished(order, review, closed=closed)
        orders.commit(order, reviewed, event, guard=_RESTS_ON)
        return reviewed

    return client.decide(attempt)


def reopen(user_id: str, order_id: str, event: Event) -> Order:
    """Open a finished review again. Returns the order. Raises `OrderNotFound`."""

    def attempt() -> Order:
        order = orders.get(user_id, order_id)
        if order.review is None:
            return order
        open_again = reopened(order, event.at)
        orders.commit(order, open_again, event)
        return open_again

    return client.decide(attempt)
