"""What the reader's child process can read of its parent, with the rights of an ordinary user.

Root reads everything in /proc by its capabilities. Where the tests run as root, the capabilities
are dropped before the parent starts, except those for files: the interpreter may be in root's home,
where another user could not run it.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LAYER = Path(__file__).parents[3] / "layers/analysis/python"
SECRET = "not-a-real-secret"

OBSERVE_PARENT = """
import json, os
found = {}
for name in ("environ", "mem", "maps"):
    try:
        with open(f"/proc/{os.getppid()}/{name}", "rb") as file:
            found[name] = name == "mem" or b"not-a-real-secret" in file.read()
    except OSError:
        found[name] = None
print(json.dumps(found))
"""
AS_AN_ORDINARY_USER = """
import ctypes, os, sys
if os.getuid() == 0:
    for capability in set(range(64)) - {1, 2}:
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
REFUSE_PRCTL = """
import ctypes, platform, struct
number = {"x86_64": 157, "aarch64": 167}[platform.machine()]
steps = [(0x20, 0, 0, 0), (0x15, 0, 1, number), (0x06, 0, 0, 0x00050001), (0x06, 0, 0, 0x7FFF0000)]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
libc = ctypes.CDLL(None)
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, program) == 0
assert libc.prctl(4, 0, 0, 0, 0) == -1
"""
PARENT = """
import ctypes, json, os, subprocess, sys
from analysis import Limits, seal
from analysis.sandbox import parent
parent._START = sys.argv[1]
child = parent._Child(Limits())
seen = json.loads(child._from.read())
libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p
inherited = subprocess.run(["/usr/bin/env"], capture_output=True, text=True).stdout
print(json.dumps({
    "seen": seen,
    "refused": sorted(seal()),
    "kept": [os.environ["AWS_SECRET_ACCESS_KEY"], libc.getenv(b"AWS_SECRET_ACCESS_KEY").decode(),
             "AWS_SECRET_ACCESS_KEY=not-a-real-secret" in inherited.splitlines()],
}))
"""


def observe(before=""):
    """What a child of the reader's kind sees, and the state of its parent afterwards."""
    completed = subprocess.run(  # noqa: S603 - the tests' own interpreter and arguments
        [sys.executable, "-c", AS_AN_ORDINARY_USER, "-c", before + PARENT, OBSERVE_PARENT],
        env={"PYTHONPATH": str(LAYER), "AWS_SECRET_ACCESS_KEY": SECRET, "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert completed.returncode == 0, completed.stderr
    return json.loads(completed.stdout)


def test_the_child_cannot_read_the_parents_environment_or_memory():
    observed = observe()

    assert observed["seen"] == {"environ": None, "mem": None, "maps": None}
    assert observed["refused"] == []


def test_without_prctl_the_parents_environment_has_no_secret():
    observed = observe(REFUSE_PRCTL)

    assert observed["seen"]["environ"] is False
    assert observed["refused"] == ["dumpable"]


@pytest.mark.parametrize("before", ["", REFUSE_PRCTL], ids=["sealed", "prctl refused"])
def test_a_sealed_process_and_its_other_children_keep_their_environment(before):
    assert observe(before)["kept"] == [SECRET, SECRET, True]
