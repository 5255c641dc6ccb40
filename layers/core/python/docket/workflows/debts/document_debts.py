"""Debts of documents: an upload to look for, a slot of the reader, the end of a reading."""

from docket.domain.debt import READING_DEADLINE, Due, due
from docket.domain.event import AuditContext
from docket.domain.orders.document import Document, DocumentStatus, Outcome
from docket.domain.reason import Reason
from docket.gateways import s3
from docket.table.debts import Claim
from docket.table.documents import document_items
from docket.table.documents.readings import Finished
from docket.workflows.documents import admission, outcomes, uploads


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Settle the debt of a document. Returns its next check; None: nothing is owed."""
    document = document_items.from_item(claim.item)
    if document.expects_upload:
        look_for_upload(document, audit)
    elif document.waits_for_scan:
        look_for_scan_status(document, audit)
    elif document.waits_for_admission:
        admission.admit(document, audit)
    elif document.status is DocumentStatus.READING:
        repeat_reading(document, audit)
    return due(document, audit.at)


def look_for_upload(document: Document, audit: AuditContext) -> None:
    """Accept a file in the bucket whose notification was lost."""
    if found := s3.uploads_of(document):
        uploads.accept(found, audit)


def look_for_scan_status(document: Document, audit: AuditContext) -> None:
    """Look for the status of a scan whose notification was lost. Without one in time, end it."""
    is_overdue = _is_overdue(document, audit)
    uploads.follow_scan(document, audit, last_try=is_overdue)
    if is_overdue:
        _end(document, Reason("scan_not_finished"), audit, of_scan=True)


def repeat_reading(document: Document, audit: AuditContext) -> None:
    """Request a reading again that makes no progress. In the end the customer may repeat it."""
    if _is_overdue(document, audit):
        _end(document, Reason("not_read_in_time"), audit)
    else:
        admission.request_again(document)


def _is_overdue(document: Document, audit: AuditContext) -> bool:
    since = document.reading_since
    return since is not None and audit.at >= since + READING_DEADLINE


def _end(document: Document, reason: Reason, audit: AuditContext, *, of_scan: bool = False) -> None:
    outcome = Outcome(reader_version=document.reader_version or "", reason=reason, retriable=True)
    finished = Finished(
        document_id=document.id, attempt=document.attempt, outcome=outcome, of_scan=of_scan
    )
    outcomes.record(document.user_id, document.order_id, [finished], audit)
