"""Run ministack with four changes, in the emulator's own environment.

*Layers are unpacked once.* ministack unpacks a function's layers into a folder of each environment
that it starts: for the reader 7,500 files, two seconds. On AWS a layer is in place when an
environment starts. Here the first environment unpacks it, and all of them link to it.

*Layers are stored once.* When it stops, ministack writes the archive of each layer version into its
state, as text. Each stack has layer versions of its own: 300 MB, ten seconds. Here an archive
becomes a file, which equal ones share.

*Schedules run every ten seconds.* A rule's shortest rate on AWS is a minute, at which the dispatch
of what is due runs there. Here a developer waits in front of the page for its effect.

*A function's process can be killed after its n-th AWS call,* if `make demo-kills` started this: see
`killed_worker.py`.

Three differences from AWS are left as they are: of SES, ministack stores each mail until it stops,
and publishes no report about one, so nothing bounces here; of a FIFO queue, it invokes the function
with one batch at a time, and not with one for each group; and it does not deliver the messages of
other groups first while one group has many in flight (SQS's fair queues).
"""

import hashlib
import importlib
import os
import runpy
import tempfile
import threading
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

SHARED_FROM_BYTES = 100_000
"""From this size on a value becomes a file of its own."""
FILE = "__file__"
"""The key of a stored value that is in a file of its own."""

SCHEDULE_SECONDS = 10
"""How often rules with a rate run, whatever their rate."""

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


def share_files(folder: Path, persistence: Any) -> None:
    """Let ministack's module of that name store long values as files in `folder`."""
    encode: Callable[[Any], Any] = persistence._json_default  # noqa: SLF001 - there is no other way
    decode: Callable[[Any], Any] = persistence._json_object_hook  # noqa: SLF001 - as above

    def encode_shared(value: Any) -> Any:
        if not isinstance(value, bytes) or len(value) < SHARED_FROM_BYTES:
            return encode(value)
        path = folder / hashlib.sha256(value).hexdigest()
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial")
            partial.write_bytes(value)
            partial.rename(path)
        return {FILE: path.name}

    @cache
    def shared(name: str) -> bytes:
        return (folder / name).read_bytes()

    def decode_shared(value: dict[str, Any]) -> Any:
        return shared(value[FILE]) if FILE in value else decode(value)

    persistence._json_default = encode_shared  # noqa: SLF001 - as above
    persistence._json_object_hook = decode_shared  # noqa: SLF001 - as above


def run_schedules_often(eventbridge: Any) -> None:
    """Let ministack's module of that name run each rule with a rate every `SCHEDULE_SECONDS`."""
    interval: Callable[[str], int | None] = eventbridge._parse_rate_seconds  # noqa: SLF001 - as above

    def shortened(expression: str) -> int | None:
        seconds = interval(expression)
        # It looks at the rules at this interval: a rule is due at each look.
        return None if seconds is None else min(seconds, SCHEDULE_SECONDS - 1)

    eventbridge._SCHEDULER_TICK_INTERVAL = SCHEDULE_SECONDS  # noqa: SLF001 - as above
    eventbridge._parse_rate_seconds = shortened  # noqa: SLF001 - as above


def kill_workers(runtime: Any, order: Path) -> None:
    """Let the Python workers of ministack's module of that name find out what is to be killed."""
    # The emulator's environment has none of this project's packages on its path.
    killed_worker = runpy.run_path(str(Path(__file__).with_name("killed_worker.py")))
    runtime._PYTHON_WORKER_SCRIPT = killed_worker["with_kills"](  # noqa: SLF001 - as above
        runtime._PYTHON_WORKER_SCRIPT,  # noqa: SLF001 - as above
        order,
    )


if __name__ == "__main__":
    folder = Path(os.environ["STATE_DIR"]) / "files"
    share_files(folder, importlib.import_module("ministack.core.persistence"))
    run_schedules_often(importlib.import_module("ministack.services.eventbridge"))
    if order := os.environ.pop("KILL_ORDER", None):
        kill_workers(importlib.import_module("ministack.core.lambda_runtime"), Path(order))
    setattr(zipfile.ZipFile, "extractall", unpack_once)  # noqa: B010 - mypy forbids the assignment
    runpy.run_module("ministack.app", run_name="__main__")
