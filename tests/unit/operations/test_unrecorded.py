"""Open intents that the table does not have are cancelled, and each act is recorded."""

import pytest

from docket.domain.payments.payment import IntentStatus, RefundStatus
from docket.domain.payments.pricing import Money
from docket.gateways import stripe as gateway
from docket.workflows.audit import audit_context
from docket.workflows.orders import payment as payment_workflow
from operations import snapshot, unrecorded
from operations.deployment import Operator
from tests.make import OID, a_read_document, an_order
from tests.table_state import event_names, get_order, get_refund, save, stored

pytestmark = pytest.mark.usefixtures("service", "stripe")

OPERATOR = Operator(stage="test", pseudonym="0123456789abcdef")
READ = a_read_document()


@pytest.fixture
def intent(stripe):
    """An intent whose payment was not written before the quote changed."""
    save(an_order(READ), READ)
    return gateway.create_intent(get_order(), Money(250, "eur"))


def run(*intents):
    return list(unrecorded.cancel(intents, snapshot.of_table(), OPERATOR))


def acts():
    return [item for item in stored() if item["PK"] == "OPERATOR"]


def test_an_intent_without_a_payment_is_cancelled(intent, stripe):
    (line,) = run(intent)

    assert line == f"{intent.id} of {OID}: canceled at Stripe"
    assert stripe.intent(intent.id).status == "canceled"
    (act,) = acts()
    assert (act["operator"], act["what"]) == (OPERATOR.pseudonym, "cancel_unrecorded")
    assert act["facts"] == {"payment_intent_id": intent.id, "order_id": OID}
    assert event_names() == []


def test_a_repeated_command_cancels_nothing_more(intent):
    run(intent)
    current = gateway.get_intent(intent.id)

    assert current
    assert current.status is IntentStatus.CANCELED
    assert run(current) == []
    assert len(acts()) == 1


def test_an_intent_with_a_payment_is_left_alone(stripe):
    save(an_order(READ), READ)
    intent = payment_workflow.current_intent(get_order(), audit_context("customer"))

    assert run(intent) == []

    assert stripe.intent(intent.id).status == "requires_payment_method"


def test_an_intent_whose_order_is_gone_is_cancelled(stripe):
    intent = gateway.create_intent(an_order(READ), Money(250, "eur"))

    assert run(intent) == [f"{intent.id} of {OID}: canceled at Stripe"]


def test_an_intent_that_was_paid_meanwhile_is_refunded(intent, stripe):
    stripe.pay(intent.id)

    assert run(intent) == [f"{intent.id} of {OID}: succeeded at Stripe"]

    assert get_refund(intent.id).status is RefundStatus.OWED
