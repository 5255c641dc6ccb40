import hashlib
import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

import analysis
from analysis import READER_VERSION, Box, Fact, Page, ReaderFailed, Result, Unreadable
from docket.domain.document import DocumentStatus
from docket.domain.order import OrderStatus
from docket.domain.payment import PaymentStatus
from docket.domain.reason import Reason
from docket.gateways import s3
from docket.gateways.s3 import Upload
from docket.table import analyses, documents, events, orders
from docket.workflows import ingestion
from tests.make import (
    OID,
    THEN,
    a_document,
    a_payment,
    a_pdf,
    a_read_document,
    an_event,
    an_order,
)

pytestmark = pytest.mark.usefixtures("service")

LATER = THEN + timedelta(minutes=5)
DOCUMENT = a_document()
INVOICE = a_pdf("Invoice HB-7\nInvoice date: 17 April 2026\nTotal: 1,158.70 EUR", "Page two of it")


def save(*documents_, **fields):
    orders.create_order(an_order(documents=documents_ or (DOCUMENT,), **fields), an_event("opened"))


def process(version, document=DOCUMENT):
    ingestion.process(Upload("ada", document.id, version), order_id=OID, at=LATER)


def get_document(document=DOCUMENT):
    return orders.get("ada", OID).document(document.id)


def event_names():
    return sorted(event.name for event in events.of_order(OID))


@pytest.fixture
def stub_reader(monkeypatch):
    """Make the reader return this result for every document, or raise it, without page images."""

    def stub(result):
        requests = []

        def read(data, *_, **__):
            requests.append(data)
            if isinstance(result, Exception):
                raise result
            return result

        monkeypatch.setattr(ingestion, "read", read)
        monkeypatch.setattr(ingestion, "previews", lambda *_, **__: iter(()))
        return requests

    return stub


def a_page(number=0):
    return Page(number=number, width=595, height=842, source="text", confidence=1.0)


def a_result(**fields):
    usual = {
        "reader_version": READER_VERSION,
        "kind_of_file": "pdf",
        "page_count": 2,
        "pages": (a_page(0), a_page(1)),
        "kind": "invoice",
    }
    return Result(**{**usual, **fields})


def test_an_uploaded_document_is_read_stored_and_priced(bucket):
    save()
    version = bucket.upload(DOCUMENT.id, INVOICE)

    process(version)

    document = get_document()
    assert (document.status, document.page_count) == (DocumentStatus.READY, 2)
    assert (document.charged_pages, document.reader_version) == (2, READER_VERSION)
    stored = analyses.of_document(OID, DOCUMENT.id)
    assert stored is not None
    assert stored.version == version
    assert [page_image.page for page_image in stored.page_images] == [0, 1]
    assert bucket.names("results/") == [
        f"results/{DOCUMENT.id}/{version}/{name}"
        for name in (
            "page-0-readable.webp",
            "page-0-thumbnail.webp",
            "page-1-readable.webp",
            "page-1-thumbnail.webp",
            "result.json",
        )
    ]
    assert event_names() == ["document_read", "opened"]


def test_an_unpaid_document_without_text_has_a_warning(bucket):
    save()

    process(bucket.upload(DOCUMENT.id, a_pdf("")))

    order = orders.get("ada", OID)
    assert not order.is_paid
    assert [warning.code for warning in order.document(DOCUMENT.id).warnings] == ["no_text"]


def test_a_warning_that_quotes_facts_is_not_shown_before_payment(bucket, stub_reader):
    disagreement = {"code": "page_disagrees", "params": {"printed": "1,158.70 EUR"}}
    blurred = {"code": "hard_to_read", "params": {"pages": "1"}}
    stub_reader(a_result(warnings=(disagreement, blurred)))
    save()

    process(bucket.upload(DOCUMENT.id, INVOICE))

    assert get_document().warnings == (Reason("hard_to_read", {"pages": "1"}),)


def test_a_file_of_another_type_than_its_name_is_unreadable(bucket):
    save(DOCUMENT, a_read_document("other.pdf"))

    process(bucket.upload(DOCUMENT.id, b"GIF89a, and not a PDF at all"))

    document = get_document()
    assert (document.status, document.charged_pages) == (DocumentStatus.UNREADABLE, 0)
    assert document.status_reason
    assert get_document(a_read_document("other.pdf")).status is DocumentStatus.READY
    assert bucket.names("results/") == []


def test_an_unreadable_document_has_the_readers_reason(bucket, stub_reader):
    save()
    stub_reader(Unreadable("password_protected"))

    process(bucket.upload(DOCUMENT.id))

    document = get_document()
    assert document.explanation == Reason("password_protected")
    assert not document.can_be_read_again(READER_VERSION)
    assert event_names() == ["document_unreadable", "opened"]


def test_an_unreadable_page_is_not_charged(bucket, stub_reader):
    save()
    stub_reader(
        a_result(
            page_count=5, unread=({"page": 3, "code": "odd_page", "params": {}},), partial=True
        )
    )

    process(bucket.upload(DOCUMENT.id))

    assert (get_document().page_count, get_document().charged_pages) == (5, 2)


