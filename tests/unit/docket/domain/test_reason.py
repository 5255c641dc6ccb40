import pytest

from docket.domain import reason
from docket.domain.payments.refund import RefundReason
from docket.domain.reason import Reason


def test_reasons_with_equal_codes_and_parameters_are_equal():
    assert Reason("reading_in_parts", {"done": 1}) == Reason("reading_in_parts", {"done": 1})
    assert Reason("reading_in_parts", {"done": 1}) != Reason("reading_in_parts", {"done": 2})


@pytest.mark.parametrize("refund_reason", sorted(set(RefundReason) - {RefundReason.BY_HAND}))
def test_every_refund_reason_is_a_listed_code(refund_reason):
    assert refund_reason in reason.ORDER_CODES


def test_the_customers_own_cancellation_is_a_listed_code():
    assert reason.CANCELLED_BY_CUSTOMER.code in reason.ORDER_CODES
