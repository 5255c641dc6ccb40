"""An order is shown with its payments at Stripe, its objects and its history."""

import pytest

from docket.domain.errors import OrderNotFound
from docket.table.orders import orders
from docket.workflows.audit import audit_context
from docket.workflows.orders import payment as payment_workflow
from operations import show, snapshot
from tests.make import OID, a_read_document, an_order
from tests.table_state import save


def lines_of(order_id=OID):
    return "\n".join(show.lines(snapshot.of_table(), order_id, "test"))


def test_an_order_is_shown_without_names_of_files(bucket, stripe, stage_queues):
    document = a_read_document("secret.pdf")
    save(an_order(document, title="Secret title"), document)
    upload = bucket.upload(document.id)
    order = orders.get("ada", OID)
    intent = payment_workflow.current_intent(order, audit_context("customer"))
    stripe.pay(intent.id)
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 100})

    text = lines_of()

    assert f"document {document.id} ready" in text
    assert upload.version in text
    assert f"payment  {intent.id} open" in text
    assert "at Stripe: succeeded" in text
    assert "at Stripe: refund re_" in text
    assert "payment_started by customer" in text
    assert "debt     housekeeping" in text
    assert "docket-test-uploads-dead-letters: 0 waiting" in text
    assert "ecret" not in text


def test_an_order_that_does_not_exist_is_not_found(table):
    with pytest.raises(OrderNotFound):
        lines_of()
