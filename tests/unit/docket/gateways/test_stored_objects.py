"""The names of what the bucket has."""

from docket.gateways import stored_objects
from docket.gateways.object_keys import RESULTS, UPLOADS
from docket.gateways.s3 import put_result
from tests.make import a_document

DOCUMENT = a_document().id


def test_versions_and_markers_of_uploads_are_listed(bucket):
    upload = bucket.upload(DOCUMENT)
    bucket.mark_deleted(DOCUMENT)

    found = sorted(stored_objects.of_documents(UPLOADS), key=lambda stored: stored.is_deleted)

    assert [stored.document_id for stored in found] == [DOCUMENT, DOCUMENT]
    assert found[0].version == upload.version
    assert [stored.is_latest for stored in found] == [False, True]
    assert found[0].names == ("1",)


def test_results_are_listed_by_document(bucket):
    put_result(DOCUMENT, 1, b"{}")

    (stored,) = stored_objects.of_documents(RESULTS, f"{DOCUMENT}/")

    assert (stored.document_id, stored.names) == (DOCUMENT, ("1", "result.json"))
    assert list(stored_objects.of_documents(RESULTS, "other/")) == []


def test_a_key_of_another_form_belongs_to_no_document(bucket):
    stored_objects._s3().put_object(Bucket=bucket.name, Key="uploads/stray", Body=b"")

    (stored,) = stored_objects.of_documents(UPLOADS)

    assert stored.document_id == ""
