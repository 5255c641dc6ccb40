"""Read files with the version of `analysis` on the path, one at a time.

`python earlier_process.py` takes file names on standard input, and prints for each one line of
JSON: its words, and seconds by the clock and of the processor, with those of child processes. It
uses nothing else of the project, so that it runs with any version of the reader.
"""

import json
import mimetypes
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from analysis import read

_TICKS = os.sysconf("SC_CLK_TCK")


def processes(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from processes(int(child))


def processor_seconds() -> float:
    """Of this process and its children, the ended ones too."""
    ticks = 0
    for pid in processes(os.getpid()):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:15]))
    return ticks / _TICKS


def main() -> None:
    """Answer until the input ends. The first answer includes the start of the reader's child."""
    for line in sys.stdin:
        file = Path(line.strip())
        content_type = mimetypes.guess_type(file.name)[0] or ""
        processor, started = processor_seconds(), time.perf_counter()
        result = read(file.read_bytes(), file.name, content_type)
        seconds = time.perf_counter() - started
        answer = {
            "seconds": seconds,
            "processor": processor_seconds() - processor,
            "text": "\n".join(line.text for page in result.pages for line in page.lines),
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
