import pytest

from docket.domain.document import DocumentStatus
from docket.domain.errors import AnalysisNotFound, NothingToRead
from docket.domain.order import AnalysisStatus, OrderStatus
from docket.domain.reason import Reason
from docket.table import analyses, client, events, orders
from docket.table.analyses import Analysis
from docket.workflows import analysis as analysis_workflow
from tests.make import (
    OID,
    THEN,
    a_document,
    a_read_document,
    an_audit_context,
    an_event,
    an_order,
)

pytestmark = pytest.mark.usefixtures("service")

GROSS = {
    "name": "gross",
    "value": "250 €",
    "normalised": {"minor": 25000, "currency": "eur"},
    "page": 0,
    "box": [0.1, 0.2, 0.3, 0.4],
    "confidence": 0.9,
    "source": "text",
}
ON = an_audit_context()


def save(*documents_, **fields):
    orders.create_order(an_order(documents=documents_, **fields), an_event("opened"))


def save_facts(document, **fields):
    facts = {"facts": [GROSS], "reader_version": "1", **fields}
    analysis = Analysis(document_id=document.id, version="v1", facts=facts)
    client.write(analyses.put_analysis(OID, analysis))


def the_order():
    return orders.get("ada", OID)


def request(details=None):
    return analysis_workflow.request(the_order(), ON, details=details)


def test_asking_is_noted_once_with_what_the_customer_wrote():
    save(a_read_document())

    order = request("for the tax office")
    request()

    assert order.analysed_at == the_order().analysed_at == THEN
    requests = [event for event in events.of_order(OID) if event.what == "analysis_requested"]
    assert [event.facts for event in requests] == [{"details": "for the tax office"}]


def test_what_the_customer_wrote_is_not_in_the_analysis():
    save(a_read_document(), status=OrderStatus.COMPLETED)
    save_facts(a_read_document())

    order = request("gross: 1,000,000 EUR")

    assert "1,000,000" not in analysis_workflow.view(order).model_dump_json()


def test_an_order_into_which_nothing_was_uploaded_has_nothing_to_analyse():
    save(a_document())

    with pytest.raises(NothingToRead):
        request()

    assert the_order().analysed_at is None


def test_what_failed_for_our_reasons_is_read_again(queue):
    failed = a_document(status=DocumentStatus.UNREADABLE, retriable=True, version="v1")
    locked = a_document("locked.pdf", status=DocumentStatus.UNREADABLE, version="v1")
    save(failed, locked)

    order = request()

    assert order.document(failed.id).status is DocumentStatus.READING
    assert order.document(locked.id).status is DocumentStatus.UNREADABLE
    assert the_order().document(failed.id).status is DocumentStatus.READING
    (message,) = queue.receive_all()
    assert message["Records"][0]["s3"]["object"]["key"] == f"uploads/ada/{failed.id}"
    assert order.analysis_status is AnalysisStatus.READING


def test_what_an_older_reader_read_is_read_again_also_in_a_paid_order(queue):
    old = a_read_document(reader_version="0")
    save(old, a_read_document("new.pdf"), status=OrderStatus.COMPLETED)

    request()

    assert [document.id for document in the_order().on_their_way] == [old.id]
    assert len(queue.receive_all()) == 1


def test_what_is_being_read_is_not_asked_for_twice(queue):
    save(a_read_document(reader_version="0"))

    request()
    request()

    assert len(queue.receive_all()) == 1


def test_nothing_of_a_cancelled_order_is_read_again(queue):
    save(a_read_document(reader_version="0"), status=OrderStatus.CANCELLED)

    request()

    assert queue.receive_all() == []


def test_there_is_no_analysis_before_it_was_asked_for():
    save(a_read_document())

    with pytest.raises(AnalysisNotFound):
        analysis_workflow.view(the_order())


def test_before_it_is_paid_the_analysis_says_what_a_document_is_and_nothing_it_states():
    read = a_read_document(kind="invoice", headline="Holzwerk Brandt")
    locked = a_document(
        "locked.pdf", status=DocumentStatus.UNREADABLE, status_reason=Reason("password_protected")
    )
    save(read, locked, analysed_at=THEN)
    save_facts(read)

    view = analysis_workflow.view(the_order())

    assert (view.status, view.result.preview) == (AnalysisStatus.PREVIEW, True)
    (shown,) = view.result.documents
    assert (shown.kind, shown.headline, shown.page_count) == ("invoice", "Holzwerk Brandt", 1)
    assert (shown.facts, view.result.totals, view.result.timeline) == ([], [], [])
    assert "25000" not in view.model_dump_json()
    assert [document.code for document in view.result.unreadable] == ["password_protected"]


def test_when_it_is_paid_all_is_there_with_its_evidence_and_pages_count_from_one():
    read = a_read_document()
    save(read, status=OrderStatus.COMPLETED, analysed_at=THEN)
    save_facts(read)

    view = analysis_workflow.view(the_order())

    assert (view.status, view.result.preview) == (AnalysisStatus.COMPLETED, False)
    (shown,) = view.result.documents
    (fact,) = shown.facts
    assert (fact.page, fact.box, fact.confidence) == (1, (0.1, 0.2, 0.3, 0.4), 0.9)
    (total,) = view.result.totals
    assert (total.amount, total.currency, total.documents) == (25000, "eur", 1)


def test_two_files_of_the_same_bytes_are_counted_once_and_named():
    same = "ab" * 32
    first, second = (a_read_document(name, sha256=same) for name in ("a.pdf", "b.pdf"))
    save(first, second, status=OrderStatus.COMPLETED, analysed_at=THEN)
    for document in (first, second):
        save_facts(document)

    result = analysis_workflow.view(the_order()).result

    assert [total.documents for total in result.totals] == [1]
    (twins,) = result.duplicates
    assert (set(twins.document_ids), twins.because) == ({first.id, second.id}, "same_bytes")


def test_facts_of_a_document_that_was_removed_are_not_shown():
    save(a_read_document(), status=OrderStatus.COMPLETED, analysed_at=THEN)
    save_facts(a_read_document())
    save_facts(a_document("removed.pdf"))

    result = analysis_workflow.view(the_order()).result

    assert [document.document_id for document in result.documents] == [a_read_document().id]
    assert [total.documents for total in result.totals] == [1]
