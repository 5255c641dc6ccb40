import base64
import json

import pytest

from docket.table import documents
from tests import table_state
from tests.make import OID, OTHER_OID, an_order
from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")

FILE = {"filename": "Invoice März.pdf", "content_type": "application/pdf", "size": 1000}
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def order(service):
    save()


def save(order_id=OID, documents=()):
    table_state.save(an_order(*documents, id=order_id), *documents)


def add(body=None, *, order_id=OID, key=None, **fields):
    headers = {"idempotency-key": key} if key else None
    return call(
        "orders/add_document", FILE | (body or {}), order_id=order_id, headers=headers, **fields
    )


def stored_documents(order_id=OID):
    return tuple(documents.of_order(order_id, limit=1000))


def test_a_document_has_an_upload_form_for_its_file():
    reply = add({"sha256": "ab" * 32})

    assert reply.status == 201
    document = reply.json
    assert (document["status"], document["order_id"]) == ("awaiting_upload", OID)
    assert document["filename"] == "Invoice März.pdf"
    fields = document["upload"]["fields"]
    policy = json.loads(base64.b64decode(fields["policy"]))
    assert {"key": f"uploads/ada/{document['id']}"} in policy["conditions"]
    assert ["content-length-range", 1000, 1000] in policy["conditions"]
    assert {"Content-Type": "application/pdf"} in policy["conditions"]
    checksum = base64.b64encode(bytes.fromhex("ab" * 32)).decode()
    assert {"x-amz-checksum-sha256": checksum} in policy["conditions"]
    assert document["upload"]["expires_at"].endswith("Z")


def test_two_documents_can_have_the_same_filename():
    first, second = add().json, add().json

    assert first["id"] != second["id"]
    assert [document.filename for document in stored_documents()] == ["Invoice März.pdf"] * 2


def test_a_repeated_request_adds_one_document():
    first, second = add(key="key-1"), add(key="key-1")

    assert second.status == 201
    assert first.json["id"] == second.json["id"]
    assert len(stored_documents()) == 1


def test_another_request_with_the_same_key_is_a_conflict():
    add(key="key-1")

    assert add({"size": 2}, key="key-1").refusal == (409, "idempotency_key_reused")
    assert len(stored_documents()) == 1


def test_a_key_belongs_to_one_order():
    save(OTHER_OID)

    assert add(key="key-1").json["id"] != add(key="key-1", order_id=OTHER_OID).json["id"]


def test_a_501st_document_is_rejected():
    table_state.save(an_order(id=OTHER_OID, documents=499))

    assert add(order_id=OTHER_OID, key="key-1").status == 201
    assert add(order_id=OTHER_OID).refusal == (409, "order_full")
    assert add(order_id=OTHER_OID, key="key-1").status == 201


def test_another_customers_order_is_not_found():
    assert add(as_user="eve").refusal == (404, "order_not_found")
    assert stored_documents() == ()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"size": 0}, ["size"]),
        ({"size": 25 * MB + 1}, ["size"]),
        ({"filename": "program.exe"}, ["filename"]),
        ({"filename": "\u202e.pdf"}, ["filename"]),
        ({"filename": "x" * 252 + ".pdf"}, ["filename"]),
        ({"content_type": "text/html"}, ["content_type"]),
        ({"sha256": "AB" * 32}, ["sha256"]),
        ({"key": "uploads/eve/x"}, ["key"]),
        ({"size": 0, "filename": ""}, ["filename", "size"]),
    ],
)
def test_every_invalid_field_is_named(changes, fields):
    reply = add(changes)

    assert reply.refusal == (400, "bad_input")
    assert sorted(reply.fields) == fields
    assert stored_documents() == ()


def test_a_file_of_25_mb_is_accepted():
    assert add({"size": 25 * MB}).status == 201


def test_a_filename_loses_its_path_and_invisible_characters():
    assert add({"filename": "..\\..\\gpj.\u202efdp\x00.pdf"}).json["filename"] == "gpj.fdp.pdf"


def test_only_the_upload_form_shows_where_a_file_is_stored():
    reply = add().json
    del reply["upload"]

    assert "uploads/" not in json.dumps(reply)
