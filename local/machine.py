"""Report missing prerequisites before the installation: `python3 local/machine.py [--tests]`.

This module uses only the standard library, and no syntax that older versions of Python lack.
"""

import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from local import chromium

# Debian 13 ships it, although its own support ended in April 2026.
OLDEST_NODE = (20, 19)


def missing(*, for_tests: bool) -> "list[str]":
    """A sentence for each missing prerequisite, with the remedy."""
    messages = [*missing_node(), *missing_venv()]
    if for_tests:
        try:
            chromium_path = chromium.find()
        except chromium.NoChromiumError as error:
            messages.append(str(error))
        else:
            if chromium_path is None and not chromium.can_be_installed():
                messages.append(chromium.ADVICE)
    return messages


def missing_node() -> "list[str]":
    """What to install for Node.js and npm; empty if nothing is missing."""
    oldest = "{}.{}".format(*OLDEST_NODE)
    wanted = f"Install Node.js 24 or 22, with npm (the oldest that works is {oldest})."
    if not shutil.which("node"):
        return [f"`node` is not on the path. {wanted}"]
    version = output("node", "--version").lstrip("v")
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if numbers < OLDEST_NODE:
        return [f"Node.js is {version}. {wanted}"]
    return [] if shutil.which("npm") else [f"`npm` is not on the path. {wanted}"]


def missing_venv() -> "list[str]":
    """An environment is made by uv if it is installed, otherwise by Python's `venv`."""
    if shutil.which("uv") or Path(".build/tools/bin/uv").exists() or Path(".venv/ready").exists():
        return []
    try:
        import ensurepip  # noqa: F401, PLC0415 - whether it can be imported is the question
        import venv  # noqa: F401, PLC0415 - whether it can be imported is the question
    except ImportError:
        return ["Python has no `venv` with pip. Install it (on Debian: python3-venv), or uv."]
    return []


def output(*command: str) -> str:
    """What a command prints, whether it fails or not."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def main(arguments: "list[str]") -> int:
    """The exit status: 1 if something is missing, which is printed."""
    messages = missing(for_tests="--tests" in arguments)
    for message in messages:
        print(message, file=sys.stderr)
    return 1 if messages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
