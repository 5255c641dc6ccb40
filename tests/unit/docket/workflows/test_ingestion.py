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
from docket.workflows import fact_limits, ingestion
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


def the_document(document=DOCUMENT):
    return orders.get("ada", OID).document(document.id)


def what_happened():
    return sorted(event.what for event in events.of_order(OID))


@pytest.fixture
def found(monkeypatch):
    """The reader says this of every document, or raises it. Its pictures are none."""

    def says(result):
        requests = []

        def read(data, *_, **__):
            requests.append(data)
            if isinstance(result, Exception):
                raise result
            return result

        monkeypatch.setattr(ingestion, "read", read)
        monkeypatch.setattr(ingestion, "previews", lambda *_, **__: iter(()))
        return requests

    return says


def a_page(number=0):
    return Page(number=number, width=595, height=842, source="text", confidence=1.0)


def a_reading(**fields):
    usual = {
        "reader_version": READER_VERSION,
        "kind_of_file": "pdf",
        "page_count": 2,
        "pages": (a_page(0), a_page(1)),
        "kind": "invoice",
    }
    return Result(**{**usual, **fields})


def test_a_real_document_is_read_kept_and_quoted(bucket):
    save()
    version = bucket.upload(DOCUMENT.id, INVOICE)

    process(version)

    document = the_document()
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
    assert what_happened() == ["document_read", "opened"]


def test_a_document_without_text_is_known_as_such_before_it_is_paid(bucket):
    save()

    process(bucket.upload(DOCUMENT.id, a_pdf("")))

    order = orders.get("ada", OID)
    assert not order.is_paid
    assert [warning.code for warning in order.document(DOCUMENT.id).warnings] == ["no_text"]


def test_a_warning_that_quotes_facts_is_not_shown_before_payment(bucket, found):
    disagreement = {"code": "page_disagrees", "params": {"printed": "1,158.70 EUR"}}
    blurred = {"code": "hard_to_read", "params": {"pages": "1"}}
    found(a_reading(warnings=(disagreement, blurred)))
    save()

    process(bucket.upload(DOCUMENT.id, INVOICE))

    assert the_document().warnings == (Reason("hard_to_read", {"pages": "1"}),)


def test_a_file_of_the_wrong_type_behind_a_right_name_is_unreadable_and_says_so(bucket):
    save(DOCUMENT, a_read_document("other.pdf"))

    process(bucket.upload(DOCUMENT.id, b"GIF89a, and not a PDF at all"))

    document = the_document()
    assert (document.status, document.charged_pages) == (DocumentStatus.UNREADABLE, 0)
    assert document.status_reason
    assert the_document(a_read_document("other.pdf")).status is DocumentStatus.READY
    assert bucket.names("results/") == []


def test_what_the_reader_cannot_read_says_the_readers_reason(bucket, found):
    save()
    found(Unreadable("password_protected"))

    process(bucket.upload(DOCUMENT.id))

    document = the_document()
    assert document.explanation == Reason("password_protected")
    assert not document.may_be_read_again(READER_VERSION)
    assert what_happened() == ["document_unreadable", "opened"]


def test_nobody_is_charged_for_a_page_that_could_not_be_read(bucket, found):
    save()
    found(
        a_reading(
            page_count=5, unread=({"page": 3, "code": "odd_page", "params": {}},), partial=True
        )
    )

    process(bucket.upload(DOCUMENT.id))

    assert (the_document().page_count, the_document().charged_pages) == (5, 2)


def test_a_document_of_which_no_page_could_be_read_is_unreadable(bucket, found):
    save()
    found(
        a_reading(pages=(), unread=({"page": 0, "code": "odd_page", "params": {}},), partial=True)
    )

    process(bucket.upload(DOCUMENT.id))

    document = the_document()
    assert document.status is DocumentStatus.UNREADABLE
    assert document.status_reason == Reason("odd_page")


def test_other_bytes_than_the_announced_ones_are_not_read(bucket, found):
    save(a_document(sha256=hashlib.sha256(b"announced").hexdigest()))
    requests = found(a_reading())

    process(bucket.upload(DOCUMENT.id, b"others"))

    assert the_document().status_reason == Reason("file_changed")
    assert requests == []


def test_the_announced_bytes_are_read(bucket, found):
    save(a_document(sha256=hashlib.sha256(b"announced").hexdigest()))
    requests = found(a_reading())

    process(bucket.upload(DOCUMENT.id, b"announced"))

    assert requests == [b"announced"]
    assert the_document().status is DocumentStatus.READY


