from dataclasses import replace

import pytest

from analysis.consolidate import key_facts
from docket.domain.errors import AnalysisNotFound, NothingToRead, OrderNotFound
from docket.domain.orders.document import DocumentStatus
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.order_analysis import AnalysisStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.reason import Reason
from docket.table import client
from docket.table.documents import documents
from docket.table.orders import analyses, contents, events
from docket.table.orders.analyses import Analysis
from docket.table.orders.contents import Content
from docket.workflows.orders import analysis as analysis_workflow
from tests import table_state
from tests.make import (
    OID,
    OTHER_OID,
    THEN,
    a_document,
    a_read_document,
    an_audit_context,
    an_order,
)
from tests.reading import a_gross_fact
from tests.table_state import get_order

pytestmark = pytest.mark.usefixtures("service")

GROSS = a_gross_fact("250 €", 25000)
AUDIT = an_audit_context()
KEY_FACTS = key_facts({"facts": [GROSS]})


def save(*documents_, **fields):
    table_state.save(an_order(*documents_, **fields), *documents_)


def save_facts(document, **fields):
    facts = {"facts": [GROSS], "reader_version": "1", **fields}
    analysis = Analysis(document_id=document.id, attempt=1, facts=facts)
    client.write(analyses.put_analysis(OID, analysis))


def status_of(document):
    return documents.get("ada", document.id)[1].status


def request(details=None):
    return analysis_workflow.request("ada", OID, AUDIT, details=details).response


def view():
    return analysis_workflow.first_page("ada", OID).response


def test_a_request_is_recorded_once_with_the_customers_note():
    save(a_read_document())

    response = request("for the tax office")
    request()

    assert response.created_at == get_order().analysed_at == THEN
    requests = [event for event in events.of_order(OID) if event.name == "analysis_requested"]
    assert [event.facts for event in requests] == [{"details": "for the tax office"}]


def test_the_customers_note_is_not_in_the_analysis():
    save(a_read_document(), status=OrderStatus.COMPLETED)
    save_facts(a_read_document())

    response = request("gross: 1,000,000 EUR")

    assert response.result.documents[0].facts
    assert "1,000,000" not in response.model_dump_json()


def test_an_order_without_uploads_cannot_be_analysed():
    save(a_document())

    with pytest.raises(NothingToRead):
        request()

    assert get_order().analysed_at is None


def failed_document(name="invoice.pdf", **fields):
    usual = {"status": DocumentStatus.UNREADABLE, "page_count": None, "charged_pages": 0}
    return a_read_document(name, **{**usual, **fields})


def test_a_retriable_document_is_read_again(queues):
    failed = failed_document(retriable=True)
    locked = failed_document("locked.pdf")
    save(failed, locked)

    response = request()

    assert response.status is AnalysisStatus.READING
    assert [document.document_id for document in response.result.unreadable] == [locked.id]
    assert status_of(failed) is DocumentStatus.READING
    assert status_of(locked) is DocumentStatus.UNREADABLE
    table_state.check_counters()
    assert len(queues["readings"].receive_all()) == 1


def test_a_document_of_an_older_reader_is_read_again_in_a_paid_order(queues):
    old, new = a_read_document(reader_version="0"), a_read_document("new.pdf")
    save(old, new, status=OrderStatus.COMPLETED)

    request()

    assert (status_of(old), status_of(new)) == (DocumentStatus.READING, DocumentStatus.READY)
    assert get_order().charged_pages == 2
    assert len(queues["readings"].receive_all()) == 1


def test_only_readings_with_a_slot_are_requested_at_once(queues):
    documents_ = [a_read_document(f"{number}.pdf", reader_version="0") for number in range(100)]
    save(*documents_)

    request()

    assert (get_order().in_progress, len(queues["readings"].receive_all())) == (100, 2)
    assert len(documents.waiting("ada", limit=200)) == 98


def test_a_quarantined_file_waits_for_its_scan(bucket, queues, monkeypatch):
    monkeypatch.setenv("DOCKET_MALWARE_SCAN", "true")
    unscanned = failed_document(retriable=True, quarantined=True)
    unscanned = replace(unscanned, file=bucket.upload(unscanned.id, b"a file").file)
    save(unscanned)

    request()

    assert documents.get("ada", unscanned.id)[1].waits_for_scan
    assert queues["readings"].receive_all() == []


