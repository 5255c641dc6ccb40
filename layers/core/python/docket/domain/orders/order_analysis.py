"""The analysis of an order, which follows from the order: it has no state of its own.

It is there as soon as a document can be read, or the customer has requested it: a preview until the
order is paid. It is extended as documents are read.
"""

from datetime import datetime
from enum import StrEnum

from docket.domain.errors import AnalysisNotFound, NothingToRead
from docket.domain.orders.order import Order


class AnalysisStatus(StrEnum):
    """How much of an analysis is available; `reading` while a document is being read."""

    READING = "reading"
    PREVIEW = "preview"
    COMPLETED = "completed"


def analysis_id(order: Order) -> str:
    """The id of the analysis in the API. It is not stored: an order has one."""
    return f"{order.id}-analysis"


def available_since(order: Order) -> datetime | None:
    """When the analysis was requested or its first document was read; None if there is none."""
    return order.analysed_at or (order.read_at if order.readable else None)


def require_available(order: Order) -> datetime:
    """When the analysis became available. Raises `AnalysisNotFound` if it is not yet."""
    since = available_since(order)
    if since is None:
        raise AnalysisNotFound
    return since


def require_analysable(order: Order) -> None:
    """Raises `NothingToRead` unless a document has been uploaded."""
    if order.documents == order.awaiting_upload:
        raise NothingToRead


def status_of(order: Order) -> AnalysisStatus:
    """The status of the order's analysis: `reading` as long as one document is read."""
    if order.counters.reading:
        return AnalysisStatus.READING
    return AnalysisStatus.COMPLETED if order.is_paid else AnalysisStatus.PREVIEW
