"""The digest of everything that affects the reader's results, stored with the reader's version.

make reader-digest      after a change; increment READER_VERSION first if results change, so that
                        customers can have documents read again
"""

import hashlib
import json
import sys
from pathlib import Path

LAYER = Path(__file__).parent
"""The directory of the layer, with its requirements."""
PACKAGE = LAYER / "python" / "analysis"
"""The reader's source."""
RECORD = LAYER / "reader.json"
"""The file with the version and the digest of the sources."""
LEFT_OUT = ("report", "__main__.py", "version.py")
"""Files that do not affect results, and the version itself."""


def digest() -> str:
    """The digest of the reader's sources and models, and of its pinned packages."""
    paths = [LAYER / "requirements.txt"]
    for path in PACKAGE.rglob("*"):
        within = path.relative_to(PACKAGE)
        if path.suffix in {".py", ".json"} and within.parts[0] not in LEFT_OUT:
            paths.append(path)
    whole = hashlib.sha256()
    for path in sorted(paths):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(LAYER).as_posix()} {content}\n".encode())
    return whole.hexdigest()


def version() -> str:
    """The version in `version.py`, which is read as text so that nothing is imported."""
    return (PACKAGE / "version.py").read_text().rpartition('READER_VERSION = "')[2].split('"')[0]


def main() -> None:
    """Write the record, and print it."""
    RECORD.write_text(json.dumps({"version": version(), "sources": digest()}, indent=2) + "\n")
    sys.stdout.write(f"reader {version()}: {digest()}\n")


if __name__ == "__main__":
    main()
