"""Password hashes: argon2id with the first set of parameters of OWASP's cheat sheet.

19 MiB, two passes, one lane: about 40 ms of the processor share of a 512 MB function. A hash
contains its parameters: old hashes stay valid, and are replaced at the owner's next login. A
password is hashed exactly as it was typed.
"""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

_HASHER = PasswordHasher(
    time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16
)

DUMMY_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$is1bKTGVMiqFYV5k6Pg3VA$"
    "yzolVxdCl2wJwdhVaep6jaxC1r+jwOHU0zJ4KCHW578"
)
"""The hash of an unknown password. It is checked for unknown addresses, so that their response
takes as long as that for a registered one.
"""


def hashed(password: str) -> str:
    """The hash of a password, with a salt of its own and its parameters: about 100 characters."""
    return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password matches. With None the result is False, and takes as long."""
    try:
        _HASHER.verify(password_hash or DUMMY_HASH, password)
    except VerifyMismatchError:
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash has outdated parameters."""
    return _HASHER.check_needs_rehash(password_hash)
