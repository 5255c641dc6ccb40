"""How often somebody may try to sign in, and why a stranger cannot keep the owner out.

Tries are counted in windows of `WINDOW`; a try that succeeds is taken back. Of one address

    from one network     at most FEW
    from one IPv6 site   at most SITE_FEW
    from anywhere        at most MANY; then a network that has not tried yet has still one try
    in any case          at most MOST

so whoever guesses from one place ends their own tries and nobody else's. Guessing from everywhere
at once slows everybody down to one try a window each, and the owner, who knows the password, needs
no more. Only one with `MOST` networks at hand can keep the owner out, and only while they go on.

One network is also counted over all addresses; how much it may try is the stage's setting, and a
site may try `SITE_NETWORKS` times as much.

In IPv6 a network is a /64, a site the /48 around it: whoever is assigned a /48 has 65,536 networks.
"""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

WINDOW = timedelta(minutes=10)
FEW, MANY, MOST = 10, 50, 500

SITE_FEW = 20
"""Two networks' worth: somebody may change from one to another at home, but nobody errs more often.

Since providers also share out one /48 among up to 256 homes (/56), it is more than `FEW`.
"""

SITE_NETWORKS = 5
"""How many networks' limits a site has over all addresses: the 100 failed logins of a network
become 500, which is two for each of 256 homes, and not 100 for each of 65,536 networks."""

IPV6_HOME = 64
"""The part of an IPv6 address, in bits, that is one customer's: the rest they choose freely."""

IPV6_SITE = 48
"""The part that is one organisation's, or one provider's customers' in the same place."""


def window(at: datetime) -> int:
    """The number of the window that `at` lies in."""
    return int(at.timestamp()) // int(WINDOW.total_seconds())


def left_of_window(at: datetime) -> int:
    """Seconds until the next window, at least one."""
    length = int(WINDOW.total_seconds())
    return length - int(at.timestamp()) % length


def network(address: str) -> str:
    """Whom a network address stands for. Anything that is not one stands for itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return _prefix(parsed, IPV6_HOME)
    return str(parsed)


def site(network: str) -> str | None:
    """The site that a network belongs to, or None: only IPv6 has sites."""
    try:
        parsed = ip_address(network)
    except ValueError:
        return None
    if not isinstance(parsed, IPv6Address):
        return None
    return f"{_prefix(parsed, IPV6_SITE)}/{IPV6_SITE}"


def _prefix(address: IPv6Address, bits: int) -> str:
    free = 128 - bits
    return str(IPv6Address(int(address) >> free << free))
