"""Every broken version can still be made, and the lives find it."""

import pytest

from tests.simulation.breaks import Break, TextGone, broken, replaced
from tests.simulation.orders.broken import BROKEN
from tests.simulation.orders.life import order_lives

LIVES = 200


@pytest.fixture(scope="module")
def lives():
    with order_lives() as lives:
        yield lives


@pytest.mark.parametrize("wrong", BROKEN, ids=lambda wrong: wrong.name)
def test_a_broken_version_replaces_text_that_is_there(wrong):
    _, _, original, replacement = replaced(wrong)

    assert original is not replacement


def test_a_version_whose_text_is_gone_fails_loudly():
    gone = Break("gone", "docket.domain.orders.order:Order.effect_of", "no such text", "")

    with pytest.raises(TextGone, match="0 times"), broken(gone):
        pass


@pytest.mark.parametrize("wrong", BROKEN, ids=lambda wrong: wrong.name)
def test_lives_find_what_is_broken(wrong, lives):
    with broken(wrong):
        assert any(lives.live(seed).violations for seed in (wrong.seed, *range(LIVES)))
