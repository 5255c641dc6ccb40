"""Common and breached passwords, as a Bloom filter: 32 bytes of header, then its bits.

    bytes  0 to 11   b"docket-bloom"
    bytes 12 to 15   the number of passwords
    bytes 16 to 19   the number of hashes of each
    bytes 20 to 27   the number of bits
    bytes 28 to 31   zero

Numbers are unsigned and big-endian. `training/common_passwords.py` makes the file
`common_passwords.bloom`; `common_passwords.md` names its sources and their licences. A filter finds
every password of its lists. Of other passwords it refuses 1 in 100,000, and their owner chooses
another one.
"""

import hashlib
import struct
from collections.abc import Iterator
from functools import cache
from importlib import resources

MAGIC = b"docket-bloom"
HEADER = struct.Struct(">12sIIQ4x")


def contains(folded: str) -> bool:
    """Whether a password is common, by its folded form."""
    hashes, bits, data = _filter()
    return all(
        data[HEADER.size + place // 8] >> (place % 8) & 1
        for place in places(folded, hashes=hashes, bits=bits)
    )


def places(folded: str, *, hashes: int, bits: int) -> Iterator[int]:
    """The bits of a password, by double hashing (Kirsch and Mitzenmacher, 2006)."""
    digest = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).digest()
    first, step = struct.unpack_from(">QQ", digest)
    return ((first + number * (step | 1)) % bits for number in range(hashes))


@cache
def _filter() -> tuple[int, int, bytes]:
    data = resources.files(__package__).joinpath("common_passwords.bloom").read_bytes()
    magic, _, hashes, bits = HEADER.unpack_from(data)
    assert magic == MAGIC  # noqa: S101 - the file belongs to this package
    return hashes, bits, data
