from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from docket.domain.errors import (
    DocumentErased,
    DocumentInProgress,
    DocumentNotArrived,
    DocumentQuarantined,
    DocumentSettled,
)
from docket.domain.orders import leftovers
from docket.domain.orders.document import (
    WAITING_FOR_SCAN,
    Document,
    DocumentStatus,
    Outcome,
    UploadedFile,
    document_id,
    order_of,
)
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.fact_matching import ReviewProgress
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.reason import Reason
from docket.domain.transition import TransitionRefused
from tests.make import OID, THEN, a_document, a_read_document, a_reading_document

LATER = THEN + timedelta(minutes=5)
FILE = UploadedFile(upload_number=1, version="v1")
PARTS = DocumentParts((0, 5, 9))
OUTCOME = Outcome(reader_version="1", page_count=3, charged_pages=2)
BROKEN = Outcome(reader_version="2", reason=Reason("damaged"))
FAILED = a_read_document(status=DocumentStatus.UNREADABLE, page_count=None, charged_pages=0)
READING, READ = a_reading_document(), a_read_document()
IN_PARTS = replace(READING, parts=PARTS)
WAITING = replace(READING, admitted_at=None)
SCANNED = replace(WAITING, status_reason=WAITING_FOR_SCAN, quarantined=True)

TRANSITIONS = {
    "with_new_upload": lambda document: document.with_new_upload(LATER),
    "accepted": lambda document: document.accepted(FILE, LATER),
    "read_again": lambda document: document.read_again(LATER),
    "admitted": lambda document: document.admitted(LATER),
    "resumed_after_scan": lambda document: document.resumed_after_scan(1, LATER),
    "split": lambda document: document.split(1, PARTS, LATER),
    "part_read": lambda document: document.part_read(1, 0, LATER),
    "finished": lambda document: document.finished(1, OUTCOME, is_charged=False),
    "erased": lambda document: leftovers.erased(document, LATER),
}
ALLOWED = {
    "awaiting": (a_document(), {"with_new_upload", "accepted"}),
    "scanned": (SCANNED, {"resumed_after_scan", "finished"}),
    "waiting": (WAITING, {"admitted", "finished"}),
    "reading": (READING, {"split", "finished"}),
    "in parts": (IN_PARTS, {"part_read", "finished"}),
    "reading for the second time": (replace(READING, attempt=2), set()),
    "ready": (READ, {"read_again", "erased"}),
    "erased": (replace(READ, erased_at=THEN), set()),
    "unreadable": (FAILED, {"with_new_upload", "read_again", "erased"}),
    "unreadable with a new upload_number": (
        replace(FAILED, upload_number=2),
        {"with_new_upload", "read_again", "erased"},
    ),
}
"""The transitions that each state allows, for the first attempt and the first upload_number."""


@pytest.mark.parametrize("transition", TRANSITIONS)
@pytest.mark.parametrize("state", ALLOWED)
def test_a_state_allows_only_its_transitions(state, transition):
    document, allowed = ALLOWED[state]

    if transition in allowed:
        assert TRANSITIONS[transition](document) != document
    else:
        with pytest.raises((TransitionRefused, DocumentSettled)):
            TRANSITIONS[transition](document)


def test_every_reading_has_another_number():
    first = a_document().accepted(FILE, LATER)
    failed = first.finished(1, BROKEN, is_charged=False)
    again = failed.with_new_upload(LATER).accepted(
        UploadedFile(upload_number=2, version="v2"), LATER
    )

    assert (first.attempt, again.attempt) == (1, 2)
    assert again.uploaded_at == first.uploaded_at
    assert again.is_reading(2)


def test_a_failed_repetition_keeps_the_earlier_result():
    again = READ.read_again(LATER).finished(2, BROKEN, is_charged=False)

    assert (again.status, again.charged_pages, again.reader_version) == (
        DocumentStatus.READY,
        READ.charged_pages,
        READ.reader_version,
    )


def test_a_free_document_of_a_paid_order_stays_a_duplicate_when_it_is_read_again():
    elsewhere = DuplicateOf(order_id="order", document_id="order-1")
    free = replace(READ, charged_pages=0, duplicate_of=elsewhere)

    again = free.read_again(LATER).finished(2, OUTCOME, is_charged=True)

    assert (again.charged_pages, again.duplicate_of) == (0, elsewhere)


def test_the_charged_pages_of_a_paid_order_do_not_change():
    again = READ.read_again(LATER).finished(2, OUTCOME, is_charged=True)

    assert (again.page_count, again.charged_pages) == (3, READ.charged_pages)


def test_a_duplicate_is_not_charged():
    paid = DuplicateOf(order_id="other", document_id="other-1")

    document = READING.finished(1, replace(OUTCOME, duplicate_of=paid), is_charged=False)

    assert (document.charged_pages, document.page_count) == (0, 3)
    assert document.duplicate_of == paid


