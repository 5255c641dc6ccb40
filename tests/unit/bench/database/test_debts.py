"""The load of a stage, at a size that runs in a second. `make bench-debts` has the whole load."""

import pytest

from bench.database.debts import measure


@pytest.mark.parametrize(("count", "owed"), [(0, 0), (200, 0), (200, 60)])
def test_a_lost_webhook_is_repaired_within_two_minutes_of_the_payment(count, owed):
    measured = measure(uploads=count, payments=count, owed=owed, paid_after=72)

    assert measured.seconds is not None
    assert measured.seconds <= 120
    assert measured.busiest_second <= 25
    assert (measured.uploads_checked, measured.payments_cancelled) == (count, count)
    assert measured.refunded == owed
