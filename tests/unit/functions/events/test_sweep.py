import time
from datetime import timedelta

import pytest

from docket.domain.order import PAYMENT_CHECK, READING_DEADLINE
from docket.gateways import s3
from docket.runtime import clock
from docket.table import orders
from functions.events import sweep
from tests.make import OID, OTHER_OID, a_document, a_read_document, an_event, an_order
from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")


@pytest.fixture
def cancelled_and_paid(service, stripe):
    """Two orders that were cancelled with a payment open, and then paid. Their intents."""
    intents = []
    for order_id in (OID, OTHER_OID):
        order = an_order(id=order_id, documents=(a_read_document(),))
        orders.create_order(order, an_event("opened"))
        intent = call("payments/create_intent", order_id=order_id).json["payment_intent_id"]
        call("orders/update_status", {"status": "cancelled"}, order_id=order_id)
        stripe.pay(intent)
        intents.append(intent)
    return intents


def test_every_order_that_is_owed_something_is_seen_to(stripe, cancelled_and_paid):
    assert sweep.handler({}, None) == {"seen": 2, "failed": 0}

    assert [stripe.refunds(intent) for intent in cancelled_and_paid] == [[250], [250]]
    assert sweep.handler({}, None) == {"seen": 0, "failed": 0}


def test_what_failed_is_counted_and_seen_to_the_next_time(stripe, cancelled_and_paid, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    stripe.fails(path=f"/v1/payment_intents/{cancelled_and_paid[0]}")

    assert sweep.handler({}, None) == {"seen": 2, "failed": 1}
    stripe.recovers()
    later = clock.now() + PAYMENT_CHECK
    monkeypatch.setattr(clock, "now", lambda: later)

    # The refund that was made is due one more look: it has not changed since.
    assert sweep.handler({}, None) == {"seen": 2, "failed": 0}
    assert [stripe.refunds(intent) for intent in cancelled_and_paid] == [[250], [250]]


def test_a_sweep_that_can_do_nothing_fails(stripe, cancelled_and_paid, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    stripe.fails()

    with pytest.raises(sweep.SweepFailed):
        sweep.handler({}, None)


def test_everything_that_is_stored_of_a_removed_document_is_erased(bucket):
    document = a_read_document()
    orders.create_order(an_order(documents=(document,)), an_event("opened"))
    bucket.upload(document.id)
    s3.put_result(document.id, "v1", b"{}")
    s3.put_part(document.id, "v1", range(12), b"{}")
    call("documents/delete", document_id=document.id)

    assert sweep.handler({}, None) == {"seen": 1, "failed": 0}

    assert bucket.every_version() == []


def test_an_upload_whose_message_was_lost_is_asked_for(bucket, queue, monkeypatch):
    document = a_document()
    orders.create_order(an_order(documents=(document,)), an_event("opened"))
    bucket.upload(document.id)
    late = clock.now() + READING_DEADLINE + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: late)

    assert sweep.handler({}, None) == {"seen": 1, "failed": 0}

    assert len(queue.receive_all()) == 1
