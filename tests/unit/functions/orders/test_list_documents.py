import pytest

from tests.make import OID, a_document, an_order
from tests.make_calls import call
from tests.table_state import save

pytestmark = pytest.mark.usefixtures("service")

DOCUMENTS = sorted(
    (a_document(f"{number}.pdf") for number in range(4)), key=lambda document: document.id
)


@pytest.fixture(autouse=True)
def order(service):
    save(an_order(*DOCUMENTS), *DOCUMENTS)


def list_documents(query=None, **fields):
    return call("orders/list_documents", order_id=OID, query=query, **fields)


def ids(reply):
    return [document["id"] for document in reply.json]


def test_the_documents_are_listed_in_the_order_they_were_added():
    reply = list_documents()

    assert reply.status == 200
    assert ids(reply) == [document.id for document in DOCUMENTS]
    assert reply.json[0]["status"] == "awaiting_upload"
    assert "Link" not in reply.headers


def test_a_page_links_to_the_next_one():
    first = list_documents({"limit": 2})
    last = list_documents({"limit": 2, "cursor": DOCUMENTS[1].id})

    assert first.headers["Link"] == (
        f'</api/v1/orders/{OID}/documents?limit=2&cursor={DOCUMENTS[1].id}>; rel="next"'
    )
    assert [*ids(first), *ids(last)] == [document.id for document in DOCUMENTS]
    assert "Link" not in last.headers


def test_another_customers_documents_are_not_found():
    assert list_documents(as_user="eve").refusal == (404, "order_not_found")


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 101}, {"cursor": "x"}, {"cursor": OID}, {"status": "ready"}]
)
def test_an_invalid_parameter_is_named(query):
    reply = list_documents(query)

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == list(query)
