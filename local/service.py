"""A program that runs beside us until we are done, or gone: it and everything it starts end with
the process that started it, however that ends (`local/supervisor.py`).
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
STOP_SECONDS = 30.0
"""How long a program may take to save what it keeps, before it is killed."""
SUPERVISOR_SECONDS = 15.0
"""How long the supervisor may take beyond that."""


class NotStartedError(Exception):
    """A program ended, or said nothing, before it was ready. Carries the end of what it printed."""


@dataclass(frozen=True)
class Service:
    """A running program; `pid` is its supervisor's, and the id of a session of its own."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    def is_running(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Let it save what it keeps, then end it and all it started.

        Interrupted, it has still told the supervisor to do so.
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
    """Start a program and wait until `ready_url` answers. Raises `NotStartedError`.

    `state` is the folder of the starter's data, by which `make stop` knows its run from others'.
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
            f"{name} was not done after {within_seconds:.0f} s; {log} ends with:\n{tail(log, 40)}"
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
    """Start a program below a supervisor, in a session of its own."""
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
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own http address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
