import time

import pytest

from docket.gateways import stripe_pace


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock that only pauses move."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(time, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    return now


def test_calls_are_spaced(clock):
    with stripe_pace.paced(calls_a_second=4):
        for _ in range(8):
            stripe_pace.wait()

    assert clock[0] == 1002.0


def test_slow_calls_are_not_delayed(clock):
    with stripe_pace.paced(calls_a_second=4):
        for _ in range(8):
            stripe_pace.wait()
            clock[0] += 1

    assert clock[0] == 1008.0


def test_another_worker_may_take_over_at_once(clock):
    for _ in range(8):
        with stripe_pace.paced(calls_a_second=4):
            stripe_pace.wait()

    assert clock[0] == 1002.0


def test_other_functions_do_not_wait(clock):
    with stripe_pace.paced(calls_a_second=4):
        pass
    for _ in range(8):
        stripe_pace.wait()

    assert clock[0] == 1000.0
