"""Compare the objects of the bucket with the files and results that the table names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from docket.domain.orders.document import Document, DocumentStatus, UploadedFile
from docket.domain.orders.leftovers import keeps_file, names_reading
from docket.gateways.object_keys import RESULTS, UPLOADS
from docket.gateways.stored_objects import StoredObject
from docket.gateways.stripe_ranges import Range
from operations.reconciliation.difference import Difference, Kind
from operations.snapshot import Snapshot

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
        if not in_range or snapshot.erases(stored.document_id):
            continue
        if document is None:
            yield Difference(Kind.OBJECT_WITHOUT_DOCUMENT, order_id, stored.key, stored.version)
        elif kind := _unused(document, stored, now):
            yield Difference(kind, order_id, stored.key, stored.version)
    yield from _of_documents(snapshot, uploads, results, within)


def _unused(document: Document, stored: StoredObject, now: datetime) -> Kind | None:
    """Which difference an object is that the document does not name; None if it names it.

    An upload may still be accepted for some time, and a result may be on its way to the table.
    """
    if stored.is_deleted or stored.stored_at > now - ARRIVAL or not stored.names[0].isdecimal():
        return None
    number = int(stored.names[0])
    if stored.prefix == UPLOADS:
        is_file = document.file == UploadedFile(upload_number=number, version=stored.version)
        return None if is_file and keeps_file(document) else Kind.UPLOAD_WITHOUT_USE
    is_result = stored.prefix == RESULTS
    is_named = names_reading(document, number) if is_result else document.is_reading(number)
    return None if is_named else Kind.RESULT_WITHOUT_USE


def _of_documents(
    snapshot: Snapshot,
    uploads: defaultdict[str, set[str]],
    results: set[str],
    within: Range,
) -> Iterator[Difference]:
    """What was erased on purpose, refused by the scan or cancelled long ago, is not missing."""
    for order_id, documents in snapshot.documents.items():
        for document in documents.values():
            if document.added_at not in within:
                continue
            is_missing = document.file and document.file.version not in uploads[document.id]
            if is_missing and keeps_file(document):
                yield Difference(Kind.FILE_MISSING, order_id, document.id, document.status)
            if document.status is not DocumentStatus.READY or document.erased_at:
                continue
            if document.id not in results:
                yield Difference(Kind.RESULT_MISSING, order_id, document.id)
            if document.id not in snapshot.hashes:
                yield Difference(Kind.ANALYSIS_MISSING, order_id, document.id)
