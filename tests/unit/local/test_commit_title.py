import re
import subprocess
import sys
from pathlib import Path

import pytest

from local.commit_title import faults

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "message",
    [
        "Retry throttled transactions",
        "Retry throttled transactions\n\nDynamoDB cancels them with a reason.\n",
        "# a comment of Git's\nRetry throttled transactions\n# another\n",
        f"R{'e' * 71}",
        f'Revert "{"e" * 72}"',
    ],
)
def test_a_good_title_passes(message):
    assert not list(faults(message))


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (f"R{'e' * 72}", "73 characters"),
        ("retry throttled transactions", "capital letter"),
        ("", "capital letter"),
        ("Retry throttled transactions.", "full stop"),
        ("Retry throttled transactions\nand more", "empty line"),
    ],
)
def test_a_bad_title_is_refused(message, fault):
    (problem,) = faults(message)

    assert fault in problem


@pytest.mark.parametrize(("title", "status"), [("Retry it", 0), ("retry it", 1)])
def test_the_hook_runs_the_check(tmp_path, title, status):
    config = (ROOT / ".pre-commit-config.yaml").read_text()
    hook = config.partition("- id: commit-title")[2]
    entry = re.search(r"entry: \.venv/bin/python (.*)", hook)
    assert entry
    message = tmp_path / "COMMIT_EDITMSG"
    message.write_text(f"{title}\n")

    completed = subprocess.run(  # noqa: S603 - the project's own module
        [sys.executable, *entry[1].split(), str(message)], cwd=ROOT, check=False
    )

    assert "stages: [commit-msg]" in hook
    assert "default_install_hook_types: [pre-commit, commit-msg]" in config
    assert completed.returncode == status
