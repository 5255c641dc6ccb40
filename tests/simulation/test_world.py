from random import Random

import pytest

from tests.simulation.clock import Clock
from tests.simulation.faults import Crash, Fault, Faults
from tests.simulation.world import MAX_SKEW_SECONDS, Run, Stuck, TimedOut, World


def world(seed=1, **rates):
    clock, random = Clock(), Random(seed)
    faults = Faults(random, {Fault[name.upper()]: rate for name, rate in rates.items()})
    return World(clock, faults, random)


def test_events_happen_in_the_order_of_their_time():
    life, order = world(), []
    for seconds in (3, 1, 2):
        life.after(seconds, lambda seconds=seconds: order.append(seconds))

    life.run(10)

    assert order == [1, 2, 3]


def story(seed):
    """Two handlers that overlap, as the steps that they took."""
    life, steps = world(seed), []

    def handler(name):
        for number in range(5):
            steps.append(f"{name}{number}")
            life.clock.sleep(life._random.uniform(0, 1))

    life.start("a", lambda: handler("a"))
    life.start("b", lambda: handler("b"))
    life.run_dry(within_seconds=60)
    return steps


def test_handlers_interleave_at_their_waits():
    steps = story(1)

    assert sorted(steps) == [f"{name}{number}" for name in "ab" for number in range(5)]
    assert steps not in (sorted(steps), sorted(steps, key=lambda step: (step[0] == "a", step)))


def test_a_seed_gives_one_story_and_another_seed_another():
    assert story(7) == story(7)
    assert len({tuple(story(seed)) for seed in range(5)}) > 1


def test_a_handler_ends_at_its_time_limit():
    life = world()
    runs: list[Run] = []

    life.start("slow", lambda: life.clock.sleep(100), done=runs.append, timeout_seconds=3)
    before = life.clock.true_time()
    life.run_dry(within_seconds=1000)

    assert isinstance(runs[0].raised, TimedOut)
    assert life.clock.true_time() - before == pytest.approx(3)


def test_a_crash_ends_only_its_handler():
    life = world()
    runs: list[Run] = []

    def crash():
        raise Crash("here")

    life.start("a", crash, done=runs.append)
    life.start("b", lambda: "fine", done=runs.append)
    life.run_dry(within_seconds=1)

    assert {run.name for run in runs} == {"a", "b"}
    assert [run.name for run in life.crashes] == ["a"]
    assert life.call("c", lambda: 3).reply == 3


def test_a_schedule_fires_until_the_end_and_is_sometimes_doubled_or_lost():
    life, times = world(timer_doubled=0.2, timer_lost=0.2), []

    life.every(60, "dispatch", lambda: times.append(life.clock.true_time()))
    life.run(60 * 1000)

    counts = life.faults.counts()
    assert len(times) == 1000 - counts[Fault.TIMER_LOST] + counts[Fault.TIMER_DOUBLED]
    assert min(counts.values()) > 100


@pytest.mark.parametrize(("failures", "times"), [(0, [0]), (1, [0, 60]), (9, [0, 60, 180])])
def test_an_asynchronous_invocation_is_repeated_twice(failures, times):
    life, attempts = world(), []
    begin = life.clock.true_time()

    def handler():
        attempts.append(round(life.clock.true_time() - begin))
        if len(attempts) <= failures:
            raise ValueError

    life.invoke_async("dispatch", handler)
    life.run_dry(within_seconds=1000)

    assert attempts == times


def test_a_life_that_does_not_run_dry_is_stuck():
    life = world()

    def again():
        life.after(1, again)

    again()
    with pytest.raises(Stuck):
        life.run_dry(within_seconds=60)


def test_a_function_may_have_a_clock_that_is_wrong():
    life, skews = world(clock_skew=1), []

    for _ in range(20):
        life.call("a", lambda: skews.append(life.clock.time() - life.clock.true_time()))

    assert max(map(abs, skews)) <= MAX_SKEW_SECONDS
    assert len({round(skew, 3) for skew in skews}) == 20


def test_no_handler_continues_after_the_end_of_its_life():
    life, steps = world(), []

    def handler():
        try:
            life.clock.sleep(50)
        finally:
            steps.append("cleanup")
            life.clock.sleep(1)
            steps.append("must not happen")

    life.start("a", handler)
    life.run(10)
    life.close()

    assert steps == ["cleanup"]
