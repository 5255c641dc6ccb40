"""A start: what a function loads it keeps, so nobody looks for garbage in it.

Python looks through its objects after every 2,000 new ones. While modules load it finds nothing,
since they stay for good, and that costs a sixth of a cold start (see `bench/README.md`).
"""

import gc

DEFAULT_THRESHOLD = gc.get_threshold()
DEFERRED_THRESHOLD = 1_000_000
"""New objects before the collector looks; a start makes about 90,000."""


def defer_gc() -> None:
    """Nothing is garbage for now."""
    gc.set_threshold(DEFERRED_THRESHOLD)


def resume_gc() -> None:
    """What is there is there for good; from here on garbage is looked for as usual, elsewhere."""
    gc.freeze()
    gc.set_threshold(*DEFAULT_THRESHOLD)
