from tests.make_calls import call


def test_a_removed_document_is_gone_from_its_order_and_from_the_bucket(document, bucket):
    bucket.upload(document["id"])

    reply = call("documents/delete", document_id=document["id"])

    assert reply.status == 200
    assert call("orders/get", order_id=document["order_id"]).json["documents"] == []
    assert bucket.names() == []


def test_removing_it_again_finds_nothing(document):
    call("documents/delete", document_id=document["id"])

    again = call("documents/delete", document_id=document["id"])

    assert again.refusal == (404, "document_not_found")


def test_a_closed_order_keeps_its_documents(document):
    call("orders/update_status", {"status": "cancelled"}, order_id=document["order_id"])

    reply = call("documents/delete", document_id=document["id"])

    assert reply.refusal == (409, "order_closed")


def test_anothers_document_stays_and_is_not_found(document):
    theirs = call("documents/delete", document_id=document["id"], as_user="eve")

    assert theirs.refusal == (404, "order_not_found")
    assert len(call("orders/get", order_id=document["order_id"]).json["documents"]) == 1
