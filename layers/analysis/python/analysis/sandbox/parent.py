"""The child process in which documents are opened, so that no document can crash the caller.

The child, which holds the loaded OCR models, is reused until it dies, exceeds a limit, has grown,
or is requested with other limits than those of time. Libraries retain the memory of the largest
document that they have read, so a child that holds more than `_LARGEST_SHARE` of its limit is
replaced. `ChildDied.used` says whether a new child may still read the same document.

The child inherits no environment and so no credentials, and no file except its pipes. The parent is
sealed against it (`seal`), and it confines itself before it reads (`confinement`). It communicates
only by pipes: Lambda has neither semaphores nor shared memory.
"""

import atexit
import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from json import loads
from pathlib import Path
from typing import Any, BinaryIO, cast

from analysis.limits import Limits
from analysis.sandbox import protocol
from analysis.sandbox.page_time import PageTime, processor_seconds
from analysis.sandbox.seal import seal

type Frame = tuple[dict[str, Any], bytes]

_START = "from analysis.sandbox.worker import main; main()"
# Lambda's interpreter finds its library by this path; elsewhere it does not exist. Few arenas,
# because those of many threads would reserve much of the child's memory.
_ENVIRONMENT = {
    "LD_LIBRARY_PATH": "/var/lang/lib",
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
}
_FRAME_AT_MOST = 512 * 1024 * 1024
"""Bytes above which a frame is refused, and its child counts as crashed."""
_LARGEST_SHARE = 0.85
"""The share of its memory limit up to which a child is reused.

Ordinary photographs leave less than this; replacing the child costs about .4 s.
"""
_ENDING_SECONDS = 2.0
"""Time to wait for the exit status of a child that has closed its pipe."""
_LOADING_SECONDS = 30.0
"""Additional time for the first answer of a new child, which loads the engines before it.

That takes .5 s on an idle machine, and several times as long on a small or busy one.
"""
_STATM_DATA = 5
"""The index of the size of data and stack, in pages, in `/proc/<pid>/statm`."""


class ChildDied(Exception):
    """The child ended, or was ended, before it had responded.

    `how` is `time`; `memory` if it ran out of memory; `crashed` by a signal, as by a library on a
    bad file, or by the kernel for lack of memory; `failed` if it ended with a Python error, for
    instance because the reader is not installed, or before it had seen a document. `used` is
    whether it had responded to another request.
    """

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how
        self.used = False


class _Child:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.used = False
        self._is_started = False
        seal()
        self._process = subprocess.Popen(  # noqa: S603 - no argument is user input
            [sys.executable, "-s", "-B", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
            start_new_session=True,
        )
        self._into = cast("BinaryIO", self._process.stdin)
        self._from = cast("BinaryIO", self._process.stdout)
        protocol.send(self._into, asdict(limits))

    def alive(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def has_grown(self) -> bool:
        """Whether it holds so much memory that the next document might run out of it."""
        return _data_bytes(self._process.pid) > _LARGEST_SHARE * self.limits.memory_bytes

    def ask(
        self, head: Mapping[str, Any], body: bytes, deadline: float, page_seconds: float
    ) -> Iterator[Frame]:
        """Yield the child's frames up to `done`. Raises `ChildDied` if the child ends before it.

        A `patience` frame extends the time limit until the next frame. The time that a new child
        needs to load the engines does not count as time of a page.
        """
        writer = threading.Thread(target=self._send_request, args=(head, body), daemon=True)
        writer.start()
        finished = False
        used, self.used = self.used, True
        patience = 0.0 if used else _LOADING_SECONDS
        try:
            while True:
                seconds = page_seconds + patience
                frame = self._next(PageTime(seconds, deadline, self._processor_seconds))
                if "confined" in frame[0]:
                    self._is_started = True
                    _record_refusal(is_refused=not frame[0]["confined"])
                    continue
                if frame[0].get("done"):
                    finished = True
                    return
                if frame[0].get("memory"):
                    raise ChildDied("memory")  # noqa: TRY301 - the handler below adds details
                patience = frame[0].get("patience", 0.0)
                if "patience" not in frame[0]:
                    yield frame
        except ChildDied as died:
            died.used = used
            raise
        finally:
            if not finished:
                self.end()
            writer.join()

    def _send_request(self, head: Mapping[str, Any], body: bytes) -> None:
        # `_next` detects that the child died.
        with contextlib.suppress(BrokenPipeError, ValueError):
            protocol.send(self._into, head, body)

    def _processor_seconds(self) -> float:
        return processor_seconds(self._process.pid)

    def _next(self, until: PageTime) -> Frame:
        head, body = protocol.parse_sizes(self._exactly(protocol.SIZES_LENGTH, until))
        if head + body > _FRAME_AT_MOST:
            raise ChildDied("crashed")
        raw, rest = self._exactly(head, until), self._exactly(body, until)
        try:
            values = loads(raw)
        except (ValueError, RecursionError) as damaged:
            raise ChildDied("crashed") from damaged
        if not isinstance(values, dict):
            raise ChildDied("crashed")
        return values, rest

    def _exactly(self, size: int, until: PageTime) -> bytes:
        parts, missing = [], size
        while missing:
            left = until.left()
            if left <= 0:
                raise ChildDied("time")
            if not select.select([self._from], [], [], left)[0]:
                continue
            part = os.read(self._from.fileno(), min(missing, 1 << 20))
            if not part:
                raise ChildDied(self._cause_of_death())
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _cause_of_death(self) -> str:
        if not self._is_started:
            return "failed"
        with contextlib.suppress(subprocess.TimeoutExpired):
            return "failed" if self._process.wait(_ENDING_SECONDS) > 0 else "crashed"
        return "crashed"

    def end(self) -> None:
        """Kill the child and all processes of its group, and close its pipes."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._into, self._from):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def _data_bytes(process_id: int) -> int:
    """The memory of a process that `RLIMIT_DATA` counts; 0 if the system does not report it."""
    try:
        pages = Path(f"/proc/{process_id}/statm").read_text().split()[_STATM_DATA]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


_idle: list[_Child] = []
_lock = threading.Lock()
_refused = threading.Event()


def _record_refusal(*, is_refused: bool) -> None:
    if is_refused:
        _refused.set()
    else:
        _refused.clear()


def sandbox_refused() -> bool:
    """Whether the system refused the filter of system calls to the child that started last."""
    return _refused.is_set()


def ask(
    head: Mapping[str, Any], body: bytes, limits: Limits, *, seconds: float, fresh: bool = False
) -> Iterator[Frame]:
    """The frames that the child sends for one request. Raises `ChildDied` if it does not finish.

    A `fresh` request is sent to a child that has read nothing before.
    """
    deadline = time.monotonic() + seconds
    lasting = replace(limits, seconds=0.0, page_seconds=0.0)
    with _lock:
        child = _idle.pop() if _idle and not fresh else None
    if child is not None and (child.limits != lasting or not child.alive()):
        child.end()
        child = None
    child = child or _Child(lasting)
    yield from child.ask(head, body, deadline, limits.page_seconds)
    if child.has_grown():
        child.end()
        return
    with _lock:
        spare = [child, *_idle]
        _idle[:] = spare[:1]
    for extra in spare[1:]:
        extra.end()


def close() -> None:
    """End the idle child, if there is one."""
    with _lock:
        ended, _idle[:] = list(_idle), []
    for child in ended:
        child.end()


atexit.register(close)
