"""Read files with kreuzberg or markitdown. The benchmark runs it in a separate environment.

`python others.py TOOL` takes file names on standard input, and prints one line of JSON each.
"""

import json
import sys
import time
from collections.abc import Callable


def kreuzberg() -> Callable[[str], str]:
    """A function from a file name to its text."""
    from kreuzberg import extract_file_sync  # type: ignore[import-not-found]  # noqa: PLC0415 - in its own environment

    def read(name: str) -> str:
        return str(extract_file_sync(name).content)

    return read


def markitdown() -> Callable[[str], str]:
    """A function from a file name to its text."""
    from markitdown import MarkItDown  # type: ignore[import-not-found]  # noqa: PLC0415 - in its own environment

    convert = MarkItDown(enable_plugins=False).convert

    def read(name: str) -> str:
        return str(convert(name).text_content)

    return read


def main() -> None:
    """Read the files named on standard input; the name of an error is a result too."""
    read = {"kreuzberg": kreuzberg, "markitdown": markitdown}[sys.argv[1]]()
    for line in sys.stdin:
        started = time.perf_counter()
        result: dict[str, object] = {"file": line.strip()}
        try:
            result["text"] = read(line.strip())
        except Exception as failed:  # noqa: BLE001 - a failure is a result here
            result["error"] = type(failed).__name__
        result["seconds"] = time.perf_counter() - started
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
