"""Attacks by hostile code in the reader's child process, with the rights of an ordinary user.

    python -m tests.unit.analysis.attacks '{"without": [], "address": ["127.0.0.1", 9001]}'

starts the real child, has it attempt every attack of `ATTACKS`, and prints what became of each:
`succeeded`, or the name of the error. `without` names defences that this process takes away first,
so that a test can show that an attack is real:

    prctl, seccomp    the system refuses that way to install a filter
    limits            the child sets no limits of resources
    seal              the parent does not hide itself
    closing           the parent leaves its files open in the child

Root is exempt from some of them, so root becomes `nobody` first. It keeps the right to read any
file until the attacks begin, because the interpreter may be in root's home.
"""

import ctypes
import errno
import json
import mmap
import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from analysis import Limits, sandbox_refused
from analysis.sandbox import confinement, parent, seccomp_filter, worker
from analysis.sandbox.seccomp_filter import Instruction

NOBODY = 65534
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
FILE_RIGHTS = (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)
PR_SET_KEEPCAPS = 8
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
PR_SET_PTRACER = 0x59616D61
PTRACE_TRACEME = 0
PTRACE_SEIZE = 0x4206
CAPABILITY_VERSION = 0x20080522

SECRET = "not-a-real-secret"
BOMB_PROCESSES = 400
TEN_GIGABYTES = 10 * 1024**3
INHERITED_DESCRIPTOR = 77
TEMPORARY = tempfile.gettempdir()

CALLS = {
    "x86_64": {"prctl": 157, "seccomp": 317, "execveat": 322, "process_vm_readv": 310},
    "aarch64": {"prctl": 167, "seccomp": 277, "execveat": 281, "process_vm_readv": 270},
}
IO_URING_SETUP = 425

libc = ctypes.CDLL(None, use_errno=True)


def checked(result: int) -> int:
    """The result of a C function. Raises `OSError` if it failed."""
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def system_call(number: int, *arguments: int) -> int:
    return checked(libc.syscall(*(ctypes.c_long(value) for value in (number, *arguments))))


def own_call(name: str, *arguments: int) -> int:
    return system_call(CALLS[os.uname().machine][name], *arguments)


def proc_file(name: str) -> Path:
    return Path(f"/proc/{os.getppid()}/{name}")


def read_environment_of_parent() -> None:
    if SECRET.encode() not in proc_file("environ").read_bytes():
        raise OSError(errno.ENODATA, "the secret is not there")


def read_memory_of_parent() -> None:
    maps = proc_file("maps").read_text().splitlines()
    heap = next(line for line in maps if line.endswith("[heap]"))
    with proc_file("mem").open("rb", buffering=0) as memory:
        memory.seek(int(heap.split("-")[0], 16))
        memory.read(16)


def read_maps_of_parent() -> None:
    proc_file("maps").read_bytes()


def read_descriptors_of_parent() -> None:
    for path in proc_file("fd").iterdir():
        path.readlink()


def read_inherited_descriptor() -> None:
    os.read(INHERITED_DESCRIPTOR, 1)


def connect_to_runtime_api() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
        connection.settimeout(1)
        connection.connect(tuple(ADDRESS))
        connection.sendall(b"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n\r\n")


def open_udp_socket() -> None:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()


def open_unix_socket() -> None:
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()


def open_socket_pair() -> None:
    for end in socket.socketpair():
        end.close()


def run_a_program() -> None:
    # A child would hide whether the program or the process was refused, so this file is missing.
    try:
        os.execv("/nonexistent/program", ["program"])  # noqa: S606 - an attack
    except FileNotFoundError:
        return


def run_a_program_by_execveat() -> None:
    try:
        own_call("execveat", -100, 0, 0, 0, 0)
    except OSError as error:
        if error.errno != errno.EFAULT:
            raise


def trace_parent() -> None:
    checked(libc.ptrace(PTRACE_SEIZE, os.getppid(), None, None))


def be_traced() -> None:
    checked(libc.ptrace(PTRACE_TRACEME, 0, None, None))


def read_memory_by_call() -> None:
    own_call("process_vm_readv", os.getppid(), 0, 0, 0, 0, 0)


def set_up_io_uring() -> None:
    try:
        system_call(IO_URING_SETUP, 1, 0)
    except OSError as error:
        if error.errno != errno.EFAULT:
            raise


def signal_parent() -> None:
    os.kill(os.getppid(), 0)


def limit_parent() -> None:
    resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)


def start_a_process() -> None:
    process_id = os.fork()
    if not process_id:
        os._exit(0)
    os.waitpid(process_id, 0)


def start_very_many_processes() -> None:
    started: list[int] = []
    read_end, write_end = os.pipe()
    try:
        for _ in range(BOMB_PROCESSES):
            process_id = os.fork()
            if not process_id:
                os.close(write_end)
                os.read(read_end, 1)
                os._exit(0)
            started.append(process_id)
    finally:
        # They end although the filter may refuse signals to them.
        os.close(write_end)
        os.close(read_end)
        for process_id in started:
            os.waitpid(process_id, 0)


