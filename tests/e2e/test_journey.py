"""The journey of `make demo` on the deployed stack."""

import pytest

from local.demo import journey


@pytest.mark.parametrize("stack_name", ["stack", "cognito_stack"])
def test_a_customer_registers_pays_and_gets_the_analysis(request, stack_name):
    endpoints = request.getfixturevalue(stack_name)

    summary = journey(endpoints, print)

    assert summary["status"] == "completed"
    assert (summary["documents"], summary["pages"]) == (3, 4)
    assert summary["corrected"] == 1
    assert (summary["amount"], summary["currency"]) == (200 + 4 * 50, "eur")