def test_a_file_that_is_gone_is_unreadable_and_says_so(bucket, found):
    save()
    version = bucket.upload(DOCUMENT.id)
    s3.discard(Upload("ada", DOCUMENT.id, version))

    process(version)

    assert the_document().status_reason == Reason("file_missing")


def test_a_message_that_comes_twice_is_read_once(bucket, found):
    save()
    requests = found(a_reading())
    version = bucket.upload(DOCUMENT.id)

    process(version)
    process(version)

    assert len(requests) == 1
    assert what_happened() == ["document_read", "opened"]
    assert bucket.versions(DOCUMENT.id) == [version]


def test_a_second_version_is_discarded_and_the_first_stays_the_newest(bucket, found):
    save()
    requests = found(a_reading())
    first = bucket.upload(DOCUMENT.id, b"first")
    process(first)
    second = bucket.upload(DOCUMENT.id, b"second")

    process(second)

    assert requests == [b"first"]
    assert bucket.versions(DOCUMENT.id) == [first]
    assert the_document().version == first


def test_an_upload_that_comes_after_the_order_was_cancelled_is_discarded(bucket, found):
    save(DOCUMENT, status=OrderStatus.CANCELLED)
    requests = found(a_reading())

    process(bucket.upload(DOCUMENT.id))

    assert requests == []
    assert bucket.versions(DOCUMENT.id) == []
    assert the_document().status is DocumentStatus.AWAITING_UPLOAD


def test_an_upload_that_nobody_announced_is_discarded(bucket, found):
    found(a_reading())
    process(bucket.upload(DOCUMENT.id))
    save(a_read_document("other.pdf"))
    process(bucket.upload(DOCUMENT.id))

    assert bucket.versions(DOCUMENT.id) == []


def test_an_upload_into_somebody_elses_document_is_discarded(bucket, found):
    save()
    requests = found(a_reading())
    version = bucket.upload(DOCUMENT.id, user_id="eve")

    ingestion.process(Upload("eve", DOCUMENT.id, version), order_id=OID, at=LATER)

    assert requests == []
    assert bucket.versions(DOCUMENT.id, user_id="eve") == []
    assert the_document().status is DocumentStatus.AWAITING_UPLOAD


def test_what_was_removed_while_it_was_read_is_not_kept(bucket, found, monkeypatch):
    save()
    found(a_reading())

    def removed_meanwhile(*_):
        documents.remove("ada", DOCUMENT.id, an_event("document_removed"), order_id=OID)

    monkeypatch.setattr(s3, "put_result", removed_meanwhile)

    process(bucket.upload(DOCUMENT.id))

    assert orders.get("ada", OID).documents == ()
    assert analyses.of_order(OID) == []


def test_what_breaks_off_is_begun_anew_when_its_message_comes_again(bucket, found):
    save()
    version = bucket.upload(DOCUMENT.id)
    found(MemoryError())
    with pytest.raises(MemoryError):
        process(version)
    found(a_reading())

    process(version)

    assert the_document().status is DocumentStatus.READY


def test_an_outage_of_the_storage_says_nothing_of_the_document(bucket, found, monkeypatch):
    save()
    version = bucket.upload(DOCUMENT.id)

    def slow_down(**_):
        response = {"Error": {"Code": "SlowDown"}, "ResponseMetadata": {"HTTPStatusCode": 503}}
        raise ClientError(response, "GetObject")  # type: ignore[arg-type]  # all that is looked at

    monkeypatch.setattr(s3._s3(), "get_object", slow_down)

    with pytest.raises(ClientError):
        process(version)

    assert the_document().status is DocumentStatus.READING


def test_pages_that_cannot_be_drawn_go_without_pictures(bucket, found, monkeypatch):
    save()
    found(a_reading())

    def undrawable(*_, **__):
        raise Unreadable("odd_page")

    monkeypatch.setattr(ingestion, "previews", undrawable)

    process(bucket.upload(DOCUMENT.id))

    stored = analyses.of_document(OID, DOCUMENT.id)
    assert stored is not None
    assert stored.page_images == ()
    assert the_document().status is DocumentStatus.READY


