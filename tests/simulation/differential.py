"""How long the differential tests run, and from which seed, by two variables of the environment.

SIMULATION_FACTOR=50 makes them fifty times as long; SIMULATION_SEED=7 gives other random calls.
"""

import os


def steps(usual: int) -> int:
    """The number of random operations of one test."""
    return usual * int(os.environ.get("SIMULATION_FACTOR", "1"))


def seed(usual: int) -> int:
    """The seed of one test."""
    return int(os.environ.get("SIMULATION_SEED", usual))