def test_a_document_in_progress_is_not_requested_twice(queues):
    save(a_read_document(reader_version="0"))

    request()
    request()

    assert len(queues["readings"].receive_all()) == 1


def test_documents_of_a_cancelled_order_are_not_read_again(queues):
    save(a_read_document(reader_version="0"), status=OrderStatus.CANCELLED)

    request()

    assert queues["readings"].receive_all() == []


def test_there_is_no_analysis_before_a_document_was_read():
    save(a_document())

    with pytest.raises(AnalysisNotFound):
        view()


def test_another_customers_analysis_is_not_found():
    save(a_read_document(), read_at=THEN)

    with pytest.raises(OrderNotFound):
        analysis_workflow.first_page("eve", OID)
    with pytest.raises(OrderNotFound):
        analysis_workflow.next_page("eve", OID, after=a_document("0.pdf").id)


def test_the_preview_describes_documents_without_facts():
    read = a_read_document(kind="invoice", headline="Holzwerk Brandt")
    locked = a_document(
        "locked.pdf", status=DocumentStatus.UNREADABLE, status_reason=Reason("password_protected")
    )
    save(read, locked, read_at=THEN)
    save_facts(read)

    response = view()

    assert (response.status, response.result.preview) == (AnalysisStatus.PREVIEW, True)
    (document_view,) = response.result.documents
    assert (document_view.kind, document_view.headline, document_view.page_count) == (
        "invoice",
        "Holzwerk Brandt",
        1,
    )
    assert (document_view.facts, response.result.totals, response.result.timeline) == ([], [], [])
    assert "25000" not in response.model_dump_json()
    assert [document.code for document in response.result.unreadable] == ["password_protected"]


def test_the_preview_names_facts_with_pages_from_one_and_without_values():
    first, other = sorted((a_read_document("1.pdf"), a_read_document("2.pdf")), key=lambda d: d.id)
    save(first, other, read_at=THEN)
    save_facts(first, kind="invoice")

    response = view()

    previewed, empty = response.result.documents
    (fact,) = previewed.fact_previews
    assert (fact.name, fact.page, fact.masked_value) == ("gross", 1, "•••,••")
    assert (previewed.fact_count, previewed.doubtful_count, empty.fact_previews) == (1, 0, [])
    assert "250" not in response.model_dump_json()


def test_a_paid_analysis_has_all_facts_with_pages_from_one():
    read = a_read_document(key_facts=KEY_FACTS)
    save(read, status=OrderStatus.COMPLETED, analysed_at=THEN)
    save_facts(read)

    response = view()

    assert (response.status, response.result.preview) == (AnalysisStatus.COMPLETED, False)
    (document_view,) = response.result.documents
    (fact,) = document_view.facts
    assert (document_view.fact_previews, document_view.fact_count) == ([], None)
    assert (fact.page, fact.box, fact.confidence) == (1, (0.1, 0.2, 0.3, 0.4), 0.97)
    (total,) = response.result.totals
    assert (total.amount, total.currency, total.documents) == (25000, "eur", 1)


def test_files_with_the_same_bytes_are_duplicates_and_count_once():
    same = "ab" * 32
    first, second = (
        a_read_document(name, sha256=same, key_facts=KEY_FACTS) for name in ("a.pdf", "b.pdf")
    )
    save(first, second, status=OrderStatus.COMPLETED, analysed_at=THEN)
    for document in (first, second):
        save_facts(document)

    result = view().result

    assert [total.documents for total in result.totals] == [1]
    (duplicate,) = result.duplicates
    assert (set(duplicate.document_ids), duplicate.because) == ({first.id, second.id}, "same_bytes")


def test_facts_of_a_removed_document_are_not_shown():
    read = a_read_document(key_facts=KEY_FACTS)
    save(read, status=OrderStatus.COMPLETED, analysed_at=THEN)
    save_facts(read)
    save_facts(a_document("removed.pdf"))

    result = view().result

    assert [document.document_id for document in result.documents] == [read.id]
    assert [total.documents for total in result.totals] == [1]


