from docket.domain.task import TaskKind
from docket.table import tasks
from tests.make_calls import call


def test_a_removed_document_leaves_the_order_and_is_to_be_erased(document):
    reply = call("documents/delete", document_id=document["id"])

    assert reply.status == 200
    order = call("orders/get", order_id=document["order_id"]).json
    assert (order["documents"], order["document_count"], order["first_filename"]) == ([], 0, None)
    task = tasks.get(document["order_id"], TaskKind.ERASE, document["id"])
    assert task is not None
    assert task.user_id == "ada"


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
