"""The pace of a worker's calls of Stripe, whose limit all workers of the account share.

A customer who pays waits for the call, but nobody waits for a worker of debts. So each worker
spaces its calls, and the number of workers limits the calls of all of them in a second.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class _Pace:
    seconds: float
    next_call: float = 0.0


_pace: ContextVar[_Pace | None] = ContextVar("pace", default=None)


@contextmanager
def paced(*, calls_a_second: float) -> Iterator[None]:
    """Let at most that many calls begin in each second, also over successive blocks.

    The block ends when another call may begin, so the next block may begin at once.
    """
    token = _pace.set(_Pace(seconds=1 / calls_a_second))
    try:
        yield
    finally:
        _wait()
        _pace.reset(token)


def wait() -> None:
    """Wait until a call may begin. Returns at once outside of `paced`."""
    _wait()
    if pace := _pace.get():
        pace.next_call = time.monotonic() + pace.seconds


def _wait() -> None:
    if (pace := _pace.get()) and (left := pace.next_call - time.monotonic()) > 0:
        time.sleep(left)
