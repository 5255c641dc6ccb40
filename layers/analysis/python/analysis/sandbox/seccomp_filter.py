"""The seccomp filter of the child process: a program for the kernel that judges system calls.

The program reads the call's architecture, number and first argument (`struct seccomp_data`) and
returns an action. It runs before every call of the process, and cannot be removed.

    another architecture's call    EPERM  numbers mean other calls there: i386, and x32 on x86-64
    a call of `_DENIED`            EPERM
    clone without CLONE_THREAD     EPERM  a new process; threads are allowed, OCR uses them
    clone3                         ENOSYS its flags cannot be read; the C library then uses clone
    kill, tgkill, prlimit64        EPERM  unless the target is the process itself
    any other call                 allowed

This module only computes; `confinement` installs the program.
"""

import errno
import struct
from collections.abc import Mapping
from typing import NamedTuple

_LOAD_WORD = 0x20
"""`BPF_LD | BPF_W | BPF_ABS`: load a word of the call's data."""
_JUMP_IF_EQUAL = 0x15
"""`BPF_JMP | BPF_JEQ | BPF_K`."""
_JUMP_IF_AT_LEAST = 0x35
"""`BPF_JMP | BPF_JGE | BPF_K`."""
_JUMP_IF_ANY_BIT = 0x45
"""`BPF_JMP | BPF_JSET | BPF_K`."""
_RETURN = 0x06
"""`BPF_RET | BPF_K`: end with an action."""

_NUMBER_OFFSET = 0
"""Bytes from the start of the call's data to its number."""
_ARCHITECTURE_OFFSET = 4
"""Bytes from there to the architecture's word."""
_FIRST_ARGUMENT_OFFSET = 16
"""Of the argument's lower half: both architectures are little-endian. Flags, process ids and
signals are 32 bits wide, and the kernel ignores the upper half of them."""

_ALLOW = 0x7FFF0000
"""`SECCOMP_RET_ALLOW`."""
_REFUSE = 0x00050000
"""With the error number in the lower half."""

_CLONE_THREAD = 0x10000
"""The flag of `clone` that makes a thread of the same process."""
_X32_CALLS = 0x40000000
"""`__X32_SYSCALL_BIT`: calls of x32 have numbers from here on."""


class Instruction(NamedTuple):
    """A `struct sock_filter`. Jumps are relative to the next instruction."""

    code: int
    if_true: int
    if_false: int
    operand: int


type Program = tuple[Instruction, ...]


class _Architecture(NamedTuple):
    word: int
    """The kernel's `AUDIT_ARCH_…` constant."""
    has_x32: bool
    numbers: Mapping[str, int]


_SAME_NUMBERS = {
    "pidfd_send_signal": 424,
    "io_uring_setup": 425,
    "clone3": 435,
    "pidfd_getfd": 438,
    "process_madvise": 440,
}
"""Calls that are newer than the numbers of both architectures' tables."""

_ARCHITECTURES: Mapping[str, _Architecture] = {
    "x86_64": _Architecture(
        word=0xC000003E,
        has_x32=True,
        numbers={
            "socket": 41, "connect": 42, "bind": 49, "socketpair": 53,
            "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "execveat": 322,
            "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311,
            "kill": 62, "tkill": 200, "tgkill": 234, "rt_sigqueueinfo": 129,
            "rt_tgsigqueueinfo": 297, "prlimit64": 302,
            "unshare": 272, "setns": 308, "bpf": 321, "perf_event_open": 298,
            "userfaultfd": 323, "add_key": 248, "request_key": 249, "keyctl": 250,
        } | _SAME_NUMBERS,
    ),
    "aarch64": _Architecture(
        word=0xC00000B7,
        has_x32=False,
        numbers={
            "socket": 198, "socketpair": 199, "bind": 200, "connect": 203,
            "clone": 220, "execve": 221, "execveat": 281,
            "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271,
            "kill": 129, "tkill": 130, "tgkill": 131, "rt_sigqueueinfo": 138,
            "rt_tgsigqueueinfo": 240, "prlimit64": 261,
            "unshare": 97, "setns": 268, "bpf": 280, "perf_event_open": 241,
            "userfaultfd": 282, "add_key": 217, "request_key": 218, "keyctl": 219,
        } | _SAME_NUMBERS,
    ),
}  # fmt: skip
"""By the machine's name as `uname` gives it. aarch64 has neither fork nor vfork."""

_DENIED = (
    # the network, and other processes of the machine
    "socket", "socketpair", "bind", "connect",
    # other programs and processes
    "execve", "execveat", "fork", "vfork", "unshare", "setns",
    # the memory, files and signals of other processes
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_getfd",
    "pidfd_send_signal", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
    # calls by another way, and parts of the kernel that no reader needs
    "io_uring_setup", "bpf", "perf_event_open", "userfaultfd", "add_key", "request_key", "keyctl",
)  # fmt: skip


def assemble(machine: str, process_id: int) -> Program | None:
    """The filter for a process on a machine (`x86_64`, `aarch64`); None for another machine."""
    architecture = _ARCHITECTURES.get(machine)
    if architecture is None:
        return None
    numbers = architecture.numbers
    return (
        _load(_ARCHITECTURE_OFFSET),
        Instruction(_JUMP_IF_EQUAL, 1, 0, architecture.word),
        _refuse(errno.EPERM),
        _load(_NUMBER_OFFSET),
        *(
            (Instruction(_JUMP_IF_AT_LEAST, 0, 1, _X32_CALLS), _refuse(errno.EPERM))
            if architecture.has_x32
            else ()
        ),
        *(
            instruction
            for name in _DENIED
            if name in numbers
            for instruction in _if_equal(numbers[name], _refuse(errno.EPERM))
        ),
        *_if_equal(numbers["clone3"], _refuse(errno.ENOSYS)),
        *_if_equal(
            numbers["clone"],
            _load(_FIRST_ARGUMENT_OFFSET),
            Instruction(_JUMP_IF_ANY_BIT, 1, 0, _CLONE_THREAD),
            _refuse(errno.EPERM),
            _allow(),
        ),
        *(
            instruction
            for name in ("kill", "tgkill")
            for instruction in _if_equal(numbers[name], *_if_first_argument_is(process_id))
        ),
        # For prlimit64, 0 is the process itself; for kill it is a group.
        *_if_equal(numbers["prlimit64"], *_if_first_argument_is(process_id, 0)),
        _allow(),
    )


def encode(program: Program) -> bytes:
    """The program as an array of `struct sock_filter`."""
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in program)


def _load(offset: int) -> Instruction:
    return Instruction(_LOAD_WORD, 0, 0, offset)


def _allow() -> Instruction:
    return Instruction(_RETURN, 0, 0, _ALLOW)


def _refuse(error: int) -> Instruction:
    return Instruction(_RETURN, 0, 0, _REFUSE | error)


def _if_equal(operand: int, *then: Instruction) -> Program:
    """Run the instructions if the loaded word is the operand, else skip them."""
    return (Instruction(_JUMP_IF_EQUAL, 0, len(then), operand), *then)


def _if_first_argument_is(*accepted: int) -> Program:
    """Allow the call if its first argument is one of these numbers, else refuse it."""
    return (
        _load(_FIRST_ARGUMENT_OFFSET),
        *(instruction for number in accepted for instruction in _if_equal(number, _allow())),
        _refuse(errno.EPERM),
    )
