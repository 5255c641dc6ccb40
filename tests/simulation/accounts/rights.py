"""What may be accepted: the passwords, sessions, keys and links of each account, and their ends.

It follows the writes of the table for what begins, and what people were shown for what ends. The
times are the true ones, in microseconds: a request that began after an end must be refused.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.simulation.accounts.settings import ACCESS_SECONDS, MAX_SKEW_SECONDS
from tests.simulation.clock import SECOND
from tests.simulation.world import World

NEVER = 1 << 62
SKEW = round(2 * MAX_SKEW_SECONDS * SECOND)
"""How far the clocks of two functions may differ."""

GRACE = 30 * SECOND + SKEW
LINK_LIFETIME = 60 * 60 * SECOND + SKEW
"""The longest of all purposes; a link's own clock begins a moment before it is stored."""


@dataclass
class Typed:
    """What a person sent with a request: what is checked when it is accepted."""

    password: str = ""
    new_password: str = ""
    token: str = ""
    """Of a link, a session's refresh or a key."""
    code: str = ""
    passkey: str = ""
    """The public key of the passkey by which a challenge was signed."""
    user_id: str = ""
    session_id: str = ""
    started: int = 0


@dataclass
class Span:
    """A value from one time to another."""

    value: str
    since: int
    until: int = NEVER


@dataclass(frozen=True, kw_only=True)
class Ended:
    """The end of what an account had before `born`: requests from `since` on are refused."""

    born: int
    since: int
    excepted_session: str = ""
    with_keys: bool = False


@dataclass
class Born:
    """A session or an API key: whose it is, and when it was stored."""

    user_id: str
    at: int
    session_id: str = ""
    ended_at: int = NEVER


@dataclass
class Account:
    """What an account had, has, and has no more."""

    passwords: list[Span] = field(default_factory=list)
    factor: list[Span] = field(default_factory=list)
    """Whether it has a second factor, as a text: on or off."""
    ends: list[Ended] = field(default_factory=list)
    closed: list[Span] = field(default_factory=list)
    """When the operator had disabled it, or its deletion had begun."""
    changed_at: int = 0
    """When its version was raised last."""


