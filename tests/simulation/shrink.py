"""Make a failing life smaller: leave out every fault that it does not need in order to fail."""

from collections.abc import Callable, Sequence

MOST_LIVES = 500
"""How many lives are tried at most by default."""


def shrink(
    live: Callable[[frozenset[int]], Sequence[int] | None], *, most_lives: int = MOST_LIVES
) -> frozenset[int]:
    """The numbers of the faults that a failing life can do without.

    `live` lives a life without the faults of these numbers. It returns the numbers of those that
    happened if the life still fails, and None if it does not.
    """
    suppressed: frozenset[int] = frozenset()
    fired = live(suppressed)
    assert fired is not None, "the life does not fail"
    lives, size = 1, len(fired)
    while size and lives < most_lives:
        position = 0
        while position < len(fired) and lives < most_lives:
            spared = suppressed.union(fired[position : position + size])
            still_fired = live(spared)
            lives += 1
            if still_fired is None:
                position += size
            else:
                suppressed, fired = spared, still_fired
        size //= 2
    return suppressed
