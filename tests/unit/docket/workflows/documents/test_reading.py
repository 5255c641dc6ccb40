"""What the reader does with a message. It has a bucket and no table."""

import hashlib
import json
from dataclasses import replace
from unittest.mock import Mock

import pytest
from botocore.exceptions import ClientError

from analysis import READER_VERSION, Fact, ReaderFailed, Result, Unreadable
from analysis.model import Box
from docket.domain.orders.document import UploadedFile
from docket.domain.reason import Reason
from docket.gateways import s3
from docket.gateways.queues import ReadingMessage
from docket.workflows.documents import reading
from tests.make import a_pdf, a_reading_document
from tests.reading import a_page, a_result
from tests.unit.analysis.documents import a_pdf as a_drawn_pdf

pytestmark = pytest.mark.usefixtures("reader_stage")

DOCUMENT = a_reading_document(attempt=3)
INVOICE = a_pdf("Invoice HB-7\nInvoice date: 17 April 2026\nTotal: 1,158.70 EUR", "Page two of it")


@pytest.fixture
def message(bucket):
    """Upload a file. Returns the message that requests a reading of it."""

    def message(data=b"bytes", **fields):
        upload = bucket.upload(DOCUMENT.id, data)
        return ReadingMessage.of(replace(DOCUMENT, file=upload.file, **fields))

    return message


def stored_analysis():
    return json.loads(s3.analysis(DOCUMENT.id, DOCUMENT.attempt))


def pages():
    """The pages of the document, and those to pay for."""
    analysis = stored_analysis()
    return analysis["page_count"], analysis["charged_pages"]


def test_a_document_is_read_into_the_bucket(bucket, message):
    result = reading.process(message(INVOICE))

    assert (result.user_id, result.document_id, result.attempt) == ("ada", DOCUMENT.id, 3)
    assert (result.status, result.reason, result.reader_version) == ("read", None, READER_VERSION)
    assert pages() == (2, 2)
    assert result.bytes_sha256 == hashlib.sha256(INVOICE).hexdigest()
    assert bucket.names("results/") == [
        f"results/{DOCUMENT.id}/3/{name}"
        for name in (
            "analysis.json",
            "page-0-readable.webp",
            "page-0-thumbnail.webp",
            "page-1-readable.webp",
            "page-1-thumbnail.webp",
            "result.json",
        )
    ]


def test_every_page_has_its_image_as_soon_as_it_is_read(message):
    reading.process(message(INVOICE))

    page_images = stored_analysis()["page_images"]
    assert [number for number, _, _ in page_images] == [0, 1]
    assert all(width and height for _, width, height in page_images)


def test_the_whole_result_and_the_facts_for_the_table_are_stored(message, stub_reader):
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

    reading.process(message())

    whole = s3.result(DOCUMENT.id, 3)
    assert whole is not None
    assert whole.pop("page_images") == []
    assert Result.from_dict(whole).facts == (fact,)
    assert stored_analysis()["facts"]["facts"] == [fact.to_dict()]
    assert stored_analysis()["key_facts"]["facts"]["gross"]["normalised"]["minor"] == 25000
    assert "lines" not in stored_analysis()["facts"]["pages"][0]


def test_facts_that_are_too_large_for_the_table_are_cut(message, stub_reader):
    facts = [
        Fact(
            name="x",
            value="v" * 600,
            normalised=None,
            page=0,
            box=None,
            confidence=1,
            source="text",
        )
    ] * 400
    stub_reader(a_result(facts=tuple(facts)))

    reading.process(message())

    cut = stored_analysis()["facts"]
    assert 0 < len(cut["facts"]) < 400
    assert len(json.dumps(cut)) <= reading.MAX_INLINE_BYTES


def test_a_message_names_no_content_of_the_document(message):
    result = reading.process(message(INVOICE))

    assert "HB-7" in json.dumps(stored_analysis())
    assert "HB-7" not in repr(result)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            b"GIF89a, and not a PDF at all",
            Reason("type_mismatch", {"context": "name", "actual": "GIF"}),
        ),
        (b"neither a PDF nor anything else", Reason("unknown_type")),
    ],
)
def test_a_file_of_another_type_than_its_name_is_unreadable(bucket, message, content, reason):
    result = reading.process(message(content))

    assert (result.status, result.reason) == ("unreadable", reason)
    assert bucket.names("results/") == []


