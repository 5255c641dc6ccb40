"""The people of a life: what they have, and how they do the steps of the plan."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType
from typing import Any

import pyotp

from tests.simulation.accounts.mailboxes import Mailboxes, Received, mailbox_of
from tests.simulation.accounts.plan import ADDRESSES, FORMS, OTHER_ADDRESS, READERS, Act, Step, Tab
from tests.simulation.accounts.requests import (
    DEVICE_COOKIE,
    REFRESH_COOKIE,
    Answer,
    Device,
    Requests,
    Session,
)
from tests.simulation.accounts.rights import Typed
from tests.simulation.environment.operator_side import OperatorSide
from tests.simulation.world import Run
from tests.soft_authenticator import SoftAuthenticator

type Doing[T] = Generator[Any, Any, T]

MAIL_WAITS = 12
DISABLED_SECONDS = (10.0, 900.0)
TAKES_OVER = 0.7
"""How often the reader of an address that somebody else has registered resets the password."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """The answer of a device to the challenge of a login. `public_key` is that of its passkey."""

    body: Mapping[str, Any]
    challenge: str
    public_key: str


@dataclass
class Person:
    """What a person has, the newest last. After a lost reply more than one may be valid."""

    name: str
    devices: tuple[Device, Device] = field(default_factory=lambda: (Device(), Device()))
    passwords: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    recovery: list[str] = field(default_factory=list)
    keys: list[tuple[str, str]] = field(default_factory=list)
    """Ids and texts."""
    passkeys: list[SoftAuthenticator] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    """What its devices have signed."""
    loot: list[tuple[str, Any]] = field(default_factory=list)


class People(Requests):
    """Everybody who acts in a life."""

    def __init__(
        self, *arguments: Any, mailboxes: Mailboxes, operator: OperatorSide, seed: int
    ) -> None:
        super().__init__(*arguments, seed=seed)
        self.mailboxes, self._operator, self._seed = mailboxes, operator, seed
        self.people = {name: Person(name) for name in ("ada", "bob", "eve")}
        self._password_count = 0
        self.buy: Callable[[Person, Device], Doing[None]]
        self.export: Callable[[Person, Device], Doing[None]]

    def open(self, tab: Tab) -> None:
        """Start what a person does on a device."""
        self.active += 1
        self._continue(self._tab(tab), None)

    def do(self, doing: Doing[None]) -> None:
        """Start something else."""
        self.active += 1
        self._continue(doing, None)

    def _tab(self, tab: Tab) -> Doing[None]:
        person = self.people[tab.person]
        for step in tab.steps:
            yield step.pause
            self._random = Random(f"{self._seed} {step.number}")
            self._aws.world.note(f"{tab.person}: step {step.number}: {step.act}")
            yield from self._acts(person, person.devices[step.device], step)[step.act]()

    def _acts(
        self, person: Person, device: Device, step: Step
    ) -> dict[Act, Callable[[], Doing[Any]]]:
        """How the person does each act."""
        return {
            Act.REGISTER: lambda: self.register(person, step),
            Act.VERIFY: lambda: self._verify(person, step.address, device),
            Act.LOG_IN: lambda: self.log_in(person, device),
            Act.LOOK: lambda: self.act(person, device, "account/get"),
            Act.RENAME: lambda: self._rename(person, device),
            Act.REFRESH: lambda: self._refresh_sometimes(person, device),
            Act.RESET: lambda: self.reset(person, step.address, device),
            Act.CHANGE_PASSWORD: lambda: self._change_password(person, device),
            Act.CHANGE_ADDRESS: lambda: self._change_address(person, device, step.address),
            Act.FACTOR_ON: lambda: self._factor_on(person, device),
            Act.FACTOR_OFF: lambda: self.act(person, device, "second_factor/remove_totp"),
            Act.CREATE_KEY: lambda: self._create_key(person, device),
            Act.USE_KEY: lambda: self._use_key(person),
            Act.REVOKE_KEY: lambda: self._revoke_key(person, device),
            Act.END_OTHERS: lambda: self.act(person, device, "sessions/end_others"),
            Act.END_ONE: lambda: self._end_one(person, device),
            Act.LOG_OUT: lambda: self._log_out(person, device),
            Act.BUY: lambda: self.buy(person, device),
            Act.EXPORT: lambda: self.export(person, device),
            Act.DELETE: lambda: self._delete(person, device),
            Act.DISABLE: lambda: self._disable(step.address),
            Act.END_ALL: lambda: self._end_all(step.address),
        }

    # Registration and addresses

    def register(self, person: Person, step: Step) -> Doing[None]:
        email, password = FORMS[step.address][step.form], self._new_password(person)
        person.passwords.append(password)
        person.addresses.append(email)
        yield from self.send(
            person.name,
            "auth/register",
            {"email": email, "password": password, "full_name": person.name.title()},
            typed=Typed(password=password),
            key=f"register-{person.name}-{step.number}",
        )

    def _rename(self, person: Person, device: Device) -> Doing[None]:
        name = f"{person.name.title()} {self._random.randrange(100)}"
        yield from self.act(person, device, "account/update", {"full_name": name})

    def _verify(self, person: Person, mailbox: str, device: Device) -> Doing[None]:
        """Follow the link. If somebody else has registered the address, sometimes take it over."""
        if READERS[mailbox] != person.name:
            return
        mail = yield from self._mail(mailbox, "/verify-email")
        if not mail:
            return
        is_done = yield from self.bind(person, "account/verify_email", mail, device)
        if not is_done and self._random.random() < TAKES_OVER:
            yield from self.reset(person, mailbox, device)

    def bind(
        self,
        person: Person,
        name: str,
        mail: Received,
        device: Device,
        passwords: Sequence[str] | None = None,
    ) -> Doing[bool]:
        """Use a link that binds an address to an account: in a session, else with a password."""
        bearer = device.session.access if device.session else ""
        answers = yield from self._follow(person, name, mail, device=device, bearer=bearer)
        if "password_required" not in {answer.code for answer in answers}:
            return any(answer.status == 200 for answer in answers)
        candidates = person.passwords if passwords is None else passwords
        for password in list(reversed(candidates))[:2]:
            answers = yield from self._follow(person, name, mail, password=password)
            if any(answer.status == 200 for answer in answers):
                return True
        return False

    def _follow(
        self,
        person: Person,
        name: str,
        mail: Received,
        *,
        device: Device | None = None,
        bearer: str = "",
        **fields: str,
    ) -> Doing[list[Answer]]:
        """Use a mailed link."""
        typed = Typed(token=mail.token, new_password=fields.get("password", ""))
        body = {"token": mail.token, **fields}
        return (
            yield from self.send(person.name, name, body, device=device, bearer=bearer, typed=typed)
        )

    def _mail(self, mailbox: str, page: str, since: int = 0) -> Doing[Received | None]:
        """The newest mail with such a link, once it has arrived; None if none does."""
        for _ in range(MAIL_WAITS):
            for mail in reversed(self.mailboxes.inboxes[mailbox]):
                if mail.page == page and mail.sent_at >= since:
                    return mail
            yield self._random.uniform(5, 60)
        return None

    def reset(self, person: Person, mailbox: str, device: Device) -> Doing[None]:
        """Have a link mailed, and set another password by it, if the person reads the mailbox."""
        since = self._aws.clock.microseconds
        email = self._random.choice(FORMS[mailbox])
        yield from self.send(person.name, "auth/forgot_password", {"email": email})
        if READERS[mailbox] != person.name:
            return
        mail = yield from self._mail(mailbox, "/reset-password", since)
        if mail:
            password = self._new_password(person)
            person.passwords.append(password)
            person.addresses.append(email)
            yield from self._follow(person, "auth/reset_password", mail, password=password)

    def _change_password(self, person: Person, device: Device) -> Doing[None]:
        if not person.passwords:
            return
        old, new = person.passwords[-1], self._new_password(person)
        person.passwords.append(new)
        yield from self.act(
            person,
            device,
            "account/change_password",
            {"password": old, "new_password": new},
            typed=Typed(password=old, new_password=new),
        )

    def _change_address(self, person: Person, device: Device, mailbox: str) -> Doing[None]:
        """Ask for another address. Whoever reads the mails follows their links."""
        target = mailbox if person.name == "bob" else OTHER_ADDRESS
        current = self.mailbox_of_account(device)
        if target == current:
            target = ADDRESSES[0]
        since = self._aws.clock.microseconds
        email = self._random.choice(FORMS[target])
        yield from self.act(person, device, "account/change_email", {"email": email})
        for box in sorted({target, current} & READERS.keys()):
            mail = yield from self._mail(box, "/confirm-email", since)
            if not mail:
                continue
            reader = self.people[READERS[box]]
            own_device = device if reader is person else reader.devices[0]
            yield from self.bind(reader, "account/confirm_email", mail, own_device)
            if reader is person:
                person.addresses.append(email)

    def mailbox_of_account(self, device: Device) -> str:
        """The mailbox of the account that a device is signed in to."""
        profile = self.watcher.profiles.get(device.session.user_id) if device.session else None
        return mailbox_of(profile["email"]) if profile else ""

    # Sessions

    def log_in(self, person: Person, device: Device, address: str = "") -> Doing[bool]:
        """Log in with the newest password that is accepted, and a code if one is needed.

        Without `address`, with the newest address that has an account with it.
        """
        emails = [address] if address else list(dict.fromkeys(person.addresses[:-3:-1]))
        for password in person.passwords[:-4:-1]:
            for email in emails:
                answers = yield from self.send(
                    person.name,
                    "auth/login",
                    {"email": email, "password": password},
                    device=device,
                    typed=Typed(password=password),
                )
                if (yield from self.entered(person, device, answers)):
                    return True
        return False

    def entered(self, person: Person, device: Device, answers: list[Answer]) -> Doing[bool]:
        """Whether a login has opened a session, perhaps after a code."""
        for answer in reversed(answers):
            if answer.status == 200 and "access_token" in answer.body:
                self._signed_in(device, answer)
                return True
            if answer.status == 200:
                return (yield from self._second_step(person, device, answer.body["mfa_token"]))
        return False

    def _second_step(self, person: Person, device: Device, token: str) -> Doing[bool]:
        for code in [*self._codes(person), *person.recovery[-1:]]:
            answers = yield from self.send(
                person.name,
                "auth/login_mfa",
                {"mfa_token": token, "code": code},
                device=device,
                typed=Typed(code=code),
            )
            for answer in reversed(answers):
                if answer.status == 200:
                    self._signed_in(device, answer)
                    return True
        return False

    def _codes(self, person: Person) -> list[str]:
        """What the authenticator app shows now."""
        now = self._aws.clock.true_time()
        return [pyotp.TOTP(secret).at(int(now)) for secret in reversed(person.secrets[-2:])]

    def _signed_in(self, device: Device, answer: Answer) -> None:
        refresh = answer.cookies[REFRESH_COOKIE]
        user_id, session_id, _ = refresh.split(".")
        device.session = Session(user_id, session_id, answer.body["access_token"], refresh)
        device.token = answer.cookies.get(DEVICE_COOKIE, device.token)

    def refresh(self, person: Person, device: Device, *, attempts: int = 3) -> Doing[bool]:
        """Exchange the refresh token. A browser that is refused forgets its session."""
        session = device.session
        if session is None:
            return False
        answers = yield from self.send(
            person.name,
            "auth/refresh",
            device=device,
            typed=Typed(token=session.refresh),
            attempts=attempts,
        )
        for answer in reversed(answers):
            if answer.status == 200:
                self._signed_in(device, answer)
                return True
        if any(answer.status == 401 for answer in answers) and device.session is session:
            device.session = None
        return False

    def _refresh_sometimes(self, person: Person, device: Device) -> Doing[None]:
        """Refresh; sometimes another tab uses the same token much later."""
        old = device.session
        yield from self.refresh(person, device)
        if old and self._random.random() < 0.2:
            yield self._random.choice((10.0, 100.0, 1000.0))
            yield from self.refresh(person, Device(session=old, token=device.token), attempts=1)

    def act(
        self,
        person: Person,
        device: Device,
        name: str,
        body: dict[str, Any] | None = None,
        *,
        typed: Typed | None = None,
        ids: Mapping[str, str] = MappingProxyType({}),
    ) -> Doing[list[Answer]]:
        """The answers to a request in a session, which is refreshed and confirmed as needed."""
        for _ in range(3):
            session = device.session
            if session is None and not (yield from self.log_in(person, device)):
                return []
            session = device.session
            if session is None:
                return []
            answers = yield from self.send(
                person.name, name, body, device=device, bearer=session.access, typed=typed, ids=ids
            )
            codes = {answer.code for answer in answers}
            if "not_signed_in" in codes:
                yield from self.refresh(person, device)
            elif "reauthentication_required" in codes:
                yield from self._reauthenticate(person, device, session)
            else:
                return answers
        return []

    def _reauthenticate(self, person: Person, device: Device, session: Session) -> Doing[None]:
        for password in list(reversed(person.passwords))[:2]:
            body = {"password": password}
            if codes := self._codes(person):
                body["code"] = codes[0]
            yield from self.send(
                person.name, "auth/reauthenticate", body, device=device, bearer=session.access
            )

    def _end_one(self, person: Person, device: Device) -> Doing[None]:
        other = next(other for other in person.devices if other is not device)
        if other.session:
            ended = other.session.id
            yield from self.act(
                person,
                device,
                "sessions/end",
                typed=Typed(token=ended),
                ids={"session_id": ended},
            )

    def _log_out(self, person: Person, device: Device) -> Doing[None]:
        if session := device.session:
            yield from self.send(person.name, "auth/logout", device=device, bearer=session.access)
            device.session = None

    # Second factor and keys

    def _factor_on(self, person: Person, device: Device) -> Doing[None]:
        for answer in (yield from self.act(person, device, "second_factor/begin_totp")):
            if answer.status == 200:
                person.secrets.append(answer.body["secret"])
        for code in self._codes(person)[:1]:
            answers = yield from self.act(
                person, device, "second_factor/confirm_totp", {"code": code}
            )
            for answer in answers:
                if answer.status == 200:
                    person.recovery[:] = answer.body["recovery_codes"]

    def _create_key(self, person: Person, device: Device) -> Doing[None]:
        body = {"name": "import", "scopes": ["read", "write"], "expires_in_days": 30}
        for answer in (yield from self.act(person, device, "api_keys/create", body)):
            if answer.status == 201:
                person.keys.append((answer.body["id"], answer.body["key"]))

    def _use_key(self, person: Person) -> Doing[None]:
        for _, text in person.keys[-1:]:
            yield from self.send(person.name, "account/get", bearer=text)

    def _revoke_key(self, person: Person, device: Device) -> Doing[None]:
        for key_id, _ in person.keys[:1]:
            yield from self.act(
                person, device, "api_keys/revoke", typed=Typed(token=key_id), ids={"key_id": key_id}
            )

    # The account

    def _delete(self, person: Person, device: Device) -> Doing[None]:
        answers = yield from self.act(person, device, "account/delete")
        if any(answer.status == 202 for answer in answers):
            device.session = None

    def _disable(self, mailbox: str) -> Doing[None]:
        """The operator disables the account of a mailbox, and enables it some time later."""
        user_id = self.watcher.account_of(mailbox)
        if not user_id or user_id in self.watcher.deleting:
            return
        yield from self.command("disable", user_id)
        self.rights.close(user_id, "disabled")
        yield self._random.uniform(*DISABLED_SECONDS)
        self.rights.open(user_id)
        yield from self.command("enable", user_id)

    def _end_all(self, mailbox: str) -> Doing[None]:
        if user_id := self.watcher.account_of(mailbox):
            started = self._aws.clock.microseconds
            yield from self.command("end-sessions", user_id)
            self.rights.end(user_id, started, with_keys=True)

    def command(self, *arguments: str) -> Doing[None]:
        """Run the operator's command until it has succeeded."""
        while True:
            ended: list[Run] = []
            self._operator.begin(*arguments, attempts=1, last=ended.append)
            while not ended:
                yield 1.0
            if ended[0].raised is None:
                return
            yield 30.0

    def _new_password(self, person: Person) -> str:
        self._password_count += 1
        return f"pass word {person.name} {self._password_count}"
