"""What hostile code in the reader's child process can do, as an ordinary user."""

import json
import os
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from analysis import Limits, ReaderFailed, read, sandbox_refused
from analysis.sandbox import confinement
from tests.unit.analysis.attacks import ATTACKS, SECRET
from tests.unit.analysis.documents import a_pdf

ROOT = Path(__file__).parents[3]
LAYER = ROOT / "layers/analysis/python"
ONE_PAGE = a_pdf(["the only page has some text"])

FILTERED = {
    "connect_to_runtime_api": "EPERM",
    "open_udp_socket": "EPERM",
    "open_unix_socket": "EPERM",
    "open_socket_pair": "EPERM",
    "run_a_program": "EPERM",
    "run_a_program_by_execveat": "EPERM",
    "be_traced": "EPERM",
    "read_memory_by_call": "EPERM",
    "set_up_io_uring": "EPERM",
    "signal_parent": "EPERM",
    "limit_parent": "EPERM",
    "start_a_process": "EPERM",
    "start_very_many_processes": "EPERM",
}
"""What only the filter of system calls prevents."""
OTHERWISE_PREVENTED = {
    "read_environment_of_parent": "EACCES",
    "read_memory_of_parent": "EACCES",
    "read_maps_of_parent": "EACCES",
    "read_descriptors_of_parent": "EACCES",
    "trace_parent": "EPERM",
    "read_inherited_descriptor": "EBADF",
    "take_ten_gigabytes": "ENOMEM",
    "grow_a_file_in_memory": "EFBIG",
    "write_a_file": "EFBIG",
    "dump_core": "EFBIG",
}
"""What is prevented without the filter too."""
ALLOWED = {"start_a_thread": "succeeded"}
MAY_BE_SWITCHED_OFF = {"set_up_io_uring"}
"""What some systems refuse to every process."""

REFUSE_FILTERS = """
from tests.unit.analysis import attacks
attacks.refuse_filters(["prctl", "seccomp"])
"""
ENGINES = {"PIL", "faster_paddle", "pypdfium2", "pypdfium2_raw", "numpy"}


@cache
def attack(*without):
    """What became of each attack, whether the filter was refused, and what the parent's API got."""
    with socket.create_server(("127.0.0.1", 0)) as runtime_api:
        request = {"without": without, "address": runtime_api.getsockname()}
        completed = subprocess.run(  # noqa: S603 - the tests' own interpreter and arguments
            [sys.executable, "-m", "tests.unit.analysis.attacks", json.dumps(request)],
            env={
                "PYTHONPATH": f"{LAYER}{os.pathsep}{ROOT}",
                "AWS_SECRET_ACCESS_KEY": SECRET,
                "AWS_LAMBDA_RUNTIME_API": "{}:{}".format(*runtime_api.getsockname()),
            },
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert completed.returncode == 0, completed.stderr
        runtime_api.settimeout(0)
        try:
            runtime_api.accept()[0].close()
        except BlockingIOError:
            was_reached = False
        else:
            was_reached = True
    observed = json.loads(completed.stdout)
    return observed["outcomes"], observed["refused"], was_reached


@pytest.mark.parametrize(
    "without", [(), ("prctl",), ("seccomp",)], ids=["both ways", "seccomp(2)", "prctl"]
)
def test_hostile_code_can_start_threads_and_nothing_else(without):
    outcomes, is_refused, was_reached = attack(*without)

    assert outcomes == FILTERED | OTHERWISE_PREVENTED | ALLOWED
    assert not is_refused
    assert not was_reached


def test_without_the_filter_the_parent_and_the_resources_are_still_protected():
    outcomes, is_refused, _was_reached = attack("prctl", "seccomp")

    assert is_refused
    assert outcomes.items() >= OTHERWISE_PREVENTED.items()
    assert outcomes["start_a_process"] == "succeeded"
    assert outcomes["start_very_many_processes"] == "EAGAIN"


def test_without_defences_every_attack_succeeds():
    outcomes, is_refused, was_reached = attack("prctl", "seccomp", "limits", "seal", "closing")

    failed = {name for name, outcome in outcomes.items() if outcome != "succeeded"}
    assert failed <= MAY_BE_SWITCHED_OFF
    assert outcomes.keys() == ATTACKS.keys()
    assert is_refused
    assert was_reached


def test_no_engine_and_no_thread_exists_when_the_filter_is_installed():
    observe = (
        "import json, os, sys, analysis.sandbox.worker; "
        "print(json.dumps([sorted(sys.modules), len(os.listdir('/proc/self/task'))]))"
    )
    completed = subprocess.run(  # noqa: S603 - the tests' own interpreter and arguments
        [sys.executable, "-c", observe],
        env={"PYTHONPATH": str(LAYER)}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    modules, threads = json.loads(completed.stdout)

    assert not ENGINES & set(modules)
    assert threads == 1


def test_a_filter_that_the_system_accepts_and_ignores_is_not_counted_as_installed(monkeypatch):
    monkeypatch.setattr(confinement, "load", lambda *_: True)

    assert not confinement.install_filter()


def test_a_required_sandbox_that_is_refused_is_a_failure_of_the_reader(patch_child):
    patch_child(REFUSE_FILTERS)

    with pytest.raises(ReaderFailed, match="refused the sandbox"):
        read(ONE_PAGE, "a.pdf", "", limits=Limits(sandbox="required"), skip_failed_pages=True)


def test_a_document_is_read_without_a_sandbox_by_best_effort(patch_child):
    patch_child(REFUSE_FILTERS)

    result = read(ONE_PAGE, "a.pdf", "", limits=Limits(sandbox="best_effort"))

    assert not result.partial
    assert sandbox_refused()


def test_a_child_with_the_filter_ends_the_alarm(patch_child):
    patch_child(REFUSE_FILTERS)
    read(ONE_PAGE, "a.pdf", "", limits=Limits(sandbox="best_effort"))
    patch_child("")

    read(ONE_PAGE, "a.pdf", "", limits=Limits(sandbox="best_effort"))

    assert not sandbox_refused()
