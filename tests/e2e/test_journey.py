"""The whole journey, as `make demo` makes it, through everything that is deployed."""

import pytest

from local.demo import journey


@pytest.mark.parametrize("stack_name", ["stack", "cognito_stack"])
def test_a_customer_gets_from_registering_to_the_paid_analysis(request, stack_name):
    endpoints = request.getfixturevalue(stack_name)

    done = journey(endpoints, print)

    assert done["status"] == "completed"
    assert (done["documents"], done["pages"]) == (3, 4)
    assert (done["amount"], done["currency"]) == (200 + 4 * 50, "eur")
