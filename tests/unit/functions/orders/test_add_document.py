import base64
import json

import pytest

from tests.make import OID
from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")

PDF = {"filename": "a.pdf", "content_type": "application/pdf", "size": 10}
KEY = {"idempotency-key": "key-1"}


@pytest.fixture
def order():
    return call("orders/create", {}).json["id"]


def add(order, headers=None, as_user="ada", **said):
    return call(
        "orders/add_document", {**PDF, **said}, order_id=order, headers=headers, as_user=as_user
    )


def test_a_document_waits_for_its_file_with_a_ticket_for_exactly_that(order):
    reply = add(order, sha256="ab" * 32)

    fields = reply.json["upload"]["fields"]
    policy = json.loads(base64.b64decode(fields["policy"]))["conditions"]
    assert reply.status == 201
    assert reply.json["status"] == "awaiting_upload"
    assert ["content-length-range", 10, 10] in policy
    assert {"key": f"uploads/ada/{reply.json['id']}"} in policy
    assert {"Content-Type": "application/pdf"} in policy
    assert {"x-amz-checksum-sha256": base64.b64encode(b"\xab" * 32).decode()} in policy


def test_two_files_of_one_name_live_side_by_side(order):
    add(order)
    add(order)

    names = [each["filename"] for each in call("orders/get", order_id=order).json["documents"]]
    assert names == ["a.pdf", "a.pdf"]


def test_one_request_under_a_key_makes_one_document(order):
    first, again = add(order, KEY), add(order, KEY)

    assert again.json["id"] == first.json["id"]
    assert len(call("orders/get", order_id=order).json["documents"]) == 1
    assert add(order, KEY, filename="b.pdf").refusal == (409, "idempotency_key_reused")


def test_the_forty_first_document_is_refused(order):
    for _ in range(40):
        assert add(order).status == 201

    assert add(order).refusal == (409, "order_full")


def test_a_cancelled_order_takes_no_documents(order):
    call("orders/update_status", {"status": "cancelled"}, order_id=order)

    assert add(order).refusal == (409, "order_closed")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"size": 0}, "size"),
        ({"size": 25 * 1024 * 1024 + 1}, "size"),
        ({"filename": "a.exe"}, "filename"),
        ({"content_type": "text/html"}, "content_type"),
        ({"sha256": "nonsense"}, "sha256"),
    ],
)
def test_a_bad_field_is_named(order, said, field):
    assert add(order, **said).fields == [field]


def test_nothing_is_added_to_what_is_not_ones_own(order):
    assert add(order, as_user="eve").refusal == (404, "order_not_found")
    assert add(OID).refusal == (404, "order_not_found")
