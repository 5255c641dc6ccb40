"""Counting tries; `docket.domain.tries` says how many there may be, and why."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from docket.domain import tries
from docket.domain.errors import Busy, TooManyTries
from docket.table import client, keys
from docket.table.client import ConditionFailed, Update

KEPT = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One counted try to sign in by `address` from `network`."""

    address: str
    network: str
    window: int

    def keys(self) -> tuple[keys.Key, keys.Key]:
        return (
            keys.throttle("address", _digest(self.address), self.window),
            keys.throttle("network", _digest(self.network), self.window),
        )

    @property
    def place(self) -> str:
        """The attribute that counts this network's tries of this address."""
        return f"from-{_digest(self.network)[:16]}"


def begin(address: str, network: str, *, most_of_network: int, at: datetime) -> Attempt:
    """Count a try before it is made, so that many at once cannot slip through.

    Raises `TooManyTries`; what is refused is not counted.
    """
    attempt = Attempt(address=address, network=network, window=tries.window(at))
    by_address, by_network = attempt.keys()
    ttl = int((at + KEPT).timestamp())
    try:
        client.write(
            Update(
                key=by_address,
                condition="attribute_not_exists(#tries) OR (#tries < :most AND ("
                "attribute_not_exists(#place) OR #place < :one"
                " OR (#place < :few AND #tries < :many)))",
                add={("tries",): 1, (attempt.place,): 1},
                set={("ttl",): ttl},
                names={"place": attempt.place},
                values={"one": 1, "few": tries.FEW, "many": tries.MANY, "most": tries.MOST},
            ),
            Update(
                key=by_network,
                condition="attribute_not_exists(#tries) OR #tries < :most",
                add={("tries",): 1},
                set={("ttl",): ttl},
                values={"most": most_of_network},
            ),
        )
    except ConditionFailed:
        raise TooManyTries(tries.left_of_window(at)) from None
    except Busy:
        raise TooManyTries(1) from None  # others are trying at this very moment
    return attempt


def undo(attempt: Attempt) -> tuple[Update, Update]:
    """The writes that take the try back: it succeeded."""
    by_address, by_network = attempt.keys()
    return (
        Update(
            key=by_address,
            condition="attribute_exists(PK)",
            add={("tries",): -1, (attempt.place,): -1},
        ),
        Update(key=by_network, condition="attribute_exists(PK)", add={("tries",): -1}),
    )


def count_registration(network: str, *, most: int, at: datetime) -> None:
    """Raises `TooManyTries`."""
    try:
        client.update(
            Update(
                key=keys.throttle("register", _digest(network), tries.window(at)),
                condition="attribute_not_exists(#tries) OR #tries < :most",
                add={("tries",): 1},
                set={("ttl",): int((at + KEPT).timestamp())},
                values={"most": most},
            )
        )
    except ConditionFailed:
        raise TooManyTries(tries.left_of_window(at)) from None


def _digest(who: str) -> str:
    """The table needs to tell them apart, not to know them."""
    return hashlib.sha256(who.encode()).hexdigest()[:32]
