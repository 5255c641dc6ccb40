from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.orders.sample import with_samples
from docket.domain.reason import SAMPLE_EXPIRED
from docket.runtime.clock import new_id
from docket.table.documents import documents, sample_orders
from docket.table.orders import orders, usage
from tests.make import LIMITS, OID, OTHER_OID, a_document, an_event, an_order
from tests.table_state import interrupted, stored

pytestmark = pytest.mark.usefixtures("table")

DOCUMENTS = [a_document("invoice.pdf"), a_document("receipt.jpg")]
SAMPLE = with_samples(an_order(), DOCUMENTS)


def create(order_id=OID):
    added = [replace(document, id=document.id.replace(OID, order_id, 1)) for document in DOCUMENTS]
    order = with_samples(an_order(id=order_id), added)
    return sample_orders.create_once(order, added, an_event("sample_opened"))


def test_a_sample_order_is_put_with_its_documents():
    assert create() == OID

    assert orders.get("ada", OID) == SAMPLE
    assert {document.id for document in documents.of_order(OID, limit=9)} == {
        document.id for document in DOCUMENTS
    }


def test_a_customer_has_one_sample_order():
    create()
    before = stored()

    assert create(OTHER_OID) == OID
    assert stored() == before


def test_two_requests_at_once_open_one_sample_order():
    with interrupted(create):
        assert create(OTHER_OID) == OID


def expire():
    event = an_event("sample_expired", at=SAMPLE.expires_at)
    assert orders.expire("ada", OID, event, reason=SAMPLE_EXPIRED, grace=timedelta())


def test_an_expired_sample_order_is_replaced_once():
    create()
    expire()

    assert create(OTHER_OID) == OTHER_OID
    assert create(new_id()) == OTHER_OID


def test_two_requests_at_once_replace_an_expired_sample_order_once():
    create()
    expire()

    with interrupted(lambda: create(OTHER_OID)):
        assert create(new_id()) == OTHER_OID


def test_a_sample_order_uses_no_limit():
    create()

    used = usage.get("ada")
    assert (used.unpaid_orders, used.unpaid_pages, used.documents_added) == (0, 0, 0)
    assert used.sample_order_id == OID
    orders.create_order(an_order(id=OTHER_OID), an_event(), limits=LIMITS)
    assert usage.get("ada").unpaid_orders == 1
    assert usage.get("ada").sample_order_id == OID
