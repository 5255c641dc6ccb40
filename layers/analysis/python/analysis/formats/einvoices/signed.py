"""The content of a file that is signed by PKCS#7 (`.p7m`), as Italian invoices are."""

import base64
import binascii
from collections.abc import Iterator

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
"""The object identifier of signed data, as the second element of the file."""
_SEQUENCE = 0x30
"""The tag of a sequence. Tags are those of BER (ITU-T X.690)."""
_OCTETS = 0x04
"""The tag of an octet string."""
_CONSTRUCTED_OCTETS = 0x24
"""The tag of an octet string that consists of others."""
_CONTEXT_0 = 0xA0
"""The tag of an element whose meaning its place decides, here the signed content."""
_LONG = 0x80
"""The bit of a length that says that the next bytes have it, or that it is indefinite."""
_DEEPEST = 8
"""Most levels of elements within each other; real files have two or three."""
_WITHIN = 64
"""First bytes that have the identifier of signed data."""


class NotSigned(ValueError):
    """Not a file of signed data, or a damaged one."""


def is_signed(data: bytes) -> bool:
    """Whether the file is one of signed data, also as base64."""
    return _SIGNED_DATA in data[:_WITHIN] or _SIGNED_DATA in _decode(data[:_WITHIN])[:_WITHIN]


def content(data: bytes) -> bytes:
    """The signed content; the signature is not verified. Raises `NotSigned`."""
    if _SIGNED_DATA not in data[:_WITHIN]:
        data = _decode(data)
    try:
        for path in (_SEQUENCE, _CONTEXT_0, _SEQUENCE, _SEQUENCE, _CONTEXT_0):
            data = next(inner for tag, inner in _elements(data) if tag == path)
        return b"".join(_octets(data))
    except (StopIteration, IndexError) as failed:
        raise NotSigned from failed


def _decode(data: bytes) -> bytes:
    try:
        compact = b"".join(data.split())
        return base64.b64decode(compact[: len(compact) // 4 * 4], validate=True)
    except binascii.Error:
        return b""


def _octets(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes of octet strings, which may consist of others."""
    if depth > _DEEPEST:
        raise NotSigned
    for tag, inner in _elements(data):
        if tag == _OCTETS:
            yield inner
        elif tag == _CONSTRUCTED_OCTETS:
            yield from _octets(inner, depth + 1)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The tag and the content of each element. Raises `IndexError` at the end of damaged data."""
    at = 0
    while at < len(data) and data[at : at + 2] != b"\0\0":
        tag, start, end, after = _bounds(data, at)
        yield tag, data[start:end]
        at = after


def _bounds(data: bytes, at: int, depth: int = 0) -> tuple[int, int, int, int]:
    """The tag of an element, where its content begins and ends, and where the next one begins."""
    tag, length = data[at], data[at + 1]
    start = at + 2
    if length == _LONG:  # of indefinite length: it ends with two zeros
        if depth > _DEEPEST:
            raise NotSigned
        end = start
        while data[end : end + 2] != b"\0\0":
            end = _bounds(data, end, depth + 1)[3]
        return tag, start, end, end + 2
    if length > _LONG:
        size = length - _LONG
        length = int.from_bytes(data[start : start + size])
        start += size
    if start + length > len(data):
        raise IndexError
    return tag, start, start + length, start + length