def test_an_unreadable_document_has_the_readers_reason(message, stub_reader):
    stub_reader(Unreadable("too_large", max_megabytes=25))

    result = reading.process(message())

    assert result.status == "unreadable"
    assert result.reason == Reason("too_large", {"max_megabytes": 25})


def test_an_unreadable_page_is_not_charged(message, stub_reader):
    unread = ({"page": 3, "code": "odd_page", "params": {}},)
    stub_reader(a_result(page_count=5, unread=unread, partial=True))

    reading.process(message())

    assert pages() == (5, 2)


def test_a_document_without_a_readable_page_is_unreadable(message, stub_reader):
    unread = ({"page": 0, "code": "odd_page", "params": {}},)
    stub_reader(a_result(pages=(), unread=unread, partial=True))

    result = reading.process(message())

    assert (result.status, result.reason) == ("unreadable", Reason("odd_page"))


def test_a_document_without_pages_is_unreadable(message, stub_reader):
    stub_reader(a_result(pages=()))

    assert reading.process(message()).reason == Reason("no_pages")


def test_a_file_with_another_checksum_is_not_read(message, stub_reader):
    requests = stub_reader(a_result())
    declared = hashlib.sha256(b"announced").hexdigest()

    result = reading.process(message(b"others", sha256=declared))

    assert (result.status, result.reason) == ("unreadable", Reason("file_changed"))
    assert requests == []


def test_a_file_with_the_declared_checksum_is_read(message, stub_reader):
    requests = stub_reader(a_result())
    declared = hashlib.sha256(b"announced").hexdigest()

    assert reading.process(message(b"announced", sha256=declared)).status == "read"
    assert requests == [b"announced"]


def test_exactly_the_version_of_the_message_is_read(bucket, message, stub_reader):
    requests = stub_reader(a_result())
    first = message(b"first")
    bucket.upload(DOCUMENT.id, b"second")
    bucket.upload(DOCUMENT.id, b"of another form", upload_number=2)

    reading.process(first)

    assert requests == [b"first"]


def test_a_missing_file_is_unreadable(message, stub_reader):
    requested = message()
    s3.discard(requested.upload)

    result = reading.process(requested)

    assert (result.status, result.reason) == ("unreadable", Reason("file_missing"))


def test_a_repeated_message_has_the_same_result(bucket, message):
    requested = message(INVOICE)
    first = reading.process(requested)
    names = bucket.names()

    assert reading.process(requested) == first
    assert bucket.names() == names


def test_the_first_result_of_a_reading_stays(bucket, message, stub_reader):
    """A message may be delivered again after a deployment, or when the customer has paid."""
    stub_reader(a_result())
    requested = message()
    reading.process(requested)
    stored = bucket.every_version()
    stub_reader(a_result(page_count=9, kind="letter"))

    assert reading.process(requested).status == "read"

    assert bucket.every_version() == stored
    assert pages() == (2, 2)


def test_a_reading_that_stopped_goes_on_with_the_result_it_stored(
    message, stub_reader, monkeypatch
):
    """After a deployment the next try reads other pages. Only what is stored is shown and paid."""
    stub_reader(a_result(pages=(a_page(0),)))
    requested = message()
    with monkeypatch.context() as stopped:
        stopped.setattr(s3, "put_analysis", Mock(side_effect=MemoryError))
        with pytest.raises(MemoryError):
            reading.process(requested)
    first = s3.result(DOCUMENT.id, 3)
    stub_reader(a_result(reader_version="99", page_count=9, kind="letter"))

    result = reading.process(requested)

    assert s3.result(DOCUMENT.id, 3) == first
    assert pages() == (2, 1)
    assert stored_analysis()["facts"]["reader_version"] == READER_VERSION
    assert result.reader_version == READER_VERSION


def test_another_reading_has_a_result_of_its_own(message, stub_reader):
    requested = message()
    stub_reader(a_result(page_count=9))
    reading.process(replace(requested, attempt=2))
    stub_reader(a_result())

    reading.process(requested)

    assert pages() == (2, 2)
    assert json.loads(s3.analysis(DOCUMENT.id, 2))["page_count"] == 9


@pytest.mark.parametrize("failure", [MemoryError(), ReaderFailed("ZeroDivisionError")])
def test_a_failure_is_left_to_the_queue(message, stub_reader, failure):
    stub_reader(failure)
    requested = message()

    with pytest.raises(type(failure)):
        reading.process(requested)

    stub_reader(a_result())
    assert reading.process(requested).status == "read"


