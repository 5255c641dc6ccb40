from dataclasses import replace

import pytest

from docket.domain.payments.payment import DisputeStatus, PaymentStatus
from docket.domain.reason import Reason
from docket.table import client
from docket.table.client import ConditionFailed, Put
from docket.table.orders import payment_items
from tests.make import OID, THEN, a_payment

pytestmark = pytest.mark.usefixtures("table")

STATES = [
    *(a_payment(status=status) for status in PaymentStatus),
    a_payment(failure=Reason("payment_declined")),
    a_payment(status=PaymentStatus.SUCCEEDED, amount_refunded=10),
    a_payment(status=PaymentStatus.SUCCEEDED, dispute=DisputeStatus.OPEN),
]


@pytest.mark.parametrize("stored", STATES)
@pytest.mark.parametrize("old", STATES)
def test_a_transition_is_written_only_from_the_state_it_was_made_from(old, stored):
    client.write(Put(item=payment_items.to_item(stored, at=THEN)))
    new = replace(old, paid_at=THEN)
    write = payment_items.update_write(old, new, at=THEN)

    if old == stored:
        client.write(write)
        assert payment_items.get(OID, "pi_1") == new
    else:
        with pytest.raises(ConditionFailed):
            client.write(write)


def test_all_payments_of_an_order_are_found():
    payments = [a_payment(payment_intent_id=f"pi_{n}") for n in range(3)]
    for payment in payments:
        client.write(payment_items.put(payment, at=THEN))

    assert payment_items.of_order(OID) == payments
