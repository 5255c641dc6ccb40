"""Every broken version of the accounts can still be made, and lives find it."""

import pytest

from tests.simulation.accounts.broken import BROKEN
from tests.simulation.accounts.life import account_lives, at_once
from tests.simulation.breaks import broken, replaced
from tests.simulation.faults import Faults

FOUND_LATE = {
    "end only the sessions that began before a change did",
    "send a mail again at once if the reply of SES was lost",
}
"""Found by `make prove` within thousands of lives; the others by the life of their seed."""

FOUND_AT_ONCE = {"let a session that has ended meanwhile change its account"}
"""Found by a life in which the thief acts during each change of the owner."""


@pytest.fixture(scope="module")
def lives():
    with account_lives() as lives:
        yield lives


@pytest.mark.parametrize("wrong", BROKEN, ids=lambda wrong: wrong.name)
def test_a_broken_version_replaces_text_that_is_there(wrong):
    _, _, original, replacement = replaced(wrong)

    assert original is not replacement


@pytest.mark.parametrize(
    "wrong",
    [wrong for wrong in BROKEN if wrong.name not in FOUND_LATE],
    ids=lambda wrong: wrong.name,
)
def test_a_life_finds_what_is_broken(wrong, lives):
    faults = at_once if wrong.name in FOUND_AT_ONCE else Faults.drawn
    with broken(wrong):
        ended = (lives.live(seed, faults=faults) for seed in (wrong.seed, *range(100)))
        assert any(life.violations for life in ended)
