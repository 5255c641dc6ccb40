"""Compare the objects of the bucket with the files and results that the table names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from docket.domain.document import MALWARE_FOUND, Document, DocumentStatus
from docket.gateways.object_keys import UPLOADS
from docket.gateways.stored_objects import StoredObject
from docket.gateways.stripe_ranges import Range
from docket.operator.difference import Difference, Kind
from docket.operator.snapshot import Snapshot
from docket.table.readings import ORDER_CANCELLED

RESULT = "result.json"
ARRIVAL = timedelta(hours=1)
"""An upload is accepted, or erased, within this time: the bucket is checked for it after a lost
message."""


def of_objects(
    snapshot: Snapshot, objects: Iterable[StoredObject], within: Range, now: datetime
) -> Iterator[Difference]:
    """Objects without a document, and documents without their objects."""
    uploads: defaultdict[str, set[str]] = defaultdict(set)
    results: set[str] = set()
    for stored in objects:
        order_id = stored.document_id.rpartition("-")[0]
        document = snapshot.documents[order_id].get(stored.document_id)
        in_range = stored.stored_at in within
        if stored.prefix == UPLOADS and not stored.is_deleted:
            uploads[stored.document_id].add(stored.version)
        elif stored.names[-1:] == (RESULT,) and stored.is_latest and not stored.is_deleted:
            results.add(stored.document_id)
        if document is None:
            if in_range and not snapshot.erases(stored.document_id):
                yield Difference(Kind.OBJECT_WITHOUT_DOCUMENT, order_id, stored.key, stored.version)
        elif in_range and _is_unused(document, stored, now):
            yield Difference(Kind.UPLOAD_WITHOUT_USE, order_id, stored.key, stored.version)
    yield from _of_documents(snapshot, uploads, results, within)


def _is_unused(document: Document, stored: StoredObject, now: datetime) -> bool:
    """Whether an upload is neither the document's file nor one that may still be accepted.

    The file of an earlier form was replaced, and is erased with its document.
    """
    if stored.prefix != UPLOADS or stored.is_deleted or stored.stored_at > now - ARRIVAL:
        return False
    file = document.file
    if file is None:
        return True
    is_replaced = int(stored.names[0]) < file.ticket
    return stored.version != file.version and not is_replaced


def _of_documents(
    snapshot: Snapshot,
    uploads: defaultdict[str, set[str]],
    results: set[str],
    within: Range,
) -> Iterator[Difference]:
    """A file in which malware was found is erased, and not missing: also if its verdict came after
    the order was cancelled.
    """
    for order_id, documents in snapshot.documents.items():
        for document in documents.values():
            if document.added_at not in within:
                continue
            is_missing = document.file and document.file.version not in uploads[document.id]
            if is_missing and document.status_reason not in (MALWARE_FOUND, ORDER_CANCELLED):
                yield Difference(Kind.FILE_MISSING, order_id, document.id, document.status)
            if document.status is not DocumentStatus.READY:
                continue
            if document.id not in results:
                yield Difference(Kind.RESULT_MISSING, order_id, document.id)
            if document.id not in snapshot.analysed:
                yield Difference(Kind.ANALYSIS_MISSING, order_id, document.id)
