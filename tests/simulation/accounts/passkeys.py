"""Owners of passkeys: what they do with them, on devices that sign as the standard describes."""

from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from tests.simulation.accounts.people import Doing, People, Person, Proof
from tests.simulation.accounts.plan import Act, Step
from tests.simulation.accounts.requests import Device, Session
from tests.simulation.accounts.rights import Typed
from tests.soft_authenticator import SoftAuthenticator


class PasskeyOwners(People):
    """People whose devices have passkeys."""

    def _acts(
        self, person: Person, device: Device, step: Step
    ) -> dict[Act, Callable[[], Doing[Any]]]:
        return {
            **super()._acts(person, device, step),
            Act.ADD_PASSKEY: lambda: self.add_passkey(person, device),
            Act.LOG_IN_BY_PASSKEY: lambda: self.log_in_by_passkey(person, device),
            Act.PROVE_BY_PASSKEY: lambda: self._prove_by_passkey(person, device),
            Act.RENAME_PASSKEY: lambda: self._rename_passkey(person, device),
            Act.REMOVE_PASSKEY: lambda: self._remove_passkey(person, device),
            Act.REMOVE_PASSWORD: lambda: self.act(person, device, "account/remove_password"),
            Act.REMOVE_PASSKEYS: lambda: self.remove_passkeys(step.address),
            Act.TRESPASS: lambda: self._trespass(person, device),
        }

    def add_passkey(self, person: Person, device: Device) -> Doing[None]:
        """Have a device make a passkey, and add it to the account."""
        for answer in (yield from self.act(person, device, "passkeys/options")):
            if answer.status == 200:
                authenticator = self._new_authenticator()
                body = authenticator.make(answer.body, f"Device {len(person.passkeys)}")
                person.passkeys.append(authenticator)
                yield from self.act(person, device, "passkeys/add", body)
                return

    def log_in_by_passkey(self, person: Person, device: Device) -> Doing[bool]:
        """Log in with the newest passkey that is accepted."""
        for authenticator in list(reversed(person.passkeys))[:3]:
            proof = yield from self.sign(person, authenticator)
            if proof and (yield from self.log_in_by(person, device, proof)):
                return True
        return False

    def log_in_by(self, person: Person, device: Device, proof: Proof) -> Doing[bool]:
        """Whether a device's answer to a challenge has opened a session."""
        answers = yield from self.send(
            person.name,
            "auth/login_passkey",
            proof.body,
            device=device,
            typed=Typed(token=proof.challenge, passkey=proof.public_key),
        )
        for answer in reversed(answers):
            if answer.status == 200:
                self._signed_in(device, answer)
                return True
        return False

    def sign(self, person: Person, authenticator: SoftAuthenticator) -> Doing[Proof | None]:
        """The answer of a device to a new challenge, for which it asks without a session."""
        for answer in (yield from self.send(person.name, "auth/login_passkey_options")):
            if answer.status == 200:
                challenge = answer.body["challenge"]
                proof = Proof(
                    body=authenticator.sign(challenge),
                    challenge=challenge,
                    public_key=authenticator.public_key,
                )
                person.proofs.append(proof)
                return proof
        return None

    def _prove_by_passkey(self, person: Person, device: Device) -> Doing[None]:
        for authenticator in person.passkeys[-1:]:
            if proof := (yield from self.sign(person, authenticator)):
                yield from self.act(
                    person,
                    device,
                    "auth/reauthenticate_passkey",
                    dict(proof.body),
                    typed=Typed(token=proof.challenge, passkey=proof.public_key),
                )

    def _reauthenticate(self, person: Person, device: Device, session: Session) -> Doing[None]:
        """By a passkey, if the account has no password."""
        if self.watcher.has_password(session.user_id):
            yield from super()._reauthenticate(person, device, session)
        else:
            yield from self._prove_by_passkey(person, device)

    def _rename_passkey(self, person: Person, device: Device) -> Doing[None]:
        for passkey_id in (yield from self._listed(person, device))[:1]:
            yield from self.act(
                person,
                device,
                "passkeys/rename",
                {"name": f"Device of {person.name}"},
                ids={"passkey_id": passkey_id},
            )

    def _remove_passkey(self, person: Person, device: Device) -> Doing[None]:
        for passkey_id in (yield from self._listed(person, device))[:1]:
            yield from self.act(person, device, "passkeys/remove", ids={"passkey_id": passkey_id})

    def _listed(self, person: Person, device: Device) -> Doing[list[str]]:
        """The ids of the passkeys of the account."""
        for answer in (yield from self.act(person, device, "passkeys/list")):
            if answer.status == 200:
                return [passkey["id"] for passkey in answer.body]
        return []

    def remove_passkeys(self, mailbox: str) -> Doing[None]:
        """Have the operator remove all passkeys of the account of a mailbox."""
        user_id = self.watcher.account_of(mailbox)
        if user_id and user_id not in self.watcher.deleting:
            yield from self.command("remove-passkeys", user_id)

    def _trespass(self, person: Person, device: Device) -> Doing[None]:
        """Ask for what belongs to others, by its id."""
        yield from self._listed(person, device)  # logs in
        user_id = device.session.user_id if device.session else ""
        passkey_ids = [id_ for id_, owner in self.rights.passkey_owners() if owner != user_id]
        for passkey_id in passkey_ids[-1:]:
            ids = {"passkey_id": passkey_id}
            yield from self.act(person, device, "passkeys/rename", {"name": "Mine"}, ids=ids)
            yield from self.act(person, device, "passkeys/remove", ids=ids)
        for key_id in [id_ for id_, born in self.rights.keys.items() if born.user_id != user_id]:
            yield from self.act(
                person, device, "api_keys/revoke", typed=Typed(token=key_id), ids={"key_id": key_id}
            )
        sessions = self.rights.sessions.items()
        for session_id in [id_ for id_, born in sessions if born.user_id != user_id][-1:]:
            yield from self.act(
                person,
                device,
                "sessions/end",
                typed=Typed(token=session_id),
                ids={"session_id": session_id},
            )

    def _new_authenticator(self) -> SoftAuthenticator:
        """A device whose passkey follows from the seed."""
        random = self._random
        key = ec.derive_private_key(random.getrandbits(255) + 1, ec.SECP256R1())
        return SoftAuthenticator(
            counts=random.random() < 0.5, key=key, credential_id=random.randbytes(16)
        )
