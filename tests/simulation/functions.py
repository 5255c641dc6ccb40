"""The real functions, each run in an execution environment of its own, as on Lambda.

A function's module keeps state while it handles an event (its resolver, its batch processor), and
Lambda gives each environment one event at a time. Runs that overlap therefore use copies of the
module. A copy whose run crashed is discarded with its state.
"""

import importlib.util
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.simulation.faults import Crash
from tests.simulation.world import TimedOut

FOLDER = Path(__file__).parents[2] / "functions"

type Handler = Callable[[Any, Any], Any]


class Functions:
    """The functions of this process. Lives share its warm environments."""

    def __init__(self, folder: Path = FOLDER, *, reuse_crashed: bool = False) -> None:
        """With `reuse_crashed` an environment is emptied after a crash, and not started again.

        Starting one takes milliseconds, and pydantic never frees the types that it makes.
        """
        self._folder, self._reuse_crashed = folder, reuse_crashed
        self._idle: defaultdict[str, list[ModuleType]] = defaultdict(list)
        self._replaced: defaultdict[str, list[ModuleType]] = defaultdict(list)
        self.starts = 0
        """How many environments were started."""

    def handler(self, name: str) -> Handler:
        """The handler of a function, such as `orders/create`, for any number of runs at once."""

        def handle(event: Any, context: Any) -> Any:
            idle = self._idle[name]
            environment = idle.pop() if idle else self._start(name)
            try:
                reply = environment.handler(event, context)
            except (Crash, TimedOut):
                if self._reuse_crashed:
                    _empty(environment)
                    idle.append(environment)
                raise
            except BaseException:
                idle.append(environment)
                raise
            idle.append(environment)
            return reply

        return handle

    def replace(self) -> None:
        """Deploy: from now on no run begins in an environment of the release before.

        They are reused for the release after the next, because starting one takes milliseconds.
        """
        self._idle, self._replaced = self._replaced, self._idle

    def _start(self, name: str) -> ModuleType:
        self.starts += 1
        path = self._folder / f"{name}.py"
        spec = importlib.util.spec_from_file_location(f"functions.{name.replace('/', '.')}", path)
        assert spec, path
        assert spec.loader
        environment = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(environment)
        return environment


def _empty(environment: ModuleType) -> None:
    """Clear what a run left in its environment: the context of its resolver, if it has one."""
    resolver = getattr(environment, "app", None)
    if resolver is not None:
        resolver.clear_context()
