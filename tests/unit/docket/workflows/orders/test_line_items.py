"""Line items of a document that is read again; the handler's tests have the rest."""

import json

import pytest

from analysis.consolidate import key_facts
from docket.domain.orders.order import OrderStatus
from docket.gateways import s3
from docket.gateways.queues import ResultMessage
from docket.schemas.corrections import CorrectLineItemsRequest, LineItemRequest
from docket.table import client
from docket.table.documents import documents, readings
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis
from docket.workflows.documents import results
from docket.workflows.documents.facts.reviewed_facts import marks
from docket.workflows.documents.facts.reviewed_line_items import reader_rows
from docket.workflows.orders import analysis, line_items
from tests.make import LIMITS, OID, THEN, a_payment, a_read_document, an_audit_context, an_order
from tests.reading import a_gross_fact, a_line_item, a_result
from tests.table_state import save

FACTS = [
    a_gross_fact(),
    a_gross_fact("100.00", 10000) | {"name": "net"},
    a_gross_fact("19.00", 1900) | {"name": "tax"},
]
RESULT = {"kind": "invoice", "facts": FACTS, "line_items": [a_line_item("Paper", "60.00")]}
DOCUMENT = a_read_document("a.pdf", key_facts=key_facts(RESULT))
AUDIT = an_audit_context()


@pytest.fixture(autouse=True)
def _paid(pipeline):
    paid = {"status": OrderStatus.COMPLETED, "payment": a_payment(), "analysed_at": THEN}
    save(an_order(DOCUMENT, **paid), DOCUMENT)
    client.write(
        analyses.put_analysis(OID, Analysis(document_id=DOCUMENT.id, attempt=1, facts=RESULT))
    )


def correct(*items):
    request = CorrectLineItemsRequest(items=list(items))
    tag = documents.get("ada", DOCUMENT.id)[1].facts_tag
    return line_items.correct("ada", DOCUMENT.id, request, AUDIT, if_match=tag)


def read_again(*rows):
    """Another reading of the document finds these line items."""
    readings.read_again("ada", OID, [DOCUMENT.id], AUDIT, reader_version="newer", limits=LIMITS)
    result = a_result().facts_dict() | {"facts": FACTS, "line_items": list(rows)}
    stored = {
        "facts": result,
        "key_facts": key_facts(result),
        "marks": [mark.to_dict() for mark in marks(result)],
        "page_images": [],
        "page_count": 1,
        "charged_pages": 1,
    }
    s3.put_analysis(DOCUMENT.id, 2, json.dumps(stored).encode())
    message = ResultMessage(
        user_id="ada", document_id=DOCUMENT.id, attempt=2, status="read", reader_version="newer"
    )
    results.record([message], an_audit_context("reader"))


def result_of_order():
    return analysis.first_page("ada", OID).response.result


def test_the_rows_of_the_customer_survive_another_reading():
    (sheets,) = reader_rows(RESULT)
    correct(LineItemRequest(id=sheets["id"], description="Paper", amount="90.00"))

    read_again(a_line_item("Papier", "60.00"))

    (document,) = result_of_order().documents
    assert [(row.description, row.amount) for row in document.line_items] == [("Paper", "90.00")]
    assert [row.description for row in document.reader_line_items or ()] == ["Papier"]
    assert [found.params["sum"] for found in result_of_order().contradictions] == ["90.00"]


def test_a_row_of_an_earlier_reading_can_be_corrected_again():
    (sheets,) = reader_rows(RESULT)
    correct(LineItemRequest(id=sheets["id"], description="Paper", amount="90.00"))
    read_again()

    correct(LineItemRequest(id=sheets["id"], description="Paper", amount="100.00"))

    (row,) = result_of_order().documents[0].line_items
    assert (row.id, row.amount, row.box) == (sheets["id"], "100.00", (0.1, 0.2, 0.9, 0.3))
    assert result_of_order().contradictions == []
