"""The processes that this checkout started, found in `/proc` by a mark in their environment.

A mark names the checkout and the starter, which is the process that manages what it started. A
process without a mark (it was started without an environment, or has cleared it) belongs to the
checkout if one of its ancestors is marked, or a process of its session is. `local.service` starts
every program in a session of its own, so no other process of the developer is in such a session.

Without `/proc`, as on macOS, nothing is found here. Programs then end only through their supervisor
when the starter ends; if the supervisor is killed too, its program keeps running.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
PROC = Path("/proc")
SUPERVISOR = Path(__file__).resolve().with_name("supervisor.py")
CHECKOUT_VARIABLE = "DOCKET_CHECKOUT"
STARTER_VARIABLE = "DOCKET_STARTER"
POLL_SECONDS = 0.05
"""The pause between two looks at `/proc`."""
KILL_SECONDS = 5.0
"""Time for a killed process to end. One that waits for the disk takes a while."""


@dataclass(frozen=True)
class Starter:
    """A process that started others, and the directory of its data.

    The system reuses process ids: only an id with its start time identifies a process.
    `started_ticks` counts from the start of the machine; it is 0 if it is unknown.
    """

    pid: int
    started_ticks: int
    state: Path

    @classmethod
    def this_process(cls, state: Path) -> Self:
        """This process as the starter of what uses the data in `state`."""
        return cls(os.getpid(), started_ticks(os.getpid()), state.resolve())

    def is_alive(self) -> bool:
        """Whether it still runs; another process with its number is not it."""
        return is_alive(self.pid, self.started_ticks)

    def mark(self) -> dict[str, str]:
        """The variables that mark the processes it starts."""
        return {
            CHECKOUT_VARIABLE: str(ROOT),
            STARTER_VARIABLE: f"{self.pid}:{self.started_ticks}:{self.state}",
        }


@dataclass(frozen=True)
class Process:
    """A living process, as `/proc` describes it."""

    pid: int
    parent: int
    session: int
    started_ticks: int
    starter: Starter | None
    """The starter in the mark of a process's environment, if it is this checkout's."""


def of_checkout(whose: Callable[[Starter], bool] = lambda _: True) -> dict[Process, Starter]:
    """Every living process that this checkout started, with its starter, if `whose(starter)`.

    The calling process is excluded.
    """
    everything = {process.pid: process for process in _living()}
    sessions = {
        process.session: process.starter for process in everything.values() if process.starter
    }
    starters = {}
    for process in everything.values():
        starter = sessions.get(process.session) or _inherited(process, everything)
        if starter and process.pid != os.getpid() and whose(starter):
            starters[process] = starter
    return starters


def end(whose: Callable[[Starter], bool], *, grace_seconds: float) -> bool:
    """End the processes that `of_checkout(whose)` finds. Returns whether all of them ended.

    The supervisors are signalled first, so that data is saved. What is left after the grace period
    is killed.
    """
    deadline = time.monotonic() + grace_seconds
    for process in filter(is_supervisor, of_checkout(whose)):
        _send(process, signal.SIGTERM)
    while time.monotonic() < deadline and any(map(is_supervisor, of_checkout(whose))):
        time.sleep(POLL_SECONDS)
    deadline = time.monotonic() + KILL_SECONDS
    while remaining := of_checkout(whose):
        for process in remaining:
            _send(process, signal.SIGKILL)
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def is_supervisor(process: Process) -> bool:
    """Whether the process runs `local/supervisor.py`; False if it has ended."""
    try:
        command = (PROC / f"{process.pid}/cmdline").read_bytes()
    except OSError:
        return False
    return os.fsencode(SUPERVISOR) in command.split(b"\0")


def end_session(session: int) -> None:
    """Kill what a killed supervisor left in its session; usually nothing."""
    for process in _living():
        if process.session == session and process.pid != session:
            _send(process, signal.SIGKILL)


def is_alive(pid: int, started: int) -> bool:
    """Whether the process of that id is still running, and started at that time."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    statistics = _statistics(pid)
    if statistics is None:
        return not (PROC / "self").exists()  # without /proc only the id is known
    return statistics[0] != "Z" and int(statistics[19]) == started


def started_ticks(pid: int) -> int:
    """When the process started, in clock ticks since the machine did; 0 without /proc."""
    statistics = _statistics(pid)
    return int(statistics[19]) if statistics else 0


def _living() -> Iterator[Process]:
    for folder in PROC.glob("[0-9]*"):
        pid = int(folder.name)
        statistics = _statistics(pid)
        if statistics and statistics[0] != "Z":
            yield Process(
                pid=pid,
                parent=int(statistics[1]),
                session=int(statistics[3]),
                started_ticks=int(statistics[19]),
                starter=_marked(folder / "environ"),
            )


def _statistics(pid: int) -> list[str] | None:
    """The fields of `/proc/<pid>/stat` after the name: state, parent, group, session, …"""
    try:
        return (PROC / f"{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None


def _marked(environment: Path) -> Starter | None:
    try:
        content = environment.read_bytes()
    except OSError:  # it has ended, or belongs to another user
        return None
    variables = dict(
        entry.split("=", 1) for entry in os.fsdecode(content).split("\0") if "=" in entry
    )
    if variables.get(CHECKOUT_VARIABLE) != str(ROOT) or STARTER_VARIABLE not in variables:
        return None
    pid, ticks, state = variables[STARTER_VARIABLE].split(":", 2)
    return Starter(int(pid), int(ticks), Path(state))


def _inherited(process: Process, everything: dict[int, Process]) -> Starter | None:
    """The starter in the mark of the nearest marked ancestor."""
    ancestor: Process | None = process
    for _ in range(len(everything)):
        if ancestor is None or ancestor.starter:
            break
        ancestor = everything.get(ancestor.parent)
    return ancestor.starter if ancestor else None


def _send(process: Process, number: int) -> None:
    """Send it the signal, unless its id now belongs to another process."""
    if is_alive(process.pid, process.started_ticks):
        try:
            os.kill(process.pid, number)
        except ProcessLookupError:
            return
