"""Record how readings ended, and do what follows from it."""

from collections.abc import Sequence

from docket.domain.document import Document
from docket.domain.event import AuditContext
from docket.runtime import metrics
from docket.table import readings
from docket.table.readings import Finished
from docket.workflows import admission, malware_scan


def record(
    user_id: str, order_id: str, finished: Sequence[Finished], audit: AuditContext
) -> tuple[Document, ...]:
    """Record up to 10 outcomes of an order's documents, and admit the next that wait.

    Returns the documents that changed. Outcomes of other readings, or of removed documents, have no
    effect: the task that erases such a document erases what was read of it.
    """
    recorded = readings.record(user_id, order_id, finished, audit)
    if recorded is None:
        return ()
    outcomes = {result.document_id: result.outcome for result in finished}
    for document in recorded.documents:
        outcome = outcomes[document.id]
        is_unread = outcome.reason or document.status_reason
        metrics.count("DocumentUnreadable" if is_unread else "DocumentRead")
        malware_scan.report(document, outcome)
    if recorded.completed:
        metrics.count("OrderPaid")
    admission.admit_next(user_id, at=audit.at)
    return recorded.documents
