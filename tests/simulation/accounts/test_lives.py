"""Lives of accounts with the real functions, in a part of `make prove KIND=accounts`."""

import os

import pytest

from tests.simulation.accounts.life import account_lives, at_once
from tests.simulation.faults import OF_ACCOUNTS, Faults
from tests.simulation.proof.prove import live_all
from tests.simulation.proof.shrinking import smallest, story

LIVES = int(os.environ.get("ACCOUNT_LIVES", "100"))


@pytest.fixture(scope="module")
def lives():
    with account_lives() as lives:
        yield lives


def test_nobody_ever_acts_as_somebody_else(lives):
    total = live_all(lives, range(LIVES))

    assert [story(smallest(lives, seed)) for seed in total.failing] == []
    assert total.lives == LIVES


def test_a_thief_who_acts_during_each_change_is_kept_out(lives):
    # In these an ended session changes the password or the address, or turns a second factor on,
    # if nothing refuses it (`FOUND_AT_ONCE` in `test_broken`).
    seeds = (1159, 1174, 1179, 1306, 1333)
    assert [lives.live(seed, faults=at_once).violations for seed in seeds] == [[]] * len(seeds)


def test_a_life_without_faults_is_as_its_people_want(lives):
    ended = [lives.live(seed, faults=Faults) for seed in range(10)]

    assert [life.violations for life in ended] == [[]] * 10
    assert all(not life.firings for life in ended)
    assert sum(life.states["account, verified"] for life in ended) > 2


def test_every_kind_of_fault_of_accounts_happens(lives):
    def often(random, suppressed):
        return Faults(random, dict.fromkeys(OF_ACCOUNTS, 0.5), suppressed)

    ended = [lives.live(seed, faults=often) for seed in range(10)]

    assert [life.violations for life in ended] == [[]] * 10
    assert {firing.fault for life in ended for firing in life.firings} == OF_ACCOUNTS


def test_a_seed_is_one_life(lives):
    first, again = lives.live(11), lives.live(11)

    assert first.story() == again.story()
    assert first.story() != lives.live(12).story()