def test_a_document_without_a_readable_page_is_unreadable(bucket, stub_reader):
    save()
    stub_reader(
        a_result(pages=(), unread=({"page": 0, "code": "odd_page", "params": {}},), partial=True)
    )

    process(bucket.upload(DOCUMENT.id))

    document = get_document()
    assert document.status is DocumentStatus.UNREADABLE
    assert document.status_reason == Reason("odd_page")


def test_a_file_with_another_checksum_is_not_read(bucket, stub_reader):
    save(a_document(sha256=hashlib.sha256(b"announced").hexdigest()))
    requests = stub_reader(a_result())

    process(bucket.upload(DOCUMENT.id, b"others"))

    assert get_document().status_reason == Reason("file_changed")
    assert requests == []


def test_a_file_with_the_declared_checksum_is_read(bucket, stub_reader):
    save(a_document(sha256=hashlib.sha256(b"announced").hexdigest()))
    requests = stub_reader(a_result())

    process(bucket.upload(DOCUMENT.id, b"announced"))

    assert requests == [b"announced"]
    assert get_document().status is DocumentStatus.READY


def test_a_missing_file_is_unreadable(bucket, stub_reader):
    save()
    version = bucket.upload(DOCUMENT.id)
    s3.discard(Upload("ada", DOCUMENT.id, version))

    process(version)

    assert get_document().status_reason == Reason("file_missing")


def test_a_repeated_message_is_processed_once(bucket, stub_reader):
    save()
    requests = stub_reader(a_result())
    version = bucket.upload(DOCUMENT.id)

    process(version)
    process(version)

    assert len(requests) == 1
    assert event_names() == ["document_read", "opened"]
    assert bucket.versions(DOCUMENT.id) == [version]


def test_a_second_version_is_discarded(bucket, stub_reader):
    save()
    requests = stub_reader(a_result())
    first = bucket.upload(DOCUMENT.id, b"first")
    process(first)
    second = bucket.upload(DOCUMENT.id, b"second")

    process(second)

    assert requests == [b"first"]
    assert bucket.versions(DOCUMENT.id) == [first]
    assert get_document().version == first


def test_an_upload_to_a_cancelled_order_is_discarded(bucket, stub_reader):
    save(DOCUMENT, status=OrderStatus.CANCELLED)
    requests = stub_reader(a_result())

    process(bucket.upload(DOCUMENT.id))

    assert requests == []
    assert bucket.versions(DOCUMENT.id) == []
    assert get_document().status is DocumentStatus.AWAITING_UPLOAD


def test_an_upload_without_a_document_is_discarded(bucket, stub_reader):
    stub_reader(a_result())
    process(bucket.upload(DOCUMENT.id))
    save(a_read_document("other.pdf"))
    process(bucket.upload(DOCUMENT.id))

    assert bucket.versions(DOCUMENT.id) == []


def test_an_upload_to_another_customers_document_is_discarded(bucket, stub_reader):
    save()
    requests = stub_reader(a_result())
    version = bucket.upload(DOCUMENT.id, user_id="eve")

    ingestion.process(Upload("eve", DOCUMENT.id, version), order_id=OID, at=LATER)

    assert requests == []
    assert bucket.versions(DOCUMENT.id, user_id="eve") == []
    assert get_document().status is DocumentStatus.AWAITING_UPLOAD


def test_the_result_of_a_document_removed_during_ingestion_is_not_stored(
    bucket, stub_reader, monkeypatch
):
    save()
    stub_reader(a_result())

    def remove_document(*_):
        documents.remove("ada", DOCUMENT.id, an_event("document_removed"), order_id=OID)

    monkeypatch.setattr(s3, "put_result", remove_document)

    process(bucket.upload(DOCUMENT.id))

    assert orders.get("ada", OID).documents == ()
    assert analyses.of_order(OID) == []


def test_an_aborted_ingestion_is_repeated_by_its_message(bucket, stub_reader):
    save()
    version = bucket.upload(DOCUMENT.id)
    stub_reader(MemoryError())
    with pytest.raises(MemoryError):
        process(version)
    stub_reader(a_result())

    process(version)

    assert get_document().status is DocumentStatus.READY


def test_an_outage_of_s3_leaves_the_document_in_progress(bucket, stub_reader, monkeypatch):
    save()
    version = bucket.upload(DOCUMENT.id)

    def slow_down(**_):
        response = {"Error": {"Code": "SlowDown"}, "ResponseMetadata": {"HTTPStatusCode": 503}}
        raise ClientError(response, "GetObject")  # type: ignore[arg-type]  # the fields that are read

    monkeypatch.setattr(s3._s3(), "get_object", slow_down)

    with pytest.raises(ClientError):
        process(version)

    assert get_document().status is DocumentStatus.READING


