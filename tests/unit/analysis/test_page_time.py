"""The time that a page has: more by the clock while its child could not work."""

import os

import pytest

from analysis.sandbox.page_time import PageTime, processor_seconds


class Machine:
    """A clock, and the processor time of a child."""

    now = used = 0.0

    def page_time(self, seconds=10.0, deadline=1000.0):
        return PageTime(seconds, deadline, lambda: self.used, lambda: self.now)


@pytest.mark.parametrize(
    ("now", "used", "left"),
    [
        (4.0, 4.0, 6.0),
        (11.0, 2.0, 1.0),
        (11.0, 10.0, -1.0),
        (39.5, 2.0, 0.5),
        (41.0, 2.0, -1.0),
    ],
    ids=["in time", "without processor", "all used", "near the limit", "beyond the limit"],
)
def test_a_page_has_its_seconds_of_work_but_not_for_ever(now, used, left):
    machine = Machine()
    page_time = machine.page_time()

    machine.now, machine.used = now, used

    assert page_time.left() == left


def test_what_the_child_used_before_the_page_does_not_count():
    machine = Machine()
    machine.used = 50.0
    page_time = machine.page_time()

    machine.now, machine.used = 11.0, 52.0

    assert page_time.left() > 0


def test_the_deadline_of_the_document_is_not_extended():
    machine = Machine()
    page_time = machine.page_time(deadline=8.0)

    machine.now = 8.0

    assert page_time.left() <= 0


def test_a_page_without_time_is_over_at_once():
    assert Machine().page_time(seconds=0.0).left() <= 0


def test_the_processor_time_of_a_process_is_known():
    assert 0 < processor_seconds(os.getpid()) < float("inf")


def test_a_process_that_is_gone_has_no_time_left():
    assert processor_seconds(2**22 + 1) == float("inf")
