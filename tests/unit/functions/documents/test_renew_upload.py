from docket.runtime.clock import now
from docket.table import documents, orders
from tests.make import OID
from tests.make_calls import call


def test_a_renewed_form_is_for_the_same_document(document):
    reply = call("documents/renew_upload", document_id=document["id"])

    assert reply.status == 200
    assert reply.json["fields"]["key"] == document["upload"]["fields"]["key"]
    assert reply.json["url"] == document["upload"]["url"]


def test_an_uploaded_document_has_no_renewed_form(document):
    documents.start_reading(
        "ada", document["id"], "v1", order_id=document["order_id"], at=now(), quarantined=False
    )

    reply = call("documents/renew_upload", document_id=document["id"])

    assert reply.refusal == (409, "document_settled")


def test_another_customers_document_is_not_found(document):
    reply = call("documents/renew_upload", document_id=document["id"], as_user="eve")

    assert reply.refusal == (404, "order_not_found")


def test_an_unknown_document_is_not_found(document):
    missing = call("documents/renew_upload", document_id=f"{document['order_id']}-{OID}")

    assert missing.refusal == (404, "document_not_found")


def test_the_time_of_the_renewal_is_stored(document):
    order_id = document["order_id"]
    before = orders.get("ada", order_id).documents[0]
    assert before.upload_form_renewed_at is None

    call("documents/renew_upload", document_id=document["id"])

    assert orders.get("ada", order_id).documents[0].upload_form_renewed_at is not None
