"""Kill a function's process after its n-th AWS call: part of the emulator's workers.

A file names a function and the number of its last call. The process that makes this call renames
the file, so that only one process is killed, and then ends as if its machine had failed: the call
has taken effect, and its reply is lost. Calls are counted in each invocation.

The worker runs in an environment of its own, so this imports nothing of Docket.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

KILL = "KILL_ORDER"
"""The variable of the emulator that names the file; without it nothing is killed."""
EXIT_STATUS = 137
"""That of a process that was killed."""
DONE = ".done"

_INSTALLED = "    _ms_install_invoke_depth()\n"
_INVOKED = "            result = handler_fn(event, context)\n"


class Killer:
    """Counts the calls of a process and ends it after the one that the file names."""

    def __init__(self, function: str, order: Path, end: Callable[[int], Any] = os._exit) -> None:
        self._function, self._order, self._end = function, order, end
        self._calls = 0

    def begin(self) -> None:
        """An invocation begins."""
        self._calls = 0

    def count(self, **_: Any) -> None:
        """A call has been answered."""
        self._calls += 1
        try:
            wanted = json.loads(self._order.read_text())
        except FileNotFoundError:
            return
        if (wanted["function"], wanted["call"]) != (self._function, self._calls):
            return
        try:
            self._order.rename(self._order.with_suffix(DONE))
        except FileNotFoundError:  # another process was faster
            return
        self._end(EXIT_STATUS)


def install(function: str, order: str) -> Killer:
    """Count the calls of all clients that this process will make."""
    import botocore.handlers  # noqa: PLC0415 - the function's own, once its path is set

    killer = Killer(function, Path(order))
    botocore.handlers.BUILTIN_HANDLERS.append(("after-call", killer.count))
    return killer


def with_kills(script: str, order: Path) -> str:
    """The script of the emulator's Python workers, with a `Killer`. Raises `ValueError`."""
    if script.count(_INSTALLED) != 1 or script.count(_INVOKED) != 1:
        raise ValueError("the emulator's worker has changed")
    installed = (
        f"{_INSTALLED}    import runpy\n"
        f"    killer = runpy.run_path({__file__!r})['install'](\n"
        f"        init.get('function_name', ''), {str(order)!r})\n"
    )
    return script.replace(_INSTALLED, installed).replace(
        _INVOKED, f"            killer.begin()\n{_INVOKED}"
    )
