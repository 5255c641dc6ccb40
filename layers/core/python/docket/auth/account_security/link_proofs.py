"""Proofs that whoever uses a mailed link is the one who has asked for what it confirms.

A link proves that somebody reads the mail of an address, and not whose account it is: anybody can
register the address of somebody else, or ask for it as the new address of an account. If the reader
could confirm that, the account would be verified in both hands. So a link that binds an address to
an account also needs a session of that account, or its password.
"""

from dataclasses import dataclass, field
from datetime import datetime

from docket.auth import known_devices, login_log
from docket.auth.account_security.credentials import AccountCredential
from docket.domain.accounts.one_time_link import OneTimeLink
from docket.domain.accounts.user import Caller, OpenSession, RequestDevice
from docket.domain.errors import LinkExhausted, LinkInvalid, PasswordRequired, WrongCredentials
from docket.runtime import config
from docket.table import rate_limits
from docket.table.accounts import sessions


@dataclass
class LinkProof:
    """What a request has beside the token of a link: the session that sends it, or a password."""

    caller: Caller | None
    password: str | None = field(repr=False)
    device: RequestDevice
    _is_right: bool = field(default=False, init=False)
    """Whether the password was compared already: a request that is tried again guesses once."""

    def require(
        self, link: OneTimeLink, credential: AccountCredential, *, at: datetime
    ) -> OpenSession | None:
        """The session of the account that proves it; None if the password does.

        The session must still be open when the link is used. A second factor is not asked for: the
        link opens nothing. Raises `PasswordRequired`, `WrongCredentials`, `LinkExhausted` and
        `TooManyTries`; the link stays as it was.
        """
        if self.caller and self.caller.user_id == link.user_id:
            session = sessions.find_with_access(self.caller, at=at)
            if session:
                return session
        if self.password is None:
            raise PasswordRequired
        if not self._is_right:
            self._compare(self.password, link, credential, at=at)
            self._is_right = True
        return None

    def _compare(
        self, password: str, link: OneTimeLink, credential: AccountCredential, *, at: datetime
    ) -> None:
        """Compare the password, as a try of the link and as a login from this device.

        As with a login, strangers do not use up the tries of a device that the account knows.
        """
        user = credential.user
        if user is None:
            raise LinkInvalid
        has_devices = config.read(config.Identity).authorizer == "lambda"
        is_known = has_devices and known_devices.is_known(user, self.device, at=at)
        attempt = known_devices.count_login(user.address, self.device, is_known=is_known, at=at)
        try:
            rate_limits.count_link(link.token_hash, at=at)
        except LinkExhausted:
            rate_limits.undo_count(attempt)  # nothing is compared
            raise
        if not credential.verify(password):
            login_log.refused(user.id, "password", is_known_device=is_known)
            raise WrongCredentials
        login_log.accepted(user.id, "password", is_known_device=is_known)
        rate_limits.undo_count(attempt)
