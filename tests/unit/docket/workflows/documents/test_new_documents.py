import pytest

from docket.domain.errors import DocumentNotFound
from docket.domain.idempotency import IdempotencyKey
from docket.table.documents import documents
from docket.table.orders import events
from docket.workflows.documents import new_documents
from tests.make import OID, a_document, an_audit_context, an_order
from tests.table_state import save

pytestmark = pytest.mark.usefixtures("service")

AUDIT = an_audit_context()
KEY = IdempotencyKey(user_id="ada", operation="document", key="k", request="1")
A, B = a_document("a.pdf"), a_document("b.pdf")


@pytest.fixture(autouse=True)
def order(service):
    save(an_order())


def test_one_document_is_named_in_its_event_and_several_are_counted():
    new_documents.add([A], AUDIT, None)
    new_documents.add([B, a_document("c.pdf")], AUDIT, None)

    assert {event.name: event.facts for event in events.of_order(OID)} == {
        "document_added": A.facts,
        "documents_added": {"count": 2},
    }


def test_a_repeated_request_returns_the_documents_of_the_first():
    assert new_documents.add([A, B], AUDIT, KEY) == [A, B]

    again = new_documents.add([a_document("c.pdf"), a_document("d.pdf")], AUDIT, KEY)

    assert again == [A, B]


def test_a_removed_document_of_an_earlier_request_is_not_found():
    new_documents.add([A, B], AUDIT, KEY)
    documents.remove("ada", A.id, AUDIT)

    with pytest.raises(DocumentNotFound):
        new_documents.add([a_document("c.pdf"), a_document("d.pdf")], AUDIT, KEY)
