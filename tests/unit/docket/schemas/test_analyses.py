from dataclasses import replace

import pytest
from pydantic import ValidationError

from docket.domain.orders.document import DocumentStatus
from docket.domain.orders.order import OrderStatus
from docket.domain.reason import Reason
from docket.schemas.analyses import MAX_DETAILS_LENGTH, AnalysisResponse, CreateAnalysisRequest
from tests.make import THEN, a_document, a_read_document, an_order
from tests.reading import NOT_REVIEWED

READ = a_read_document(kind="invoice", language="en", headline="Holzwerk Brandt")
CONSOLIDATED: dict[str, list[object]] = {
    "timeline": [],
    "totals": [],
    "duplicates": [],
    "contradictions": [],
}


def whole(facts, **consolidated):
    order = an_order(READ, status=OrderStatus.COMPLETED, analysed_at=THEN)
    return AnalysisResponse.whole(order, [READ], {READ.id: facts}, {**CONSOLIDATED, **consolidated})


def test_a_note_has_a_maximum_length():
    assert CreateAnalysisRequest().details is None
    assert CreateAnalysisRequest(details="two\nlines").details == "two\nlines"
    with pytest.raises(ValidationError):
        CreateAnalysisRequest(details="x" * (MAX_DETAILS_LENGTH + 1))


def test_only_page_numbers_are_incremented():
    fact = {
        "name": "invoice_number",
        "value": "7",
        "normalised": "7",
        "page": 0,
        "box": [0, 0, 1, 1],
        "confidence": 1,
        "source": "text",
        **NOT_REVIEWED,
    }
    page = {
        "number": 0,
        "width": 595,
        "height": 842,
        "source": "text",
        "confidence": 1,
        "language": None,
    }

    view = whole(
        {
            "facts": [fact, {**fact, "page": None, "box": None, "source": "xml"}],
            "pages": [page],
            "unread": [{"page": 4, "code": "damaged_page", "params": {}}],
            "summary": [{"text": "It is due.", "page": 1}],
        },
        timeline=[{"date": "2026-04-17", "name": "due_date", "document_id": READ.id, "page": 2}],
    )

    (document,) = view.result.documents
    assert [fact.page for fact in document.facts] == [1, None]
    assert document.facts[0].normalised == "7"
    assert [page.number for page in document.pages] == [1]
    assert [(page.page, page.reason) for page in document.unread] == [(5, "The page is damaged.")]
    assert [page.page for page in document.summary] == [2]
    assert [entry.page for entry in view.result.timeline] == [3]


def test_facts_do_not_replace_the_fields_of_a_document():
    view = whole({"filename": "evil.pdf", "document_id": "other", "kind": "contract"})

    (document,) = view.result.documents
    assert (document.document_id, document.filename, document.kind) == (
        READ.id,
        "invoice.pdf",
        "invoice",
    )


def test_money_is_in_whole_minor_units():
    view = whole({}, totals=[{"currency": "eur", "minor": 115870, "documents": 1}])

    assert '"amount":115870,' in view.model_dump_json()


def test_a_preview_lists_readable_and_unreadable_documents():
    locked = a_document(
        "b.pdf", status=DocumentStatus.UNREADABLE, status_reason=Reason("password_protected")
    )
    waiting = a_document("c.pdf")

    documents = (READ, locked, waiting)
    view = AnalysisResponse.preview(an_order(*documents, read_at=THEN), documents)

    assert [document.filename for document in view.result.documents] == ["invoice.pdf"]
    assert [document.filename for document in view.result.unreadable] == ["b.pdf"]
    assert (view.result.preview, view.result.documents[0].facts) == (True, [])


def test_a_paid_analysis_states_the_number_of_attachments_that_were_not_read():
    warning = {"code": "attachments_not_read", "params": {"names": "a.bin, b.bin", "number": 2}}

    [response] = whole({"warnings": [warning]}).result.documents[0].warnings

    assert "not read (2): a.bin, b.bin" in response.text


def test_a_preview_has_the_warnings_of_a_document():
    blank = a_read_document(warnings=(Reason("no_text"),))

    view = AnalysisResponse.preview(an_order(blank, read_at=THEN), [blank])

    (document,) = view.result.documents
    assert [(warning.code, warning.text) for warning in document.warnings] == [
        ("no_text", "No text was found in this document.")
    ]


def test_a_later_page_does_not_state_what_all_documents_say():
    order = an_order(READ, status=OrderStatus.COMPLETED, analysed_at=THEN)

    result = AnalysisResponse.whole(order, [READ], {READ.id: {}}).result

    assert (result.timeline, result.totals, result.contradictions) == ([], [], [])
    assert [document.document_id for document in result.documents] == [READ.id]


SEGMENT = {
    "first_page": 1, "last_page": 2, "page_count": 2, "kind": "invoice", "kind_score": 0.9,
    "language": "en", "headline": "Invoice 7", "title": None,
}  # fmt: skip


def test_the_documents_of_a_file_have_pages_that_count_from_1():
    (document,) = whole({"segments": [SEGMENT], "facts": []}).result.documents

    [segment] = document.segments
    assert (segment.first_page, segment.last_page, segment.kind) == (2, 3, "invoice")


def test_an_analysis_of_a_reader_without_segments_is_of_one_document():
    (document,) = whole({"facts": []}).result.documents

    assert document.segments == []


def test_a_preview_names_the_documents_of_a_file_without_their_facts():
    gross = {"normalised": {"minor": 11900, "currency": "eur"}, "page": 1, "value": "119.00"}
    key_facts = {"segments": [{**SEGMENT, "facts": {"gross": gross}, "line_items": 11900}]}
    read = a_read_document(key_facts={"facts": {}, "line_items": None, **key_facts})

    view = AnalysisResponse.preview(an_order(read, read_at=THEN), [read])

    [segment] = view.result.documents[0].segments
    assert (segment.first_page, segment.headline) == (2, "Invoice 7")
    assert "119" not in view.model_dump_json()


def test_contradictions_name_the_page_on_which_a_document_begins():
    wrong = {
        "code": "lines_do_not_add_up",
        "params": {"sum": "1.00", "net": "2.00"},
        "document_ids": [READ.id],
        "documents": [{"document_id": READ.id, "page": 4}],
    }
    same = {"because": "same_content", "document_ids": [READ.id], "documents": wrong["documents"]}

    result = whole({}, contradictions=[wrong], duplicates=[same]).result

    assert [document.page for document in result.contradictions[0].documents] == [5]
    assert [document.page for document in result.duplicates[0].documents] == [5]


def test_an_analysis_has_the_titles_of_its_documents():
    locked = a_document(
        "b.pdf", status=DocumentStatus.UNREADABLE, status_reason=Reason("password_protected")
    )
    documents = [replace(READ, title="Rent"), replace(locked, title="Lease")]

    result = AnalysisResponse.preview(an_order(*documents, read_at=THEN), documents).result

    assert [document.title for document in result.documents] == ["Rent"]
    assert [document.title for document in result.unreadable] == ["Lease"]
