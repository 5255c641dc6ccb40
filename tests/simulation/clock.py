"""Virtual time: one clock for a whole simulated life, and ids that depend on the seed only.

The clock counts microseconds as an integer, so that rounding never makes two runs differ.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
"""When every life begins. It is a Monday morning, far from a change of the year."""

SECOND = 1_000_000
"""A second in the clock's unit."""

_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_BITS = 80


class Clock:
    """The time of a simulated life. `wait` decides what happens while somebody sleeps.

    Without a scheduler, a sleep moves the time. A scheduler sets `wait` to run others meanwhile.
    """

    def __init__(self, start: datetime = START) -> None:
        self.microseconds = (start - EPOCH) // timedelta(microseconds=1)
        self.skew_microseconds = 0
        """How far the running function's own clock is ahead of the true time."""
        self.wait: Callable[[int], None] = self._pass

    def time(self) -> float:
        """Seconds since 1970, as the running function's own clock shows them."""
        return (self.microseconds + self.skew_microseconds) / SECOND

    def now(self) -> datetime:
        """The time that the running function's own clock shows."""
        return EPOCH + timedelta(microseconds=self.microseconds + self.skew_microseconds)

    def true_time(self) -> float:
        """Seconds since 1970 without skew: the time of AWS and of Stripe."""
        return self.microseconds / SECOND

    def sleep(self, seconds: float) -> None:
        """Let this time pass for the caller."""
        self.wait(round(seconds * SECOND))

    def move_to(self, microseconds: int) -> None:
        """Set the time; it never goes back."""
        self.microseconds = max(self.microseconds, microseconds)

    def _pass(self, microseconds: int) -> None:
        self.microseconds += microseconds


class Ids:
    """ULIDs of the clock's time and of a seed: 26 characters, sorted by time."""

    def __init__(self, clock: Clock, random: Random) -> None:
        self._clock, self._random = clock, random

    def new(self) -> str:
        """The next ULID."""
        milliseconds = int(self._clock.time() * 1000)
        number = milliseconds << _RANDOM_BITS | self._random.getrandbits(_RANDOM_BITS)
        return "".join(_BASE32[number >> shift & 31] for shift in range(125, -1, -5))
