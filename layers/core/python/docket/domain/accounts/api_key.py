"""API keys: for programs that act for a customer, who decides what each of them may do.

    dk_live_ | 30 random characters | 6 characters of checksum
    dk_test_ | 30 random characters | 6 characters of checksum

A test key uses the sample order of its account and nothing else, so it costs nothing.

The prefix lets scanners of source code find keys, and the checksum lets them tell a key from what
only looks like one, without asking: it is the CRC-32 of all that stands before it. Both parts are
in base 62, the checksum with leading zeros.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args
from zlib import crc32

Scope = Literal["read", "write", "pay"]
"""What a key may be used for. No scope includes another."""

SCOPES: tuple[Scope, ...] = get_args(Scope)

Mode = Literal["live", "test"]
"""What a key uses: `live` what belongs to its account, `test` the sample order only."""

PREFIXES: Mapping[Mode, str] = {"live": "dk_live_", "test": "dk_test_"}

TEST_SCOPES: tuple[Scope, ...] = ("read", "write")
"""What a test key may be used for: the sample order costs nothing."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
"""Base 62."""

RANDOM_LENGTH = 30
"""178 random bits."""

_CHECKSUM_LENGTH = 6
_PREFIX_LENGTH = len(PREFIXES["live"])  # as that of every mode
_HINT_LENGTH = _PREFIX_LENGTH + 4
_LENGTH = _PREFIX_LENGTH + RANDOM_LENGTH + _CHECKSUM_LENGTH

MAX_KEYS = 20
"""The keys of one account, including those that have expired and are not removed yet."""

MAX_LIFETIME_DAYS = 365
USUAL_LIFETIME_DAYS = 90

USE_PRECISION = timedelta(hours=1)
"""The precision of `last_used_at`, so that not every request writes it."""


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """A key of a customer. Only its hash is stored; `hint` is its beginning, to recognise it by.

    `generation` is that of the account's keys when it was created.
    """

    id: str
    user_id: str
    hash: str
    hint: str
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None
    generation: str | None = None
    mode: Mode = "live"

    def is_expired(self, at: datetime) -> bool:
        return at >= self.expires_at

    def is_use_recorded(self, at: datetime) -> bool:
        """Whether `last_used_at` is precise enough for a use now."""
        return self.last_used_at is not None and at - self.last_used_at < USE_PRECISION


@dataclass(frozen=True, kw_only=True)
class SampleAccess:
    """What a test key may do: with the sample order of its account, if there is one, `scopes`."""

    order_id: str | None
    scopes: frozenset[Scope]


@dataclass(frozen=True, kw_only=True)
class UsableKey:
    """A key that may be used now. `sample_order_id` is the order that a test key is limited to."""

    key: ApiKey
    sample_order_id: str | None = None


def new_text(choose: Callable[[str], str], *, mode: Mode = "live") -> str:
    """A new key. `choose` returns a random character of a text."""
    unsigned = PREFIXES[mode] + "".join(choose(ALPHABET) for _ in range(RANDOM_LENGTH))
    return unsigned + _checksum(unsigned)


def is_well_formed(text: str) -> bool:
    """Whether the text has the form of a key and the right checksum."""
    if (
        len(text) != _LENGTH
        or not text.startswith(tuple(PREFIXES.values()))
        or set(text[_PREFIX_LENGTH:]) - set(ALPHABET)
    ):
        return False
    return _checksum(text[:-_CHECKSUM_LENGTH]) == text[-_CHECKSUM_LENGTH:]


def hint_of(text: str) -> str:
    """The beginning of a key, which is shown in lists. It leaves 154 random bits unknown."""
    return text[:_HINT_LENGTH]


def ordered(scopes: Iterable[Scope]) -> tuple[Scope, ...]:
    """The scopes in the order of `SCOPES`, each once."""
    chosen = set(scopes)
    return tuple(scope for scope in SCOPES if scope in chosen)


def _checksum(text: str) -> str:
    number, characters = crc32(text.encode()), ""
    for _ in range(_CHECKSUM_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        characters = ALPHABET[digit] + characters
    return characters
