"""Hides this process's environment and memory from the processes that it starts.

A process may read `/proc/<pid>/environ` and `/proc/<pid>/mem` of any other of its user, whatever
environment it was started with. So before the first child is started, the parent

    is made not dumpable        its files in /proc are then root's alone
    forgets its first block     the strings that the kernel shows as its environment are zeroed,
                                where a system refuses the first

`os.environ`, `getenv` and the environment that children inherit stay as they are.
"""

import ctypes
import os
from contextlib import suppress
from functools import cache
from pathlib import Path

_PR_SET_DUMPABLE = 4
_ENV_START, _ENV_END = 47, 48
"""Their places in `/proc/<pid>/stat` behind the program's name, which may hold blanks."""


@cache
def seal() -> frozenset[str]:
    """Seal this process, once. Returns what could not be done: `dumpable`, `environment`."""
    refused = set()
    if not _clear_environment_block():
        refused.add("environment")
    if not _forbid_dumps():
        refused.add("dumpable")
    return frozenset(refused)


def _forbid_dumps() -> bool:
    with suppress(OSError, AttributeError):
        refused: int = ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        return refused == 0
    return False


def _clear_environment_block() -> bool:
    """Zero the strings the process was started with, once C's environment holds copies of them."""
    try:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        start, end = int(fields[_ENV_START]), int(fields[_ENV_END])
        if not 0 < start < end:
            return False
        for name, value in os.environb.items():
            os.putenv(name, value)
        ctypes.memset(start, 0, end - start)
    except (OSError, IndexError, ValueError):
        return False
    return True
