"""What a run of many lives must show."""

from collections import Counter

import pytest

from tests.simulation.environment.lives import Lives
from tests.simulation.faults import Fault
from tests.simulation.proof.kinds import FAULTS
from tests.simulation.proof.progress import Total
from tests.simulation.proof.prove import FEWEST, MOST_ROUNDS, WHOLE_RUN, live_all, problems_of


def a_whole_run(faults, *, cost=1.0):
    return Total(
        lives=WHOLE_RUN,
        seconds=cost * WHOLE_RUN,
        loop_seconds=WHOLE_RUN,
        firings=Counter(dict.fromkeys(faults, FEWEST)),
    )


def test_a_run_of_one_kind_needs_only_the_faults_of_that_kind():
    for kind in ("orders", "accounts"):
        assert list(problems_of(a_whole_run(FAULTS[kind]), [kind])) == []


def test_a_run_of_both_kinds_needs_all_faults():
    problems = list(problems_of(a_whole_run(FAULTS["orders"]), ["orders", "accounts"]))

    assert f"{Fault.MAIL_LATE} fired 0 times only" in problems
    assert list(problems_of(a_whole_run(Fault), ["orders", "accounts"])) == []


def test_lives_that_cost_more_than_is_wanted_are_a_problem():
    run = a_whole_run(Fault, cost=MOST_ROUNDS + 1)

    assert "rounds of the fixed loop" in "".join(problems_of(run, ["orders", "accounts"]))


def test_a_short_run_needs_no_faults():
    assert list(problems_of(Total(lives=10), ["orders"])) == []


class FailingLives(Lives):
    """Lives that cannot be run, as by an error of the simulation itself."""

    def __init__(self):
        """Needs no process."""

    def steps(self, seed):
        return []

    def _live(self, aws, seed, without_steps):
        raise NotImplementedError

    def live(self, seed, *, suppressed=(), without_steps=(), faults=None):
        raise KeyError("has_more")


def test_an_error_of_the_simulation_names_the_seed():
    with pytest.raises(KeyError) as raised:
        live_all(FailingLives(), range(7, 9))

    assert raised.value.__notes__ == ["in the life of seed 7"]
