"""The journey of `make demo` on the deployed stack."""

from local.demo import journey


def test_a_customer_registers_pays_and_gets_the_analysis(each_stack):
    summary = journey(each_stack, print)

    assert summary["status"] == "completed"
    assert (summary["documents"], summary["pages"]) == (3, 4)
    assert summary["corrected"] == 1
    assert (summary["amount"], summary["currency"]) == (200 + 4 * 50, "eur")
