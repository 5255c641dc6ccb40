"""Customers, their credentials and sessions, and the caller of a request."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from docket.domain.accounts.api_key import ApiKey, SampleAccess, Scope
from docket.domain.errors import ReauthenticationRequired, ScopeMissing
from docket.domain.language import DEFAULT_LANGUAGE, Language

NOBODY = "nobody"
"""In place of the id of an address without account, so that both need the same calls."""

REFRESH_GRACE = timedelta(seconds=30)
"""How long a refresh token that was exchanged returns the same successor again.

A client that lost a response repeats the request within this time, because the gateway responds
within 30 seconds. A thief would have to use the token within these seconds, and is detected when
the successor is used twice.
"""

MOST_REPLACED = 20
"""Refresh tokens of a session that are remembered within the grace. An older one ends it."""


@dataclass(frozen=True, kw_only=True)
class Caller:
    """An authenticated customer, and the session of the access token or the API key.

    `verified_at` is when the customer last proved to be present in the session, if that is known. A
    request by an API key has no session: `session_id` is empty, and `scopes` are those of the key.
    A test key has no `scopes`: `sample` is all that it may do.
    """

    user_id: str
    session_id: str
    verified_at: datetime | None = field(default=None, compare=False)
    api_key_id: str | None = None
    scopes: frozenset[Scope] = frozenset()
    sample: SampleAccess | None = None

    def require_recent(self, at: datetime, within: timedelta) -> None:
        """Raises `ReauthenticationRequired` if the customer has not proved to be present lately."""
        if self.verified_at is None or at - self.verified_at > within:
            raise ReauthenticationRequired

    def require_scope(self, scope: Scope | None, *, test_keys: bool = False) -> None:
        """Raises `ScopeMissing` for an API key without the scope. None: no key is accepted.

        A test key is accepted only with `test_keys`.
        """
        if self.api_key_id is None:
            return
        if self.sample and scope and not test_keys:
            raise ScopeMissing(scope, context="test")
        if scope not in (self.sample.scopes if self.sample else self.scopes):
            raise ScopeMissing(scope)


@dataclass(frozen=True, kw_only=True)
class User:
    """`email` is stored as the customer wrote it; `address_of(email)` is its unique form.

    `version` is raised by every change of the password, the address or the second factor. Without a
    password the account is opened by its passkeys only, of which it then keeps one at least.
    """

    id: str
    email: str
    full_name: str | None
    created_at: datetime
    email_verified: bool = False
    version: int = 0
    second_factor: bool = False
    has_password: bool = True

    @property
    def address(self) -> str:
        """The normalized form of `email`, by which the account is unique."""
        return address_of(self.email)


@dataclass(frozen=True, kw_only=True)
class Credential:
    """The credential of `user`. `password_hash` is None after its owner has removed the password.

    `made_by` is a fingerprint of the Idempotency-Key that the account was created with, if any.
    """

    user: User
    password_hash: str | None
    made_by: str | None = None

    @property
    def address(self) -> str:
        return self.user.address


@dataclass(frozen=True, kw_only=True)
class Device:
    """The client of a request: its network address, its User-Agent, and its place if known."""

    address: str
    agent: str | None = None
    place: str | None = None


@dataclass(frozen=True, kw_only=True)
class RequestDevice(Device):
    """The client of the present request, with what is not stored of it.

    `token` is the secret of its cookie, by which an account knows it again. `language` is the one
    that its user reads.
    """

    token: str | None = field(default=None, repr=False)
    language: Language = DEFAULT_LANGUAGE


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session. It ends at `expires_at` unless it is refreshed before, and at `ends_at` anyway.

    `refresh_hash` is the hash of the only valid refresh token. `verified_at` is when its owner last
    proved to be present, by a password, a passkey or a second factor. `generation` is that of the
    account's sessions when it was opened. `replaced` has the hashes of the refresh tokens that were
    replaced last, with the times.
    """

    id: str
    user_id: str
    refresh_hash: str
    created_at: datetime
    used_at: datetime
    verified_at: datetime
    expires_at: datetime
    ends_at: datetime
    device: Device
    generation: str | None = None
    replaced: Mapping[str, datetime] = field(default_factory=dict)

    def is_open(self, at: datetime) -> bool:
        """Whether it has neither ended nor been unused for too long."""
        return at < min(self.expires_at, self.ends_at)

    def in_grace(self, refresh_hash: str, *, at: datetime) -> bool:
        """Whether that token was replaced so recently that its request may be a repeated one."""
        replaced_at = self.replaced.get(refresh_hash)
        return replaced_at is not None and at - replaced_at <= REFRESH_GRACE

    def refreshed(self, refresh_hash: str, *, at: datetime, until: datetime) -> "Session":
        """The session with another refresh token, which is idle until then."""
        late = {old: since for old, since in self.replaced.items() if self.in_grace(old, at=at)}
        newest = sorted(late, key=late.__getitem__)[1 - MOST_REPLACED :]
        replaced = {**{old: late[old] for old in newest}, self.refresh_hash: at}
        return replace(
            self, refresh_hash=refresh_hash, used_at=at, expires_at=until, replaced=replaced
        )


