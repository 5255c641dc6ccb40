"""Hashes of passwords: argon2id, with the parameters that OWASP's cheat sheet gives first.

19 MiB, two passes, one lane: about 40 ms of a 512 MB function's share of a processor, and memory
that it has to spare. A hash carries its parameters: old ones go on being good, and are replaced
when their owner next signs in.
"""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from docket.domain.passwords import normalised

_HASHER = PasswordHasher(
    time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16
)

NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$is1bKTGVMiqFYV5k6Pg3VA$"
    "yzolVxdCl2wJwdhVaep6jaxC1r+jwOHU0zJ4KCHW578"
)
"""The hash of something that nobody knows. Who is not registered is checked against it, so that
the answer takes as long as for somebody who is."""


def hashed(password: str) -> str:
    return _HASHER.hash(normalised(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is the password. None is nobody's hash, and takes as long as another."""
    try:
        _HASHER.verify(password_hash or NOBODYS, normalised(password))
    except VerifyMismatchError:
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether we would hash it otherwise today."""
    return _HASHER.check_needs_rehash(password_hash)