def test_an_outage_of_s3_is_left_to_the_queue(message, monkeypatch):
    requested = message()

    def slow_down(**_):
        response = {"Error": {"Code": "SlowDown"}, "ResponseMetadata": {"HTTPStatusCode": 503}}
        raise ClientError(response, "GetObject")  # type: ignore[arg-type]  # the fields that are read

    monkeypatch.setattr(s3._s3(), "get_object", slow_down)

    with pytest.raises(ClientError):
        reading.process(requested)


def test_a_refused_file_ends_the_reading_on_the_last_try_and_may_be_read_again(
    message, monkeypatch
):
    """S3 refuses access without a grant, and for a missing version."""
    requested = message(INVOICE)

    def refuse(**_):
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetObject")

    monkeypatch.setattr(s3._s3(), "get_object", refuse)

    for receive_count in (1, 2):
        with pytest.raises(s3.AccessRefused):
            reading.process(requested, receive_count=receive_count)
    result = reading.process(requested, receive_count=3)

    assert (result.status, result.reason) == ("failed", Reason("file_unavailable"))


def test_the_pages_that_fail_are_skipped_on_the_last_try(message, monkeypatch):
    skipped = []

    def read(*_, skip_failed_pages, **__):
        skipped.append(skip_failed_pages)
        return a_result()

    monkeypatch.setattr(reading, "read", read)
    requested = message()

    for receive_count in (1, 2, 3, 4):
        reading.process(requested, receive_count=receive_count)

    assert skipped == [False, False, True, True]


def test_what_failed_for_the_last_time_may_be_read_again(message):
    result = reading.failed(message())

    assert (result.status, result.reason, result.attempt) == ("failed", Reason("not_read"), 3)


def test_a_document_whose_pages_cannot_be_drawn_has_no_page_images(
    message, stub_reader, monkeypatch
):
    stub_reader(a_result())

    def fail(*_, **__):
        raise Unreadable("odd_page")

    monkeypatch.setattr(reading, "previews", fail)

    assert reading.process(message()).status == "read"
    assert stored_analysis()["page_images"] == []


def test_a_document_is_stored_without_page_images_when_drawing_them_fails(
    message, stub_reader, monkeypatch, caplog
):
    stub_reader(a_result())

    def fail(*_, **__):
        raise ReaderFailed("ZeroDivisionError")

    monkeypatch.setattr(reading, "previews", fail)

    assert reading.process(message()).status == "read"
    assert "page images failed" in caplog.text


def test_only_the_first_pages_have_images(message, stub_reader, monkeypatch):
    stub_reader(a_result(page_count=60, pages=tuple(a_page(number) for number in range(60))))
    drawn = []

    def previews(*arguments, **_):
        drawn.extend(arguments[3])
        return iter(())

    monkeypatch.setattr(reading, "previews", previews)

    reading.process(message())

    assert drawn == list(range(reading.MAX_PAGE_IMAGES))


def test_a_document_that_was_saved_again_is_recognised_by_its_words(bucket, message):
    text = "\n".join(f"line {number} of a letter that has enough words" for number in range(5))
    first = reading.process(message(a_pdf(text)))
    again = reading.process(message(a_pdf(text.upper()), attempt=4))

    assert first.bytes_sha256 != again.bytes_sha256
    assert first.result_sha256 == again.result_sha256 is not None


def test_a_document_with_a_payment_code_more_is_another_one(message):
    letter = [f"line {number} of a letter that has enough words" for number in range(5)]
    code = "BCD\n002\n1\nSCT\n\nAnna GmbH\nDE89370400440532013000\nEUR99.10"
    first = reading.process(message(a_drawn_pdf(letter)))
    other = reading.process(message(a_drawn_pdf(letter, code=code), attempt=4))

    assert None is not first.result_sha256 != other.result_sha256 is not None


def test_the_reader_needs_no_table(message, monkeypatch):
    monkeypatch.delenv("DOCKET_TABLE")

    file = UploadedFile(upload_number=1, version="absent")
    assert reading.process(message(INVOICE)).status == "read"
    assert reading.process(ReadingMessage.of(replace(DOCUMENT, file=file))).status == "unreadable"
