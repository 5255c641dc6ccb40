"""The limits of login attempts, which protect accounts without locking their owners out.

Attempts are counted in windows of `WINDOW`; a successful attempt is subtracted again. The limits
for one address:

    from one network     at most NETWORK_LIMIT
    from one site        at most SITE_LIMIT
    from all networks    at most SHARED_LIMIT; after that, one attempt for each network without any
    in any case          at most TOTAL_LIMIT

A client that guesses passwords from one network uses up only its own attempts. Guessing from many
networks leaves every other network one attempt in a window, which is enough for an owner who knows
the password. Only a client with `TOTAL_LIMIT` networks can lock the owner out, and only while it
continues.

Attempts of an owner whom no stranger can imitate, from a device that the account knows or in an
open session, are counted by themselves, up to `OWNER_LIMIT`; so even then the owner gets in. So are
the codes of a second factor, of which few are possible: up to `OWNER_DAY_LIMIT` fail in a day.

A mailed link that needs the password, too, is void after `LINK_LIMIT` wrong ones. These count as
logins besides.

At most `MAIL_LIMIT` mails are requested for one address by each operation, so that nobody is
flooded. Of each kind that strangers may request, `MAIL_DAY_LIMIT` are sent to it in a day; a reset,
by which its owner gets in, is not among them.

The credential of an account is changed in sessions at most `CHANGE_LIMIT` times a day: each change
voids the links that were mailed before, and whoever knows the password must not keep the owner out,
who resets it by mail. A reset itself is not counted. As often do accounts leave an address that
they have not verified, by their deletion or for another address: that voids these links, too.

A customer requests at most `REPORT_LIMIT` reports: one may take a worker minutes, and those of
other customers wait meanwhile.

A network, a site, and all of them together are also limited over all addresses, for each operation,
by settings of the stage.

In IPv4 a network is one address, and a site the /24 around it. In IPv6 a network is a /64 and a
site the /48 around it, because one customer may be assigned a whole /48, with 65,536 networks.
"""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address

WINDOW = timedelta(minutes=10)
CHANGE_WINDOW = timedelta(days=1)
ORIGIN = datetime.fromtimestamp(0, UTC)
"""The beginning of the window number 0."""

NETWORK_LIMIT = 10
"""Failed logins of one address from one network, in a window."""

SHARED_LIMIT = 50
"""Failed logins of one address from all networks; above it a network has a single attempt."""

TOTAL_LIMIT = 500
"""Failed logins of one address from all networks, without exceptions."""

OWNER_LIMIT = 10
"""Failed attempts from one device that the account knows, or in one session, in a window."""

OWNER_DAY_LIMIT = 50
"""The same in a day. An app shows one of a million codes, of which three are right at a time: so
whoever has the password finds one with a chance of 1 in 6,700 a day."""

SESSION_REFRESH_LIMIT = 300
"""Refreshes of one session in a window. A browser needs one whenever the site is loaded."""

SITE_LIMIT = 20
"""The attempts of two networks, for an owner who changes networks at home.

More than `NETWORK_LIMIT`, because some providers divide one /48 among up to 256 homes (/56).
"""

LINK_LIMIT = 5
"""Wrong passwords with one mailed link, in all its life. After that it is void."""

KEY_LIMIT = 3000
"""Requests by one API key in a window: five a second."""

REPORT_LIMIT = 30
"""Reports of one customer, in a window, that a worker is requested to make."""

CHANGE_LIMIT = 5
"""Changes of the password of one account, and of its second factor, in a `CHANGE_WINDOW`.

Also deletions, and changes of the address, of accounts that have not verified the same one.
"""

MAIL_LIMIT = 5
"""Mails to one address, in a window, that anybody may request: each has a link that is valid."""

MAIL_DAY_LIMIT = 20
"""Mails of each kind that strangers may request, to one address in a `CHANGE_WINDOW`."""

IPV6_HOME = 64
"""Prefix length of an IPv6 network. One customer chooses the remaining bits freely."""

IPV4_SITE = 24
"""Prefix length of an IPv4 site: the smallest that is routed, often one organisation."""

IPV6_SITE = 48
"""Prefix length of an IPv6 site: one organisation, or a provider's customers in one place."""


def window(at: datetime, length: timedelta = WINDOW) -> int:
    """The number of the window of that length that contains `at`."""
    return (at - ORIGIN) // length


def left_of_window(at: datetime, length: timedelta = WINDOW) -> int:
    """Seconds until the next window of that length, at least one."""
    return -(((at - ORIGIN) % length - length) // timedelta(seconds=1))


def network(address: str) -> str:
    """The network of a client address. A value that is not an IP address is its own network."""
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
    """The site of a network; None for what is no network address."""
    try:
        parsed = ip_address(network)
    except ValueError:
        return None
    bits = IPV6_SITE if isinstance(parsed, IPv6Address) else IPV4_SITE
    return f"{_prefix(parsed, bits)}/{bits}"


def _prefix(address: IPv4Address | IPv6Address, bits: int) -> str:
    free = address.max_prefixlen - bits
    return str(type(address)(int(address) >> free << free))
