"""Which uploads are read, and which are erased."""

from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.orders.document import DocumentStatus, UploadedFile
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.order import OrderStatus
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.gateways import queues as gateway
from docket.gateways.queues import Unsent
from docket.table.documents import documents, readings
from docket.table.orders import orders, usage
from docket.workflows.documents import uploads
from tests.make import (
    LIMITS,
    OID,
    THEN,
    a_document,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_event,
    an_order,
)
from tests.table_state import check_counters, save

pytestmark = pytest.mark.usefixtures("pipeline")

LATER = THEN + timedelta(minutes=5)
AUDIT = an_audit_context("reader", at=LATER)
DOCUMENT = a_document()
NAMES = ("1.pdf", "2.pdf", "3.pdf")


def accept(*accepted):
    uploads.accept(accepted, AUDIT)


def stored(document=DOCUMENT):
    return documents.get("ada", document.id)[1]


def requested(queues):
    return [
        (message["document_id"], message["version"]) for message in queues["readings"].receive_all()
    ]


def test_an_upload_is_accepted_and_its_reading_requested(bucket, queues):
    save(an_order(DOCUMENT), DOCUMENT)
    upload = bucket.upload(DOCUMENT.id)

    accept(upload)

    assert (stored().status, stored().file) == (DocumentStatus.READING, upload.file)
    (message,) = (gateway.parse_reading(r["body"]) for r in queues["readings"].deliver())
    assert message.upload == upload
    assert (message.attempt, message.filename) == (1, DOCUMENT.filename)
    assert bucket.versions(DOCUMENT.id) == [upload.version]
    check_counters()


def test_a_repeated_message_requests_the_reading_again(bucket, queues):
    save(an_order(DOCUMENT), DOCUMENT)
    upload = bucket.upload(DOCUMENT.id)
    accept(upload)
    order, document = documents.get("ada", DOCUMENT.id)

    accept(upload)
    accept(upload, upload)

    assert documents.get("ada", DOCUMENT.id) == (order, document)
    assert requested(queues) == [(DOCUMENT.id, upload.version)] * 4
    assert bucket.versions(DOCUMENT.id) == [upload.version]


@pytest.mark.parametrize("status", [DocumentStatus.READY, DocumentStatus.UNREADABLE])
def test_a_message_that_comes_after_the_reading_has_no_effect(bucket, queues, status):
    """Above all, it does not erase the file that was read."""
    upload = bucket.upload(DOCUMENT.id)
    document = a_read_document(file=upload.file, status=status)
    save(an_order(document), document)

    accept(upload)

    assert stored() == document
    assert requested(queues) == []
    assert bucket.versions(DOCUMENT.id) == [upload.version]


@pytest.mark.parametrize("status", [OrderStatus.PROCESSING, OrderStatus.COMPLETED])
def test_a_message_that_comes_after_the_payment_has_no_effect(bucket, status):
    upload = bucket.upload(DOCUMENT.id)
    document = a_read_document(file=upload.file)
    save(an_order(document, status=status), document)

    accept(upload)

    assert bucket.versions(DOCUMENT.id) == [upload.version]


def test_a_second_version_is_erased(bucket, queues):
    save(an_order(DOCUMENT), DOCUMENT)
    first = bucket.upload(DOCUMENT.id, b"first")
    accept(first)

    accept(bucket.upload(DOCUMENT.id, b"second"))

    assert bucket.versions(DOCUMENT.id) == [first.version]
    assert stored().file == first.file
    assert requested(queues) == [(DOCUMENT.id, first.version)]


def test_of_two_versions_in_a_batch_the_second_is_erased(bucket, queues):
    save(an_order(DOCUMENT), DOCUMENT)
    first, second = bucket.upload(DOCUMENT.id, b"1"), bucket.upload(DOCUMENT.id, b"2")

    accept(first, second, first)

    assert bucket.versions(DOCUMENT.id) == [first.version]
    assert stored().file == first.file


@pytest.mark.parametrize("upload_number", [1, 3])
def test_an_upload_with_another_form_is_erased(bucket, queues, upload_number):
    document = replace(DOCUMENT, upload_number=2)
    save(an_order(document), document)

    accept(bucket.upload(DOCUMENT.id, upload_number=upload_number))

    assert bucket.versions(DOCUMENT.id, upload_number=upload_number) == []
    assert stored() == document
    assert requested(queues) == []


