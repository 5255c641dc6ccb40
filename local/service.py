"""Programs that run in the background, under a supervisor (`local/supervisor.py`).

A program and everything it starts end with the process that started it, however that ends.
"""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from local import processes
from local.processes import SUPERVISOR, Starter

POLL_SECONDS = 0.1
"""The pause between two requests of a program that starts."""
STOP_SECONDS = 30.0
"""Time for a program to save its data before it is killed."""
SUPERVISOR_SECONDS = 15.0
"""Additional time for the supervisor."""


class NotStartedError(Exception):
    """A program ended, or did not become ready in time. Carries the end of its output."""


@dataclass(frozen=True)
class Service:
    """A running program; `pid` is the supervisor's, and the id of a session of its own."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def pid(self) -> int:
        """The supervisor's."""
        return self.process.pid

    def is_running(self) -> bool:
        """Whether the supervisor has not ended; its program ends before it."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Let the program save its data, then end it and everything it started.

        If the call is interrupted, the supervisor has already been signalled.
        """
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(STOP_SECONDS + SUPERVISOR_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
        processes.end_session(self.pid)
        self.process.wait()


def start(
    name: str,
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    state: Path,
    log: Path,
    ready_url: str,
    within_seconds: float,
    folder: Path | None = None,
) -> Service:
    """Start a program and wait until `ready_url` responds. Raises `NotStartedError`.

    `state` is the directory of the starter's data, which identifies the run for `make stop`.
    """
    service = supervise(name, command, environment=environment, state=state, log=log, folder=folder)
    with ExitStack() as cleanup:
        cleanup.callback(service.stop)
        deadline = time.monotonic() + within_seconds
        while not _answers(ready_url):
            if not service.is_running() or time.monotonic() > deadline:
                raise NotStartedError(f"{name} did not start; {log} ends with:\n{tail(log)}")
            time.sleep(POLL_SECONDS)
        cleanup.pop_all()
    return service


def run(
    name: str,
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    state: Path,
    log: Path,
    folder: Path,
    within_seconds: float,
) -> None:
    """Run a program to its end. Raises `NotStartedError` if it fails or takes too long."""
    service = supervise(name, command, environment=environment, state=state, log=log, folder=folder)
    try:
        status = service.process.wait(within_seconds)
    except subprocess.TimeoutExpired as error:
        raise NotStartedError(
            f"{name} did not end within {within_seconds:.0f} s; {log} ends with:\n{tail(log, 40)}"
        ) from error
    finally:
        service.stop()
    if status != 0:
        raise NotStartedError(f"{name} failed; {log} ends with:\n{tail(log, 40)}")


def supervise(
    name: str,
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    state: Path,
    log: Path,
    folder: Path | None = None,
) -> Service:
    """Start a program under a supervisor, in a session of its own."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(SUPERVISOR), str(STOP_SECONDS), *command],
            cwd=folder,
            env={**environment, **Starter.this_process(state).mark()},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Service(name, process, log)


def tail(log: Path, lines: int = 20) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - a local http URL
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
