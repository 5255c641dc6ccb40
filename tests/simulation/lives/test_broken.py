"""Every broken version can still be made, and the lives find it."""

import pytest

from tests.simulation.lives.broken import BROKEN, Break, TextGone, broken, replaced
from tests.simulation.lives.life import lives

FOUND_SOON = {
    "skip the revision check": 100,
    "forget a counter": 100,
}
"""In how many lives the versions are found that a test can wait for; `make prove` finds all."""


@pytest.mark.parametrize("wrong", BROKEN, ids=lambda wrong: wrong.name)
def test_a_broken_version_replaces_text_that_is_there(wrong):
    _, _, original, replacement = replaced(wrong)

    assert original is not replacement


def test_a_version_whose_text_is_gone_fails_loudly():
    gone = Break("gone", "docket.domain.order:Order.effect_of", "no such text", "")

    with pytest.raises(TextGone, match="0 times"), broken(gone):
        pass


@pytest.mark.parametrize("name", FOUND_SOON)
def test_lives_find_what_is_broken(name):
    (wrong,) = [each for each in BROKEN if each.name == name]

    with lives() as present, broken(wrong):
        assert any(present.live(seed).violations for seed in range(FOUND_SOON[name]))