def test_a_paid_document_that_is_read_again_keeps_its_charge(bucket, found):
    version = bucket.upload(DOCUMENT.id)
    read = a_read_document(pages=1, version=version, reader_version="0")
    save(read, status=OrderStatus.COMPLETED)
    documents.read_again(orders.get("ada", OID), read, an_event("reading_repeated"))
    found(a_reading(page_count=7, pages=tuple(a_page(n) for n in range(7))))

    process(version)

    document = the_document()
    assert (document.page_count, document.charged_pages) == (7, 1)
    assert document.reader_version == READER_VERSION


def test_a_paid_document_whose_newer_reading_fails_keeps_the_older_one(bucket, found):
    version = bucket.upload(DOCUMENT.id)
    read = a_read_document(version=version, reader_version="0")
    save(read, status=OrderStatus.COMPLETED)
    documents.read_again(orders.get("ada", OID), read, an_event("reading_repeated"))
    found(Unreadable("damaged"))

    process(version)

    assert the_document().status is DocumentStatus.READY
    assert the_document().page_count == 1
    assert "reading_again_failed" in what_happened()


def test_the_whole_reading_is_kept_in_the_bucket_and_its_facts_in_the_table(bucket, found):
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
    found(a_reading(facts=(fact,)))
    version = bucket.upload(DOCUMENT.id)

    process(version)

    stored = analyses.of_document(OID, DOCUMENT.id)
    assert stored is not None
    assert stored.facts["facts"] == [fact.to_dict()]
    whole = s3._s3().get_object(
        Bucket=bucket.name, Key=f"results/{DOCUMENT.id}/{version}/result.json"
    )
    assert analysis.Result.from_dict(json.load(whole["Body"])).facts == (fact,)


def test_what_was_read_is_counted_once(bucket, found, capsys):
    save()
    found(a_reading())
    version = bucket.upload(DOCUMENT.id)

    process(version)
    process(version)

    assert capsys.readouterr().out.count('"DocumentRead":[1.0]') == 1


def test_facts_that_no_item_could_hold_are_cut_and_say_so():
    rows = [["x" * 80] * 12] * 50
    facts = {name: [] for name in fact_limits.LISTS} | {
        "facts": [{"name": "date", "value": "today"}],
        "tables": [{"rows": rows}] * 20,
        "warnings": [],
    }

    stored = fact_limits.cut_to(facts, ingestion.MOST_INLINE)

    assert len(json.dumps(stored)) < ingestion.MOST_INLINE + 1000
    assert stored["facts"] == facts["facts"]
    assert [warning["code"] for warning in stored["warnings"]] == ["capped"]
    assert fact_limits.cut_to({**facts, "tables": []}, ingestion.MOST_INLINE) == {
        **facts,
        "tables": [],
    }


def test_pictures_that_our_own_code_fails_on_are_gone_without(bucket, found, monkeypatch, caplog):
    save()
    found(a_reading())

    def broken(*_, **__):
        raise ReaderFailed("ZeroDivisionError")

    monkeypatch.setattr(ingestion, "previews", broken)

    process(bucket.upload(DOCUMENT.id))

    assert the_document().status is DocumentStatus.READY
    assert "pages not drawn" in caplog.text


def test_what_our_own_code_fails_on_says_nothing_of_the_document(bucket, found):
    save()
    found(ReaderFailed("ZeroDivisionError"))

    with pytest.raises(ReaderFailed):
        process(bucket.upload(DOCUMENT.id))

    assert the_document().status is DocumentStatus.READING


@pytest.fixture
def access_refused(monkeypatch):
    """S3 refuses access to the file, as it does for want of a grant and for an absent version."""

    def refuse(**_):
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetObject")

    monkeypatch.setattr(s3._s3(), "get_object", refuse)


def test_a_file_to_which_access_is_refused_is_tried_again_and_at_last_may_be_asked_for_again(
    bucket, access_refused
):
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
        assert the_document().status is DocumentStatus.READING
    ingestion.process(Upload("ada", DOCUMENT.id, version), order_id=OID, at=LATER, receive_count=3)

    assert the_document().status is DocumentStatus.UNREADABLE
    assert the_document().explanation == Reason("file_unavailable")
    assert the_document().may_be_read_again(READER_VERSION)


def test_the_end_of_the_last_reading_completes_an_order_that_was_paid(bucket, found):
    found(a_reading())
    version = bucket.upload(DOCUMENT.id)
    made = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
    being_read = a_read_document(version=version, status=DocumentStatus.READING)
    save(being_read, status=OrderStatus.PROCESSING, payment=made)

    process(version)

    assert orders.get("ada", OID).is_paid
    assert what_happened().count("paid") == 1