def test_a_document_id_contains_its_order_id():
    pending = Document.pending_upload(
        OID,
        "01JE0000000000000000000000",
        user_id="ada",
        filename="a.pdf",
        content_type="application/pdf",
        size=1,
        sha256=None,
        at=THEN,
    )

    assert pending.order_id == OID
    assert pending.status is DocumentStatus.AWAITING_UPLOAD
    assert order_of(document_id("any-order", "unique")) == "any-order"


def test_a_file_is_downloadable_once_it_arrived_and_is_not_quarantined():
    assert a_read_document().require_downloadable() == FILE

    with pytest.raises(DocumentNotArrived):
        a_document().require_downloadable()
    with pytest.raises(DocumentQuarantined):
        a_read_document(quarantined=True).require_downloadable()
    with pytest.raises(DocumentErased):
        leftovers.erased(READ, LATER).require_downloadable()


def test_an_erased_document_is_not_read_again():
    assert READ.can_be_read_again("another version")
    assert not leftovers.erased(READ, LATER).can_be_read_again("another version")
    assert not leftovers.erased(replace(FAILED, retriable=True), LATER).can_be_read_again("1")


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
    failed = a_document(status=DocumentStatus.UNREADABLE, retriable=True, file=FILE)

    assert failed.can_be_read_again("1")
    assert not replace(failed, retriable=False).can_be_read_again("1")
    assert not replace(failed, file=None).can_be_read_again("1")


def test_a_newer_reader_can_repeat_the_ingestion():
    read = replace(a_read_document(), reader_version="1")

    assert read.can_be_read_again("2")
    assert not read.can_be_read_again("1")
    assert not replace(read, status=DocumentStatus.READING).can_be_read_again("2")


def test_a_successful_outcome_sets_the_charged_pages():
    outcome = Outcome(
        reader_version="1", page_count=3, charged_pages=2, kind="invoice", headline="Paper"
    )

    read = outcome.of(a_document(status=DocumentStatus.READING, file=FILE))

    assert (read.status, read.status_reason) == (DocumentStatus.READY, None)
    assert (read.page_count, read.charged_pages, read.kind) == (3, 2, "invoice")


def test_a_failed_repetition_keeps_the_result_of_the_earlier_reading():
    key_facts: dict[str, Any] = {"facts": {}, "line_items": None}
    read = a_read_document(file=FILE, attempt=2, read_attempt=2, key_facts=key_facts)
    again = read.read_again(THEN)

    failed = again.finished(
        3, Outcome(reader_version="1", reason=Reason("not_read")), is_charged=False
    )
    repeated = again.finished(3, Outcome(reader_version="1", page_count=1), is_charged=False)

    assert (failed.read_attempt, failed.key_facts) == (2, key_facts)
    assert (repeated.read_attempt, repeated.key_facts) == (3, None)


def test_a_failed_outcome_has_a_reason_and_no_charge():
    outcome = Outcome(reader_version="1", reason=Reason("password_protected"))

    broken = outcome.of(a_document(status=DocumentStatus.READING, file=FILE))

    assert (broken.status, broken.charged_pages) == (DocumentStatus.UNREADABLE, 0)
    assert broken.explanation == Reason("password_protected")


def test_the_explanation_counts_the_parts():
    parts = DocumentParts((0, 5, 9, 12), frozenset([1]))

    document = a_document(status=DocumentStatus.READING, file=FILE, parts=parts)

    assert document.explanation == Reason("reading_in_parts", {"done": 1, "total": 3})


def test_the_end_of_a_reading_removes_its_progress():
    for outcome in (OUTCOME, BROKEN):
        ended = IN_PARTS.finished(1, outcome, is_charged=False)
        assert (ended.parts, ended.reading_since, ended.admitted_at) == (None, None, None)


def test_warnings_stay_when_a_repetition_fails():
    warning = Reason("no_text")
    outcome = Outcome(reader_version="1", page_count=1, charged_pages=1, warnings=(warning,))

    read = outcome.of(a_document(status=DocumentStatus.READING, file=FILE))

    assert read.warnings == (warning,)
    assert Outcome(reader_version="2", reason=Reason("file_missing")).of(read).warnings == (
        warning,
    )
    assert Outcome(reader_version="2", page_count=1).of(read).warnings == ()


def test_each_review_and_each_reading_changes_the_tag_of_the_facts():
    reviewed = READ.reviewed_with("ab", ReviewProgress(2, 1), headline="Bill", key_facts=None)
    again = replace(reviewed.read_again(LATER), admitted_at=LATER).finished(
        2, OUTCOME, is_charged=True
    )

    assert [d.facts_tag for d in (READ, reviewed, again)] == ['"1.0"', '"1.1"', '"2.1"']
    assert (reviewed.doubtful, reviewed.reviewed, reviewed.headline) == (2, 1, "Bill")
    assert (reviewed.was_read_since_review, again.was_read_since_review) == (False, True)


def test_a_document_that_is_being_read_is_not_reviewed():
    with pytest.raises(DocumentInProgress):
        READING.reviewed_with("ab", ReviewProgress(0, 0), headline=None, key_facts=None)
