"""What accounts get from their process, beside `tests.simulation.process`: cheap and repeatable.

Passwords are hashed with the least of argon2id. Tokens, links and codes follow from the seed. The
library of tokens asks the life's time.
"""

import base64
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, tzinfo
from typing import Any
from unittest.mock import patch

import jwt
import pyotp
from argon2 import PasswordHasher

from docket.auth import api_keys, known_devices, one_time_codes, password_hashing, sealing, tokens
from docket.auth.account_security import passkey_challenges
from docket.gateways import export_objects, mail
from docket.table.accounts import one_time_links
from tests.simulation.process import Process

WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, hash_len=16, salt_len=8)
STRONG = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1, hash_len=16, salt_len=8)
"""Of the next release, which replaces hashes at the next login."""

_NOBODY = WEAK.hash("nobody's password")


@contextmanager
def simulated_accounts(process: Process) -> Iterator[None]:
    """Let a simulated process serve accounts."""
    chance = _Chance(process)
    with ExitStack() as stack:
        for module, name, replacement in (
            (tokens, "chance", chance),
            (sealing, "chance", chance),
            (api_keys, "secrets", chance),
            (known_devices, "secrets", chance),
            (one_time_codes, "secrets", chance),
            (one_time_links, "secrets", chance),
            (passkey_challenges, "secrets", chance),
            (pyotp, "random_base32", chance.base32),
            (password_hashing, "_HASHER", WEAK),
            (password_hashing, "DUMMY_HASH", _NOBODY),
            (jwt.api_jwt, "datetime", _time_of(process)),
        ):
            stack.enter_context(patch.object(module, name, replacement))
        _forget_clients()
        yield
    _forget_clients()


def _forget_clients() -> None:
    for cached in (mail._ses, export_objects._s3):
        cached.cache_clear()


def hash_by(hasher: PasswordHasher) -> None:
    """Hash passwords in this way from now on."""
    password_hashing._HASHER = hasher


class _Chance:
    """In place of the module `secrets`."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def token_bytes(self, count: int) -> bytes:
        return self._process.current_life.random.randbytes(count)

    def token_hex(self, count: int) -> str:
        return self.token_bytes(count).hex()

    def token_urlsafe(self, count: int) -> str:
        return base64.urlsafe_b64encode(self.token_bytes(count)).decode().rstrip("=")

    def choice(self, letters: Sequence[str]) -> str:
        return self._process.current_life.random.choice(letters)

    def base32(self) -> str:
        return base64.b32encode(self.token_bytes(20)).decode()


def _time_of(process: Process) -> Any:
    """In place of the class `datetime` where PyJWT uses it."""

    class OfAnyKind(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, datetime)

    class OfLife(metaclass=OfAnyKind):
        @staticmethod
        def now(tz: tzinfo) -> datetime:
            return process.current_life.clock.now().astimezone(tz)

    return OfLife
