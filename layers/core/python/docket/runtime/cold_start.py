"""A start: what a function loads it keeps, so nobody looks for garbage in it.

Python looks through its objects after every 2,000 new ones. While modules load it finds nothing,
since they stay for good, and that costs a sixth of a cold start (see `bench/README.md`).
"""

import gc

USUALLY = gc.get_threshold()
NOT_YET = 1_000_000
"""New objects before the collector looks; a start makes about 90,000."""


def begins() -> None:
    """Nothing is garbage for now."""
    gc.set_threshold(NOT_YET)


def ends() -> None:
    """What is there is there for good; from here on garbage is looked for as usual, elsewhere."""
    gc.freeze()
    gc.set_threshold(*USUALLY)
