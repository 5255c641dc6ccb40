"""How often operations are accepted, as the API's description states it: from the settings."""

from dataclasses import fields

from docket.domain import rate_limits as limits
from infra.setting_types.rate_limits import RATE_LIMITS, OperationLimit

NAMES = {
    "login": "Failed logins",
    "register": "Registrations",
    "forgot": "Requests of mails",
    "refresh": "Refreshes with tokens that Docket did not issue",
    "second_factor": "Wrong codes of a second factor",
}


def rate_limits() -> str:
    """A section of Markdown. The limits are those of a stage with the usual settings."""
    minutes = int(limits.WINDOW.total_seconds()) // 60
    rows = "\n".join(
        _row(NAMES[field.name], getattr(RATE_LIMITS, field.name)) for field in fields(RATE_LIMITS)
    )
    return f"""

## Rate limits

Beyond a limit the reply is 429 `too_many_tries`, and `Retry-After` has the seconds until another
attempt is accepted: at most {minutes} minutes, the length of the window in which attempts are
counted, unless another one is named. A network is an IPv4 address or an IPv6 /64; a site is the
/24 or /48 around it.

| in {minutes} minutes | a network | a site | everyone |
|---|---|---|---|
{rows}

Logins and codes that succeed are not counted for network and site, but they are for everyone, and
a site has at most {RATE_LIMITS.login.site_total:,} logins and
{RATE_LIMITS.second_factor.site_total:,} codes with them. Beyond the limit of everyone, each site
has one more attempt, up to a limit in all: {_beyond()}. So a few sites cannot keep everybody else
out. One email address gets {limits.MAIL_LIMIT} mails of each kind, and {limits.MAIL_DAY_LIMIT} of
each in a day, but for those that reset a password; further ones of that day are not sent.

For one email address, {limits.NETWORK_LIMIT} failed logins are accepted from one network,
{limits.SITE_LIMIT} from one site, and {limits.SHARED_LIMIT} from all networks; after that each
other network has one, up to {limits.TOTAL_LIMIT} in all. A device that the account has signed in
from before, which its cookie `__Host-docket_device` shows, is counted by itself, with
{limits.OWNER_LIMIT} failed logins, and as many wrong codes of a second factor: so nobody can lock
an owner out. All other devices of an account have {limits.OWNER_LIMIT} wrong codes together. A
session may be refreshed {limits.SESSION_REFRESH_LIMIT} times with its own tokens, and
`/auth/reauthenticate` fail {limits.OWNER_LIMIT} times in it. Each of these failures of a device, of
codes or of a session is accepted {limits.OWNER_DAY_LIMIT} times a day. The password of an account
may be changed, and its second factor turned on, {limits.CHANGE_LIMIT} times a day together,
beside resets by mail: each change voids the links that were mailed before. Accounts that have not
verified an email address are deleted, or ask for another one, {limits.CHANGE_LIMIT} times a day
together for that address. An account asks for another address {limits.CHANGE_LIMIT} times a day.
An API key may be used {limits.KEY_LIMIT:,} times.
"""


def _beyond() -> str:
    return ", ".join(
        f"{getattr(RATE_LIMITS, field.name).beyond:,} {NAMES[field.name].lower()}"
        for field in fields(RATE_LIMITS)
    )


def _row(name: str, limit: OperationLimit) -> str:
    return f"| {name} | {limit.network:,} | {limit.site:,} | {limit.everyone:,} |"
