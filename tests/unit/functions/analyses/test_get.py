import json

import pytest

from analysis import READER_VERSION
from docket.domain.order import OrderStatus
from docket.domain.payment import PaymentStatus
from docket.runtime.reply_size import MAX_ENVELOPE_BYTES
from docket.table import analyses, client, orders
from docket.table.analyses import Analysis
from docket.workflows.fact_limits import cut_to
from docket.workflows.reading import MAX_INLINE_BYTES
from tests.make import OID, THEN, a_payment, a_read_document, an_event, an_order
from tests.make_calls import call
from tests.unit.functions.analyses.conftest import FACT


def get_analysis(order, **fields):
    return call("analyses/get", order_id=order.id, **fields)


def test_there_is_no_analysis_before_a_request(order):
    order.finish_ingestion(READER_VERSION)

    assert get_analysis(order).refusal == (404, "analysis_not_found")


def test_an_unpaid_analysis_has_no_facts(order):
    order.finish_ingestion(READER_VERSION)
    call("analyses/create", {}, order_id=order.id)

    assert "11900" not in get_analysis(order).body


def test_a_paid_analysis_has_facts_with_page_and_box(order, stripe):
    order.finish_ingestion(READER_VERSION)
    order.pay(stripe)

    analysis = get_analysis(order).json

    (fact,) = analysis["result"]["documents"][0]["facts"]
    assert analysis["status"] == "completed"
    assert not analysis["result"]["preview"]
    assert (fact["name"], fact["page"], fact["box"]) == ("gross", 1, [0.1, 0.2, 0.3, 0.4])


def test_another_customers_analysis_is_not_found(order, stripe):
    order.finish_ingestion(READER_VERSION)
    order.pay(stripe)

    assert get_analysis(order, as_user="eve").refusal == (404, "order_not_found")


@pytest.mark.usefixtures("service")
def test_the_facts_of_forty_documents_are_cut_to_the_size_of_a_reply():
    documents = tuple(a_read_document(f"{n}.pdf", headline="Счёт") for n in range(40))
    paid = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
    order = an_order(
        documents=documents, status=OrderStatus.COMPLETED, payment=paid, analysed_at=THEN
    )
    orders.create_order(order, an_event())
    fact = {**FACT, "name": "note", "value": 'Счёт-фактура № "7" \\ ' * 5}
    facts = cut_to({"facts": [fact] * 2000, "warnings": []}, MAX_INLINE_BYTES)
    for document in documents:
        analysis = Analysis(document_id=document.id, version="v1", facts=facts)
        client.write(analyses.put_analysis(OID, analysis))

    reply = call("analyses/get", order_id=OID)

    assert reply.status == 200
    envelope = {"statusCode": 200, "headers": reply.headers, "body": reply.body}
    assert 5_000_000 < len(json.dumps(envelope, ensure_ascii=False).encode()) < MAX_ENVELOPE_BYTES
    documents_ = reply.json["result"]["documents"]
    assert len(documents_) == 40
    assert all(document["facts"] and document["warnings"] for document in documents_)
