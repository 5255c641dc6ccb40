import pytest

from docket.schemas.base import MAX_TITLE_LENGTH
from tests.make_calls import call


def rename(document, title, **fields):
    headers = {"if-match": document["title_etag"]}
    body = {"title": title}
    return call("documents/rename", body, document_id=document["id"], headers=headers, **fields)


def test_a_document_has_a_title_beside_the_name_of_its_file(document):
    reply = rename(document, "  Rent, March ")

    assert (reply.status, reply.json["title"]) == (200, "Rent, March")
    assert reply.json["filename"] == document["filename"]
    assert reply.json["title_etag"] != document["title_etag"]
    order = call("orders/get", order_id=document["order_id"]).json
    assert order["documents"][0]["title"] == order["first_filename"] == "Rent, March"


def test_null_takes_the_title_away(document):
    titled = rename(document, "Rent").json

    reply = rename(titled, None)

    assert reply.json["title"] is None
    assert reply.json["title_etag"] == document["title_etag"]


def test_the_history_says_who_renamed_it(document):
    rename(document, "Rent")

    events = call("orders/list_events", order_id=document["order_id"]).json
    (event,) = [event for event in events if event["what"] == "document_renamed"]
    assert event["who"] == "customer"
    assert event["facts"] == {
        "document_id": document["id"],
        "filename": document["filename"],
        "title": "Rent",
    }


def test_a_title_that_was_changed_elsewhere_is_refused_with_both(document):
    rename(document, "Rent")

    reply = rename(document, "Lease")

    assert reply.refusal == (412, "title_changed")
    assert reply.json["params"]["current"] == "Rent"


def test_the_header_is_required(document):
    reply = call("documents/rename", {"title": "Rent"}, document_id=document["id"])

    assert reply.refusal == (428, "if_match_required")


@pytest.mark.parametrize("body", [{}, {"title": 7}, {"title": "x" * (MAX_TITLE_LENGTH + 1)}])
def test_a_wrong_title_is_named(document, body):
    reply = call("documents/rename", body, document_id=document["id"])

    assert (reply.status, reply.fields) == (400, ["title"])


def test_a_document_of_a_cancelled_order_is_renamed(document):
    call("orders/update_status", {"status": "cancelled"}, order_id=document["order_id"])

    assert rename(document, "Rent").status == 200


def test_another_customers_document_is_not_renamed(document):
    reply = rename(document, "Mine", as_user="eve")

    assert reply.refusal == (404, "order_not_found")
