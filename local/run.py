"""`make run`: keep the whole service up on this machine until Ctrl-C.

    python -m local.run [--identity jwt|cognito] [--detach]

Its data stays under `.local/` from run to run; `make reset` forgets it. With `--detach` it goes on
in the background once it is up, and `--stop` ends it.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from local.service import NotStartedError, end_group, tail
from local.stack import Addresses, MissingError, running, timed

ROOT = Path(__file__).parents[1]
STATE = ROOT / ".local"
RUN_FILE = STATE / "run.json"
STOP_SECONDS = 60.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local.run")
    parser.add_argument("--identity", choices=["jwt", "cognito"], default="jwt")
    parser.add_argument("--detach", action="store_true", help="go on in the background")
    parser.add_argument("--stop", action="store_true", help="end the one that is running")
    parser.add_argument("--reset", action="store_true", help="end it, and forget all its data")
    wanted = parser.parse_args()
    if wanted.stop or wanted.reset:
        stop()
        if wanted.reset:
            shutil.rmtree(STATE, ignore_errors=True)
            print("Forgotten.")
        return 0
    found = Addresses.load(RUN_FILE)
    if found:
        print(f"Already running, with identity {found.identity}.")
        print(described(found))
        return 0
    end_leftovers()
    if wanted.detach:
        return detach(wanted.identity)
    return keep_up(wanted.identity)


def keep_up(identity: str) -> int:
    """Start, say where, and wait. Returns the exit status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    say = timed(lambda line: print(line, flush=True))
    try:
        with running(
            STATE, identity="cognito" if identity == "cognito" else "jwt", say=say
        ) as addresses:
            addresses.save(RUN_FILE)
            print(described(addresses), flush=True)
            while all(_runs(group) for group in addresses.groups):
                time.sleep(1)
            print("A part of it has ended by itself; see .local/logs/.", file=sys.stderr)
            return 1
    except KeyboardInterrupt:
        print("\nStopped. The data is kept; `make reset` forgets it.")
        return 0
    except (MissingError, NotStartedError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        RUN_FILE.unlink(missing_ok=True)


def described(addresses: Addresses) -> str:
    return f"""
  The site        {addresses.site}
  The API         {addresses.api}
  Its description {addresses.docs}
  Payments made   {addresses.stripe}
  Mail sent       {addresses.mail}

  A program that cannot resolve names under localhost calls {addresses.base}
  with the header `Host: {addresses.host}`.
  To stop: Ctrl-C here, or `make stop`. In another terminal, `make demo` does the whole journey.
"""


def detach(identity: str) -> int:
    """Start another of these in the background, and return when it is up."""
    STATE.mkdir(exist_ok=True)
    log = STATE / "run.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "local.run", "--identity", identity],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    while process.poll() is None:
        if Addresses.load(RUN_FILE):
            print(log.read_text())
            return 0
        time.sleep(0.2)
    print(tail(log), file=sys.stderr)
    return 1


def stop() -> None:
    """End the one that is running, and wait until it has saved its data."""
    found = Addresses.load(RUN_FILE)
    if found:
        os.kill(found.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while Addresses.load(RUN_FILE) and time.monotonic() < deadline:
            time.sleep(0.2)
        print("Stopped.")
    end_leftovers()


def end_leftovers() -> None:
    """A run that was killed could not end what it had started."""
    if RUN_FILE.is_file():
        for group in json.loads(RUN_FILE.read_text())["groups"]:
            if _runs(group):
                end_group(group)
        RUN_FILE.unlink()


def _runs(pid: int) -> bool:
    """The process is one of ours, and alive: ids are used again after a while."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_text()
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z" and ("ministack" in command or "stripe_double" in command)


if __name__ == "__main__":
    sys.exit(main())
