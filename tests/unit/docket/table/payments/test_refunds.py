import pytest

from docket.domain.payments.refund import Refund, RefundReason
from docket.table import client
from docket.table.client import ConditionFailed
from docket.table.payments import refunds
from tests.make import OID, THEN, a_payment

pytestmark = pytest.mark.usefixtures("table")

OWED = Refund.owed(a_payment(), RefundReason.QUOTE_CHANGED, at=THEN)
REQUESTED = OWED.requested("re_1", at=THEN)


def test_a_payment_is_refunded_once():
    client.write(refunds.put(OWED, at=THEN))

    with pytest.raises(ConditionFailed):
        client.write(refunds.put(REQUESTED, at=THEN))
    assert refunds.of_order(OID) == [OWED]


def test_a_refund_that_was_requested_is_not_requested_again():
    client.write(refunds.put(OWED, at=THEN))
    client.write(refunds.update_write(OWED, REQUESTED, at=THEN))

    with pytest.raises(ConditionFailed):
        client.write(refunds.update_write(OWED, OWED.requested("re_2", at=THEN), at=THEN))
    assert refunds.get(OID, "pi_1") == REQUESTED


def test_a_failure_of_an_earlier_attempt_is_not_tried_again():
    failed = REQUESTED.failed(at=THEN)
    again = failed.retried(at=THEN).requested("re_2", at=THEN).failed(at=THEN)
    client.write(refunds.put(again, at=THEN))

    with pytest.raises(ConditionFailed):
        client.write(refunds.update_write(failed, failed.retried(at=THEN), at=THEN))
