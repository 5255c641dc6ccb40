"""The package is a program."""

import subprocess
import sys
from pathlib import Path

CORE = Path(__file__).parents[3] / "layers/core/python"


def test_the_program_explains_its_commands():
    output = subprocess.run(
        [sys.executable, "-m", "operations", "--help"],
        env={"PYTHONPATH": str(CORE)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    for name in ("orders", "show", "refund", "redrive", "reconcile"):
        assert name in output