def test_a_new_file_of_an_unreadable_document_is_read(bucket, queues):
    unreadable = a_read_document(status=DocumentStatus.UNREADABLE, page_count=None, upload_number=2)
    save(an_order(unreadable), unreadable)
    upload = bucket.upload(unreadable.id, upload_number=2)

    accept(upload)

    assert (stored().attempt, stored().file) == (
        2,
        UploadedFile(upload_number=2, version=upload.version),
    )
    assert requested(queues) == [(unreadable.id, upload.version)]


def test_an_upload_to_a_cancelled_order_is_erased(bucket, queues):
    save(an_order(DOCUMENT), DOCUMENT)
    orders.cancel("ada", OID, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    accept(bucket.upload(DOCUMENT.id))

    assert requested(queues) == []
    assert bucket.versions(DOCUMENT.id) == []
    assert stored().status is DocumentStatus.AWAITING_UPLOAD


def test_an_upload_without_an_order_or_a_document_is_erased(bucket, queues):
    accept(bucket.upload(DOCUMENT.id))
    other = a_document("other.pdf")
    save(an_order(other), other)
    accept(bucket.upload(DOCUMENT.id))

    assert bucket.versions(DOCUMENT.id) == []
    assert requested(queues) == []


def test_an_upload_to_another_customers_document_is_erased(bucket, queues):
    save(an_order(DOCUMENT), DOCUMENT)

    accept(bucket.upload(DOCUMENT.id, user_id="eve"))

    assert bucket.versions(DOCUMENT.id, user_id="eve") == []
    assert stored() == DOCUMENT
    assert requested(queues) == []


def test_a_batch_is_accepted_at_once_and_the_rest_of_it_erased(bucket, queues):
    expected = [a_document(name) for name in NAMES]
    save(an_order(*expected), *expected)
    unexpected = bucket.upload(a_document("unknown.pdf").id)

    accept(*(bucket.upload(document.id) for document in expected), unexpected)

    order = orders.get("ada", OID)
    assert order.version == 2
    assert {stored(document).status for document in expected} == {DocumentStatus.READING}
    assert bucket.versions(unexpected.document_id) == []


def test_a_customer_has_at_most_their_share_of_the_slots(bucket, queues):
    expected = [a_document(name) for name in NAMES]
    save(an_order(*expected), *expected)

    accept(*(bucket.upload(document.id) for document in expected))

    assert len(requested(queues)) == 2
    assert len(usage.get("ada").in_flight) == 2
    assert len([d for d in expected if stored(d).waits_for_admission]) == 1


def test_another_customer_is_admitted_while_the_first_one_waits(bucket, queues):
    expected = [a_document(name) for name in NAMES]
    save(an_order(*expected), *expected)
    accept(*(bucket.upload(document.id) for document in expected))
    requested(queues)
    other = replace(DOCUMENT, user_id="eve", id=DOCUMENT.id.replace(OID, OID.replace("J", "K")))
    save(an_order(other, id=other.order_id, user_id="eve"), other)

    upload = bucket.upload(other.id, user_id="eve")
    accept(upload)

    assert requested(queues) == [(other.id, upload.version)]


def test_a_repeated_message_does_not_admit_a_document_that_waits(bucket, queues):
    running = [a_reading_document(name) for name in NAMES[:2]]
    save(an_order(DOCUMENT, *running), DOCUMENT, *running)
    upload = bucket.upload(DOCUMENT.id)

    accept(upload)
    accept(upload)

    assert requested(queues) == []
    assert stored().waits_for_admission


def test_a_repeated_message_does_not_request_a_document_whole_that_is_read_in_parts(bucket, queues):
    upload = bucket.upload(DOCUMENT.id)
    document = a_reading_document(file=upload.file)
    save(an_order(document), document)
    readings.split("ada", document.id, 1, DocumentParts((0, 10, 20)), AUDIT, limits=LIMITS)

    accept(upload)

    assert requested(queues) == queues["parts"].receive_all() == []


def test_a_reading_that_could_not_be_requested_is_requested_by_the_repeated_message(
    bucket, queues, monkeypatch
):
    save(an_order(DOCUMENT), DOCUMENT)
    upload = bucket.upload(DOCUMENT.id)
    failed = {"Failed": [{"Id": "0", "SenderFault": False, "Code": "InternalError"}]}
    with monkeypatch.context() as patch:
        patch.setattr(gateway._sqs(), "send_message_batch", lambda **_: failed)
        with pytest.raises(Unsent):
            accept(upload)

    accept(upload)

    assert requested(queues) == [(DOCUMENT.id, upload.version)]
