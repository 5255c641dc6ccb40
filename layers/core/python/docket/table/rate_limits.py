"""Counting tries; `docket.domain.rate_limits` says how many there may be, and why.

Every counter names the last attempt that was counted and the last that was taken back, so that a
write which is repeated after a lost reply recognises its own effect. Should another attempt at the
same counters come between the two, that effect is hidden: then the try is counted twice, or taken
back twice, on the counters that the two have in common. DynamoDB's own token for a transaction
prevents that too, for ten minutes.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from docket.domain import rate_limits as limits
from docket.domain.errors import ConcurrentChange, TableUnavailable, TooManyTries
from docket.runtime.clock import new_id
from docket.table import client, keys
from docket.table.client import ConditionFailed, Update

LIFETIME = timedelta(days=1)

_NOT_COUNTED = "(attribute_not_exists(#counted) OR #counted <> :attempt)"
_NOT_TAKEN_BACK = "(attribute_not_exists(#taken_back) OR #taken_back <> :attempt)"


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One counted try to sign in by `address` from `network`."""

    address: str
    network: str
    window: int
    id: str = field(default_factory=new_id)

    def keys(self) -> Iterator[keys.Key]:
        """The counters: of the address, of the network and, in IPv6, of its site."""
        yield keys.throttle("address", _digest(self.address), self.window)
        yield keys.throttle("network", _digest(self.network), self.window)
        if self.site:
            yield keys.throttle("site", _digest(self.site), self.window)

    @property
    def site(self) -> str | None:
        return limits.site(self.network)

    @property
    def places(self) -> Mapping[str, str]:
        """The attributes that count this network's and this site's tries of this address."""
        places = {"place": f"from-{_digest(self.network)[:16]}"}
        if self.site:
            places["site"] = f"site-{_digest(self.site)[:16]}"
        return places


def begin(address: str, network: str, *, most_of_network: int, at: datetime) -> Attempt:
    """Count a try before it is made, so that many at once cannot slip through.

    Raises `TooManyTries`; what is refused is not counted.
    """
    attempt = Attempt(address=address, network=network, window=limits.window(at))
    by_address, *by_place = attempt.keys()
    place_limits = (most_of_network, limits.SITE_NETWORKS * most_of_network)
    _count_all(
        Update(
            key=by_address,
            condition=f"{_NOT_COUNTED} AND {_may_try(attempt)}",
            add={("tries",): 1, **{(place,): 1 for place in attempt.places.values()}},
            set=_counted(attempt.id, at),
            names=attempt.places,
            values={
                "attempt": attempt.id,
                "one": 1,
                "few": limits.FEW,
                "many": limits.MANY,
                "most": limits.MOST,
                **({"site_few": limits.SITE_FEW} if attempt.site else {}),
            },
        ),
        *(
            _count(key, attempt.id, most=most, at=at)
            for key, most in zip(by_place, place_limits, strict=False)
        ),
        at=at,
    )
    return attempt


def _may_try(attempt: Attempt) -> str:
    """The condition under which an address may be tried; see `docket.domain.rate_limits`."""
    of_place = (
        "(attribute_not_exists(#place) OR #place < :one OR (#place < :few AND #tries < :many))"
    )
    of_site = " AND (attribute_not_exists(#site) OR #site < :site_few)" if attempt.site else ""
    return f"(attribute_not_exists(#tries) OR (#tries < :most AND {of_place}{of_site}))"


def undo_writes(attempt: Attempt) -> tuple[Update, ...]:
    """The writes that take the try back: it succeeded."""
    by_address, *by_place = attempt.keys()
    return (
        _taken_back(by_address, attempt, *attempt.places.values()),
        *(_taken_back(key, attempt) for key in by_place),
    )


def take_back(attempt: Attempt) -> None:
    """Take the try back by itself. That it was taken back already is no error.

    It stays counted if others try from the same network at that moment: they must keep nobody out.
    """
    try:
        client.write(*undo_writes(attempt))
    except (ConditionFailed, ConcurrentChange, TableUnavailable):
        return


def count_registration(network: str, *, most: int, at: datetime) -> None:
    """Raises `TooManyTries`."""
    attempt_id, window, site = new_id(), limits.window(at), limits.site(network)
    by_network = keys.throttle("register", _digest(network), window)
    counts = [_count(by_network, attempt_id, most=most, at=at)]
    if site:
        by_site = keys.throttle("register-site", _digest(site), window)
        counts.append(_count(by_site, attempt_id, most=limits.SITE_NETWORKS * most, at=at))
    _count_all(*counts, at=at)


def _count(key: keys.Key, attempt_id: str, *, most: int, at: datetime) -> Update:
    return Update(
        key=key,
        condition=f"{_NOT_COUNTED} AND (attribute_not_exists(#tries) OR #tries < :most)",
        add={("tries",): 1},
        set=_counted(attempt_id, at),
        values={"attempt": attempt_id, "most": most},
    )


def _counted(attempt_id: str, at: datetime) -> dict[tuple[str, ...], Any]:
    return {("ttl",): int((at + LIFETIME).timestamp()), ("counted",): attempt_id}


def _count_all(*counts: Update, at: datetime) -> None:
    """Count on all counters, or on none: then raises `TooManyTries`."""
    try:
        client.write(*counts)
    except ConditionFailed as refused:
        found, attempt_id = refused.found or {}, counts[refused.part].values["attempt"]
        if found.get("counted") == attempt_id:
            return  # by the same write, whose reply was lost
        raise TooManyTries(limits.left_of_window(at)) from None
    except ConcurrentChange:
        raise TooManyTries(1) from None  # others are trying at this very moment


def _taken_back(key: keys.Key, attempt: Attempt, *places: str) -> Update:
    return Update(
        key=key,
        condition=f"attribute_exists(PK) AND {_NOT_TAKEN_BACK}",
        add={("tries",): -1, **{(place,): -1 for place in places}},
        set={("taken_back",): attempt.id},
        values={"attempt": attempt.id},
    )


def _digest(who: str) -> str:
    """The table needs to tell them apart, not to know them."""
    return hashlib.sha256(who.encode()).hexdigest()[:32]
