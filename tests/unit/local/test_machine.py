import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from local.machine import OLDEST_NODE

ROOT = Path(__file__).parents[3]
BROKEN = "#!/bin/sh\nexit 1\n"


def check_machine(
    path: Path, *arguments: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 - the project's own program
        [sys.executable, "local/machine.py", *arguments],
        cwd=ROOT,
        env={"PATH": str(path), **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def a_node(folder: Path, version: str) -> Path:
    for name, script in {"node": f"echo {version}", "npm": "echo 11"}.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("version", "status"), [("v20.19.0", 0), ("v24.1.0", 0), ("v20.18.3", 1), ("v18.20.1", 1)]
)
def test_an_old_node_is_reported(tmp_path, version, status):
    completed = check_machine(a_node(tmp_path, version))

    assert completed.returncode == status
    assert ("the oldest that works is 20.19" in completed.stderr) is bool(status)


def test_the_site_and_the_workflow_accept_the_same_versions_of_node():
    engines = json.loads((ROOT / "frontend/package.json").read_text())["engines"]["node"]
    oldest, wanted = "{}.{}".format(*OLDEST_NODE), (ROOT / ".nvmrc").read_text().strip()

    assert engines.split(" || ") == [f"^{oldest}.0", "^22.12.0", f">={wanted}.0.0"]


def test_missing_node_and_npm_are_reported(tmp_path):
    without_node = check_machine(tmp_path)
    (a_node(tmp_path, "v22.0.0") / "npm").unlink()
    without_npm = check_machine(tmp_path)

    assert "`node` is not on the path" in without_node.stderr
    assert "`npm` is not on the path" in without_npm.stderr


def test_all_missing_programs_are_reported_at_once(tmp_path):
    completed = check_machine(tmp_path, "--tests", DOCKET_CHROMIUM="/nowhere/chromium")

    assert completed.returncode == 1
    assert "node" in completed.stderr
    assert "/nowhere/chromium" in completed.stderr


@pytest.mark.parametrize(
    ("target", "check"),
    [("run", "machine.py"), ("demo", "machine.py"), ("test", "machine.py --tests")],
)
def test_a_make_target_checks_the_machine_first(target, check):
    make = shutil.which("make")
    assert make
    planned = subprocess.run(  # noqa: S603 - the project's own Makefile
        [make, "--dry-run", target],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},  # without what a `make` that runs this test passes on
        capture_output=True,
        text=True,
        check=True,
    )

    assert planned.stdout.splitlines()[0].endswith(check)
