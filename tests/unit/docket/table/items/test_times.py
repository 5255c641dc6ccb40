from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from docket.table.items.times import from_iso, to_iso
from tests.make import THEN

moments = st.integers(min_value=-(10**12), max_value=10**12).map(
    lambda milliseconds: THEN + timedelta(milliseconds=milliseconds)
)


@given(moments)
def test_a_time_is_parsed_as_it_was_formatted(at):
    assert from_iso(to_iso(at)) == at


@given(moments, moments)
def test_formatted_times_sort_by_time(first, second):
    assert (to_iso(first) < to_iso(second)) == (first < second)


def test_a_time_of_another_zone_is_formatted_in_utc():
    at = datetime(2026, 11, 2, 10, 30, tzinfo=timezone(timedelta(hours=1)))

    assert to_iso(at) == "2026-11-02T09:30:00.000+00:00"
