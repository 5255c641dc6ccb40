"""`tests/unit/docket/workflows/test_erasures.py` has the effects."""

from dataclasses import replace

import pytest

from docket.domain.orders import leftovers
from docket.domain.orders.document import DocumentStatus, UploadedFile
from docket.domain.orders.document_parts import DocumentParts
from tests.make import THEN, a_read_document, a_reading_document

READING = a_reading_document()
READ = a_read_document(read_attempt=1)
UNREAD = replace(READING, status=DocumentStatus.UNREADABLE)


@pytest.mark.parametrize(
    ("old", "new", "leaves"),
    [
        (READING, READ, False),
        (READING, UNREAD, True),
        (replace(READING, admitted_at=None), UNREAD, False),
        (replace(READING, admitted_at=None), replace(UNREAD, quarantined=True), True),
        (replace(READING, parts=DocumentParts((0, 5, 9))), READ, True),
        (replace(READING, attempt=2), replace(READ, attempt=2, read_attempt=2), True),
        (READING, replace(READING, reading_since=THEN), False),
        (UNREAD, replace(UNREAD, file=UploadedFile(upload_number=2, version="v9")), True),
        (READ, leftovers.erased(READ, THEN), True),
    ],
)
def test_what_a_change_leaves(old, new, leaves):
    assert leftovers.leaves_objects(old, new) is leaves
