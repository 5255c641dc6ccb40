"""`make run` and `make stop` with real processes, in a temporary checkout.

Stand-in programs replace the emulator and the CDK; everything else is what a developer runs.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.queues import QUEUES

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 60
OUTPUTS = (
    "SiteUrl",
    "ApiUrl",
    "Table",
    "Documents",
    "StripeSecret",
    "SiteBucket",
    *(f"{queue.name.capitalize()}{kind}" for queue in QUEUES for kind in ("Queue", "DeadLetters")),
)

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="orphaned processes are found in /proc, which only Linux has"
)


class Checkout:
    """A copy of the files that `make run` needs, which can be run, stopped and inspected."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "local", folder / "local", ignore=shutil.ignore_patterns("__pyc*"))
        (folder / "infra").symlink_to(ROOT / "infra")
        site = folder / "frontend/dist"
        site.mkdir(parents=True)
        (site / "index.html").touch()
        stand_in = Path(__file__).with_name("stand_in_emulator.py")
        self._program(
            ".build/emulator/bin/python", f'exec {sys.executable} -S "{stand_in}" "{folder}"'
        )
        named = dict.fromkeys(OUTPUTS, "d1.localhost")
        outputs = {"docket-local": {**named, "ApiEndpoint": "http://a1.localhost"}}
        state = folder / ".local"
        self._program(
            "node_modules/.bin/cdk", f"echo '{json.dumps(outputs)}' > {state}/outputs.json"
        )
        self.record = state / "run.json"
        self.log = folder / "log"
        self.started: list[subprocess.Popen[bytes]] = []

    def _program(self, name: str, script: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start `make run` and wait until the stack runs."""
        with self.log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "local.run"],
                cwd=self.folder,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append(process)
        until(lambda: self.record.exists() or process.poll() is not None)
        assert process.poll() is None, self.printed()
        return process

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603 - the project's own program
            [sys.executable, "-m", "local.run", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    def printed(self) -> str:
        return self.log.read_text()

    def processes(self) -> dict[int, str]:
        """The running processes whose command names this folder, with the command."""
        found = {}
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                command = path.read_bytes().replace(b"\0", b" ").decode()
                state = path.with_name("stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if str(self.folder) in command and state != "Z":
                found[int(path.parent.name)] = command
        return found

    def workers(self) -> list[int]:
        return [pid for pid, command in self.processes().items() if "time.sleep(300)" in command]

    def supervisors(self) -> list[int]:
        return [pid for pid, command in self.processes().items() if "supervisor.py" in command]


def until(condition, seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "timed out"
        time.sleep(0.02)


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    # A shell starts background processes with Ctrl-C ignored, and children inherit that.
    inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
    made = Checkout(tmp_path / "checkout")
    yield made
    signal.signal(signal.SIGINT, inherited)
    for pid in made.processes():
        os.kill(pid, signal.SIGKILL)
    for run in made.started:
        run.kill()
        run.wait()


def end_twice_by_ctrl_c(run: "subprocess.Popen[bytes]") -> None:
    os.kill(run.pid, signal.SIGINT)
    time.sleep(0.3)
    os.kill(run.pid, signal.SIGINT)


def end_group_twice(run: "subprocess.Popen[bytes]") -> None:
    """Like `timeout`: signal the child first, then its whole group."""
    os.kill(run.pid, signal.SIGTERM)
    os.killpg(run.pid, signal.SIGTERM)


def close_the_terminal(run: "subprocess.Popen[bytes]") -> None:
    os.killpg(run.pid, signal.SIGHUP)
    os.killpg(run.pid, signal.SIGTERM)


@pytest.mark.parametrize("end", [end_twice_by_ctrl_c, end_group_twice, close_the_terminal])
def test_signals_during_the_shutdown_leave_no_process(checkout, end):
    run = checkout.start()
    assert len(checkout.workers()) == 3

    end(run)
    status = run.wait(PATIENCE_SECONDS)

    assert checkout.processes() == {}
    assert status == 0
    assert "Stopped" in checkout.printed()
    assert (checkout.folder / "saved").exists()


def test_killing_the_run_ends_its_processes(checkout):
    run = checkout.start()

    run.kill()
    run.wait()

    until(lambda: not checkout.processes())
    assert (checkout.folder / "saved").exists()


@pytest.mark.parametrize("command", ["--stop", "--reset"])
def test_stop_and_reset_end_orphaned_processes(checkout, command):
    run = checkout.start()
    for pid in (run.pid, *checkout.supervisors()):
        os.kill(pid, signal.SIGKILL)
    run.wait()
    assert len(checkout.workers()) == 3

    ended = checkout.command(command)

    assert checkout.processes() == {}
    assert ended.returncode == 0
    assert "Stopped." in ended.stdout


def test_the_next_run_ends_orphaned_processes_first(checkout):
    run = checkout.start()
    for pid in (run.pid, *checkout.supervisors()):
        os.kill(pid, signal.SIGKILL)
    run.wait()
    checkout.record.unlink()
    left = set(checkout.workers())

    again = checkout.start()

    assert left
    assert not left & set(checkout.processes())
    assert len(checkout.workers()) == 3
    again.terminate()
    assert again.wait(PATIENCE_SECONDS) == 0


def test_stop_ends_a_run_whose_record_is_missing(checkout):
    run = checkout.start()
    checkout.record.unlink()

    ended = checkout.command("--stop")

    assert ended.returncode == 0
    assert checkout.processes() == {}
    assert run.wait(PATIENCE_SECONDS) == 0


def test_a_second_run_does_not_end_one_that_is_starting(checkout):
    run = checkout.start()
    checkout.record.unlink()

    second = checkout.command()

    assert second.returncode == 1
    assert f"Process {run.pid}" in second.stderr
    assert len(checkout.workers()) == 3
    run.terminate()
    assert run.wait(PATIENCE_SECONDS) == 0


def test_stop_does_not_end_a_process_with_a_reused_id(checkout):
    run = checkout.start()
    record = json.loads(checkout.record.read_text())
    run.terminate()
    run.wait(PATIENCE_SECONDS)
    with subprocess.Popen(["/bin/sleep", "60"], start_new_session=True) as other_process:
        taken = {"pid": other_process.pid, "supervisors": [other_process.pid]}
        checkout.record.write_text(json.dumps({**record, **taken}))

        ended = checkout.command("--stop")
        was_alive = other_process.poll() is None
        other_process.kill()

    assert was_alive
    assert ended.returncode == 0
    assert not checkout.record.exists()


def test_killing_a_supervisor_ends_the_run(checkout):
    run = checkout.start()

    os.kill(checkout.supervisors()[0], signal.SIGKILL)

    assert run.wait(PATIENCE_SECONDS) == 1
    assert checkout.processes() == {}
    assert "ended unexpectedly" in checkout.printed()
