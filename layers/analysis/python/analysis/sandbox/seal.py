"""Hide this process's environment and memory from the processes that it starts.

A process may read `/proc/<pid>/environ` and `/proc/<pid>/mem` of any other process of its user,
whatever environment it was started with. So before the first child is started, the parent

    is made not dumpable        its files in /proc then belong to root
    clears its first block      the strings that the kernel shows as its environment are zeroed,
                                for systems that refuse the first

`os.environ`, `getenv` and the environment that children inherit are unchanged.
"""

import ctypes
import os
from contextlib import suppress
from functools import cache
from pathlib import Path

_PR_SET_DUMPABLE = 4
"""An option of `prctl(2)`, as a number of the kernel's headers."""
_ENV_START = 47
_ENV_END = 48
"""Their indexes in `/proc/<pid>/stat` after the program's name, which may contain blanks."""


@cache
def seal() -> frozenset[str]:
    """Seal this process, once. Returns what failed: `dumpable`, `environment`."""
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
    """Zero the strings the process was started with, after C's environment has copies of them."""
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
