"""Record how readings ended, and do what follows from it."""

from collections.abc import Sequence

from docket.domain.event import AuditContext
from docket.domain.orders.document import Document
from docket.gateways import queues
from docket.gateways.queues import ReadingMessage
from docket.runtime import metrics
from docket.table.documents import readings
from docket.table.documents.readings import Finished, Recorded
from docket.workflows.documents import admission, malware_scan
from docket.workflows.documents.customer_limits import customer_limits


def record(
    user_id: str, order_id: str, finished: Sequence[Finished], audit: AuditContext
) -> tuple[Document, ...]:
    """Save outcomes as `save` does, and admit the customer's next documents to the free slots."""
    recorded = readings.record(user_id, order_id, finished, audit, limits=customer_limits())
    documents = _report(recorded, finished)
    if recorded:
        queues.request_readings([ReadingMessage.of(document) for document in recorded.admitted])
    if recorded is None or recorded.slots_left:
        admission.admit_next(user_id, audit)
    return documents


def save(
    user_id: str, order_id: str, finished: Sequence[Finished], audit: AuditContext
) -> tuple[Document, ...]:
    """Save and count up to 10 outcomes of an order's documents.

    Returns the documents that changed. Outcomes of other readings, or of removed documents, have no
    effect: the task that erases such a document erases what was read of it.
    """
    return _report(readings.record(user_id, order_id, finished, audit), finished)


def _report(recorded: Recorded | None, finished: Sequence[Finished]) -> tuple[Document, ...]:
    """Count what was recorded. Returns the documents that changed."""
    if recorded is None:
        return ()
    outcomes = {result.document_id: result.outcome for result in finished}
    for document in recorded.documents:
        outcome = outcomes[document.id]
        is_unread = outcome.reason or document.status_reason
        metrics.count("DocumentUnreadable" if is_unread else "DocumentRead")
        malware_scan.report(document, outcome)
    if recorded.completed and not recorded.order.is_sample:
        metrics.count("OrderPaid")
    return recorded.documents
