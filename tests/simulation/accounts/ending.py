"""What holds once faults have stopped: everybody has what is theirs, and nobody anything else."""

from collections.abc import Iterator
from typing import Any

from tests.simulation.accounts.mailboxes import mailbox_of
from tests.simulation.accounts.people import Doing, Person
from tests.simulation.accounts.plan import ADDRESSES, FORMS, READERS, Act, Step
from tests.simulation.accounts.requests import Device
from tests.simulation.accounts.rights import Typed
from tests.simulation.accounts.thief import Everybody
from tests.simulation.accounts.watch import Watcher
from tests.simulation.aws import SimulatedAws

MOST = 4
"""How many old passwords and links of each kind are tried in the end."""

REMAINING = ("INVOICE", "OPERATOR")
"""What may name an account that was deleted: data of its payments, and the operator's record."""


CHANGES = 60
"""How often somebody whose password an account has goes on to change it, unless that is refused."""


def finale(people: Everybody, watcher: Watcher) -> Doing[None]:
    """Every owner gets in by a mail, and nothing from before is accepted after that."""
    for user_id, profile in list(watcher.profiles.items()):
        mailbox = mailbox_of(profile["email"])
        owner = people.people[READERS[mailbox]]
        yield from _gets_in(people, owner, user_id, mailbox)
    yield from _try_everything(people)
    for mailbox in ADDRESSES:
        if watcher.deleted and not watcher.account_of(mailbox):
            yield from _registers(people, mailbox)


def _gets_in(people: Everybody, owner: Person, user_id: str, mailbox: str) -> Doing[None]:
    """The owner resets the password and logs in; the operator removes a factor of a thief."""
    device = Device()
    yield 700.0  # no limit of tries is left
    people.do(_other_goes_on(people, user_id))
    email = people.watcher.profiles[user_id]["email"]
    is_anothers = people.watcher.verifies and not people.watcher.profiles[user_id]["email_verified"]
    yield from people.reset(owner, mailbox, device)
    is_in = yield from people.log_in(owner, device, email)
    if not is_in and not is_anothers:  # a thief may void a few resets a day
        yield 60.0
        yield from people.reset(owner, mailbox, device)
        is_in = yield from people.log_in(owner, device, email)
    if not is_in:
        yield from people.command("remove-second-factor", user_id)
        is_in = yield from people.log_in(owner, device, email)
    if not is_in or device.session is None or device.session.user_id != user_id:
        people.problems.append(f"{owner.name} does not get into {user_id} any more")
    owner.devices = (device, device)
    if is_in and people.rights.passkeys_of(user_id):
        yield from _passkeys_are_removed(people, owner, user_id, device)


def _other_goes_on(people: Everybody, user_id: str) -> Doing[None]:
    """Whoever has registered the address of somebody else, or has stolen a reset, goes on.

    They sign in, and change the password again and again. The owner gets in meanwhile.
    """
    eve, device = people.people["eve"], Device()
    profile = people.watcher.profiles[user_id]
    (*_, last) = people.rights.accounts[user_id].passwords
    old, new = last.value, f"{last.value} again"
    if eve.name not in old.split():
        return
    body = {"email": profile["email"], "password": old}
    answers = yield from people.send(
        eve.name, "auth/login", body, device=device, typed=Typed(password=old)
    )
    yield from people.entered(eve, device, answers)
    for _ in range(CHANGES):
        yield people.uniform(1, 5)
        if device.session is None:
            return
        answers = yield from people.send(
            eve.name,
            "account/change_password",
            {"password": old, "new_password": new},
            device=device,
            bearer=device.session.access,
            typed=Typed(password=old, new_password=new),
            attempts=1,
        )
        if not any(answer.status == 200 for answer in answers):
            return
        old, new = new, old


def _passkeys_are_removed(
    people: Everybody, owner: Person, user_id: str, device: Device
) -> Doing[None]:
    """A passkey gets its owner in, whatever was reset, until the operator removes all of them."""
    remaining = people.rights.passkeys_of(user_id)
    for authenticator in [key for key in owner.passkeys if key.public_key in remaining][-1:]:
        proof = yield from people.sign(owner, authenticator)
        if proof is None or not (yield from people.log_in_by(owner, device, proof)):
            people.problems.append(f"{owner.name} does not get into {user_id} by a passkey")
    before = device.session
    yield from people.command("remove-passkeys", user_id)
    if before:
        yield from people.send(owner.name, "account/get", bearer=before.access)
        yield from people.refresh(owner, Device(session=before))
    yield 60.0  # the authenticator app shows a code that was not used
    email = people.watcher.profiles[user_id]["email"]
    if not (yield from people.log_in(owner, device, email)):
        people.problems.append(f"{owner.name} does not get into {user_id} without passkeys")


def _try_everything(people: Everybody) -> Doing[None]:
    """Use what anybody had before the last resets. The rights say what must be refused."""
    for person in people.people.values():
        for kind, thing in (*person.loot, *(("key", text) for _, text in person.keys)):
            yield from _try(people, person, kind, thing)
        yield from people.log_in_by_passkey(person, Device())
        for proof in person.proofs[-MOST:]:
            yield from people.log_in_by(person, Device(), proof)
        for password in person.passwords[:-1][-MOST:]:
            yield from _try_password(people, person, password)


def _try(people: Everybody, person: Person, kind: str, thing: Any) -> Doing[None]:
    match kind:
        case "session":
            yield from people.send(person.name, "account/get", bearer=thing.access)
            yield from people.refresh(person, Device(session=thing))
        case "key":
            yield from people.send(person.name, "account/get", bearer=thing)
        case "passkey":
            yield from people.log_in_by_passkey_of(person, thing)
        case "proof":
            yield from people.log_in_by(person, Device(), thing)
        case "public half":
            yield from people.forge(person, thing)
        case "password":
            yield from _try_password(people, person, thing)
        case _:
            yield from people.misuse_mail(person, thing)


def _try_password(people: Everybody, person: Person, password: str) -> Doing[None]:
    for email in people.people["ada"].addresses[-1:]:
        yield from people.send(
            person.name,
            "auth/login",
            {"email": email, "password": password},
            typed=Typed(password=password),
        )


def _registers(people: Everybody, mailbox: str) -> Doing[None]:
    """An address whose account was deleted is free."""
    owner, device = people.people[READERS[mailbox]], Device()
    step = Step(
        number=-len(mailbox), act=Act.REGISTER, address=mailbox, form=0, device=0, pause=0.0
    )
    yield from people.register(owner, step)
    if not (yield from people.log_in(owner, device)):
        people.problems.append(f"{FORMS[mailbox][0]} is not free, and has no account")


def remains(aws: SimulatedAws, watcher: Watcher) -> Iterator[str]:
    """Nothing of a deleted account is stored, except what is meant to stay."""
    for user_id in sorted(watcher.deleted):
        for item in aws.store.items():
            key = f"{item['PK']['S']} {item['SK']['S']}"
            if user_id in str(item) and not key.startswith(REMAINING):
                yield f"{user_id}: deleted, but is in the table: {key}"
        for version in aws.bucket.versions():
            if user_id in version.key:
                yield f"{user_id}: deleted, but is in the bucket: {version.key}"
    for user_id in sorted(watcher.deleting.keys() - watcher.deleted):
        yield f"{user_id}: its deletion has not ended"
