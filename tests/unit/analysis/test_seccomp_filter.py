"""The filter of system calls, run by an interpreter of the kernel's packet filter programs."""

import errno
import struct

import pytest

from analysis.sandbox import seccomp_filter

ALLOW = 0x7FFF0000
REFUSE = 0x00050000
OWN_PROCESS = 4711
OTHER_PROCESS = 1
GROUP = 0
EVERYONE = 0xFFFFFFFF_FFFFFFFF

WORDS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
FOREIGN_WORDS = {"i386": 0x40000003, "arm": 0x40000028, "riscv64": 0xC00000F3}
X32 = 0x40000000
THREAD_FLAGS = 0x3D0F00
"""Those of the C library's `pthread_create`."""
FORK_FLAGS = 0x01200011

DENIED = {
    "x86_64": {
        "socket": 41, "connect": 42, "bind": 49, "socketpair": 53, "fork": 57, "vfork": 58,
        "execve": 59, "execveat": 322, "ptrace": 101, "process_vm_readv": 310,
        "process_vm_writev": 311, "io_uring_setup": 425, "pidfd_getfd": 438, "tkill": 200,
        "rt_sigqueueinfo": 129, "rt_tgsigqueueinfo": 297, "pidfd_send_signal": 424,
        "process_madvise": 440, "unshare": 272, "setns": 308, "bpf": 321, "perf_event_open": 298,
        "userfaultfd": 323, "add_key": 248, "request_key": 249, "keyctl": 250,
    },
    "aarch64": {
        "socket": 198, "socketpair": 199, "bind": 200, "connect": 203, "execve": 221,
        "execveat": 281, "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271,
        "io_uring_setup": 425, "pidfd_getfd": 438, "tkill": 130, "rt_sigqueueinfo": 138,
        "rt_tgsigqueueinfo": 240, "pidfd_send_signal": 424, "process_madvise": 440, "unshare": 97,
        "setns": 268, "bpf": 280, "perf_event_open": 241, "userfaultfd": 282, "add_key": 217,
        "request_key": 218, "keyctl": 219,
    },
}  # fmt: skip
BY_ARGUMENT = {
    "x86_64": {"clone": 56, "clone3": 435, "kill": 62, "tgkill": 234, "prlimit64": 302},
    "aarch64": {"clone": 220, "clone3": 435, "kill": 129, "tgkill": 131, "prlimit64": 261},
}
HIGHEST_NUMBER = 480


def run(program, architecture, number, first_argument=0):
    """The action that a program returns for a call. Fails for what the kernel would not accept."""
    data = struct.pack("<IIQ6Q", number, architecture, 0, first_argument, *[0] * 5)
    accumulator = None
    at = 0
    while True:
        code, if_true, if_false, operand = program[at]
        at += 1
        match code:
            case 0x20:  # load a word
                assert operand % 4 == 0
                (accumulator,) = struct.unpack_from("<I", data, operand)
            case 0x15:  # jump if equal
                at += if_true if accumulator == operand else if_false
            case 0x35:  # jump if at least
                at += if_true if accumulator >= operand else if_false
            case 0x45:  # jump if a bit is set
                at += if_true if accumulator & operand else if_false
            case 0x06:  # return
                return operand
            case _:
                raise AssertionError(code)


def judge(machine, number, first_argument=0, *, word=None):
    """`allowed`, or the name of the error that a call has on a machine."""
    program = seccomp_filter.assemble(machine, OWN_PROCESS)
    action = run(program, word or WORDS[machine], number, first_argument)
    return "allowed" if action == ALLOW else errno.errorcode[action - REFUSE]


def on_both(table):
    return [
        pytest.param(machine, number, id=f"{machine} {name}")
        for machine, numbers in table.items()
        for name, number in numbers.items()
    ]


@pytest.mark.parametrize(("machine", "number"), on_both(DENIED))
def test_a_denied_call_is_refused(machine, number):
    assert judge(machine, number) == "EPERM"


@pytest.mark.parametrize("machine", WORDS)
def test_every_other_call_is_allowed(machine):
    judged = {*DENIED[machine].values(), *BY_ARGUMENT[machine].values()}

    refused = {
        number
        for number in range(HIGHEST_NUMBER)
        if judge(machine, number, OWN_PROCESS) != "allowed"
    }

    assert refused - judged == set()


@pytest.mark.parametrize(("machine", "number"), on_both(DENIED))
@pytest.mark.parametrize("foreign", FOREIGN_WORDS)
def test_no_call_of_another_architecture_is_allowed(machine, number, foreign):
    word = FOREIGN_WORDS[foreign]

    assert judge(machine, number, word=word) == "EPERM"
    assert judge(machine, 0, word=word) == "EPERM"


@pytest.mark.parametrize("machine", WORDS)
def test_the_calls_of_one_architecture_are_refused_on_the_other(machine):
    [other] = WORDS.keys() - {machine}

    assert judge(machine, 0, word=WORDS[other]) == "EPERM"


@pytest.mark.parametrize("number", [0, 41, 59, 520, 0x3FFFFFFF])
def test_x32_calls_are_refused(number):
    assert judge("x86_64", X32 | number) == "EPERM"


@pytest.mark.parametrize("machine", WORDS)
def test_clone_makes_threads_and_no_processes(machine):
    clone = BY_ARGUMENT[machine]["clone"]

    assert judge(machine, clone, THREAD_FLAGS) == "allowed"
    assert judge(machine, clone, FORK_FLAGS) == "EPERM"


@pytest.mark.parametrize("machine", WORDS)
def test_clone3_is_unknown_so_that_the_c_library_uses_clone(machine):
    assert judge(machine, BY_ARGUMENT[machine]["clone3"]) == "ENOSYS"


@pytest.mark.parametrize("machine", WORDS)
@pytest.mark.parametrize("name", ["kill", "tgkill"])
def test_only_the_process_itself_gets_signals(machine, name):
    number = BY_ARGUMENT[machine][name]

    assert judge(machine, number, OWN_PROCESS) == "allowed"
    for target in (OTHER_PROCESS, GROUP, EVERYONE):
        assert judge(machine, number, target) == "EPERM"


@pytest.mark.parametrize("machine", WORDS)
def test_only_the_limits_of_the_process_itself_can_be_changed(machine):
    number = BY_ARGUMENT[machine]["prlimit64"]

    assert judge(machine, number, 0) == "allowed"
    assert judge(machine, number, OWN_PROCESS) == "allowed"
    assert judge(machine, number, OTHER_PROCESS) == "EPERM"


@pytest.mark.parametrize("machine", WORDS)
def test_every_path_of_the_program_ends_within_it(machine):
    program = seccomp_filter.assemble(machine, OWN_PROCESS) or ()

    for at, (code, if_true, if_false, _operand) in enumerate(program):
        if code in {0x15, 0x35, 0x45}:
            assert at + 1 + max(if_true, if_false) < len(program)
    assert program[-1].code == 0x06
    assert len(program) <= 4096


def test_an_unknown_machine_has_no_filter():
    assert seccomp_filter.assemble("riscv64", OWN_PROCESS) is None


def test_an_instruction_is_encoded_as_the_kernel_reads_it():
    instruction = seccomp_filter.Instruction(0x15, 1, 2, 0xC000003E)

    assert (
        seccomp_filter.encode((instruction, instruction)) == bytes.fromhex("150001023e0000c0") * 2
    )
