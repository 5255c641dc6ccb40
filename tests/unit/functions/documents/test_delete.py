from functions.events import sweep
from tests.make_calls import call


def test_a_removed_document_and_its_file_are_erased(document, bucket):
    bucket.upload(document["id"])

    reply = call("documents/delete", document_id=document["id"])

    assert reply.status == 200
    assert call("orders/get", order_id=document["order_id"]).json["documents"] == []
    assert sweep.handler({}, None)["failed"] == 0
    assert bucket.every_version() == []


def test_a_repeated_removal_succeeds_until_the_erasure(document):
    call("documents/delete", document_id=document["id"])

    reply = call("documents/delete", document_id=document["id"])

    assert reply.status == 200
    events = call("orders/list_events", order_id=document["order_id"]).json
    assert [event["what"] for event in events].count("document_removed") == 1


def test_another_customers_removed_document_is_not_found(document):
    call("documents/delete", document_id=document["id"])

    reply = call("documents/delete", document_id=document["id"], as_user="eve")

    assert reply.status == 404


def test_an_unknown_document_is_not_found(document):
    unknown = document["id"][:-1] + ("0" if document["id"][-1] != "0" else "1")

    assert call("documents/delete", document_id=unknown).refusal == (404, "document_not_found")


def test_a_closed_order_keeps_its_documents(document):
    call("orders/update_status", {"status": "cancelled"}, order_id=document["order_id"])

    reply = call("documents/delete", document_id=document["id"])

    assert reply.refusal == (409, "order_closed")


def test_another_customers_document_is_not_removed(document):
    reply = call("documents/delete", document_id=document["id"], as_user="eve")

    assert reply.refusal == (404, "order_not_found")
    assert len(call("orders/get", order_id=document["order_id"]).json["documents"]) == 1
