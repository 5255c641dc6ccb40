import base64
import json

import pytest

from docket.table.documents import documents
from tests import table_state
from tests.fakes import upload_key
from tests.make import OID, OTHER_OID, a_read_document, an_order
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
    assert {"key": upload_key(document["id"])} in policy["conditions"]
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


def add_several(*requests, key=None, **fields):
    headers = {"idempotency-key": key} if key else None
    body = {"documents": [FILE | file for file in requests]}
    return call("orders/add_document", body, order_id=OID, headers=headers, **fields)


def test_several_documents_are_added_at_once_each_with_its_form():
    reply = add_several(*({"filename": f"{number}.pdf"} for number in range(20)))

    assert reply.status == 201
    created = reply.json["documents"]
    assert [document["filename"] for document in created] == [f"{n}.pdf" for n in range(20)]
    assert {document["id"] for document in created} == {
        document.id for document in stored_documents()
    }
    for document in created:
        assert document["id"] in document["upload"]["fields"]["key"]
    order = call("orders/get", order_id=OID).json
    assert (order["document_count"], order["first_filename"]) == (20, "0.pdf")
    (event,) = call("orders/list_events", order_id=OID).json
    assert (event["what"], event["facts"]) == ("documents_added", {"count": 20})


def test_a_list_of_one_document_is_answered_by_a_list():
    (document,) = add_several({}).json["documents"]

    assert document["filename"] == FILE["filename"]


def test_a_key_covers_the_whole_list():
    requests = [{"filename": "a.pdf"}, {"filename": "b.pdf"}]
    first, second = (add_several(*requests, key="key-1").json for _ in range(2))

    assert [document["id"] for document in first["documents"]] == [
        document["id"] for document in second["documents"]
    ]
    assert len(stored_documents()) == 2
    assert add_several(requests[0], key="key-1").refusal == (409, "idempotency_key_reused")
    assert add(requests[0], key="key-1").refusal == (409, "idempotency_key_reused")


def test_a_repeated_request_for_a_removed_document_is_not_found():
    first, _ = add_several({}, {}, key="key-1").json["documents"]
    call("documents/delete", document_id=first["id"])

    assert add_several({}, {}, key="key-1").refusal == (404, "document_not_found")


def test_a_list_is_added_as_a_whole_or_not_at_all():
    table_state.save(an_order(documents=481))

    reply = add_several(*[{}] * 20)

    assert reply.refusal == (409, "order_full")
    assert reply.json["params"] == {"max_documents": 500}
    assert stored_documents() == ()


@pytest.mark.parametrize(
    ("requests", "fields"),
    [
        ([{}, {"size": 0}], ["documents.1.size"]),
        ([{"filename": "a.exe"}, {}, {"key": "x"}], ["documents.0.filename", "documents.2.key"]),
        ([], ["documents"]),
        ([{}] * 21, ["documents"]),
    ],
)
def test_every_invalid_field_of_a_list_is_named_with_its_index(requests, fields):
    reply = add_several(*requests)

    assert reply.refusal == (400, "bad_input")
    assert sorted(reply.fields) == fields
    assert all(detail["error"] for detail in reply.json["details"])
    assert stored_documents() == ()


def test_too_many_documents_are_to_be_sent_in_another_request():
    (detail,) = add_several(*[{}] * 21).json["details"]

    assert (detail["code"], detail["params"]) == ("too_many_items", {"max_length": 20})
    assert "another request" in detail["error"]


@pytest.mark.parametrize("body", [{"documents": 3}, {"documents": [7]}, [FILE], "text"])
def test_a_body_of_another_shape_is_rejected(body):
    reply = call("orders/add_document", json.dumps(body), order_id=OID)

    assert reply.refusal == (400, "bad_input")


def test_the_limit_of_a_day_states_its_value_and_when_to_go_on(monkeypatch):
    monkeypatch.setenv("DOCKET_DOCUMENTS_A_DAY", "2")
    add_several({}, {})

    reply = add()

    assert reply.refusal == (429, "too_many_tries")
    seconds = int(reply.headers["Retry-After"])
    assert 0 < seconds <= 24 * 60 * 60
    assert reply.json["params"] == {
        "context": "documents_a_day",
        "most": 2,
        "retry_after": seconds,
    }
    assert "2 a day" in reply.json["error"]


def test_the_limit_of_unpaid_pages_states_its_value_and_how_to_go_on(monkeypatch):
    monkeypatch.setenv("DOCKET_UNPAID_PAGES", "3")
    read = a_read_document(pages=3)
    save(OTHER_OID, (read,))

    reply = add(order_id=OTHER_OID)

    assert reply.refusal == (409, "limit_reached")
    assert reply.json["params"] == {"context": "unpaid_pages", "most": 3}
    assert "Pay for one of them or cancel one" in reply.json["error"]
