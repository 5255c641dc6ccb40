"""The time that a child has for a page: by the clock, but on a busy machine by its own work.

What is read of a document shall not depend on what else the machine does. So a page whose time is
over by the clock goes on while its child has used less processor time than that, up to a limit.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_LONGEST = 4.0
"""Times its seconds that a page may take by the clock, however little its child could work."""
_CHECKED_EACH = 1.0
"""Seconds after which the processor time is looked at again."""
_STAT_USER = 11
"""The index of the user time, in ticks, behind the name in `/proc/<pid>/stat`; system follows."""


@dataclass(slots=True)
class PageTime:
    """The time until a page must be read, or until `deadline` if that is earlier.

    `processor` gives the seconds of processor time that the child has used, and `clock` the time.
    """

    seconds: float
    deadline: float
    processor: Callable[[], float]
    clock: Callable[[], float] = time.monotonic
    _started: float = field(init=False)
    _used: float = field(init=False)

    def __post_init__(self) -> None:
        """The time begins now."""
        self._started, self._used = self.clock(), self.processor()

    def left(self) -> float:
        """Seconds after which to ask again; the time is over if they are not above 0."""
        now = self.clock()
        left = min(self._started + self.seconds, self.deadline) - now
        if left > 0 or now >= self.deadline:
            return left
        if self.processor() - self._used >= self.seconds:
            return left
        longest = min(self._started + _LONGEST * self.seconds, self.deadline)
        return min(_CHECKED_EACH, longest - now)


def processor_seconds(process_id: int) -> float:
    """The processor time of a process; infinite if the system does not report it."""
    try:
        fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
        ticks = sum(map(int, fields[_STAT_USER : _STAT_USER + 2]))
    except (OSError, IndexError, ValueError):
        return float("inf")
    return ticks / os.sysconf("SC_CLK_TCK")
