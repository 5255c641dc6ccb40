"""The fixed loop takes time."""

from tests.simulation.proof.fixed_loop import round_seconds


def test_a_round_takes_time():
    assert round_seconds() > 0
