from docket.domain.orders.document import UploadedFile
from docket.gateways import object_keys
from docket.gateways.stored_versions import StoredVersion
from tests.make import a_document

DOCUMENT_ID = a_document().id

UPLOAD = object_keys.upload("ada", DOCUMENT_ID, 2)
PART = object_keys.part(DOCUMENT_ID, 3, range(4))


def a_version(key, *, is_marker=False):
    return StoredVersion(key=key, version="v1", is_marker=is_marker)


def test_a_version_is_an_upload_or_of_a_reading():
    assert a_version(UPLOAD).upload == UploadedFile(upload_number=2, version="v1")
    assert a_version(UPLOAD).attempt is None
    assert (a_version(PART).attempt, a_version(PART).upload) == (3, None)
    assert a_version(PART).is_part
    assert not a_version(object_keys.result(DOCUMENT_ID, 3)).is_part


def test_a_delete_marker_is_neither():
    marker = a_version(UPLOAD, is_marker=True)

    assert (marker.upload, marker.attempt) == (None, None)
    assert marker.document_id == DOCUMENT_ID
    assert a_version(PART).document_id is None
