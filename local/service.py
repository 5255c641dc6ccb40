"""A program that runs beside us until we are done: started in a process group of its own, and ended
with everything it started.
"""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.1
STOP_SECONDS = 30.0


class NotStartedError(Exception):
    """A program ended, or said nothing, before it was ready. Carries the end of what it printed."""


@dataclass(frozen=True)
class Service:
    """A running program; `pid` is also its process group's id."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    def is_running(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Let it save what it keeps, then end whatever is left of its group."""
        if self.is_running():
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
        end_group(self.pid)
        self.process.wait()


def start(
    name: str,
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    log: Path,
    ready_url: str,
    within_seconds: float,
) -> Service:
    """Start a program and wait until `ready_url` answers. Raises `NotStartedError`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    service = Service(name, process, log)
    deadline = time.monotonic() + within_seconds
    while not _answers(ready_url):
        if not service.is_running() or time.monotonic() > deadline:
            service.stop()
            raise NotStartedError(f"{name} did not start; {log} ends with:\n{tail(log)}")
        time.sleep(POLL_SECONDS)
    return service


def end_group(group: int) -> None:
    """Kill every process of the group; that none is left is no error."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


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
