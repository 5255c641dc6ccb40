"""How often somebody may try to sign in, and why a stranger cannot keep the owner out.

Tries are counted in windows of `WINDOW`; a try that succeeds is taken back. Of one address

    from one network     at most FEW
    from anywhere        at most MANY; then a network that has not tried yet has still one try
    in any case          at most MOST

so whoever guesses from one place ends their own tries and nobody else's. Guessing from everywhere
at once slows everybody down to one try a window each, and the owner, who knows the password, needs
no more. Only one with `MOST` networks at hand can keep the owner out, and only while they go on.

One network is also counted over all addresses; how much it may try is the stage's setting.
"""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

WINDOW = timedelta(minutes=10)
FEW, MANY, MOST = 10, 50, 500

IPV6_HOME = 64
"""The part of an IPv6 address, in bits, that is one customer's: the rest they choose freely."""


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
        kept = int(parsed) >> (128 - IPV6_HOME) << (128 - IPV6_HOME)
        return str(IPv6Address(kept))
    return str(parsed)
