"""The review of an order as a whole, which its customer finishes and may open again."""

from dataclasses import replace
from datetime import datetime

from docket.domain.errors import NotPaid, ReviewIncomplete
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.orders.order import Order


def finished(order: Order, review: FinishedReview, *, closed: int = 0) -> Order:
    """With a finished review.

    `closed` is the number of facts that are left to review in documents that are not shown any
    more. Raises `NotPaid`, or `ReviewIncomplete` unless every other doubtful fact was reviewed.
    """
    if not order.is_paid:
        raise NotPaid
    if order.in_progress:
        raise ReviewIncomplete(order.doubtful, order.reviewed, context="reading")
    if order.reviewed < order.doubtful - closed:
        raise ReviewIncomplete(order.doubtful, order.reviewed)
    return replace(order.shown_differently(review.finished_at), review=review)


def reopened(order: Order, at: datetime) -> Order:
    """The order with no finished review, after a change of what was reviewed."""
    return replace(order.shown_differently(at), review=None)
