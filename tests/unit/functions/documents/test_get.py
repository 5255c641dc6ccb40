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


def read(document):
    """The document as its file arrived and was read."""
    order = documents.start_reading(
        "ada", document["id"], "v1", order_id=document["order_id"], at=now()
    )
    assert order is not None
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


def test_a_link_leads_to_the_file_under_its_own_name(document):
    read(document)

    reply = call("documents/get", document_id=document["id"])

    query = parse_qs(urlsplit(reply.headers["Location"]).query)
    assert reply.status == 302
    assert query["versionId"] == ["v1"]
    assert unquote(query["response-content-disposition"][0]).endswith("''Rechnung März.pdf")


def test_asked_for_json_it_tells_all_but_where_things_are_kept(document):
    read(document)

    shown = call("documents/get", document_id=document["id"], headers=JSON).json

    (page,) = shown["pages"]
    assert (page["number"], page["width"], page["height"]) == (1, 990, 1400)
    assert page["picture_url"] != page["thumbnail_url"]
    assert shown["status"] == "ready"
    assert "version" not in shown


def test_before_its_file_has_arrived_there_is_nothing_to_fetch(document):
    link = call("documents/get", document_id=document["id"])
    shown = call("documents/get", document_id=document["id"], headers=JSON)

    assert link.refusal == (409, "document_not_arrived")
    assert (shown.json["download_url"], shown.json["pages"]) == (None, [])


def test_anothers_document_is_not_found(document):
    theirs = call("documents/get", document_id=document["id"], as_user="eve", headers=JSON)

    assert theirs.refusal == (404, "order_not_found")


@pytest.mark.parametrize("document_id", [OID, f"{OID}-1", f"{OID}-{OID.lower()}", "1-2-3"])
def test_what_cannot_be_a_documents_id_is_not_found(service, document_id):
    assert call("documents/get", document_id=document_id).refusal == (404, "not_found")


def test_a_document_is_not_found_by_another_orders_id(document):
    other = call("orders/create", {}).json["id"]
    unique = document["id"].rpartition("-")[2]

    reply = call("documents/get", document_id=f"{other}-{unique}")

    assert reply.refusal == (404, "document_not_found")
