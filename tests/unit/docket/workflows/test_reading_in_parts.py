"""Long documents: split by the reader, read in parts, and joined."""

import itertools
import json
from dataclasses import replace

import pytest

from analysis import ReaderFailed, Unreadable
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.reason import Reason
from docket.gateways import s3
from docket.gateways.queues import MAX_PARTS, ReadingMessage
from docket.runtime import config
from docket.workflows.documents import reading
from tests.make import a_reading_document, a_scan

pytestmark = pytest.mark.usefixtures("reader_stage")

DOCUMENT, OTHER = a_reading_document("long.pdf"), a_reading_document("other.pdf")
PAGES = 5
FIRST, SECOND, THIRD = RANGES = [range(1), range(1, 3), range(3, 5)]
PARTS = DocumentParts((0, 1, 3, 5))
SCAN = a_scan(*(f"Sheet number {number} of the scan" for number in range(1, PAGES + 1)))


@pytest.fixture(autouse=True)
def two_pages_at_once(reader_stage, set_pages_at_once):
    set_pages_at_once(2)


@pytest.fixture
def set_pages_at_once(monkeypatch):
    def set_pages_at_once(pages):
        monkeypatch.setenv("DOCKET_READER_PAGES_AT_ONCE", str(pages))
        config._load.cache_clear()

    return set_pages_at_once


@pytest.fixture
def stub(stub_scanner):
    return stub_scanner(PAGES)


@pytest.fixture
def uploaded(bucket):
    return replace(DOCUMENT, file=bucket.upload(DOCUMENT.id, SCAN).file)


def first_look(document):
    return reading.process(ReadingMessage.of(document))


def part(document, number, **options):
    in_parts = replace(document, parts=PARTS)
    return reading.process(ReadingMessage.of(in_parts, number), **options)


def join(document, **options):
    return reading.process(ReadingMessage.of(replace(document, parts=PARTS)), **options)


def pages(document):
    """The pages of the document, and those to pay for."""
    analysis = json.loads(s3.analysis(document.id, document.attempt))
    return analysis["page_count"], analysis["charged_pages"]


def facts(document):
    return json.loads(s3.analysis(document.id, document.attempt))["facts"]


def test_a_long_scan_is_split_at_first_look_and_not_read(bucket, uploaded, stub):
    result = first_look(uploaded)

    assert (result.status, result.boundaries) == ("split", PARTS.boundaries)
    assert stub.requests == []
    assert bucket.names("results/") == []


def test_a_scan_read_in_parts_has_the_result_of_one_read_whole(bucket, uploaded, set_pages_at_once):
    assert first_look(uploaded).status == "split"
    for number in (2, 0, 1):
        assert part(uploaded, number).part == number
    joined = join(uploaded)
    set_pages_at_once(12)
    other = replace(OTHER, file=bucket.upload(OTHER.id, SCAN).file)
    whole = first_look(other)

    assert joined == replace(whole, document_id=DOCUMENT.id)
    assert (joined.status, pages(uploaded)) == ("read", (PAGES, PAGES))
    assert facts(uploaded) == facts(other)
    in_parts, together = (
        json.loads(s3.analysis(document.id, 1))["page_images"] for document in (uploaded, other)
    )
    assert in_parts == together
    assert [number for number, _, _ in in_parts] == list(range(PAGES))
    read = s3.result(DOCUMENT.id, 1)
    assert read is not None
    assert read == s3.result(OTHER.id, 1)
    assert "Sheet number 5" in read["pages"][4]["lines"][0]["text"]
    assert len(bucket.names(f"results/{DOCUMENT.id}")) == 2 + 2 * PAGES


def test_a_short_document_is_read_whole(uploaded, stub, set_pages_at_once):
    set_pages_at_once(PAGES)

    assert first_look(uploaded).status == "read"
    assert stub.requests == [(range(PAGES), False)]


def test_a_document_has_at_most_as_many_parts_as_a_message_can_name(
    uploaded, stub, set_pages_at_once
):
    set_pages_at_once(1)
    stub.pages = 2000

    boundaries = first_look(uploaded).boundaries

    assert len(boundaries) == MAX_PARTS + 1
    assert (boundaries[0], boundaries[-1]) == (0, 2000)


def test_a_document_without_an_outline_is_read_whole(bucket):
    damaged = replace(DOCUMENT, file=bucket.upload(DOCUMENT.id, SCAN[:200]).file)

    result = first_look(damaged)

    assert result.status == "unreadable"
    assert result.reason


