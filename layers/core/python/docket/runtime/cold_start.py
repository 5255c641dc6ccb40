"""Defers garbage collection while a function's modules load.

Python looks for garbage after every 2,000 new objects. A start creates about 90,000 that all stay,
so each search finds nothing; together they cost a fifth of a cold start. Measured in
`docs/decisions/0008-cold-start.md`.
"""

import gc

DEFAULT_THRESHOLD = gc.get_threshold()
DEFERRED_THRESHOLD = 1_000_000
"""New objects before the collector runs: more than a start creates."""


def defer_gc() -> None:
    """Call this before modules are imported."""
    gc.set_threshold(DEFERRED_THRESHOLD)


def resume_gc() -> None:
    """Call this once everything is loaded: those objects are never looked at again."""
    gc.freeze()
    gc.set_threshold(*DEFAULT_THRESHOLD)
