"""Lives with the real functions: what holds always and in the end, in a part of `make prove`."""

import os
from random import Random

import pytest

from docket.table.payments import payments
from tests.simulation.breaks import broken
from tests.simulation.environment.stage import SCANNING_LIVES
from tests.simulation.faults import OF_LIVES, Fault, Faults
from tests.simulation.orders.broken import BROKEN
from tests.simulation.orders.life import order_lives
from tests.simulation.proof.progress import Total
from tests.simulation.proof.prove import live_all, report
from tests.simulation.proof.shrinking import smallest, story

LIVES = int(os.environ.get("LIVES", "1000"))
PARTS = 8


@pytest.fixture(scope="module")
def lives():
    with order_lives() as lives:
        yield lives


@pytest.mark.parametrize("part", range(PARTS))
def test_lives_end_as_promised(part, lives):
    total = live_all(lives, range(part * LIVES // PARTS, (part + 1) * LIVES // PARTS))

    stories = [story(smallest(lives, seed)) for seed in total.failing]
    assert stories == []
    assert total.lives == LIVES // PARTS


def test_a_life_without_faults_is_as_its_customers_want(lives):
    ended = [lives.live(seed, faults=Faults) for seed in range(20)]

    assert [life.violations for life in ended] == [[]] * 20
    assert all(not life.firings for life in ended)
    assert sum(life.states["completed, succeeded"] for life in ended) > 5


def test_every_kind_of_fault_of_customers_and_stripe_happens(lives):
    def often(random, suppressed):
        return Faults(random, dict.fromkeys(OF_LIVES, 0.4), suppressed)

    ended = [lives.live(seed, faults=often) for seed in range(25)]

    assert [life.violations for life in ended] == [[]] * 25
    assert {firing.fault for life in ended for firing in life.firings} == OF_LIVES


def test_a_seed_is_one_life(lives):
    first, again = lives.live(11), lives.live(11)

    assert first.story() == again.story()
    assert first.story() != lives.live(12).story()


def test_a_failing_life_becomes_a_story_of_a_few_steps(lives):
    wrong = BROKEN[0]
    with broken(wrong):
        seeds = (wrong.seed, *range(300))
        seed = next(seed for seed in seeds if lives.live(seed).violations)
        small = smallest(lives, seed, most_lives=15)

    whole = lives.live(seed)
    assert len(small.ended.firings) < len(whole.firings)
    assert small.ended.steps < whole.steps
    assert "step" in story(small)
    assert "violations:" in story(small)


def test_a_run_is_reported_with_its_faults_and_states():
    total = Total(lives=2, seconds=0.05, longest=0.03, loop_seconds=0.001)
    total.coverage["pending, open", Fault.CONFLICT] = 1234
    total.firings[Fault.CONFLICT] = 1234

    text = report(total)

    assert "2 lives, 25.0 ms each, as 50 rounds of the fixed loop" in text
    assert "the longest 30 ms" in text
    assert "1234  transaction conflict" in text
    assert "  pending, open" in text
    assert "1k" in text


def test_the_functions_are_whole_again_after_a_broken_version(lives):
    before = payments.record_success
    with broken(BROKEN[2]):
        assert payments.record_success is not before

    assert payments.record_success is before


def test_an_infected_file_is_neither_read_nor_charged(lives):
    always = {Fault.MALWARE_FOUND: 1.0}
    scanning = [seed for seed in range(40) if Random(f"{seed} stage").random() < SCANNING_LIVES]

    ended = [
        lives.live(seed, faults=lambda random, suppressed: Faults(random, always, suppressed))
        for seed in scanning
    ]

    assert [life.violations for life in ended] == [[]] * len(scanning)
    assert {firing.fault for life in ended for firing in life.firings} == {Fault.MALWARE_FOUND}
    assert not any(life.states["completed, succeeded"] for life in ended)
