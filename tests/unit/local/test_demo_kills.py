"""The demonstration is repeated until a journey ends before the call was made."""

import json

import pytest

from infra.endpoints import FUNCTIONS as ROWS
from local import demo_kills
from local.demo import StepError
from local.demo_kills import FUNCTIONS, Killed, kill_after_each_call
from local.killed_worker import DONE


@pytest.fixture
def order(tmp_path):
    return tmp_path / "kill.json"


def run(order, journey, function="events/on_upload"):
    return list(kill_after_each_call(function, order, journey, lambda _: None))


def a_function_with(calls, order, outcome="completed"):
    """A journey in which the function makes this number of calls."""

    def journey():
        wanted = json.loads(order.read_text())
        assert wanted["function"] == "docket-local-events-on-upload"
        if wanted["call"] <= calls:
            order.rename(order.with_suffix(DONE))
        return outcome

    return journey


def test_each_call_is_the_last_once(order):
    killed = run(order, a_function_with(3, order))

    assert [it.call for it in killed] == [1, 2, 3]
    assert all(it.is_completed for it in killed)
    assert not order.exists()


def test_a_journey_that_does_not_end_is_reported(order):
    journey = a_function_with(1, order)

    def fails():
        journey()
        raise StepError("reading the documents: not done")

    (killed, *_) = run(order, fails)

    assert killed == Killed("events/on_upload", 1, "reading the documents: not done")
    assert not killed.is_completed


def test_a_function_that_is_invoked_later_is_waited_for(order, monkeypatch):
    monkeypatch.setattr(demo_kills, "FOLLOWING_SECONDS", {"events/on_upload": 1.0})
    monkeypatch.setattr("time.sleep", lambda _: order.rename(order.with_suffix(DONE)))
    calls = []

    def journey():
        calls.append(1)
        if len(calls) > 1:
            monkeypatch.setattr(demo_kills, "FOLLOWING_SECONDS", {})
        return "completed"

    assert [it.call for it in run(order, journey)] == [1]


def test_the_functions_exist():
    assert set(FUNCTIONS) <= {row.name for row in ROWS}
