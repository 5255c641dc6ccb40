"""How long the differential tests run: SIMULATION_FACTOR=50 makes them fifty times as long."""

import os


def steps(usual: int) -> int:
    """The number of random operations of one test."""
    return usual * int(os.environ.get("SIMULATION_FACTOR", "1"))
