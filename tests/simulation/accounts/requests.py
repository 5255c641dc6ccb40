"""Requests of people about their accounts, through the real authorizer and the real functions."""

import base64
import json
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from random import Random
from types import MappingProxyType
from typing import Any

from docket.domain.errors import ConcurrentChange
from infra.endpoint_spec import EndpointSpec
from infra.endpoints import ENDPOINTS
from tests.make_calls import a_request
from tests.simulation.accounts.rights import Typed
from tests.simulation.accounts.watch import Watcher
from tests.simulation.aws import SimulatedAws
from tests.simulation.clock import SECOND
from tests.simulation.environment.browser import Browser
from tests.simulation.faults import Fault
from tests.simulation.functions import Functions

ROUTES: Mapping[str, EndpointSpec] = {row.name: row for row in ENDPOINTS}

REFRESH_COOKIE, DEVICE_COOKIE = "__Host-docket_refresh", "__Host-docket_device"

OF_OWNERS = frozenset(
    {
        "auth/reset_password",
        "account/change_password",
        "account/remove_password",
        "account/confirm_email",
        "second_factor/confirm_totp",
        "sessions/end_others",
        "sessions/end",
        "passkeys/remove",
        "account/delete",
    }
)
"""What ends what a thief has: a thief may act at the same time."""

ATTEMPTS = 3
NETWORKS = {"ada": "203.0.113.7", "bob": "198.51.100.8", "eve": "192.0.2.9"}

