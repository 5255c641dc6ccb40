from datetime import timedelta

import pytest

from docket.workflows.documents.customer_limits import (
    completion_guarantee,
    customer_limits,
    order_expiry,
)

pytestmark = pytest.mark.usefixtures("service")


def test_the_limits_are_those_of_the_stage():
    limits = customer_limits()

    assert (limits.unpaid_orders, limits.unpaid_pages, limits.documents_a_day) == (20, 2000, 1000)
    assert limits.share == 2


def test_the_deadlines_are_those_of_the_stage():
    assert order_expiry() == timedelta(days=30)
    assert completion_guarantee() == timedelta(hours=2)
