"""Corrections of a document that is read again; the handler's tests have the rest."""

import json

import pytest

from analysis.consolidate import key_facts
from docket.domain.orders.document import DocumentStatus
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.report import ReportOptions
from docket.gateways import s3
from docket.gateways.queues import ResultMessage
from docket.schemas.corrections import CorrectFactRequest
from docket.table import client
from docket.table.documents import documents, readings
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis
from docket.workflows.documents import results
from docket.workflows.documents.facts.reviewed_facts import fact_ids, marks
from docket.workflows.orders import analysis, corrections, report
from tests.make import LIMITS, OID, THEN, a_payment, a_read_document, an_audit_context, an_order
from tests.reading import a_gross_fact, a_result
from tests.table_state import check_counters, get_order, save

pytestmark = pytest.mark.usefixtures("pipeline")

READ = a_gross_fact() | {"confidence": 0.6}
AGAIN = READ | {"value": "110.00", "normalised": {"minor": 11000, "currency": "eur"}}
(FACT_ID,) = fact_ids([READ])
DOCUMENT = a_read_document("a.pdf", key_facts=key_facts({"facts": [READ]}), doubtful=1)
AUDIT = an_audit_context()


def correct(value, fact_id=FACT_ID, action="correct"):
    request = CorrectFactRequest(action=action, value=value)
    tag = documents.get("ada", DOCUMENT.id)[1].facts_tag
    return corrections.correct("ada", DOCUMENT.id, fact_id, request, AUDIT, if_match=tag)


def read_again(fact):
    """Another reading of the document finds only this."""
    again = readings.read_again(
        "ada", OID, [DOCUMENT.id], AUDIT, reader_version="newer", limits=LIMITS
    )
    assert [document.status for document in again] == [DocumentStatus.READING]
    result = a_result().to_dict() | {"facts": [fact], "headline": "Invoice: 110.00"}
    facts = {**a_result().facts_dict(), **result}
    stored = {
        "facts": facts,
        "key_facts": key_facts(result),
        "marks": [mark.to_dict() for mark in marks(facts)],
        "page_images": [],
        "page_count": 1,
        "charged_pages": 1,
    }
    s3.put_analysis(DOCUMENT.id, 2, json.dumps(stored).encode())
    s3.put_result(DOCUMENT.id, 2, json.dumps(result).encode())
    message = ResultMessage(
        user_id="ada", document_id=DOCUMENT.id, attempt=2, status="read", reader_version="newer"
    )
    results.record([message], an_audit_context("reader"))


@pytest.fixture(autouse=True)
def _paid(pipeline):
    paid = {"status": OrderStatus.COMPLETED, "payment": a_payment(), "analysed_at": THEN}
    save(an_order(DOCUMENT, **paid), DOCUMENT)
    facts = {"facts": [READ], "kind": "invoice"}
    client.write(
        analyses.put_analysis(OID, Analysis(document_id=DOCUMENT.id, attempt=1, facts=facts))
    )


def result_of_order():
    return analysis.first_page("ada", OID).response.result


def test_a_correction_and_its_totals_survive_another_reading():
    correct("191.00")

    read_again(AGAIN)

    (document,) = result_of_order().documents
    (fact,) = document.facts
    assert fact.reader_value is not None
    assert (fact.value, fact.reader_value.value) == ("EUR 191.00", "110.00")
    assert [total.amount for total in result_of_order().totals] == [19100]
    assert document.headline == "Invoice: EUR 191.00"
    check_counters()


def test_reports_use_a_correction_after_another_reading(bucket):
    correct("191.00")

    read_again(AGAIN)

    report.download_url(get_order(), ReportOptions(form="json"))
    key = f"reports/{OID}/docket.json"
    body = json.loads(s3._s3().get_object(Bucket=bucket.name, Key=key)["Body"].read())
    assert body["documents"][0]["facts"][0]["value"] == "EUR 191.00"
    assert body["across"]["totals"][0]["minor"] == 19100


def test_a_corrected_fact_that_reads_otherwise_stays_reviewed():
    correct("191.00")
    before = get_order().counters

    read_again(AGAIN)

    after = get_order().counters
    assert (before.doubtful, before.reviewed) == (1, 1)
    assert (after.doubtful, after.reviewed) == (1, 1)


def test_a_correction_of_the_later_fact_replaces_the_earlier_one():
    correct("191.00")
    read_again(AGAIN)
    (later_id,) = fact_ids([AGAIN])

    correct("192.00", later_id)

    (fact,) = result_of_order().documents[0].facts
    assert (fact.id, fact.value) == (later_id, "EUR 192.00")
    assert get_order().reviewed == 1
    check_counters()


def test_a_correction_without_its_fact_can_be_undone():
    correct("191.00")
    read_again(a_gross_fact() | {"name": "seller", "value": "Acme", "normalised": "Acme"})

    correct(None, action="reset")

    assert [fact.name for fact in result_of_order().documents[0].facts] == ["seller"]
    assert result_of_order().totals == []