NO_REPLY, TOO_MANY = 0, 429


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A reply. Status 0: there was none. `code` is that of an error."""

    status: int = NO_REPLY
    body: Any = None
    cookies: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return str(self.body.get("code", "")) if isinstance(self.body, dict) else ""

    @property
    def is_definite(self) -> bool:
        is_refused_for_now = self.status == TOO_MANY or self.code == ConcurrentChange.code
        return 0 < self.status < 500 and not is_refused_for_now


@dataclass
class Session:
    """The tokens of a session, as a browser has them."""

    user_id: str
    id: str
    access: str
    refresh: str


@dataclass
class Device:
    """A browser: the session in it, and the cookie by which an account knows it."""

    session: Session | None = None
    token: str = ""


class Requests(Browser):
    """Sends the requests of all people of a life, and checks what is accepted."""

    def __init__(
        self, aws: SimulatedAws, functions: Functions, watcher: Watcher, *, seed: int
    ) -> None:
        super().__init__(aws, functions, Random(f"{seed} people"))
        self.watcher, self.rights = watcher, watcher.rights
        self.at_once: Callable[[], None] = lambda: None
        """Is called when a thief acts while an owner changes something."""
        self.on_reply: dict[str, Callable[[Typed, Answer], None]] = {}
        """What else checks the successful replies of a function."""

    def uniform(self, low: float, high: float) -> float:
        """A number of the present step."""
        return self._random.uniform(low, high)

    def send(
        self,
        person: str,
        name: str,
        body: Mapping[str, Any] | None = None,
        *,
        device: Device | None = None,
        bearer: str = "",
        typed: Typed | None = None,
        key: str = "",
        attempts: int = ATTEMPTS,
        ids: Mapping[str, str] = MappingProxyType({}),
    ) -> Generator[Any, Any, list[Answer]]:
        """The answers to a request, repeated until one is definite."""
        answers: list[Answer] = []
        for attempt in range(attempts):
            if attempt:
                yield self._random.uniform(1, 5) * 3**attempt
            clicks = 2 if self._fires(Fault.DOUBLE_CLICK, name) else 1
            event = partial(
                self._request, person, name, body, device=device, bearer=bearer, key=key, ids=ids
            )
            what = replace(typed or Typed())
            if name == "auth/refresh" and device and device.session:
                what.token = device.session.refresh  # another tab may have replaced the cookie
            sent = [(person, name, {**event(), "typed": what})] * clicks
            runs = yield [(who, which, {**request}) for who, which, request in sent]
            answers += [_answer(run) for run in runs]
            if any(answer.is_definite for answer in answers):
                break
            if any(answer.status == TOO_MANY for answer in answers):
                yield 600.0
        return answers

    def _request(
        self,
        person: str,
        name: str,
        body: Mapping[str, Any] | None,
        *,
        device: Device | None,
        bearer: str,
        key: str,
        ids: Mapping[str, str],
    ) -> dict[str, Any]:
        row, cookies = ROUTES[name], list[str]()
        if device and device.session:
            cookies.append(f"{REFRESH_COOKIE}={device.session.refresh}")
        if device and device.token:
            cookies.append(f"{DEVICE_COOKIE}={device.token}")
        headers = {"x-docket-viewer": NETWORKS[person]}
        if bearer:
            headers["authorization"] = f"Bearer {bearer}"
        if key:
            headers["idempotency-key"] = key
        path = row.path.format(**ids)
        return a_request(row.method, path, body, headers=headers, cookies=tuple(cookies))

    def _handler(self, name: str, event: dict[str, Any]) -> Callable[[], Any]:
        return partial(self._serve, name, event, replace(event.pop("typed")))

    def _serve(self, name: str, event: dict[str, Any], typed: Typed) -> Any:
        """Authorize a request as the gateway does, and let its function serve it."""
        self.rights.begin(typed)
        if name in OF_OWNERS and self._fires(Fault.THIEF_AT_ONCE, name):
            self.at_once()
        event = {**event, "requestContext": {**event["requestContext"]}}
        if ROUTES[name].has_authorizer("jwt"):
            authorized = self._functions.handler("auth/authorize")(event, None)
            context = authorized["context"]
            if context:
                self._authorized(name, context, event["headers"]["authorization"], typed)
            event["requestContext"]["authorizer"] = {"lambda": context}
        reply = self._functions.handler(name)(event, None)
        self._check(name, _parsed(reply), typed)
        return reply

    def _authorized(self, name: str, context: Mapping[str, str], header: str, typed: Typed) -> None:
        """The authorizer has accepted a caller."""
        user_id = context.get("user_id", "")
        if context.get("api_key_id"):
            self.rights.key_accepted(user_id, context["api_key_id"])
        elif user_id:
            self.rights.session_accepted(user_id, context["session_id"], name)
            claims = claims_of(header.partition(" ")[2])
            self.rights.access_token_accepted(user_id, round(claims["iat"] * SECOND))
        typed.user_id, typed.session_id = user_id, context.get("session_id", "")

    def _check(self, name: str, answer: Answer, typed: Typed) -> None:
        """A function has replied: what it has accepted, and what is over now."""
        rights, is_done = self.rights, 200 <= answer.status < 300
        if name == "auth/refresh" and answer.status == 401:
            rights.refresh_refused(typed.token.split(".")[1])
        if not is_done:
            return
        match name:
            case "auth/login" | "auth/login_mfa" if "access_token" in answer.body:
                with_code = name == "auth/login_mfa"
                rights.login_accepted(answer.body["user"]["id"], with_code=with_code)
            case "auth/refresh":
                user_id, session_id, _ = answer.cookies[REFRESH_COOKIE].split(".")
                rights.refresh_accepted(user_id, session_id)
                self._require_same(user_id, answer.body["user"]["id"], name)
            case "account/get" | "account/update":
                self._require_same(typed.user_id, answer.body["id"], name)
            case _:
                self._check_passkey(name, answer, typed)
                self._end(name, typed)
        if check := self.on_reply.get(name):
            check(typed, answer)

    def _check_passkey(self, name: str, answer: Answer, typed: Typed) -> None:
        match name:
            case "auth/login_passkey":
                self.rights.passkey_accepted(answer.body["user"]["id"])
            case "auth/reauthenticate_passkey":
                self.rights.passkey_accepted(typed.user_id)
            case "passkeys/list":
                for passkey in answer.body:
                    self.rights.passkey_shown(typed.user_id, passkey["id"])
            case _:
                pass

    def _end(self, name: str, typed: Typed) -> None:
        """What has ended, by a reply that its person has received."""
        rights = self.rights
        match name:
            case "sessions/end_others":
                rights.end(typed.user_id, typed.started, excepted_session=typed.session_id)
            case "sessions/end":
                rights.require_mine(rights.sessions.get(typed.token), "a session")
                rights.end_session(typed.token)
            case "auth/logout":
                rights.end_session(typed.session_id)
            case "api_keys/revoke":
                rights.require_mine(rights.keys.get(typed.token), "an API key")
                rights.end_key(typed.token)
            case "account/delete":
                rights.close(typed.user_id, "deleting")
            case _:
                pass

    def _require_same(self, expected: str, found: str, name: str) -> None:
        if expected != found:
            self.watcher.violated(expected, f"{name} has replied with the account {found}")


def claims_of(token: str) -> dict[str, Any]:
    """The claims of a token, which is not verified."""
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(
        base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    )
    return claims


def _answer(run: Any) -> Answer:
    return Answer() if run.raised is not None else _parsed(run.reply)


def _parsed(reply: Mapping[str, Any]) -> Answer:
    cookies = dict[str, str]()
    for text in reply.get("cookies") or ():
        name, _, value = text.partition(";")[0].partition("=")
        cookies[name] = value
    body = json.loads(reply.get("body") or "{}")
    return Answer(status=reply["statusCode"], body=body, cookies=cookies)
