"""Run one program, and end it with everything it started when the starter ends or dies.

    python -I -S local/supervisor.py GRACE_SECONDS PROGRAM ARGUMENT…    (standard input: a pipe)

The starter holds the other end of the pipe and writes nothing. When it closes its end, or dies,
this process reads end-of-file. A signal has the same effect. The program is then sent SIGTERM, and
descendants that are still running after the grace period are killed. On Linux this process is the
subreaper of its descendants, so it also finds workers whose parent has ended; and the program is
killed if this process is. On other systems the program's process group is ended instead.

This module imports nothing of the project, so that it starts in a few milliseconds.
"""

import ctypes
import os
import select
import signal
import sys
import time
from pathlib import Path

LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG = 1
"""An option of `prctl(2)`: the signal that a process gets when its parent dies."""
PR_SET_CHILD_SUBREAPER = 36
"""An option of `prctl(2)`: orphaned descendants become children of this process."""
KILL_SECONDS = 10.0
"""Time for what was killed to end."""
POLL_SECONDS = 0.02
"""The pause between two looks at the children."""


def main(grace_seconds: float, command: list[str]) -> int:
    """Returns the program's exit status in the shell's convention."""
    waker, wakened = os.pipe()
    for end in (waker, wakened):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wakened, warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, lambda *_: None)
    if LINUX:
        prctl(PR_SET_CHILD_SUBREAPER, 1)
    program = start(command)
    status = None
    while status is None and not is_over(waker):
        status = reap(program)
    if status is None:
        status = end_program(program, grace_seconds)
    end_rest(program)
    return status


def start(command: list[str]) -> int:
    """Start the program in a process group of its own, without the pipe as standard input."""
    supervisor = os.getpid()
    child = os.fork()
    if child:
        return child
    try:
        os.setpgid(0, 0)
        if LINUX:
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number in (signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)
        if os.getppid() == supervisor:
            os.execvpe(command[0], command, os.environ)  # noqa: S606 - no shell is wanted
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
    os._exit(127)


def is_over(waker: int) -> bool:
    """Wait for a signal or the end of the pipe. Returns whether to end the program."""
    readable, _, _ = select.select([sys.stdin, waker], [], [])
    arrived = os.read(waker, 4096) if waker in readable else b""
    return sys.stdin in readable or any(number != signal.SIGCHLD for number in arrived)


def reap(program: int) -> int | None:
    """Reap every child that has ended. Returns the program's exit status if it is among them."""
    status = None
    while True:
        try:
            pid, reported = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return status
        if pid == 0:
            return status
        if pid == program:
            code = os.waitstatus_to_exitcode(reported)
            status = code if code >= 0 else 128 - code


def end_program(program: int, grace_seconds: float) -> int:
    """Send SIGTERM, and SIGKILL after the grace period."""
    os.kill(program, signal.SIGTERM)
    deadline = time.monotonic() + grace_seconds
    while (status := reap(program)) is None:
        if time.monotonic() > deadline:
            os.kill(program, signal.SIGKILL)
        time.sleep(POLL_SECONDS)
    return status


def end_rest(program: int) -> None:
    """Kill what the program left until no child remains, or the time limit is reached."""
    deadline = time.monotonic() + KILL_SECONDS
    while time.monotonic() < deadline:
        for pid in descendants():
            send_kill(pid)
        if not LINUX:
            try:
                os.killpg(program, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return
        reap(program)
        if LINUX and not has_children():
            return
        time.sleep(POLL_SECONDS)


def descendants() -> list[int]:
    """All descendants of this process; none without /proc."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
    below = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    return sorted(below - {os.getpid()})


def has_children() -> bool:
    """Whether any child is left, running or not yet waited for."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def send_kill(pid: int) -> None:
    """Kill a process, if it has not ended."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def prctl(option: int, value: int) -> None:
    """Errors are ignored: the pipe and the mark remain."""
    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
