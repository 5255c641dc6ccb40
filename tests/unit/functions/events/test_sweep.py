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
def intents_of_cancelled_orders(service, stripe):
    """The intents of two orders that were cancelled with an open payment and then paid."""
    intents = []
    for order_id in (OID, OTHER_OID):
        order = an_order(id=order_id, documents=(a_read_document(),))
        orders.create_order(order, an_event("opened"))
        intent = call("payments/create_intent", order_id=order_id).json["payment_intent_id"]
        call("orders/update_status", {"status": "cancelled"}, order_id=order_id)
        stripe.pay(intent)
        intents.append(intent)
    return intents


def test_every_due_order_is_checked(stripe, intents_of_cancelled_orders):
    assert sweep.handler({}, None) == {"due": 2, "failed": 0}

    assert [stripe.refunds(intent) for intent in intents_of_cancelled_orders] == [[250], [250]]
    assert sweep.handler({}, None) == {"due": 0, "failed": 0}


def test_a_failure_is_counted_and_repeated_by_the_next_sweep(
    stripe, intents_of_cancelled_orders, monkeypatch
):
    stripe.fail_calls(path=f"/v1/payment_intents/{intents_of_cancelled_orders[0]}")

    assert sweep.handler({}, None) == {"due": 2, "failed": 1}
    stripe.restore()
    later = clock.now() + PAYMENT_CHECK
    monkeypatch.setattr(clock, "now", lambda: later)

    # The order with a refund is checked once more until the refund has not changed.
    assert sweep.handler({}, None) == {"due": 2, "failed": 0}
    assert [stripe.refunds(intent) for intent in intents_of_cancelled_orders] == [[250], [250]]


def test_a_sweep_without_a_success_fails(stripe, intents_of_cancelled_orders):
    stripe.fail_calls()

    with pytest.raises(sweep.SweepFailed):
        sweep.handler({}, None)


def test_a_removed_document_is_erased(bucket):
    document = a_read_document()
    orders.create_order(an_order(documents=(document,)), an_event("opened"))
    bucket.upload(document.id)
    s3.put_result(document.id, "v1", b"{}")
    s3.put_part(document.id, "v1", range(12), b"{}")
    call("documents/delete", document_id=document.id)

    assert sweep.handler({}, None) == {"due": 1, "failed": 0}

    assert bucket.every_version() == []


def test_an_upload_whose_message_was_lost_is_queued(bucket, queue, monkeypatch):
    document = a_document()
    orders.create_order(an_order(documents=(document,)), an_event("opened"))
    bucket.upload(document.id)
    late = clock.now() + READING_DEADLINE + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: late)

    assert sweep.handler({}, None) == {"due": 1, "failed": 0}

    assert len(queue.receive_all()) == 1
