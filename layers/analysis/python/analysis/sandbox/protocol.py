"""The protocol between the reader and its child process: frames of a JSON head and raw bytes."""

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

_SIZES = struct.Struct(">IQ")


def send(pipe: BinaryIO, head: Mapping[str, Any], body: bytes = b"") -> None:
    """Write one frame and flush it. Raises `OSError` if the other process has ended."""
    raw = json.dumps(head).encode()
    pipe.write(_SIZES.pack(len(raw), len(body)))
    pipe.write(raw)
    pipe.write(body)
    pipe.flush()


def parse_sizes(raw: bytes) -> tuple[int, int]:
    """The lengths of head and body, from the first `SIZES_LENGTH` bytes of a frame."""
    head, body = _SIZES.unpack(raw)
    return head, body


SIZES_LENGTH = _SIZES.size
"""Bytes of the sizes before each frame."""


def receive(pipe: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next frame; None at the end of the pipe."""
    sizes = pipe.read(SIZES_LENGTH)
    if len(sizes) < SIZES_LENGTH:
        return None
    head, body = parse_sizes(sizes)
    return json.loads(pipe.read(head)), pipe.read(body)
