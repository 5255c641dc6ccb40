"""Objects are compared with the documents that they belong to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.orders.document import DocumentStatus, UploadedFile
from docket.domain.task import Task, TaskKind
from docket.gateways.object_keys import PARTS, RESULTS, UPLOADS
from docket.gateways.stored_objects import StoredObject
from docket.gateways.stripe_ranges import Range
from docket.table import client, tasks
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis
from operations import snapshot
from operations.reconciliation.bucket import of_objects
from operations.reconciliation.difference import Kind
from tests.make import OID, THEN, a_document, a_read_document, an_order
from tests.table_state import save

RANGE = Range(since=THEN - timedelta(days=1), until=THEN + timedelta(days=1))
LATER = THEN + timedelta(hours=2)


def a_file(document_id, version="v1", upload_number=1, **fields):
    usual = {
        "prefix": UPLOADS,
        "document_id": document_id,
        "key": f"uploads/ada/{OID}/{document_id}/{upload_number}",
        "version": version,
        "stored_at": THEN,
        "is_latest": True,
        "is_deleted": False,
    }
    return StoredObject(**{**usual, **fields})


def a_result(document_id, **fields):
    key = f"results/{document_id}/1/result.json"
    return a_file(document_id, prefix=RESULTS, key=key, **fields)


def a_saved_document(**fields):
    document = a_read_document(**fields)
    save(an_order(document), document)
    client.write(analyses.put_analysis(OID, Analysis(document_id=document.id, attempt=1, facts={})))
    return document


def compare(*objects, at=LATER):
    return [(it.kind, it.subject) for it in of_objects(snapshot.of_table(), objects, RANGE, at)]


def test_an_erased_document_has_no_objects(table):
    document = a_saved_document(erased_at=THEN)

    assert compare() == []
    assert compare(a_file(document.id)) == [(Kind.UPLOAD_WITHOUT_USE, a_file(document.id).key)]


def test_a_document_with_its_objects_is_no_difference(table):
    document = a_saved_document()

    assert compare(a_file(document.id), a_result(document.id)) == []


def test_a_missing_file_and_result_are_named(table):
    document = a_saved_document()

    assert compare() == [(Kind.FILE_MISSING, document.id), (Kind.RESULT_MISSING, document.id)]


def test_a_deleted_file_is_missing(table):
    document = a_saved_document()

    found = compare(a_file(document.id, is_deleted=True), a_result(document.id))

    assert found == [(Kind.FILE_MISSING, document.id)]


def test_the_erased_file_of_a_quarantined_document_is_not_missing(table):
    file = UploadedFile(upload_number=1, version="v1")
    unread = replace(a_document(), file=file, status=DocumentStatus.UNREADABLE)
    save(an_order(unread), unread)
    assert compare() == [(Kind.FILE_MISSING, unread.id)]

    save(an_order(unread), replace(unread, quarantined=True))
    assert compare() == []
    assert compare(a_file(unread.id)) == [(Kind.UPLOAD_WITHOUT_USE, a_file(unread.id).key)]


@pytest.mark.parametrize("prefix", [RESULTS, PARTS])
def test_the_objects_of_an_earlier_reading_are_named(prefix, table):
    document = a_saved_document(attempt=2)
    key = f"{prefix}{document.id}/2/0.json"
    earlier = a_file(document.id, prefix=prefix, key=key)
    current = a_file(document.id), a_result(document.id)

    assert compare(*current, earlier) == [(Kind.RESULT_WITHOUT_USE, key)]
    assert compare(*current, earlier, at=THEN) == []


def test_a_missing_analysis_is_named(table):
    document = a_read_document()
    save(an_order(document), document)

    found = compare(a_file(document.id), a_result(document.id))

    assert found == [(Kind.ANALYSIS_MISSING, document.id)]


def test_an_object_without_a_document_is_named_unless_it_is_being_erased(table):
    removed = a_document()
    stored = a_file(removed.id)

    assert compare(stored) == [(Kind.OBJECT_WITHOUT_DOCUMENT, stored.key)]

    task = Task(
        kind=TaskKind.ERASE, user_id="ada", order_id=OID, subject=removed.id, created_at=THEN
    )
    client.write(tasks.put(task, at=THEN))
    assert compare(stored) == []


def test_an_object_outside_the_range_is_left_out(table):
    assert compare(a_file(f"{OID}-x", stored_at=THEN - timedelta(days=2))) == []


def test_a_version_that_nothing_reads_is_named_after_an_hour(table):
    document = a_saved_document()
    other = a_file(document.id, version="v2")
    stored = (a_file(document.id), a_result(document.id), other)

    assert compare(*stored, at=THEN + timedelta(minutes=59)) == []
    assert compare(*stored) == [(Kind.UPLOAD_WITHOUT_USE, other.key)]


def test_a_file_of_another_form_than_the_present_one_is_named(table):
    document = a_saved_document(file=UploadedFile(upload_number=2, version="v2"))
    current = a_file(document.id, version="v2", upload_number=2)
    later = a_file(document.id, version="v3", upload_number=3)

    earlier = a_file(document.id)
    assert compare(earlier, current, a_result(document.id)) == [
        (Kind.UPLOAD_WITHOUT_USE, earlier.key)
    ]
    assert compare(later, current, a_result(document.id)) == [(Kind.UPLOAD_WITHOUT_USE, later.key)]