@pytest.mark.parametrize("places", list(itertools.permutations(range(3))))
def test_parts_are_joined_in_any_order(uploaded, stub, places):
    for number in places:
        part(uploaded, number)

    assert join(uploaded).status == "read"
    assert pages(uploaded) == (PAGES, PAGES)


def test_a_part_that_is_read_twice_counts_once(uploaded, stub):
    for number in (0, 1, 1, 2, 0):
        part(uploaded, number)

    assert join(uploaded) == join(uploaded)
    assert pages(uploaded) == (PAGES, PAGES)


def test_parts_of_two_releases_are_a_result_of_the_older_one(uploaded, stub, monkeypatch):
    """A newer reader may read the document again as a whole."""
    for version, number in (("25", 1), ("26", 0), ("26", 2)):
        stub.version = version
        part(uploaded, number)
    monkeypatch.setattr(reading, "READER_VERSION", "26")

    assert join(uploaded).reader_version == "25"


@pytest.mark.parametrize("unread", RANGES)
def test_an_unreadable_part_is_listed_and_the_others_are_read(uploaded, stub, unread):
    stub.failures[unread] = Unreadable("took_too_long")

    for number in range(3):
        assert part(uploaded, number).status == "part_read"

    assert join(uploaded).status == "read"
    assert pages(uploaded) == (PAGES, PAGES - len(unread))
    assert facts(uploaded)["partial"]
    assert facts(uploaded)["unread"] == [
        {"page": page, "code": "took_too_long", "params": {}} for page in unread
    ]


def test_a_document_without_a_readable_part_is_unreadable(uploaded, stub):
    for number, unread in enumerate(RANGES):
        stub.failures[unread] = Unreadable("took_too_long")
        part(uploaded, number)

    joined = join(uploaded)

    assert (joined.status, joined.reason) == ("unreadable", Reason("took_too_long"))


def test_failed_pages_of_a_part_are_skipped_on_the_last_try(uploaded, stub):
    stub.failures[SECOND] = ReaderFailed("ZeroDivisionError")

    for receive_count in (1, 2):
        with pytest.raises(ReaderFailed):
            part(uploaded, 1, receive_count=receive_count)
    del stub.failures[SECOND]
    part(uploaded, 1, receive_count=3)

    assert stub.requests == [(SECOND, False), (SECOND, False), (SECOND, True)]


def test_a_document_whose_outline_fails_is_read_whole_on_the_last_try(uploaded, stub, monkeypatch):
    def fail(*_, **__):
        raise ReaderFailed("ZeroDivisionError")

    monkeypatch.setattr(reading, "outline", fail)
    message = ReadingMessage.of(uploaded)

    with pytest.raises(ReaderFailed):
        reading.process(message)

    assert reading.process(message, receive_count=3).status == "read"
    assert stub.requests == [(range(PAGES), True)]


def test_a_join_without_all_parts_is_left_to_the_queue(uploaded, stub):
    part(uploaded, 0)

    with pytest.raises(s3.AccessRefused):
        join(uploaded)


def test_a_join_without_all_parts_ends_the_reading_on_the_last_try(uploaded, stub):
    part(uploaded, 0)

    result = join(uploaded, receive_count=3)

    assert (result.status, result.reason) == ("failed", Reason("file_unavailable"))


def test_parts_of_another_reading_are_not_joined(uploaded, stub):
    for number in range(3):
        part(replace(uploaded, attempt=2), number)

    with pytest.raises(s3.AccessRefused):
        join(uploaded)


def test_a_missing_file_ends_the_reading_of_its_parts(uploaded, stub):
    s3.discard(ReadingMessage.of(uploaded).upload)

    result = part(uploaded, 1)

    assert (result.status, result.reason) == ("unreadable", Reason("file_missing"))


def test_an_unknown_part_is_not_read(uploaded, stub):
    with pytest.raises(IndexError):
        part(uploaded, 99)

    assert stub.requests == []


def test_parts_are_stored_under_a_prefix_of_their_own(bucket, uploaded, stub):
    for number in range(3):
        part(uploaded, number)

    stored = [f"parts/{DOCUMENT.id}/1/{pages}.json" for pages in ("0-1", "1-3", "3-5")]
    assert bucket.names("parts/") == stored
