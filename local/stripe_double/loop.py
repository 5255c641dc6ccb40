"""A thread that does what is due, sleeps until the next thing is, and wakes when told of news."""

import threading
from collections.abc import Callable


class Loop(threading.Thread):
    """Calls `step` again and again; it returns in how many seconds it wants to be called, or None
    to sleep until `wake`.
    """

    def __init__(self, name: str, step: Callable[[], float | None]) -> None:
        super().__init__(name=name, daemon=True)
        self._step = step
        self._news = threading.Event()
        self._ending = threading.Event()

    def run(self) -> None:
        while not self._ending.is_set():
            self._news.clear()
            wait = self._step()
            self._news.wait(wait)

    def wake(self) -> None:
        self._news.set()

    def end(self) -> None:
        """Stop after the step that is under way, and wait for that."""
        self._ending.set()
        self._news.set()
        self.join()
