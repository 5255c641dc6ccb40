"""`make run`: run the whole service on this machine until Ctrl-C.

    python -m local.run [--identity jwt|cognito] [--detach]

Its data stays under `.local/` between runs; `make reset` deletes it. With `--detach` it continues
in the background once it is up, and `--stop` ends it.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType

from local import processes
from local.adapted_ministack import SCHEDULE_SECONDS
from local.processes import Starter
from local.queues import Watch
from local.service import NotStartedError, tail
from local.stack import RUN_FILE, STATE, Endpoints, MissingError, running, timed_log

ROOT = Path(__file__).parents[1]
STOP_SECONDS = 100.0
"""Time for a run to end by itself. Its programs end one after the other."""
WATCH_SECONDS = 2.0
"""Time between two looks at the queues, whose changes are printed."""
GRACE_SECONDS = 45.0
"""Time for the programs of a dead starter to save their data."""


def main() -> int:
    """The exit status: 0 if the service ran, or was stopped as requested."""
    parser = argparse.ArgumentParser(prog="python -m local.run")
    parser.add_argument(
        "--identity", dest="identity_provider", choices=["jwt", "cognito"], default="jwt"
    )
    parser.add_argument("--detach", action="store_true", help="run in the background")
    parser.add_argument("--stop", action="store_true", help="stop the running service")
    parser.add_argument("--reset", action="store_true", help="stop it and delete all its data")
    wanted = parser.parse_args()
    if wanted.stop or wanted.reset:
        status = stop()
        if wanted.reset and status == 0:
            shutil.rmtree(STATE, ignore_errors=True)
            print("Forgotten.")
        return status
    endpoints = Endpoints.load(RUN_FILE)
    if endpoints:
        print(f"Already running, with identity {endpoints.identity_provider}.")
        print(summary(endpoints))
        return 0
    for starter in starters():
        print(
            f"Process {starter.pid} is starting or stopping the service. Wait, or `make stop`.",
            file=sys.stderr,
        )
        return 1
    if not end_leftovers():
        return 1
    if wanted.detach:
        return detach(wanted.identity_provider)
    return run_until_signal(wanted.identity_provider)


class FirstSignal:
    """Raise `KeyboardInterrupt` for the first Ctrl-C, SIGTERM or SIGHUP, and for no other.

    `timeout` sends its signal twice, and people press Ctrl-C again; a second signal must not
    interrupt the end of the programs. A signal that the caller ignores (`nohup`) stays ignored.
    """

    def __init__(self) -> None:
        self.arrived = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._handle)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if not self.arrived:
            self.arrived = True
            raise KeyboardInterrupt


def run_until_signal(identity_provider: str) -> int:
    """Start, print the URLs, and wait. Returns the exit status."""
    first_signal = FirstSignal()
    log = timed_log(lambda line: print(line, flush=True))
    status = 1
    try:
        with running(
            STATE, identity_provider="cognito" if identity_provider == "cognito" else "jwt", log=log
        ) as endpoints:
            endpoints.save(RUN_FILE)
            print(summary(endpoints), flush=True)
            watch = Watch(endpoints)
            while not first_signal.arrived and all_run(endpoints.supervisors):
                time.sleep(WATCH_SECONDS)
                if change := watch.change():
                    log(change)
            if not first_signal.arrived:
                print("A program ended unexpectedly; see .local/logs/.", file=sys.stderr)
    except KeyboardInterrupt:
        status = 0
    except (MissingError, NotStartedError) as error:
        print(error, file=sys.stderr)
    if not end_and_report(lambda starter: starter.pid == os.getpid()):
        return 1
    RUN_FILE.unlink(missing_ok=True)
    if first_signal.arrived:
        print("\nStopped. The data is stored; `make reset` deletes it.")
    return status


def all_run(children: Iterable[int]) -> bool:
    """Whether none of this process's children has ended. The children are not reaped."""
    return not any(
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) for child in children
    )


def summary(endpoints: Endpoints) -> str:
    """Where everything is, as text for the terminal."""
    return f"""
  The site        {endpoints.site}
  The API         {endpoints.api}
  API description {endpoints.docs}
  Payments        {endpoints.stripe}
  Sent mail       {endpoints.mail}

  A program that cannot resolve names under localhost calls {endpoints.base}
  with the header `Host: {endpoints.host}`.
  To stop: Ctrl-C here, or `make stop`. In another terminal, `make demo` does the whole journey,
  and `make queues` shows all queues. Their changes follow here; the dispatch runs every
  {SCHEDULE_SECONDS} s.
"""


def detach(identity_provider: str) -> int:
    """Start a run in the background, and return when it is up."""
    STATE.mkdir(exist_ok=True)
    log = STATE / "run.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "local.run", "--identity", identity_provider],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        while process.poll() is None:
            if Endpoints.load(RUN_FILE):
                print(log.read_text())
                return 0
            time.sleep(0.2)
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
    print(tail(log), file=sys.stderr)
    return 1


def stop() -> int:
    """Stop the running service, and end what any dead starter has left running.

    What a running test or `make demo` started is left alone. Returns the exit status: 0 only if
    nothing is left.
    """
    running_now = starters()
    for starter in running_now:
        end_starter(starter)
    had_leftovers = bool(processes.of_checkout(is_ended_by_stop))
    if not end_leftovers():
        return 1
    print("Stopped." if running_now or had_leftovers else "Nothing was running.")
    return 0


def starters() -> set[Starter]:
    """The living processes that run this checkout's service, or are starting or stopping it."""
    marked = set(processes.of_checkout(lambda it: it.state == STATE.resolve()).values())
    endpoints = Endpoints.load(RUN_FILE)
    if endpoints:
        marked.add(Starter(endpoints.pid, endpoints.started_ticks, STATE.resolve()))
    return {starter for starter in marked if starter.is_alive() and starter.pid != os.getpid()}


def end_starter(starter: Starter) -> None:
    """Signal it to end, and wait until it has saved its data; kill it if it does not end."""
    deadline = time.monotonic() + STOP_SECONDS
    os.kill(starter.pid, signal.SIGTERM)
    while starter.is_alive() and time.monotonic() < deadline:
        time.sleep(0.1)
    if starter.is_alive():
        os.kill(starter.pid, signal.SIGKILL)


def is_ended_by_stop(starter: Starter) -> bool:
    """Whether `make stop` ends what it started: the service's, or of a dead starter."""
    return starter.state == STATE.resolve() or not starter.is_alive()


def end_leftovers() -> bool:
    """End what is left of a run whose starter died. Returns whether nothing is left."""
    if not end_and_report(is_ended_by_stop):
        return False
    RUN_FILE.unlink(missing_ok=True)
    return True


def end_and_report(whose: Callable[[Starter], bool]) -> bool:
    """Whether all processes ended; those that did not are printed."""
    if processes.end(whose, grace_seconds=GRACE_SECONDS):
        return True
    left = ", ".join(str(process.pid) for process in processes.of_checkout(whose))
    print(f"Not stopped: these processes did not end: {left}", file=sys.stderr)
    return False


if __name__ == "__main__":
    sys.exit(main())
