import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from analysis.consolidate import key_facts
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import PaymentStatus
from docket.runtime.reply_size import MAX_ENVELOPE_BYTES
from docket.table import client
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis
from docket.workflows.documents.facts.fact_limits import cut_to
from tests.make import OID, THEN, a_payment, a_read_document, an_order
from tests.make_calls import call
from tests.table_state import save
from tests.unit.functions.analyses.conftest import FACT, save_read_documents

PAID = {
    "status": OrderStatus.COMPLETED,
    "payment": a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN),
    "analysed_at": THEN,
}
UNPAID = {"read_at": THEN}


def get_analysis(order, **fields):
    return call("analyses/get", order_id=order.id, **fields)


def test_there_is_no_analysis_before_a_document_was_read(order):
    order.start_reading()

    assert get_analysis(order).refusal == (404, "analysis_not_found")


def test_the_preview_is_available_without_a_request(order):
    order.finish_reading()

    reply = get_analysis(order)

    assert (reply.status, reply.json["status"]) == (200, "preview")
    assert reply.json["result"]["preview"]
    assert (
        call("orders/get", order_id=OID).json["analysis"]["created_at"] == reply.json["created_at"]
    )


def test_an_unpaid_analysis_has_no_facts(order):
    order.finish_reading()
    call("analyses/create", {}, order_id=order.id)

    result = get_analysis(order).json["result"]
    assert "11900" not in json.dumps(result)  # the analysis also has times, which may have it


def test_a_paid_analysis_has_facts_with_page_and_box(order, stripe):
    order.finish_reading()
    order.pay(stripe)

    analysis = get_analysis(order).json

    (fact,) = analysis["result"]["documents"][0]["facts"]
    assert analysis["status"] == "completed"
    assert not analysis["result"]["preview"]
    assert (fact["name"], fact["page"], fact["box"]) == ("gross", 1, [0.1, 0.2, 0.3, 0.4])


def test_another_customers_analysis_is_not_found(order, stripe):
    order.finish_reading()
    order.pay(stripe)

    assert get_analysis(order, as_user="eve").refusal == (404, "order_not_found")


def links(reply):
    """The parameters of the next page; None on the last page."""
    link = reply.headers.get("Link")
    return link and dict(parse_qsl(urlsplit(link.partition(">")[0].strip("<")).query))


@pytest.mark.parametrize("paid", [True, False])
@pytest.mark.parametrize("limit", [2, None])
def test_the_pages_have_every_document_once(order, paid, limit):
    documents = save_read_documents(102 if limit is None else 5, **(PAID if paid else UNPAID))
    size = limit or 50
    query: dict[str, object] | None = {"limit": limit} if limit else {}
    pages = []

    while query is not None:
        reply = get_analysis(order, query=query)
        assert reply.status == 200
        pages.append([document["document_id"] for document in reply.json["result"]["documents"]])
        assert all(
            bool(document["facts"]) is paid for document in reply.json["result"]["documents"]
        )
        query = links(reply)

    ids = [document.id for document in documents]
    assert pages == [ids[start : start + size] for start in range(0, len(ids), size)]


def test_the_first_page_has_the_totals_of_the_whole_order(order):
    save_read_documents(5, **PAID)

    first = get_analysis(order, query={"limit": 2})
    second = get_analysis(order, query=links(first))

    (total,) = first.json["result"]["totals"]
    assert (total["documents"], total["amount"]) == (5, 5 * 11900)
    assert second.json["result"]["totals"] == []


def test_another_customers_later_page_is_not_found(order):
    documents = save_read_documents(3, **PAID)

    reply = get_analysis(order, query={"cursor": documents[0].id}, as_user="eve")

    assert reply.refusal == (404, "order_not_found")


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 51}, {"cursor": "x"}, {"cursor": OID}, {"page": 2}]
)
def test_an_invalid_parameter_is_named(order, query):
    save_read_documents(1, **PAID)

    reply = get_analysis(order, query=query)

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == list(query)


def key_facts_of_many(count):
    """The key facts of a file with so many documents, each of which states a date."""
    dated = {"name": "issue_date", "value": "", "normalised": "2026-03-01", "confidence": 0.9}
    pages = range(count)
    segments = [{"first_page": page, "last_page": page, "page_count": 1, "kind": "invoice",
                 "kind_score": 0.9, "language": "en", "headline": None, "title": None}
                for page in pages]  # fmt: skip
    return key_facts({"facts": [{**dated, "page": page} for page in pages], "segments": segments})


def test_the_facts_of_a_page_are_cut_to_the_size_of_a_reply(order):
    many = key_facts_of_many(200)
    documents = [a_read_document(f"{n}.pdf", headline="Счёт", key_facts=many) for n in range(50)]
    save(an_order(*documents, **PAID), *documents)
    fact = {**FACT, "name": "note", "value": 'Счёт-фактура № "7" \\ ' * 5}
    facts = cut_to({"facts": [fact] * 2000, "warnings": []}, 140_000)
    for document in documents:
        analysis = Analysis(document_id=document.id, attempt=1, facts=facts)
        client.write(analyses.put_analysis(OID, analysis))

    reply = get_analysis(order)

    assert reply.status == 200
    envelope = {"statusCode": 200, "headers": reply.headers, "body": reply.body}
    assert 5_000_000 < len(json.dumps(envelope, ensure_ascii=False).encode()) < MAX_ENVELOPE_BYTES
    entries = reply.json["result"]["documents"]
    assert len(entries) == 50
    assert all(document["facts"] and document["warnings"] for document in entries)
    assert len(reply.json["result"]["timeline"]) == 50 * 200
