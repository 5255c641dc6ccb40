"""Defer garbage collection while a function's modules load.

Python collects garbage after every 2,000 new objects. A start creates about 90,000 objects, none of
them garbage, so these collections find nothing and take a fifth of a cold start.
`docs/decisions/0008-cold-start.md` has the measurements.
"""

import gc

DEFAULT_THRESHOLD = gc.get_threshold()
DEFERRED_THRESHOLD = 1_000_000
"""Number of new objects before a collection: more than a start creates."""


def defer_gc() -> None:
    """Call this before modules are imported."""
    gc.set_threshold(DEFERRED_THRESHOLD)


def resume_gc() -> None:
    """Call this after everything is loaded. The collector ignores the existing objects."""
    gc.freeze()
    gc.set_threshold(*DEFAULT_THRESHOLD)
