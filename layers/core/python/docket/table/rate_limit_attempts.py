"""Counted attempts of operations, and the keys of their counters."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from docket.domain import rate_limits as limits
from docket.runtime.clock import new_id
from docket.table import keys


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A counted attempt to sign in with an e-mail address from a network, in a time window."""

    address: str
    network: str
    window: int
    id: str = field(default_factory=new_id)

    def keys(self) -> Iterator[keys.Key]:
        """The keys of the counters: address, network and site."""
        yield keys.rate_limit("address", digest(self.address), self.window)
        yield keys.rate_limit("network", digest(self.network), self.window)
        if self.site:
            yield keys.rate_limit("site", digest(self.site), self.window)

    @property
    def site(self) -> str | None:
        """The site of the network; None for what is no network address."""
        return limits.site(self.network)

    @property
    def places(self) -> Mapping[str, str]:
        """The attributes of the address's counter for attempts from this network and site."""
        places = {"place": f"from-{digest(self.network)[:16]}"}
        if self.site:
            places["site"] = f"site-{digest(self.site)[:16]}"
        return places


@dataclass(frozen=True, kw_only=True)
class OwnerAttempt:
    """A counted attempt of an owner whom no stranger can imitate: on a counter of its own.

    `subject` names the device or the session.
    """

    subject: str
    window: int
    day: int
    id: str = field(default_factory=new_id)
    places: ClassVar[Mapping[str, str]] = {}

    def keys(self) -> Iterator[keys.Key]:
        """The keys of the counters: window and day."""
        yield keys.rate_limit("owner", digest(self.subject), self.window)
        yield keys.rate_limit("owner-day", digest(self.subject), self.day)


@dataclass(frozen=True, kw_only=True)
class NetworkAttempt:
    """A counted attempt of an operation from a network, over all addresses and accounts."""

    operation: str
    network: str
    window: int
    id: str = field(default_factory=new_id)
    places: ClassVar[Mapping[str, str]] = {}

    def keys(self) -> Iterator[keys.Key]:
        """The keys of the counters: network and site."""
        yield keys.rate_limit(self.operation, digest(self.network), self.window)
        if site := limits.site(self.network):
            yield keys.rate_limit(f"{self.operation}-site", digest(site), self.window)


@dataclass(frozen=True, kw_only=True)
class MailAttempt:
    """A counted sending of a mail of that kind to a mailbox, on a day."""

    kind: str
    mailbox: str
    day: int
    id: str = field(default_factory=new_id)
    places: ClassVar[Mapping[str, str]] = {}

    def keys(self) -> Iterator[keys.Key]:
        """The key of its one counter."""
        yield keys.rate_limit(f"{self.kind}-sent", digest(self.mailbox), self.day)


type AnyAttempt = Attempt | OwnerAttempt | NetworkAttempt | MailAttempt


def digest(subject: str) -> str:
    """A pseudonym of an address or a network: 32 hex digits of its SHA-256."""
    return hashlib.sha256(subject.encode()).hexdigest()[:32]
