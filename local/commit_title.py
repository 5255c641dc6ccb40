"""Check a commit's title, as a `commit-msg` hook: `python -m local.commit_title FILE`.

A title has at most 72 characters, begins with a capital letter, does not end in a full stop, and is
followed by an empty line.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

MAX_LENGTH = 72
"""Characters of a title that `git log`, which indents it, shows in 80 columns."""
WRITTEN_BY_GIT = ("Merge ", "Revert ", "fixup! ", "squash! ", "amend! ")


def faults(message: str) -> Iterator[str]:
    """The problems of the message's title. A message that Git generated has none."""
    lines = [line for line in message.splitlines() if not line.startswith("#")]
    title = lines[0] if lines else ""
    if title.startswith(WRITTEN_BY_GIT):
        return
    if len(title) > MAX_LENGTH:
        yield f"the title has {len(title)} characters, {MAX_LENGTH} are the most"
    if not title[:1].isupper():
        yield "the title does not begin with a capital letter"
    if title.endswith("."):
        yield "the title ends in a full stop"
    if len(lines) > 1 and lines[1]:
        yield "the title is not followed by an empty line"


def main(arguments: list[str]) -> int:
    """The exit status: 1 if the message in the file has a fault, each of which is printed."""
    problems = list(faults(Path(arguments[0]).read_text()))
    for fault in problems:
        sys.stderr.write(f"{fault}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
