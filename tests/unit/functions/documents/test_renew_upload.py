from docket.table.documents import documents
from tests.make import OID, a_read_document, an_order
from tests.make_calls import call
from tests.table_state import save


def test_a_renewed_form_is_for_the_same_document(document):
    reply = call("documents/renew_upload", document_id=document["id"])

    assert reply.status == 200
    assert document["id"] in reply.json["fields"]["key"]
    assert reply.json["url"] == document["upload"]["url"]


def test_an_uploaded_document_has_no_renewed_form(service):
    read = a_read_document()
    save(an_order(read), read)

    reply = call("documents/renew_upload", document_id=read.id)

    assert reply.refusal == (409, "document_settled")


def test_another_customers_document_is_not_found(document):
    reply = call("documents/renew_upload", document_id=document["id"], as_user="eve")

    assert reply.refusal == (404, "order_not_found")


def test_an_unknown_document_is_not_found(document):
    missing = call("documents/renew_upload", document_id=f"{document['order_id']}-{OID}")

    assert missing.refusal == (404, "document_not_found")


def test_the_earlier_form_is_no_longer_valid(document):
    call("documents/renew_upload", document_id=document["id"])

    _, renewed = documents.get("ada", document["id"])
    assert renewed.upload_number == 2
