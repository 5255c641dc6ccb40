import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docket.domain.document import (
    Document,
    DocumentParts,
    DocumentStatus,
    Outcome,
    clean_filename,
    document_id,
    order_of,
)
from docket.domain.errors import DocumentNotArrived, DocumentQuarantined
from docket.domain.reason import Reason
from tests.make import OID, THEN, a_document, a_read_document

FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}.png"
PERSIAN = "می\N{ZERO WIDTH NON-JOINER}خواهم.pdf"


def test_a_document_id_contains_its_order_id():
    pending = Document.pending_upload(
        OID,
        "01JE0000000000000000000000",
        filename="a.pdf",
        content_type="application/pdf",
        size=1,
        sha256=None,
        at=THEN,
    )

    assert pending.order_id == OID
    assert pending.status is DocumentStatus.AWAITING_UPLOAD
    assert order_of(document_id("any-order", "unique")) == "any-order"


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Invoice März 2026.pdf", "Invoice März 2026.pdf"),
        ("請求書.pdf", "請求書.pdf"),
        ("🧾 receipt.jpg", "🧾 receipt.jpg"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\ada\\letter.docx", "letter.docx"),
        ("/", ""),
        ("a/..", ".."),
        ("  spaces  .pdf ", "spaces  .pdf"),
        ("new\r\nline\x00.pdf", "newline.pdf"),
        ("gpj.\u202efdp.exe.pdf", "gpj.fdp.exe.pdf"),
        ("one\u2028two\u2029.pdf", "onetwo.pdf"),
        ("lone\ud800.pdf", "lone.pdf"),
        ("Ma\u0308rz.pdf", "März.pdf"),
        ('a";name=b.pdf', 'a";name=b.pdf'),
        (FAMILY, FAMILY),
        (PERSIAN, PERSIAN),
    ],
)
def test_a_filename_loses_its_path_and_invisible_characters(raw, cleaned):
    assert clean_filename(raw) == cleaned


@given(st.text())
def test_a_cleaned_filename_is_one_line_without_a_path(raw):
    name = clean_filename(raw)

    assert "/" not in name
    assert "\\" not in name
    assert name == name.strip()
    assert not any(
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in name
    )
    assert clean_filename(name) == name


def test_an_uploaded_document_is_downloadable_unless_it_is_quarantined():
    a_read_document().require_downloadable()

    with pytest.raises(DocumentNotArrived):
        a_document().require_downloadable()
    with pytest.raises(DocumentQuarantined):
        a_read_document(quarantined=True).require_downloadable()


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (a_document(), "awaiting_upload"),
        (a_document(status=DocumentStatus.READING), "reading"),
        (
            a_document(
                status=DocumentStatus.UNREADABLE, status_reason=Reason("password_protected")
            ),
            "password_protected",
        ),
    ],
)
def test_a_document_has_an_explanation_of_its_status(document, code):
    assert document.explanation == Reason(code)


def test_a_ready_document_has_no_explanation():
    assert a_read_document().explanation is None


def test_a_retriable_failure_can_be_repeated():
    failed = a_document(status=DocumentStatus.UNREADABLE, retriable=True, version="v1")

    assert failed.can_be_read_again("1")
    assert not replace(failed, retriable=False).can_be_read_again("1")
    assert not replace(failed, version=None).can_be_read_again("1")


def test_a_newer_reader_can_repeat_the_ingestion():
    read = replace(a_read_document(), reader_version="1")

    assert read.can_be_read_again("2")
    assert not read.can_be_read_again("1")
    assert not replace(read, status=DocumentStatus.READING).can_be_read_again("2")


def test_a_successful_outcome_sets_the_charged_pages():
    outcome = Outcome(
        reader_version="1", page_count=3, charged_pages=2, kind="invoice", headline="Paper"
    )

    read = outcome.of(a_document(status=DocumentStatus.READING, version="v1"))

    assert (read.status, read.status_reason) == (DocumentStatus.READY, None)
    assert (read.page_count, read.charged_pages, read.kind) == (3, 2, "invoice")


def test_a_failed_outcome_has_a_reason_and_no_charge():
    outcome = Outcome(reader_version="1", reason=Reason("password_protected"))

    broken = outcome.of(a_document(status=DocumentStatus.READING, version="v1"))

    assert (broken.status, broken.charged_pages) == (DocumentStatus.UNREADABLE, 0)
    assert broken.explanation == Reason("password_protected")


def test_a_short_document_is_not_split():
    assert DocumentParts.of(12, range(12), most=12) is None
    assert DocumentParts.of(2000, (), most=12) is None


def test_a_long_document_is_split_evenly_by_its_scanned_pages():
    parts = DocumentParts.of(100, range(80, 93), most=12)

    assert parts is not None
    assert parts.ranges == (range(86), range(86, 100))


@given(st.data(), st.integers(1, 400), st.integers(1, 20))
def test_parts_cover_every_page_once_within_the_limit(data, page_count, most):
    slow = sorted(data.draw(st.sets(st.integers(0, page_count - 1))))

    parts = DocumentParts.of(page_count, slow, most=most)

    if len(slow) <= most:
        assert parts is None
        return
    assert parts is not None
    assert [page for pages in parts.ranges for page in pages] == list(range(page_count))
    loads = [sum(page in pages for page in slow) for pages in parts.ranges]
    assert max(loads) <= most
    assert max(loads) - min(loads) <= 1


def test_unread_parts_are_listed_by_number():
    assert DocumentParts((0, 5, 9, 12), frozenset([1])).unread == (0, 2)


def test_the_explanation_counts_the_parts():
    parts = DocumentParts((0, 5, 9, 12), frozenset([1]))

    document = a_document(status=DocumentStatus.READING, version="v1", parts=parts)

    assert document.explanation == Reason("reading_in_parts", {"done": 1, "total": 3})


def test_an_outcome_removes_the_parts():
    document = a_document(
        status=DocumentStatus.READING, reading_since=THEN, parts=DocumentParts((0, 5, 9))
    )

    for outcome in (
        Outcome(reader_version="1", page_count=9),
        Outcome(reader_version="1", reason=Reason("file_missing")),
    ):
        ended = outcome.of(document)
        assert (ended.parts, ended.reading_since) == (None, None)


def test_warnings_stay_when_a_repetition_fails():
    warning = Reason("no_text")
    outcome = Outcome(reader_version="1", page_count=1, charged_pages=1, warnings=(warning,))

    read = outcome.of(a_document(status=DocumentStatus.READING, version="v1"))

    assert read.warnings == (warning,)
    assert Outcome(reader_version="2", reason=Reason("file_missing")).of(read).warnings == (
        warning,
    )
    assert Outcome(reader_version="2", page_count=1).of(read).warnings == ()
