"""A thread that runs due work, sleeps until more is due, and can be woken."""

import threading
from collections.abc import Callable


class Loop(threading.Thread):
    """Calls `step` repeatedly. `step` returns the seconds until its next call, or None to sleep
    until `wake`.
    """

    def __init__(self, name: str, step: Callable[[], float | None]) -> None:
        super().__init__(name=name, daemon=True)
        self._step = step
        self._woken = threading.Event()
        self._ending = threading.Event()

    def run(self) -> None:
        """Called by the thread. An error of `step` ends the loop."""
        while not self._ending.is_set():
            self._woken.clear()
            wait = self._step()
            self._woken.wait(wait)

    def wake(self) -> None:
        """Call `step` soon, even if it is running now."""
        self._woken.set()

    def end(self) -> None:
        """Stop after the current step, and wait for it."""
        self._ending.set()
        self._woken.set()
        self.join()