def take_ten_gigabytes() -> None:
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_NORESERVE
    with mmap.mmap(-1, TEN_GIGABYTES, flags=flags) as memory:
        memory[-1] = 1


def grow_a_file_in_memory() -> None:
    descriptor = os.memfd_create("attack")
    try:
        os.truncate(descriptor, TEN_GIGABYTES)
    finally:
        os.close(descriptor)


def write_a_file() -> None:
    with tempfile.TemporaryFile(dir=TEMPORARY, buffering=0) as file:
        file.write(b"x")


def dump_core() -> None:
    if resource.getrlimit(resource.RLIMIT_CORE) == (0, 0):
        raise OSError(errno.EFBIG, "no core dumps")


def start_a_thread() -> None:
    """No attack: OCR needs threads."""
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()


ATTACKS: dict[str, Callable[[], None]] = {
    attack.__name__: attack
    for attack in (
        read_environment_of_parent,
        read_memory_of_parent,
        read_maps_of_parent,
        read_descriptors_of_parent,
        read_inherited_descriptor,
        connect_to_runtime_api,
        open_udp_socket,
        open_unix_socket,
        open_socket_pair,
        run_a_program,
        run_a_program_by_execveat,
        trace_parent,
        read_memory_by_call,
        set_up_io_uring,
        signal_parent,
        limit_parent,
        start_a_process,
        start_very_many_processes,
        take_ten_gigabytes,
        grow_a_file_in_memory,
        write_a_file,
        dump_core,
        start_a_thread,
        be_traced,  # the last, because a tracer may now stop this process
    )
}
ADDRESS: list[Any] = []


def outcome(attack: Callable[[], None]) -> str:
    try:
        attack()
    except MemoryError:
        return "ENOMEM"
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    return "succeeded"


def attempt_all(head: dict[str, Any], *_: object, **__: object) -> Iterator[worker.Frame]:
    """What the hostile child does instead of reading a document."""
    ADDRESS[:] = head["address"]
    drop_file_rights()
    yield {name: outcome(attack) for name, attack in ATTACKS.items()}, b""


def hostile_child(without: str) -> None:
    """The worker, taken over by a document."""
    vars(worker)["_answer"] = attempt_all
    if "limits" in without.split(","):
        vars(confinement)["limit_resources"] = lambda _: None
    worker.main()


def become_ordinary_user() -> None:
    """Change to `nobody` if this is root, and start again, so that the change is complete."""
    if os.getuid() == 0:
        checked(libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        set_capabilities(FILE_RIGHTS)
        for capability in FILE_RIGHTS:
            checked(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0))
        os.execv(sys.executable, [sys.executable, "-m", __spec__.name, *sys.argv[1:]])  # noqa: S606 - no shell is needed


def drop_file_rights() -> None:
    set_capabilities(())


def set_capabilities(capabilities: tuple[int, ...]) -> None:
    """Set the effective, permitted and inheritable capabilities of this process."""
    bits = sum(1 << capability for capability in capabilities)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    checked(libc.capset(header, (ctypes.c_uint32 * 6)(bits, bits, bits, 0, 0, 0)))


def refuse_filters(without: list[str]) -> None:
    """Be a system that refuses one or both ways to install a filter."""
    machine = os.uname().machine
    numbers = CALLS[machine]
    refuse = seccomp_filter._refuse(errno.EPERM)
    program: list[Instruction] = [seccomp_filter._load(0)]
    if "seccomp" in without:
        program += seccomp_filter._if_equal(numbers["seccomp"], refuse)
    if "prctl" in without:
        program += seccomp_filter._if_equal(
            numbers["prctl"],
            seccomp_filter._load(16),
            *seccomp_filter._if_equal(PR_SET_SECCOMP, refuse),
            *seccomp_filter._if_equal(PR_SET_NO_NEW_PRIVS, refuse),
            seccomp_filter._allow(),
        )
    assert confinement.load((*program, seccomp_filter._allow()), machine)


def main() -> None:
    become_ordinary_user()
    request = json.loads(sys.argv[1])
    without = request["without"]
    refuse_filters(without)
    if "seal" in without:
        vars(parent)["seal"] = frozenset
        libc.prctl(PR_SET_PTRACER, -1, 0, 0, 0)  # where only parents may trace
    if "closing" in without:
        vars(subprocess)["Popen"] = partial(subprocess.Popen, close_fds=False)
    os.dup2(os.open(os.devnull, os.O_RDONLY), INHERITED_DESCRIPTOR, inheritable=True)
    parent._START = (
        f"from tests.unit.analysis import attacks; attacks.hostile_child({','.join(without)!r})"
    )
    limits = Limits(sandbox="best_effort")
    child = parent._Child(limits)
    drop_file_rights()
    [(outcomes, _body)] = child.ask(
        {"ask": "attack", "address": request["address"]}, b"", 1e9, page_seconds=20
    )
    sys.stdout.write(json.dumps({"outcomes": outcomes, "refused": sandbox_refused()}))


if __name__ == "__main__":
    main()
