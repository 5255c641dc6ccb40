"""A report that was requested is made once, whatever interrupts the worker."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from docket.domain.orders.order import OrderStatus
from docket.domain.orders.report import LIFETIME, ReportOptions, ReportState
from docket.domain.payments.pricing import DuplicateOf
from docket.gateways import s3
from docket.runtime.clock import now
from docket.runtime.logging import HandlerFailed
from docket.table import client
from docket.table.accounts import account_access
from docket.table.orders import analyses, contents, reports
from docket.table.orders.analyses import Analysis
from docket.table.orders.contents import Content
from docket.workflows.orders import report as report_workflow
from functions.analyses import get_report
from functions.events import make_report
from tests.lambda_events import Context
from tests.make import OID, THEN, a_payment, a_read_document, an_order
from tests.make_calls import call
from tests.table_state import save, stored
from tests.unit.functions.conftest import jwt_unless_parametrized

DOCUMENTS = [a_read_document(f"{number}.pdf", id=f"{OID}-{number}") for number in range(1, 28)]
JSON = {"accept": "application/json"}


identity_provider = jwt_unless_parametrized


@pytest.fixture
def paid(identity_provider, bucket, queues):
    """A paid order whose documents are all read."""
    for document in DOCUMENTS:
        s3.put_result(document.id, 1, json.dumps({"facts": [], "kind": "invoice"}).encode())
    order = an_order(
        *DOCUMENTS, payment=a_payment(), status=OrderStatus.COMPLETED, analysed_at=THEN
    )
    save(order, *DOCUMENTS)
    return order


def request(form="xlsx", **fields):
    return call("analyses/request_report", {"format": form}, order_id=OID, **fields)


def get(form="xlsx", **fields):
    return call("analyses/get_report", order_id=OID, query={"format": form}, **fields)


def deliver(records):
    return make_report.handler({"Records": records}, Context(seconds=900.0))


@pytest.mark.usefixtures("paid")
def test_a_report_is_requested_made_and_downloaded(queues):
    requested, before = request(), get()
    deliver(queues["reports"].deliver())
    ready, as_json = get(), get(headers=JSON)

    assert (requested.status, requested.json["status"], requested.json["url"]) == (
        202, "making", None,
    )  # fmt: skip
    assert (before.status, before.headers["Retry-After"]) == (202, "2")
    assert ready.status == 302
    assert requests.get(ready.headers["Location"], timeout=5).content.startswith(b"PK")
    assert (as_json.status, as_json.json["status"]) == (200, "ready")
    assert (as_json.json["done"], as_json.json["total"]) == (len(DOCUMENTS), len(DOCUMENTS))


@pytest.mark.usefixtures("paid")
def test_progress_is_recorded_while_a_report_is_made(queues, monkeypatch):
    seen = []
    record = reports.record

    def recorded(old, new, *, at):
        seen.append((new.done, new.total, new.state))
        return record(old, new, at=at)

    monkeypatch.setattr(reports, "record", recorded)
    request()

    deliver(queues["reports"].deliver())

    assert seen == [
        (25, 27, ReportState.MAKING), (27, 27, ReportState.MAKING), (27, 27, ReportState.READY),
    ]  # fmt: skip


@pytest.mark.usefixtures("paid")
def test_a_report_that_is_being_made_is_not_requested_twice(queues):
    first, second = request(), request()

    assert second.json == first.json
    assert len(queues["reports"].receive_all()) == 1


@pytest.mark.usefixtures("paid")
def test_a_message_that_comes_twice_has_its_effect_once(queues):
    request()
    records = queues["reports"].deliver()
    deliver(records)
    before = stored()

    deliver(records)

    assert stored() == before


@pytest.mark.usefixtures("paid")
def test_a_report_that_fails_is_delivered_again(queues, monkeypatch):
    def fail(*_, **__):
        raise OSError

    request()
    records = queues["reports"].deliver()
    with monkeypatch.context() as broken:
        broken.setattr(s3, "put_report", fail)
        with pytest.raises(HandlerFailed):
            deliver(records)
    deliver(records)

    assert get().status == 302


@pytest.mark.usefixtures("paid")
def test_the_report_of_an_order_that_was_refunded_fails(queues):
    request()
    save(an_order(*DOCUMENTS, status=OrderStatus.CANCELLED))

    deliver(queues["reports"].deliver())

    report = reports.find(OID, ReportOptions(form="xlsx"), at=now())
    assert report
    assert report.state is ReportState.FAILED
    assert get().refusal == (402, "not_paid")


@pytest.mark.parametrize("identity_provider", ["jwt_stage", "pool"], indirect=True)
def test_no_report_is_made_once_the_deletion_of_the_account_has_begun(paid, queues, bucket):
    request()
    client.write(account_access.deleting_write(paid.user_id, at=now()))
    before = stored()

    deliver(queues["reports"].deliver())

    assert bucket.names("reports/") == []
    assert stored() == before


@pytest.mark.usefixtures("paid")
def test_a_report_that_was_not_requested_is_not_found():
    assert get().refusal == (404, "report_not_found")


def test_the_report_is_that_of_the_other_endpoint(paid, queues):
    request("json")
    deliver(queues["reports"].deliver())

    report = requests.get(get("json").headers["Location"], timeout=5).json()
    other = report_workflow.download_url(paid, ReportOptions(form="json"))
    assert report == requests.get(other, timeout=5).json()


@pytest.mark.usefixtures("paid")
def test_a_link_is_signed_for_the_object_of_its_request_and_for_minutes(queues):
    request()
    deliver(queues["reports"].deliver())
    first = get().headers["Location"]
    request()
    deliver(queues["reports"].deliver())
    second = get().headers["Location"]

    (report,) = [item for item in stored() if item["SK"].startswith("REPORT#")]
    assert urlsplit(second).path.endswith(f"reports/{OID}/{report['id']}.xlsx")
    assert urlsplit(first).path != urlsplit(second).path
    query = parse_qs(urlsplit(second).query)
    assert int(query["X-Amz-Expires"][0]) <= 600
    assert "X-Amz-Signature" in query
    assert requests.get(first, timeout=5).content.startswith(b"PK")


@pytest.mark.usefixtures("paid")
def test_another_customer_gets_no_report_that_is_ready(queues):
    request()
    deliver(queues["reports"].deliver())

    assert get(as_user="eve").refusal == (404, "order_not_found")
    assert request(as_user="eve").refusal == (404, "order_not_found")
    assert queues["reports"].receive_all() == []


@pytest.mark.usefixtures("paid")
def test_a_report_of_yesterday_is_not_offered(queues, monkeypatch):
    request()
    deliver(queues["reports"].deliver())
    assert get().status == 302

    tomorrow = now() + LIFETIME
    monkeypatch.setattr(get_report, "now", lambda: tomorrow)

    assert get().refusal == (404, "report_not_found")


@pytest.mark.usefixtures("identity_provider", "bucket")
def test_a_report_is_not_offered_after_a_payment_for_a_free_document_was_returned(queues):
    paid_elsewhere = DuplicateOf(order_id="o", document_id="d")
    duplicate = a_read_document(charged_pages=0, duplicate_of=paid_elsewhere)
    order = an_order(duplicate, status=OrderStatus.COMPLETED, payment=a_payment(), analysed_at=THEN)
    save(order, duplicate)
    s3.put_result(duplicate.id, 1, json.dumps({"facts": []}).encode())
    analysis = Analysis(document_id=duplicate.id, attempt=1, facts={}, hashes=("ab",))
    client.write(analyses.put_analysis(order.id, analysis))
    content = Content(user_id="ada", sha256="ab", paid=paid_elsewhere)
    contents.record_paid(content)
    request("json")
    deliver(queues["reports"].deliver())
    (document,) = requests.get(get("json").headers["Location"], timeout=5).json()["documents"]
    assert "unreadable" not in document

    contents.remove(content)

    assert get("json").refusal == (404, "report_not_found")


@pytest.mark.parametrize("identity_provider", ["jwt_stage", "pool", "gateway_stage"], indirect=True)
@pytest.mark.usefixtures("identity_provider", "bucket")
def test_a_duplicate_whose_payment_was_returned_has_no_facts(queues):
    paid_elsewhere = DuplicateOf(order_id="o", document_id="d")
    duplicate = a_read_document(charged_pages=0, duplicate_of=paid_elsewhere)
    order = an_order(duplicate, status=OrderStatus.COMPLETED, payment=a_payment(), analysed_at=THEN)
    save(order, duplicate)
    s3.put_result(duplicate.id, 1, json.dumps({"facts": [{"name": "total"}]}).encode())
    analysis = Analysis(document_id=duplicate.id, attempt=1, facts={}, hashes=("ab",))
    client.write(analyses.put_analysis(order.id, analysis))

    request("json")
    deliver(queues["reports"].deliver())

    (document,) = requests.get(get("json").headers["Location"], timeout=5).json()["documents"]
    assert "That payment was returned" in document["unreadable"]
    assert "facts" not in document