def test_a_document_whose_pages_cannot_be_drawn_has_no_page_images(
    bucket, stub_reader, monkeypatch
):
    save()
    stub_reader(a_result())

    def fail(*_, **__):
        raise Unreadable("odd_page")

    monkeypatch.setattr(ingestion, "previews", fail)

    process(bucket.upload(DOCUMENT.id))

    stored = analyses.of_document(OID, DOCUMENT.id)
    assert stored is not None
    assert stored.page_images == ()
    assert get_document().status is DocumentStatus.READY


def test_repeating_the_ingestion_of_a_paid_document_keeps_its_charge(bucket, stub_reader):
    version = bucket.upload(DOCUMENT.id)
    read = a_read_document(pages=1, version=version, reader_version="0")
    save(read, status=OrderStatus.COMPLETED)
    documents.read_again(orders.get("ada", OID), read, an_event("reading_repeated"))
    stub_reader(a_result(page_count=7, pages=tuple(a_page(n) for n in range(7))))

    process(version)

    document = get_document()
    assert (document.page_count, document.charged_pages) == (7, 1)
    assert document.reader_version == READER_VERSION


def test_a_failed_repetition_keeps_the_earlier_result_of_a_paid_document(bucket, stub_reader):
    version = bucket.upload(DOCUMENT.id)
    read = a_read_document(version=version, reader_version="0")
    save(read, status=OrderStatus.COMPLETED)
    documents.read_again(orders.get("ada", OID), read, an_event("reading_repeated"))
    stub_reader(Unreadable("damaged"))

    process(version)

    assert get_document().status is DocumentStatus.READY
    assert get_document().page_count == 1
    assert "reading_again_failed" in event_names()


def test_the_result_is_stored_in_the_bucket_and_its_facts_in_the_table(bucket, stub_reader):
    save()
    fact = Fact(
        name="gross",
        value="250 €",
        normalised={"minor": 25000, "currency": "eur"},
        page=0,
        box=Box(0.1, 0.2, 0.3, 0.4),
        confidence=0.9,
        source="text",
    )
    stub_reader(a_result(facts=(fact,)))
    version = bucket.upload(DOCUMENT.id)

    process(version)

    stored = analyses.of_document(OID, DOCUMENT.id)
    assert stored is not None
    assert stored.facts["facts"] == [fact.to_dict()]
    stored_object = s3._s3().get_object(
        Bucket=bucket.name, Key=f"results/{DOCUMENT.id}/{version}/result.json"
    )
    assert analysis.Result.from_dict(json.load(stored_object["Body"])).facts == (fact,)


def test_a_read_document_is_counted_once(bucket, stub_reader, capsys):
    save()
    stub_reader(a_result())
    version = bucket.upload(DOCUMENT.id)

    process(version)
    process(version)

    assert capsys.readouterr().out.count('"DocumentRead":[1.0]') == 1


def test_a_document_is_stored_without_page_images_when_drawing_them_fails(
    bucket, stub_reader, monkeypatch, caplog
):
    save()
    stub_reader(a_result())

    def fail(*_, **__):
        raise ReaderFailed("ZeroDivisionError")

    monkeypatch.setattr(ingestion, "previews", fail)

    process(bucket.upload(DOCUMENT.id))

    assert get_document().status is DocumentStatus.READY
    assert "page images failed" in caplog.text


def test_a_failure_of_the_reader_leaves_the_document_in_progress(bucket, stub_reader):
    save()
    stub_reader(ReaderFailed("ZeroDivisionError"))

    with pytest.raises(ReaderFailed):
        process(bucket.upload(DOCUMENT.id))

    assert get_document().status is DocumentStatus.READING


@pytest.fixture
def access_refused(monkeypatch):
    """S3 refuses access, as it does without a grant and for a missing version."""

    def refuse(**_):
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetObject")

    monkeypatch.setattr(s3._s3(), "get_object", refuse)


def test_a_refused_file_is_unreadable_and_retriable_after_the_last_attempt(bucket, access_refused):
    save()
    version = bucket.upload(DOCUMENT.id, INVOICE)

    for receive_count in (1, 2):
        with pytest.raises(s3.AccessRefused):
            ingestion.process(
                Upload("ada", DOCUMENT.id, version),
                order_id=OID,
                at=LATER,
                receive_count=receive_count,
            )
        assert get_document().status is DocumentStatus.READING
    ingestion.process(Upload("ada", DOCUMENT.id, version), order_id=OID, at=LATER, receive_count=3)

    assert get_document().status is DocumentStatus.UNREADABLE
    assert get_document().explanation == Reason("file_unavailable")
    assert get_document().can_be_read_again(READER_VERSION)


def test_the_last_ingestion_completes_a_paid_order(bucket, stub_reader):
    stub_reader(a_result())
    version = bucket.upload(DOCUMENT.id)
    succeeded = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
    being_read = a_read_document(version=version, status=DocumentStatus.READING)
    save(being_read, status=OrderStatus.PROCESSING, payment=succeeded)

    process(version)

    assert orders.get("ada", OID).is_paid
    assert event_names().count("paid") == 1
