import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from docket.domain.orders.filenames import NamedDocument
from docket.domain.orders.order import OrderStatus
from docket.runtime.reply_size import MAX_ENVELOPE_BYTES
from tests import table_state
from tests.make import OID, a_document, a_read_document, an_order, numbered
from tests.make_calls import a_request, call, send

pytestmark = pytest.mark.usefixtures("service")


def save(most, *, user_id="ada", status=OrderStatus.PENDING, first=0):
    """Save this number of orders. Returns their ids, the newest first."""
    ids = list(numbered(first + most))[first:]
    for order_id in ids:
        table_state.save(an_order(id=order_id, user_id=user_id, status=status))
    return ids[::-1]


def list_orders(**query):
    return call("orders/list", query=query)


def ids(reply):
    return [order["id"] for order in reply.json]


def pages(**query):
    """The ids of every page, by following the links."""
    ids_by_page = []
    while True:
        reply = list_orders(**query)
        assert reply.status == 200
        ids_by_page.append(ids(reply))
        link = reply.headers.get("Link")
        if link is None:
            return ids_by_page
        url, _, kind = link.partition("; ")
        assert kind == 'rel="next"'
        query = dict(parse_qsl(urlsplit(url.strip("<>")).query))


def test_a_customer_without_orders_gets_an_empty_list():
    reply = list_orders()

    assert (reply.status, reply.json) == (200, [])
    assert "Link" not in reply.headers


def test_a_customers_orders_are_listed_newest_first():
    saved = save(3)
    save(2, user_id="eve", first=5)

    assert ids(list_orders()) == saved


def test_the_links_lead_to_every_order_once():
    saved = save(7)

    assert pages(limit=3) == [saved[:3], saved[3:6], saved[6:]]


def test_a_full_last_page_has_no_link():
    saved = save(4)

    assert pages(limit=2) == [saved[:2], saved[2:]]


def test_a_page_has_25_orders_by_default():
    save(26)

    assert [len(page) for page in pages()] == [25, 1]


def test_orders_are_filtered_by_status():
    pending = save(3)
    cancelled = save(3, status=OrderStatus.CANCELLED, first=3)

    assert pages(limit=2, status="cancelled") == [cancelled[:2], cancelled[2:]]
    assert pages(status="pending") == [pending]
    assert pages(status="completed") == [[]]


def test_a_new_order_does_not_shift_the_pages():
    saved = save(4)
    first = list_orders(limit=2)
    save(1, first=4)

    url = first.headers["Link"].partition(">")[0].strip("<")
    second = list_orders(**dict(parse_qsl(urlsplit(url).query)))

    assert ids(first) + ids(second) == saved


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": -1}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"limit": "1.5"}, "limit"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": f"{OID}'"}, "cursor"),
        ({"cursor": OID.lower()}, "cursor"),
        ({"status": "paid"}, "status"),
        ({"status": ""}, "status"),
    ],
)
def test_an_invalid_parameter_is_named(query, field):
    reply = list_orders(**query)

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == [field]


@pytest.mark.parametrize("limit", [1, 100])
def test_a_limit_is_from_1_to_100(limit):
    save(1)

    assert len(list_orders(limit=limit).json) == 1


def test_a_row_has_what_the_list_shows_but_no_documents():
    documents = (a_read_document("a.pdf", pages=3), a_document("b.pdf"))
    order = an_order(*documents).named_by(added=documents[0])
    table_state.save(order, *documents)

    (row,) = list_orders().json

    assert (row["document_count"], row["in_progress"], row["documents"]) == (2, 1, [])
    assert row["first_filename"] == "a.pdf"
    assert row["progress"]["ready"] == row["progress"]["awaiting_upload"] == 1
    assert row["quote"]["amount"] == 350


def test_a_page_of_large_orders_fits_into_a_reply():
    for order_id in numbered(100):
        name = NamedDocument(id=f"{order_id}-1", filename='"ы' * 120)
        table_state.save(an_order(id=order_id, title='"ы' * 100, named_document=name))

    reply = call("orders/list", query={"limit": 100})

    size = len(json.dumps(vars(reply) | {"status": 200}, ensure_ascii=False).encode())
    assert len(reply.json) == 100
    assert size < MAX_ENVELOPE_BYTES // 10


@pytest.mark.parametrize(
    ("sample", "listed"), [({}, []), ({"sample_order_id": OID}, [OID])], ids=["none", "one"]
)
def test_a_test_key_lists_the_sample_order_only(sample, listed):
    save(3)
    table_state.save(an_order(id=OID, is_sample=True))
    key = {"user_id": "ada", "api_key_id": "K1", "scopes": "", "sample_scopes": "read", **sample}

    for query in ({}, {"status": "pending"}, {"limit": 1}):
        reply = send("orders/list", a_request("GET", "/api/v1/orders", caller=key, query=query))
        assert ids(reply) == listed
        assert "Link" not in reply.headers
