"""What the child process takes from itself before it reads a document.

    install_filter     system calls: no network, no program, no other process (`seccomp_filter`)
    limit_resources    memory, new processes and threads, files written, core dumps

The filter does not depend on the user, but a system may refuse it. The limits always work, except
that the kernel does not limit the number of root's processes.
"""

import ctypes
import errno
import os
import resource
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from analysis.sandbox import seccomp_filter

_PR_SET_SECCOMP = 22
"""An option of `prctl(2)`. These numbers are those of the kernel's headers."""
_PR_SET_NO_NEW_PRIVS = 38
"""An option of `prctl(2)`, without which an ordinary user may install no filter."""
_SECCOMP_MODE_FILTER = 2
"""The mode of `prctl` that installs a filter."""
_SECCOMP_SET_MODE_FILTER = 1
"""The operation of `seccomp(2)` that installs a filter."""
_SECCOMP_FILTER_FLAG_TSYNC = 1
"""The filter applies to all threads of the process, not only to the calling one."""
_SECCOMP_CALL = {"x86_64": 317, "aarch64": 277}
"""The number of `seccomp(2)`."""
_AF_UNIX = 1
"""The family of the socket that is tried."""
_SOCK_STREAM = 1
"""The type of the socket that is tried."""
_ROOT = 0
"""The user id of root, whose processes the kernel does not count."""

MAX_NEW_PROCESSES = 256
"""Processes and threads that the child's user may have beyond those at the child's start.

OCR needs two threads for each processor. Lambda allows 1,024 for a function; on a developer's
machine the user's other programs start threads too.
"""


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def install_filter() -> bool:
    """Refuse this process the calls that reading does not need. Returns whether they are refused.

    Call it before threads exist: some systems allow the filter for the calling thread only.
    """
    machine = os.uname().machine
    program = seccomp_filter.assemble(machine, os.getpid())
    return program is not None and load(program, machine) and not _can_open_sockets()


def load(program: seccomp_filter.Program, machine: str) -> bool:
    """Install a program by `seccomp(2)` or by `prctl`, because systems may refuse either."""
    argument = ctypes.byref(_Program(len(program), seccomp_filter.encode(program)))
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        # Its refusal does not matter if this process has the attribute already.
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        installed: int = libc.syscall(
            ctypes.c_long(_SECCOMP_CALL[machine]),
            ctypes.c_long(_SECCOMP_SET_MODE_FILTER),
            ctypes.c_long(_SECCOMP_FILTER_FLAG_TSYNC),
            argument,
        )
        if installed != 0:
            installed = libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, argument, 0, 0)
        return installed == 0
    return False


def _can_open_sockets() -> bool:
    """Whether the filter has no effect, although the system accepted it."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor: int = libc.socket(_AF_UNIX, _SOCK_STREAM, 0)
    if descriptor >= 0:
        os.close(descriptor)
    return descriptor >= 0 or ctypes.get_errno() != errno.EPERM


def limit_resources(memory_bytes: int) -> None:
    """Set the limits, which nothing can raise again.

    Memory that is written to counts in full, memory that is only reserved or mapped by half. A
    file may not grow at all: the reader writes to pipes only, and a file in memory is not counted.
    """
    _lower(resource.RLIMIT_DATA, memory_bytes)
    _lower(resource.RLIMIT_AS, 2 * memory_bytes)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)
    user_id = os.getuid()
    if user_id != _ROOT and (threads := sum(_threads_of_processes(user_id))):
        _lower(resource.RLIMIT_NPROC, threads + MAX_NEW_PROCESSES)


def _lower(limit: int, value: int) -> None:
    hard = resource.getrlimit(limit)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (value, value))


def _threads_of_processes(user_id: int) -> Iterator[int]:
    """The numbers of threads of a user's processes; none if the system does not report them.

    Sealed processes belong to root there and are omitted; `MAX_NEW_PROCESSES` has room for them.
    """
    for path in Path("/proc").glob("[0-9]*"):
        # A process may end meanwhile.
        with suppress(OSError):
            if path.stat().st_uid == user_id:
                yield sum(1 for _ in (path / "task").iterdir())