def test_the_next_page_begins_after_the_last_document_of_the_page():
    read = sorted(
        (a_read_document(f"{n}.pdf", key_facts=KEY_FACTS) for n in range(3)),
        key=lambda document: document.id,
    )
    save(*read, status=OrderStatus.COMPLETED, analysed_at=THEN)
    for document in read:
        save_facts(document)

    first = analysis_workflow.first_page("ada", OID, limit=2)
    assert first.after == read[1].id
    last = analysis_workflow.next_page("ada", OID, limit=2, after=first.after)

    assert [total.documents for total in first.response.result.totals] == [3]
    assert [document.document_id for document in last.response.result.documents] == [read[2].id]
    assert last.response.result.documents[0].facts
    assert (last.after, last.response.result.totals) == (None, [])


def test_the_totals_of_a_page_need_no_analysis_of_the_other_documents():
    read = sorted(
        (a_read_document(f"{n}.pdf", key_facts=KEY_FACTS) for n in range(3)),
        key=lambda document: document.id,
    )
    save(*read, status=OrderStatus.COMPLETED, analysed_at=THEN)
    save_facts(read[0])

    result = analysis_workflow.first_page("ada", OID, limit=1).response.result

    assert [len(document.facts) for document in result.documents] == [1]
    assert [total.documents for total in result.totals] == [3]


def test_the_next_page_of_an_unpaid_order_has_no_facts():
    read = sorted((a_read_document(f"{n}.pdf") for n in range(2)), key=lambda document: document.id)
    save(*read, read_at=THEN)
    for document in read:
        save_facts(document)

    response = analysis_workflow.next_page("ada", OID, limit=2, after=read[0].id).response

    assert response.result.preview
    assert [document.document_id for document in response.result.documents] == [read[1].id]
    assert "25000" not in response.model_dump_json()


def test_no_page_is_available_before_a_document_was_read():
    documents_ = [a_document(f"{number}.pdf") for number in range(2)]
    save(*documents_)

    with pytest.raises(AnalysisNotFound):
        analysis_workflow.first_page("ada", OID)
    with pytest.raises(AnalysisNotFound):
        analysis_workflow.next_page("ada", OID, after=documents_[0].id)


@pytest.fixture
def free():
    """A document of a paid order that cost nothing, because its content was paid for elsewhere."""
    elsewhere = DuplicateOf(order_id=OTHER_OID, document_id=f"{OTHER_OID}-1")
    contents.record_paid(Content(user_id="ada", sha256="ab", paid=elsewhere))
    free = a_read_document("free.pdf", charged_pages=0, duplicate_of=elsewhere)
    charged = a_read_document()
    save(charged, free, status=OrderStatus.COMPLETED, analysed_at=THEN)
    save_facts(charged, facts=[GROSS])
    client.write(
        analyses.put_analysis(
            OID,
            Analysis(document_id=free.id, attempt=1, facts={"facts": [GROSS]}, hashes=("cd", "ab")),
        )
    )
    return free


def facts_of(page, document):
    (facts,) = [d for d in page.response.result.documents if d.document_id == document.id]
    return facts


def pages():
    """The first page, and one that follows another: each has all documents."""
    before = f"{OID}-0"
    return [
        analysis_workflow.first_page("ada", OID),
        analysis_workflow.next_page("ada", OID, after=before),
    ]


def test_a_free_document_is_open_while_a_payment_for_its_content_stands(free):
    for page in pages():
        assert len(facts_of(page, free).facts) == 1


def test_a_free_document_is_closed_when_the_payment_for_its_content_was_returned(free):
    contents.remove(Content(user_id="ada", sha256="ab", paid=free.duplicate_of))

    for page in pages():
        facts = facts_of(page, free)
        assert facts.facts == []
        assert [warning.code for warning in facts.warnings] == ["payment_returned"]
        assert [d.document_id for d in page.response.result.documents if d.facts]


def test_a_free_document_stays_open_when_its_content_was_paid_for_twice(free):
    twice = DuplicateOf(order_id=OTHER_OID, document_id=f"{OTHER_OID}-2")
    contents.record_paid(Content(user_id="ada", sha256="ab", paid=twice))
    contents.remove(Content(user_id="ada", sha256="ab", paid=free.duplicate_of))

    for page in pages():
        assert len(facts_of(page, free).facts) == 1
