from urllib.parse import parse_qsl, urlsplit

import pytest

from docket.schemas import version
from tests.make import OID, OTHER_OID, a_read_document, an_order
from tests.make_calls import call
from tests.table_state import delete_all, save

pytestmark = pytest.mark.usefixtures("service")


@pytest.fixture(autouse=True)
def order(service):
    read = a_read_document(pages=3)
    save(an_order(read), read)


def test_an_order_has_its_documents_and_its_quote():
    reply = call("orders/get", order_id=OID)

    assert reply.status == 200
    assert [document["filename"] for document in reply.json["documents"]] == ["invoice.pdf"]
    assert reply.json["quote"]["amount"] == 350
    assert '"amount":350,' in reply.body
    assert reply.json["status_reason"]


def test_another_customers_order_is_like_a_missing_one():
    forbidden = call("orders/get", order_id=OID, as_user="eve")
    missing = call("orders/get", order_id=OTHER_OID, as_user="eve")

    assert forbidden.refusal == (404, "order_not_found")
    assert forbidden.json == missing.json


@pytest.mark.parametrize(
    "order_id", ["1", OID.lower(), "USER", f"{OID}0", "%00", 'a"b', "a\\b", "a\nb"]
)
def test_a_malformed_id_is_not_found(order_id):
    assert call("orders/get", order_id=order_id).refusal == (404, "not_found")


def test_a_request_without_a_caller_is_rejected():
    assert call("orders/get", order_id=OID, as_user=None).refusal == (401, "not_signed_in")


def tag():
    return call("orders/get", order_id=OID).headers["ETag"]


def get_if_changed(etag, **fields):
    return call("orders/get", order_id=OID, headers={"if-none-match": etag}, **fields)


def test_an_unchanged_order_is_not_sent_again():
    etag = tag()

    reply = get_if_changed(etag)

    assert (reply.status, reply.body, reply.headers["ETag"]) == (304, "", etag)
    assert reply.headers["Vary"] == "Authorization"


def test_a_changed_order_is_sent_with_a_new_tag():
    etag = tag()
    call("orders/update_status", {"status": "cancelled"}, order_id=OID)

    reply = get_if_changed(etag)

    assert (reply.status, reply.json["status"]) == (200, "cancelled")
    assert reply.headers["ETag"] != etag


def test_a_tag_of_another_release_is_not_current(monkeypatch):
    etag = tag()
    monkeypatch.setattr(version, "_release", lambda: "other")

    assert get_if_changed(etag).status == 200


def test_another_customers_tag_shows_nothing():
    assert get_if_changed(tag(), as_user="eve").refusal == (404, "order_not_found")
    assert get_if_changed("*", as_user="eve").refusal == (404, "order_not_found")


def test_the_documents_after_the_first_100_are_on_the_next_pages():
    documents = sorted(
        (a_read_document(f"{number}.pdf") for number in range(230)),
        key=lambda document: document.id,
    )
    delete_all()
    save(an_order(*documents), *documents)

    order = call("orders/get", order_id=OID)
    pages = [[document["id"] for document in order.json["documents"]]]
    link = order.headers.get("Link")
    while link:
        query = dict(parse_qsl(urlsplit(link.partition(">")[0].strip("<")).query))
        reply = call("orders/list_documents", order_id=OID, query=query)
        pages.append([document["id"] for document in reply.json])
        link = reply.headers.get("Link")

    ids = [document.id for document in documents]
    assert pages == [ids[:100], ids[100:200], ids[200:]]
    assert order.json["document_count"] == 230
