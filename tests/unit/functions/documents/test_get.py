from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from docket.domain.document import Outcome
from docket.runtime.clock import now
from docket.table import analyses, documents
from docket.table.analyses import Analysis, PageImage
from docket.workflows.audit import audit_context
from tests.make import OID
from tests.make_calls import call

JSON = {"accept": "application/json"}


def finish_ingestion(document):
    """Finish the ingestion of a document."""
    order = documents.start_reading(
        "ada", document["id"], "v1", order_id=document["order_id"], at=now(), quarantined=False
    )
    assert order is not None
    analysis = Analysis(
        document_id=document["id"], version="v1", facts={}, page_images=(PageImage(0, 990, 1400),)
    )
    documents.finish_reading(
        order,
        order.document(document["id"]),
        Outcome(reader_version="1", page_count=1, charged_pages=1),
        audit_context("reader").event("document_read"),
        analyses.put_analysis(order.id, analysis),
    )


def test_a_request_is_redirected_to_the_file(document):
    finish_ingestion(document)

    reply = call("documents/get", document_id=document["id"])

    query = parse_qs(urlsplit(reply.headers["Location"]).query)
    assert reply.status == 302
    assert query["versionId"] == ["v1"]
    assert unquote(query["response-content-disposition"][0]).endswith("''Rechnung März.pdf")


def test_a_json_request_gets_the_document_without_its_version(document):
    finish_ingestion(document)

    body = call("documents/get", document_id=document["id"], headers=JSON).json

    (page,) = body["pages"]
    assert (page["number"], page["width"], page["height"]) == (1, 990, 1400)
    assert page["picture_url"] != page["thumbnail_url"]
    assert body["status"] == "ready"
    assert "version" not in body


def test_a_pending_upload_has_no_file(document):
    link = call("documents/get", document_id=document["id"])
    reply = call("documents/get", document_id=document["id"], headers=JSON)

    assert link.refusal == (409, "document_not_arrived")
    assert (reply.json["download_url"], reply.json["pages"]) == (None, [])


def test_another_customers_document_is_not_found(document):
    reply = call("documents/get", document_id=document["id"], as_user="eve", headers=JSON)

    assert reply.refusal == (404, "order_not_found")


@pytest.mark.parametrize("document_id", [OID, f"{OID}-1", f"{OID}-{OID.lower()}", "1-2-3"])
def test_a_malformed_id_is_not_found(service, document_id):
    assert call("documents/get", document_id=document_id).refusal == (404, "not_found")


def test_a_document_of_another_order_is_not_found(document):
    other = call("orders/create", {}).json["id"]
    unique = document["id"].rpartition("-")[2]

    reply = call("documents/get", document_id=f"{other}-{unique}")

    assert reply.refusal == (404, "document_not_found")
