import json

import pytest
import requests

from docket.domain.orders.order import OrderStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.gateways import s3
from docket.table import client
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis
from tests.make import THEN, a_payment, a_read_document, an_order
from tests.make_calls import call
from tests.table_state import save


def get_report(order, format_="json", **fields):
    return call("analyses/report", order_id=order.id, query={"format": format_}, **fields)


@pytest.fixture
def paid_order(order, stripe):
    order.finish_reading()
    order.pay(stripe)
    s3.put_result(order.document.id, 1, json.dumps({"facts": []}).encode())
    return order


def test_a_request_is_redirected_to_the_report(paid_order):
    reply = get_report(paid_order)

    assert reply.status == 302
    assert f"{paid_order.id}/docket.json" in reply.headers["Location"]
    assert reply.headers["Vary"] == "Accept, Accept-Language, Authorization"


def test_a_json_request_gets_the_url(paid_order):
    reply = get_report(paid_order, "csv", headers={"accept": "application/json"})

    assert reply.status == 200
    assert f"{paid_order.id}/docket-en-documents.csv" in reply.json["url"]


@pytest.mark.parametrize(
    ("language", "accepted", "expected"),
    [
        ("de", "en", "de"),
        ("en", "de", "en"),
        (None, "de-AT,de;q=0.9,en;q=0.8", "de"),
        (None, "fr", "en"),
        (None, None, "en"),
    ],
)
def test_the_language_of_the_csv_is_the_requested_or_accepted_one(
    paid_order, language, accepted, expected
):
    query = {"format": "csv"} | ({"language": language} if language else {})
    headers = {"accept": "application/json"} | ({"accept-language": accepted} if accepted else {})

    reply = call("analyses/report", order_id=paid_order.id, query=query, headers=headers)

    assert f"{paid_order.id}/docket-{expected}-documents.csv" in reply.json["url"]


def test_a_request_chooses_the_table_and_what_happens_to_doubtful_facts(paid_order):
    query = {"format": "csv", "table": "line_items", "doubtful": "omit"}

    reply = call("analyses/report", order_id=paid_order.id, query=query)

    assert f"{paid_order.id}/docket-en-line_items-sure.csv" in reply.headers["Location"]


def test_an_unknown_language_is_rejected(paid_order):
    reply = call(
        "analyses/report", order_id=paid_order.id, query={"format": "csv", "language": "fr"}
    )

    assert reply.fields == ["language"]


def test_an_unpaid_order_has_no_report(order):
    order.finish_reading()

    assert get_report(order).refusal == (402, "not_paid")


def test_an_unknown_format_is_rejected(paid_order):
    assert get_report(paid_order, "xls").fields == ["format"]


def test_another_customers_report_is_not_found(paid_order):
    assert get_report(paid_order, as_user="eve").refusal == (404, "order_not_found")


def test_a_duplicate_whose_payment_was_returned_has_no_facts(bucket):
    paid_elsewhere = DuplicateOf(order_id="o", document_id="d")
    duplicate = a_read_document(charged_pages=0, duplicate_of=paid_elsewhere)
    order = an_order(duplicate, status=OrderStatus.COMPLETED, payment=a_payment(), analysed_at=THEN)
    save(order, duplicate)
    s3.put_result(duplicate.id, 1, json.dumps({"facts": []}).encode())
    analysis = Analysis(document_id=duplicate.id, attempt=1, facts={}, hashes=("ab",))
    client.write(analyses.put_analysis(order.id, analysis))

    reply = get_report(order, headers={"accept": "application/json"})

    report = requests.get(reply.json["url"], timeout=5).json()
    assert "That payment was returned" in report["documents"][0]["unreadable"]
