"""How many requests are accepted: a part of the settings of a stage."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Throttle:
    """Requests a second to the whole API, and the burst."""

    rate: int
    burst: int


@dataclass(frozen=True, kw_only=True)
class Waf:
    """The firewall (AWS WAF) in front of the distribution: AWS's managed rules and a rate rule."""

    requests_per_address: int
    """To the API within five minutes.

    A browser sends about 100 in that time while its documents are being read, and a company may be
    one address.
    """


THROTTLE = Throttle(rate=200, burst=400)
"""What a stage has unless it says otherwise."""
