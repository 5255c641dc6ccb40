"""Run ministack with each layer unpacked once. The emulator's interpreter runs this file.

ministack unpacks a function's layers into a folder of each environment that it starts: for the
reader 7,500 files, two seconds. On AWS a layer is in place when an environment starts. Here the
first environment unpacks it, and all of them link to it.
"""

import hashlib
import runpy
import tempfile
import threading
import zipfile
from pathlib import Path
from typing import Any

CACHE = Path(tempfile.gettempdir()) / "unpacked-layers"

_unpack = zipfile.ZipFile.extractall
_lock = threading.Lock()


def unpack_once(archive: zipfile.ZipFile, path: Any = None, *rest: Any, **options: Any) -> None:
    """Replace `ZipFile.extractall`: a layer's folder becomes a link to its unpacked copy."""
    target = Path(path or ".")
    if not target.name.startswith("layer_") or any(target.iterdir()):
        _unpack(archive, path, *rest, **options)
        return
    with _lock:
        copy = CACHE / _digest(archive)
        if not copy.exists():
            partial = copy.with_suffix(".partial")
            _unpack(archive, partial)
            partial.rename(copy)
    target.rmdir()
    target.symlink_to(copy, target_is_directory=True)


def _digest(archive: zipfile.ZipFile) -> str:
    """Names the archive's content by the names, sizes and checksums of its entries."""
    entries = [f"{entry.filename} {entry.file_size} {entry.CRC}" for entry in archive.infolist()]
    return hashlib.sha256("\n".join(entries).encode()).hexdigest()


if __name__ == "__main__":
    setattr(zipfile.ZipFile, "extractall", unpack_once)  # noqa: B010 - mypy forbids the assignment
    runpy.run_module("ministack.app", run_name="__main__")
