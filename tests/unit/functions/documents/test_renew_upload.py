from docket.runtime.clock import now
from docket.table import documents, orders
from tests.make import OID
from tests.make_calls import call


def test_a_fresh_ticket_is_for_the_same_document(document):
    reply = call("documents/renew_upload", document_id=document["id"])

    assert reply.status == 200
    assert reply.json["fields"]["key"] == document["upload"]["fields"]["key"]
    assert reply.json["url"] == document["upload"]["url"]


def test_there_is_no_ticket_for_a_file_that_has_arrived(document):
    documents.start_reading("ada", document["id"], "v1", order_id=document["order_id"], at=now())

    reply = call("documents/renew_upload", document_id=document["id"])

    assert reply.refusal == (409, "document_settled")


def test_anothers_document_is_not_found(document):
    theirs = call("documents/renew_upload", document_id=document["id"], as_user="eve")

    assert theirs.refusal == (404, "order_not_found")


def test_a_document_that_is_not_there_is_not_found(document):
    missing = call("documents/renew_upload", document_id=f"{document['order_id']}-{OID}")

    assert missing.refusal == (404, "document_not_found")


def test_an_upload_by_a_fresh_ticket_is_looked_for(document):
    order_id = document["order_id"]
    before = orders.get("ada", order_id).documents[0]
    assert before.upload_form_renewed_at is None

    call("documents/renew_upload", document_id=document["id"])

    assert orders.get("ada", order_id).documents[0].upload_form_renewed_at is not None
