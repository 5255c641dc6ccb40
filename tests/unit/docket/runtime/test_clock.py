import re
from datetime import UTC

from docket.runtime import clock
from docket.schemas.ids import ULID


def test_now_is_in_utc_and_as_fine_as_it_is_kept():
    from_iso = clock.now()

    assert from_iso.tzinfo is UTC
    assert from_iso.microsecond % 1000 == 0


def test_new_ids_are_ulids_and_never_twice_the_same():
    made = [clock.new_id() for _ in range(1000)]

    assert all(re.fullmatch(ULID, each) for each in made)
    assert len(set(made)) == 1000
