from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from docket.domain.payments.pricing import DuplicateOf
from docket.table import client
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis, PageImage
from tests.make import OID, a_read_document, an_order
from tests.make_calls import call
from tests.table_state import save

JSON = {"accept": "application/json"}


@pytest.fixture
def read(service):
    """The id of a document that was read, with a page image."""
    read = a_read_document("Rechnung März.pdf")
    save(an_order(read), read)
    analysis = Analysis(
        document_id=read.id, attempt=1, facts={}, page_images=(PageImage(0, 990, 1400),)
    )
    client.write(analyses.put_analysis(OID, analysis))
    return read.id


def test_a_request_is_redirected_to_the_file(read):
    reply = call("documents/get", document_id=read)

    query = parse_qs(urlsplit(reply.headers["Location"]).query)
    assert reply.status == 302
    assert query["versionId"] == ["v1"]
    assert unquote(query["response-content-disposition"][0]).endswith("''Rechnung März.pdf")


def test_a_json_request_gets_the_document_without_its_version(read):
    reply = call("documents/get", document_id=read, headers=JSON)

    body = reply.json
    assert reply.headers["Vary"] == "Accept, Authorization"

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


def test_a_quarantined_file_is_not_downloaded(service):
    quarantined = a_read_document(quarantined=True)
    save(an_order(quarantined), quarantined)

    link = call("documents/get", document_id=quarantined.id)
    reply = call("documents/get", document_id=quarantined.id, headers=JSON)

    assert link.refusal == (409, "document_quarantined")
    assert reply.json["download_url"] is None


def test_a_duplicate_names_the_document_that_was_paid_for(service):
    duplicate = a_read_document(
        charged_pages=0, duplicate_of=DuplicateOf(order_id="o", document_id="d")
    )
    save(an_order(duplicate), duplicate)

    body = call("documents/get", document_id=duplicate.id, headers=JSON).json

    assert body["duplicate_of"] == {"order_id": "o", "document_id": "d"}


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
