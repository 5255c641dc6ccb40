"""The load of a stage, at a size that runs in a second. `make bench-debts` has the whole load."""

import pytest

from bench.debts import measure


@pytest.mark.parametrize("each", [0, 200])
def test_a_lost_webhook_is_repaired_within_two_minutes_of_the_payment(each):
    measured = measure(uploads=each, payments=each)

    assert measured.seconds is not None
    assert measured.seconds <= 120
    assert measured.busiest_second <= 25
    assert (measured.uploads_checked, measured.payments_cancelled) == (each, each)
