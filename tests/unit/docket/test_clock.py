import re
from datetime import UTC

from docket import clock
from docket.contract.ids import ULID


def test_now_is_in_utc_and_as_fine_as_it_is_kept():
    moment = clock.now()

    assert moment.tzinfo is UTC
    assert moment.microsecond % 1000 == 0


def test_new_ids_are_ulids_and_never_twice_the_same():
    made = [clock.new_id() for _ in range(1000)]

    assert all(re.fullmatch(ULID, each) for each in made)
    assert len(set(made)) == 1000


def test_an_act_has_one_moment_and_its_events_have_ids_of_their_own():
    on = clock.occasion("sweeper")

    first, second = on.event("a"), on.event("b")

    assert first.actor == second.actor == "sweeper"
    assert first.at == second.at == on.at
    assert first.id != second.id
