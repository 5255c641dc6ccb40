import re
from datetime import UTC

from docket.runtime import clock
from docket.schemas.ids import ULID


def test_now_is_in_utc_with_milliseconds():
    now = clock.now()

    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0


def test_new_ids_are_unique_ulids():
    ids = [clock.new_id() for _ in range(1000)]

    assert all(re.fullmatch(ULID, new_id) for new_id in ids)
    assert len(set(ids)) == 1000
