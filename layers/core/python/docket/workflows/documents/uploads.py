"""Accept uploads: start the reading of files that documents expect, and erase all others.

    stored ──┬─► expected ─┬─► admitted ─► requested from the reader
             │             ├─► waiting for a slot of the reader
             │             └─► waiting for the malware scan ─► tagged: clean ─► admitted or waiting
             │                                                 otherwise ─► unreadable
             └─► not expected ─► erased

S3 sends the same message when a version is stored and when it is tagged, and may send both twice,
late and in any order: each leads to the same check of the document.
"""

from collections.abc import Sequence

from docket.domain.event import AuditContext
from docket.domain.orders.document import MALWARE_FOUND, Document, Outcome
from docket.domain.reason import Reason
from docket.gateways import queues, s3
from docket.gateways.queues import ReadingMessage
from docket.gateways.s3 import Upload
from docket.runtime import config
from docket.runtime.logging import log_failure
from docket.table.documents import readings
from docket.table.documents.readings import Finished
from docket.workflows.documents import admission, malware_scan, outcomes
from docket.workflows.documents.customer_limits import customer_limits
from docket.workflows.rounds import rounds


def accept(uploads: Sequence[Upload], audit: AuditContext, *, last_try: bool = False) -> None:
    """Accept the uploads of one order that a batch of messages is about.

    Of two versions of one document, the one that is first in the batch is handled first.
    `last_try`: the queue will not deliver these messages again.
    """
    for different in rounds(uploads, key=lambda upload: upload.document_id):
        _accept(different, audit, last_try=last_try)


def _accept(uploads: Sequence[Upload], audit: AuditContext, *, last_try: bool) -> None:
    user_id, order_id = uploads[0].user_id, uploads[0].order_id
    accepted = readings.accept(
        user_id,
        order_id,
        {upload.document_id: upload.file for upload in uploads},
        audit,
        limits=customer_limits(),
        scan=config.read(config.Uploads).malware_scan,
    )
    admitted = [d for d in accepted if d.admitted_at and d.parts is None]
    queues.request_readings([ReadingMessage.of(document) for document in admitted])
    by_id = {document.id: document for document in accepted}
    for upload in uploads:
        document = by_id.get(upload.document_id)
        if document is None or document.status_reason == MALWARE_FOUND:
            s3.discard(upload)
        elif document.waits_for_scan:
            follow_scan(document, audit, last_try=last_try)


def follow_scan(
    document: Document, audit: AuditContext, *, last_try: bool = False, erase: bool = True
) -> None:
    """Let a document that waits for the malware scan be read, or not, once it has a result.

    An infected file is erased after its outcome is saved, so it is never taken for a missing one.
    If the document no longer waits, the scan has no effect, and the file stays. Without
    `erase`, an infected document is left to its debt. Raises `AccessRefused`.
    """
    file = document.file
    if file is None or not document.waits_for_scan:
        return None
    upload = Upload.of(document, file)
    if not config.read(config.Uploads).malware_scan:
        return _resume(document, audit)
    status = _scan_status(upload, last_try=last_try)
    if status is None or (status == malware_scan.ScanStatus.INFECTED and not erase):
        return None
    if status == malware_scan.ScanStatus.CLEAN:
        return _resume(document, audit)
    refused = status if isinstance(status, Outcome) else malware_scan.refusal(status)
    finished = Finished(
        document_id=document.id, attempt=document.attempt, outcome=refused, of_scan=True
    )
    # A document that waits for the scan has no slot of the reader.
    saved_documents = outcomes.save(document.user_id, document.order_id, [finished], audit)
    if saved_documents and refused.reason == MALWARE_FOUND:
        s3.discard(upload)
    return None


def _scan_status(upload: Upload, *, last_try: bool) -> str | Outcome | None:
    """The scan status of a version, None while there is none, or the outcome if no tags are loaded.

    S3 denies access to an absent version too. Raises `AccessRefused`, except on the last try.
    """
    try:
        tags = s3.tags(upload)
    except s3.AccessRefused as error:
        if not last_try:
            raise
        log_failure("tags not loaded", error)
        return Outcome(reader_version="", reason=Reason("file_unavailable"), retriable=True)
    if tags is None:
        return Outcome(reader_version="", reason=Reason("file_missing"))
    return malware_scan.scan_status(tags)


def _resume(document: Document, audit: AuditContext) -> None:
    resumed = readings.resume_after_scan(document.user_id, document.id, document.attempt, audit)
    if resumed:
        admission.admit(resumed, audit)
