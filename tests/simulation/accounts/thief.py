"""A thief, who gets hold of what the owner of an account has, and uses it."""

from collections.abc import Callable
from typing import Any

import pyotp

from tests.simulation.accounts.mailboxes import Received
from tests.simulation.accounts.passkeys import PasskeyOwners
from tests.simulation.accounts.people import Doing, Person
from tests.simulation.accounts.plan import ADDRESSES, Act, Step
from tests.simulation.accounts.requests import Device, Session
from tests.simulation.accounts.rights import Typed
from tests.soft_authenticator import SoftAuthenticator

THINGS_AT_ONCE = 4
AT_ONCE_SECONDS = (0.0, 0.1)

MOST_AT_ONCE = 6
"""How often in a life a thief acts at once.

A thief's own changes are such moments, too, which would follow each other without end.
"""

STOLEN_PAGES = ("/reset-password", "/verify-email")
"""Whoever has a session and confirms at both addresses is the owner."""

OVERTAKEN = (
    "second_factor/confirm_totp",
    "second_factor/remove_totp",
    "account/change_email",
    "passkeys/add",
    "exports/request",
    "sessions/end_others",
    "account/delete",
)
"""What a thief asks for in a stolen session while its owner ends it."""


class Everybody(PasskeyOwners):
    """Everybody of a life: its owners, rivals and thief."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._acted_at_once = 0
        self.at_once = self._misuse_at_once

    def _acts(
        self, person: Person, device: Device, step: Step
    ) -> dict[Act, Callable[[], Doing[Any]]]:
        return {
            **super()._acts(person, device, step),
            Act.STEAL: lambda: self._steal(person),
            Act.MISUSE: lambda: self._misuse(person, device),
        }

    def _steal(self, thief: Person) -> Doing[None]:
        """Get hold of one thing that the owner has now."""
        ada, things = self.people["ada"], list[tuple[str, Any]]()
        things += [("password", password) for password in ada.passwords[-1:]]
        things += [("session", device.session) for device in ada.devices if device.session]
        things += [("key", text) for _, text in ada.keys[-1:]]
        things += [("proof", proof) for proof in ada.proofs[-1:]]
        things += [("public half", passkey) for passkey in ada.passkeys[-1:]]
        for mailbox in ADDRESSES:
            mails = self.mailboxes.inboxes[mailbox]
            things += [("mail", mail) for mail in mails if mail.page in STOLEN_PAGES]
        if things:
            kind, thing = self._random.choice(things)
            if kind == "session":
                thing = Session(**vars(thing))
            thief.loot.append((kind, thing))
        yield from ()

    def _misuse(self, thief: Person, device: Device) -> Doing[None]:
        """Use something that was stolen, or the session that was got by it."""
        if not thief.loot:
            return
        kind, thing = self._random.choice(thief.loot)
        yield from self._use(thief, device, kind, thing)

    def _use(self, thief: Person, device: Device, kind: str, thing: Any) -> Doing[None]:
        match kind:
            case "passkey":
                yield from self.log_in_by_passkey_of(thief, thing)
            case "proof":
                yield from self.log_in_by(thief, device, thing)
            case "public half":
                yield from self.forge(thief, thing)
            case "password":
                yield from self._log_in_as_owner(thief, device, thing)
            case "session":
                stolen = Device(session=thing)
                yield from self._misuse_session(thief, stolen)
                if stolen.session and stolen.session is not thing:
                    thief.loot.append(("session", stolen.session))
            case "key":
                yield from self.send(thief.name, "account/get", bearer=thing)
            case "mail":
                yield from self.misuse_mail(thief, thing)

    def _misuse_at_once(self) -> None:
        """The thief uses several things while the owner changes something."""
        self._acted_at_once += 1
        if self._acted_at_once > MOST_AT_ONCE:
            return
        thief = self.people["eve"]
        for kind, thing in thief.loot[-THINGS_AT_ONCE:]:
            delay = self._random.uniform(*AT_ONCE_SECONDS)
            self.do(self._use_later(thief, kind, thing, delay))

    def _use_later(self, thief: Person, kind: str, thing: Any, delay: float) -> Doing[None]:
        yield delay
        if kind == "session" and self._random.random() < 0.6:
            yield from self._change_account(thief, Device(session=thing))
        else:
            yield from self._use(thief, Device(), kind, thing)

    def _change_account(self, thief: Person, stolen: Device) -> Doing[None]:
        """Ask for what would outlive the session. `Watcher` checks that it is open by then."""
        assert stolen.session
        name, bearer = self._random.choice(OVERTAKEN), stolen.session.access
        body: dict[str, Any] | None = None
        if name == "account/change_email":
            body = {"email": "eve@example.test"}
        elif name == "passkeys/add":
            yield from self._add_own_passkey(thief, stolen)
            return
        elif name == "second_factor/confirm_totp":
            begun = yield from self.send(
                thief.name, "second_factor/begin_totp", device=stolen, bearer=bearer, attempts=1
            )
            secrets = [answer.body["secret"] for answer in begun if answer.status == 200]
            if not secrets:
                return
            thief.secrets.append(secrets[-1])
            body = {"code": pyotp.TOTP(secrets[-1]).at(int(self._aws.clock.true_time()))}
        yield from self.send(thief.name, name, body, device=stolen, bearer=bearer, attempts=1)

    def _add_own_passkey(self, thief: Person, stolen: Device) -> Doing[None]:
        assert stolen.session
        send, bearer = self.send, stolen.session.access
        begun = yield from send(thief.name, "passkeys/options", bearer=bearer, attempts=1)
        for answer in [answer for answer in begun if answer.status == 200][:1]:
            authenticator = self._new_authenticator()
            body = authenticator.make(answer.body, "Laptop")
            yield from send(thief.name, "passkeys/add", body, bearer=bearer, attempts=1)
            thief.loot.append(("passkey", authenticator))

    def log_in_by_passkey_of(self, thief: Person, authenticator: SoftAuthenticator) -> Doing[None]:
        """Log in by a passkey that the thief has added to the account."""
        device = Device()
        proof = yield from self.sign(thief, authenticator)
        if proof and (yield from self.log_in_by(thief, device, proof)) and device.session:
            thief.loot.append(("session", device.session))

    def forge(self, thief: Person, passkey: SoftAuthenticator) -> Doing[None]:
        """Sign by another key as the passkey whose ids the thief knows, and as one of the thief."""
        for credential_id in (passkey.credential_id, self._random.randbytes(16)):
            forged = self._new_authenticator()
            forged.credential_id, forged.user_handle = credential_id, passkey.user_handle
            proof = yield from self.sign(thief, forged)
            if proof:
                yield from self.log_in_by(thief, Device(), proof)

    def _log_in_as_owner(self, thief: Person, device: Device, password: str) -> Doing[None]:
        ada = self.people["ada"]
        for email in ada.addresses[-1:]:
            answers = yield from self.send(
                thief.name,
                "auth/login",
                {"email": email, "password": password},
                device=device,
                typed=Typed(password=password),
            )
            if (yield from self.entered(thief, device, answers)) and device.session:
                thief.loot.append(("session", Session(**vars(device.session))))

    def _misuse_session(self, thief: Person, stolen: Device) -> Doing[None]:
        assert stolen.session
        choice, bearer = self._random.random(), stolen.session.access
        if choice < 0.4:
            yield from self.refresh(thief, stolen, attempts=1)
            return
        if choice < 0.5:
            yield from self._add_own_passkey(thief, stolen)
            return
        name, body = "account/get", None
        if choice < 0.55:
            name = "exports/request"
        elif choice > 0.8:
            name, body = "api_keys/create", {"name": "x", "scopes": ["read"], "expires_in_days": 9}
        elif choice > 0.7 and self._is_verified(stolen):
            name, body = "account/change_email", {"email": "eve@example.test"}
        answers = yield from self.send(thief.name, name, body, device=stolen, bearer=bearer)
        for answer in answers:
            if answer.status == 201:
                thief.loot.append(("key", answer.body["key"]))

    def _is_verified(self, device: Device) -> bool:
        """Whether the address must confirm that it is given up."""
        assert device.session
        profile = self.watcher.profiles.get(device.session.user_id)
        return profile is not None and profile["email_verified"]

    def misuse_mail(self, thief: Person, mail: Received) -> Doing[None]:
        stolen = [password for kind, password in thief.loot if kind == "password"]
        match mail.page:
            case "/reset-password":
                password = self._new_password(thief)
                thief.loot.append(("password", password))
                yield from self._follow(thief, "auth/reset_password", mail, password=password)
            case "/verify-email":
                yield from self.bind(thief, "account/verify_email", mail, Device(), stolen)
            case _:
                yield from self.bind(thief, "account/confirm_email", mail, Device(), stolen)