class Rights:
    """Checks what is accepted. `violated` is called with what should have been refused."""

    def __init__(self, world: World, violated: Callable[[str, str], None]) -> None:
        self._world, self._violated = world, violated
        self.accounts: defaultdict[str, Account] = defaultdict(Account)
        self.sessions: dict[str, Born] = {}
        self.keys: dict[str, Born] = {}
        self.hashes: defaultdict[str, list[Span]] = defaultdict(list)
        """Of the refresh tokens of each session."""
        self.passkeys: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
        """The public keys, by account and id of the passkey. Empty: it was removed."""
        self._codes: set[tuple[str, str]] = set()
        self._links: set[str] = set()
        self.typed: dict[int, Typed] = {}
        """By the number of the run."""

    @property
    def now(self) -> int:
        return self._world.clock.microseconds

    def begin(self, typed: Typed) -> None:
        """A request begins, with what was sent."""
        assert self._world.current
        typed.started = self.now
        self.typed[self._world.current.number] = typed

    def of_run(self) -> Typed:
        """What was sent with the request that runs now."""
        run = self._world.current
        return self.typed.get(run.number, Typed()) if run else Typed()

    # What begins and ends.

    def session_stored(self, user_id: str, session_id: str, refresh_hash: str) -> None:
        """A session is opened or refreshed."""
        self.sessions.setdefault(session_id, Born(user_id, self.now))
        _put(self.hashes[session_id], refresh_hash, self.now)

    def key_stored(self, user_id: str, key_id: str) -> None:
        """An API key is created, by the session of the request that runs now."""
        session_id = self.of_run().session_id
        self.keys[key_id] = Born(user_id, self.now, session_id)
        if session_id and self.session_is_over(session_id, self.now):
            self._violated(user_id, "an API key is created by a session that has ended")

    def passkey_stored(self, user_id: str, passkey_id: str, public_key: str) -> None:
        """A passkey is added, used or renamed. With an empty key it is removed."""
        _put(self.passkeys[user_id, passkey_id], public_key, self.now)

    def passkeys_of(self, user_id: str) -> list[str]:
        """The public keys of the passkeys that an account has now."""
        mine = [spans[-1].value for (owner, _), spans in self.passkeys.items() if owner == user_id]
        return [public_key for public_key in mine if public_key]

    def passkey_owners(self) -> list[tuple[str, str]]:
        """The ids of all passkeys, each with its account."""
        return [(passkey_id, user_id) for user_id, passkey_id in self.passkeys]

    def password_set(self, user_id: str, password: str) -> None:
        _put(self.accounts[user_id].passwords, password, self.now)

    def factor_set(self, user_id: str, *, is_on: bool) -> None:
        _put(self.accounts[user_id].factor, "on" if is_on else "off", self.now)

    def version_raised(
        self, user_id: str, *, excepted_session: str = "", with_keys: bool = False
    ) -> None:
        """The version was raised: everything but the present session has ended."""
        self.accounts[user_id].changed_at = self.now
        self.end(user_id, self.now, excepted_session=excepted_session, with_keys=with_keys)

    def end(
        self, user_id: str, born: int, *, excepted_session: str = "", with_keys: bool = False
    ) -> None:
        """Sessions that were stored before `born` are over for requests from now on."""
        ended = Ended(
            born=born, since=self.now, excepted_session=excepted_session, with_keys=with_keys
        )
        self.accounts[user_id].ends.append(ended)

    def end_session(self, session_id: str) -> None:
        if born := self.sessions.get(session_id):
            born.ended_at = min(born.ended_at, self.now)

    def require_mine(self, born: Born | None, what: str) -> None:
        """A request has ended something, which must be of the account of its session."""
        user_id = self.of_run().user_id
        if born and born.user_id != user_id:
            self._violated(born.user_id, f"{what} is ended by {user_id}")

    def end_key(self, key_id: str) -> None:
        born = self.keys[key_id]
        born.ended_at = min(born.ended_at, self.now)

    def close(self, user_id: str, reason: str) -> None:
        """Nothing of the account is accepted from now on: it is disabled, or being deleted."""
        self.accounts[user_id].closed.append(Span(reason, self.now))

    def open(self, user_id: str) -> None:
        """The operator begins to enable it."""
        for span in self.accounts[user_id].closed:
            if span.value == "disabled":
                span.until = min(span.until, self.now)

    # What is accepted.

    def session_accepted(self, user_id: str, session_id: str, what: str) -> None:
        """A request in a session is accepted now."""
        typed, born = self.of_run(), self.sessions.get(session_id)
        if born is None or born.user_id != user_id:
            self._violated(user_id, f"{what}: accepted for a session that it does not have")
            return
        self._check_open(user_id, what)
        if typed.started > born.ended_at or self.session_is_over(session_id, typed.started):
            self._violated(user_id, f"{what}: accepted for session {session_id}, which has ended")

    def session_is_over(self, session_id: str, at: int) -> bool:
        """Whether a session had ended at that time by an act on its account."""
        born = self.sessions[session_id]
        return any(
            born.at < ended.born and at > ended.since and session_id != ended.excepted_session
            for ended in self.accounts[born.user_id].ends
        )

    def session_is_over_now(self, session_id: str) -> bool:
        """Whether a session had ended before now, alone or with its account."""
        born, now = self.sessions[session_id], self.now
        closed = self.accounts[born.user_id].closed
        return (
            born.ended_at < now
            or self.session_is_over(session_id, now)
            or any(span.since < now < span.until for span in closed)
        )

    def access_token_accepted(self, user_id: str, issued: int) -> None:
        if self.of_run().started > issued + ACCESS_SECONDS * SECOND + SKEW:
            self._violated(user_id, "an access token is accepted after its end")

    def key_accepted(self, user_id: str, key_id: str) -> None:
        """A request with an API key is accepted now."""
        typed, born = self.of_run(), self.keys.get(key_id)
        if born is None or born.user_id != user_id:
            self._violated(user_id, f"a key is accepted that it does not have: {key_id}")
            return
        self._check_open(user_id, "a request with a key")
        is_over = any(
            ended.with_keys and born.at < ended.born and typed.started > ended.since
            for ended in self.accounts[user_id].ends
        )
        if is_over or typed.started > born.ended_at:
            self._violated(user_id, f"key {key_id} is accepted after its end")

    def login_accepted(self, user_id: str, *, with_code: bool) -> None:
        """A password, and a code if there was one, have opened a session."""
        typed, account = self.of_run(), self.accounts[user_id]
        self._check_open(user_id, "a login")
        if not with_code and not _was(account.passwords, typed.password, typed.started):
            self._violated(user_id, f"a login with {typed.password}, which is not its password")
        if not with_code and not _was(account.factor, "off", typed.started):
            self._violated(user_id, "a login without a code, though it has a second factor")
        if with_code and (user_id, typed.code) in self._codes:
            self._violated(user_id, f"the code {typed.code} is accepted twice")
        if with_code:
            self._codes.add((user_id, typed.code))

    def passkey_accepted(self, user_id: str) -> None:
        """A passkey has opened a session of an account, or proved that its owner is present."""
        typed, mine = (
            self.of_run(),
            [spans for key, spans in self.passkeys.items() if key[0] == user_id],
        )
        self._check_open(user_id, "a passkey")
        if not any(_was(spans, typed.passkey, typed.started) for spans in mine):
            self._violated(user_id, "a passkey is accepted that it does not have")
        if (user_id, typed.token) in self._codes:
            self._violated(user_id, "a challenge is accepted twice")
        self._codes.add((user_id, typed.token))

    def passkey_shown(self, user_id: str, passkey_id: str) -> None:
        """A reply lists a passkey."""
        if not self.passkeys.get((user_id, passkey_id)):
            self._violated(user_id, f"the passkey {passkey_id} is listed, which it does not have")

    def refresh_accepted(self, user_id: str, session_id: str) -> None:
        self.session_accepted(user_id, session_id, "a refresh")
        typed = self.of_run()
        for span in self.hashes[session_id]:
            if span.value == _hash(typed.token) and typed.started > span.until + GRACE:
                self._violated(user_id, "a refresh token is accepted long after its exchange")

    def refresh_refused(self, session_id: str) -> None:
        """A token that was exchanged long ago, with a session that is open, ends the session."""
        typed, spans = self.of_run(), self.hashes.get(session_id, [])
        is_old = any(
            span.value == _hash(typed.token) and typed.started > span.until + GRACE
            for span in spans
        )
        if is_old:
            self.end_session(session_id)

    def link_accepted(self, user_id: str, token_hash: str, *, stored_at: int, owner: str) -> None:
        """A mailed link is used, at the time of the write."""
        if token_hash in self._links:
            self._violated(user_id, "a link is used twice")
        self._links.add(token_hash)
        if owner != user_id:
            self._violated(user_id, f"a link of {owner} is used for it")
        if stored_at < self.accounts[user_id].changed_at < self.now:
            self._violated(user_id, "a link is used from before a change of the account")
        if self.now > stored_at + LINK_LIFETIME:
            self._violated(user_id, "a link is used after its end")

    def _check_open(self, user_id: str, what: str) -> None:
        """It must have been open at some time since the request began."""
        started, now = self.of_run().started, self.now
        if any(span.since < started and now < span.until for span in self.accounts[user_id].closed):
            self._violated(user_id, f"{what} is accepted, though the account is closed")


def _put(spans: list[Span], value: str, now: int) -> None:
    if spans and spans[-1].value == value:
        return
    if spans:
        spans[-1].until = now
    spans.append(Span(value, now))


def _was(spans: list[Span], value: str, since: int) -> bool:
    """Whether it had that value at any time since then."""
    return any(span.value == value and span.until >= since for span in spans)


def _hash(token: str) -> str:
    """As the table has it of a refresh token."""
    return hashlib.sha256(token.rpartition(".")[2].encode()).hexdigest()
