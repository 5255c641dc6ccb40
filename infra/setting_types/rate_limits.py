"""How often operations are accepted that need no session: a part of the settings of a stage."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class OperationLimit:
    """The attempts in ten minutes, over all e-mail addresses.

    A network is an IPv4 address or an IPv6 /64, a site the /24 or /48 around it.
    """

    network: int
    site: int
    everyone: int
    """Of all networks together: what the functions and the table are to bear of an attack."""
    beyond: int
    """Attempts beyond `everyone`, of which each site has one: few sites cannot stop all others."""
    site_total: int | None = None
    """Attempts of a site with those that succeed, where `network` and `site` are failures only."""


@dataclass(frozen=True, kw_only=True)
class RateLimits:
    """The limits of each operation. Those of one e-mail address are in `docket.domain.rate_limits`.

    A company may be one network, with many people who start work at the same time.
    """

    login: OperationLimit
    """Failed logins; `site_total`, `everyone` and `beyond` also those that succeed."""
    register: OperationLimit
    forgot: OperationLimit
    """Requests of mails: to reset a password, to verify or to change an address."""
    refresh: OperationLimit
    second_factor: OperationLimit
    """Wrong codes from devices that the account does not know, and right ones as for `login`."""


RATE_LIMITS = RateLimits(
    login=OperationLimit(network=100, site=500, site_total=2_000, everyone=10_000, beyond=10_000),
    register=OperationLimit(network=30, site=150, everyone=1_000, beyond=1_000),
    forgot=OperationLimit(network=20, site=100, everyone=1_000, beyond=10_000),
    refresh=OperationLimit(network=600, site=3_000, everyone=60_000, beyond=60_000),
    second_factor=OperationLimit(
        network=50, site=250, site_total=1_000, everyone=5_000, beyond=5_000
    ),
)
"""The limits of a deployed stage."""

_MANY = OperationLimit(network=10_000, site=10_000, everyone=100_000, beyond=100_000)
"""A limit that the tests of one machine do not reach."""

UNLIMITED = RateLimits(
    login=_MANY, register=_MANY, forgot=_MANY, refresh=_MANY, second_factor=_MANY
)
"""For one machine, where all clients have the same address."""