USE_PRECISION = timedelta(days=1)
"""The precision of `AccountAccess.used_at`, so that not every refresh writes it."""


@dataclass(frozen=True, kw_only=True)
class AccountAccess:
    """What decides at once about all sessions and keys of an account.

    Sessions that began until `ended_before` are over, except `excepted_session`; API keys that were
    created until `keys_ended_before` are over. `language` is the one that its user read at the last
    use.

    Each end of all sessions also begins another `generation` of them, and that of all API keys
    another `key_generation`; what closes the account begins another `generation`, too. A session
    has the generation that was read before it was opened: so one is over, too, that was opened
    while its end was under way, whatever the clocks say.
    """

    ended_before: datetime | None = None
    excepted_session: str | None = None
    keys_ended_before: datetime | None = None
    generation: str | None = None
    key_generation: str | None = None
    session_ended_at: datetime | None = None
    """When a single session was ended last, by its owner or because its token was copied."""
    disabled_at: datetime | None = None
    """The operator has disabled the account."""
    deleting_at: datetime | None = None
    """The account is being deleted."""
    used_at: datetime | None = None
    """When a session was last opened or refreshed, to the day. API keys have their own."""
    language: Language = DEFAULT_LANGUAGE

    @property
    def is_closed(self) -> bool:
        """Whether nobody may log in: the account is disabled, or is being deleted."""
        return self.disabled_at is not None or self.deleting_at is not None

    def is_use_recorded(self, at: datetime) -> bool:
        """Whether `used_at` is precise enough for a use now."""
        return self.used_at is not None and at - self.used_at < USE_PRECISION

    def admits(self, session: Session) -> bool:
        """Whether the session may be used, as far as the account decides about it."""
        is_ended = self.ended_before is not None and session.created_at <= self.ended_before
        is_ended = is_ended or session.generation != self.generation
        return not self.is_closed and (not is_ended or session.id == self.excepted_session)

    def admits_key(self, key: ApiKey) -> bool:
        """Whether an API key may be used, as far as the account decides about it."""
        is_ended = self.keys_ended_before is not None and key.created_at <= self.keys_ended_before
        is_ended = is_ended or key.generation != self.key_generation
        return not self.is_closed and not is_ended

    def admits_request(self, requested_at: datetime) -> bool:
        """Whether a request that awaits its confirmation may still have an effect.

        Not if a session was ended since: it may be the one that requested it.
        """
        ends = (self.ended_before, self.session_ended_at)
        return not self.is_closed and all(end is None or end < requested_at for end in ends)


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """A session that was open when it was looked up, and what then decided about its account.

    What it changes is written only while both still hold: a request that was admitted before the
    owner ended the session must have no effect after that.
    """

    session: Session
    access: AccountAccess

    @property
    def user_id(self) -> str:
        return self.session.user_id

    @property
    def session_id(self) -> str:
        return self.session.id

    @property
    def caller(self) -> Caller:
        session = self.session
        return Caller(
            user_id=session.user_id, session_id=session.id, verified_at=session.verified_at
        )


@dataclass(frozen=True, kw_only=True)
class LoginStep:
    """The result of a login whose password was right, and which needs a second factor yet."""

    token: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class AuthResult:
    """The result of a login or a refresh. Lifetimes are in seconds.

    `refresh_token` is None if the refresh token stays the same. `device_token` is that of the
    cookie by which the account knows the device again, after a login.
    """

    user: User
    access_token: str
    access_seconds: int
    refresh_token: str | None
    refresh_seconds: int
    device_token: str | None = None


def address_of(email: str) -> str:
    """The form by which an email address is unique and found.

    Letter case, Unicode normalization and the encoding of a domain (its own script or `xn--…`) make
    no difference. Nothing else is equal, because different mailboxes must stay different: domains
    are compared by IDNA 2008, local parts by NFC and lower case. The result may be longer than the
    input.
    """
    local, at, domain = email.strip().rpartition("@")
    if not at:
        return _lower(domain)
    return f"{_lower(local)}@{domain.lower() if domain.isascii() else _ascii(domain)}"


def _lower(text: str) -> str:
    """Lower case letter by letter: in a whole word, a final Greek sigma becomes another letter."""
    composed = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", "".join(letter.lower() for letter in composed))


def _ascii(domain: str) -> str:
    """A domain in ASCII. An invalid one is changed only as a local part is."""
    import idna  # noqa: PLC0415 - its tables are big, and such domains rare

    try:
        return idna.encode(domain, uts46=True, transitional=False).decode()
    except idna.IDNAError:
        return _lower(domain)
