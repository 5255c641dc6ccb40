"""The invariants of accounts that hold after every write."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from docket.domain.accounts.mail import LINKS, NOTICES
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.table import keys
from docket.table.items.attributes import Item, from_attributes
from tests.simulation.accounts.mailboxes import Mailboxes, mailbox_of
from tests.simulation.accounts.plan import READERS
from tests.simulation.accounts.rights import Rights
from tests.simulation.environment.schedule import Debts
from tests.simulation.table.store import Change
from tests.simulation.world import World

MANY = 5

LONGEST_WORKER = 120 * 1_000_000
"""Microseconds that a worker of mails may take, by its clock and the simulation's."""

_COPIED = ("id", "email", "full_name", "email_verified", "version", "second_factor", "has_password")
"""What profile and credential both have."""

ADDRESS_CHANGE, EXPORT = keys.address_change("")["SK"], keys.export("")["SK"]

_KEEPING = (
    "account/change_password",
    "account/remove_password",
    "second_factor/confirm_totp",
    "second_factor/remove_totp",
)
"""The requests whose own session goes on."""


_CHANGING_PASSWORDS = (
    "auth/reset_password",
    "account/change_password",
    "account/remove_password",
)

_BY_OWNERS = "passkeys/remove"
_REMOVING = (_BY_OWNERS, "operations remove-passkeys")
_OF_READERS = ("auth/reset_password", "account/confirm_email")
"""The requests that raise the version of an account whose address is not verified."""

_BINDING = ("account/verify_email", "account/confirm_email")
"""The requests that bind an address to an account."""


class Watcher:
    """Follows every write of a life. `violations` are the invariants that did not hold."""

    def __init__(self, world: World, mailboxes: Mailboxes, *, verifies: bool) -> None:
        self._world, self._mailboxes, self.verifies = world, mailboxes, verifies
        self.violations: list[str] = []
        self.rights = Rights(world, self.violated)
        self.debts = Debts(_counts)
        self.profiles: dict[str, Item] = {}
        self.credentials: dict[str, Item] = {}
        """By address."""
        self.deleted: set[str] = set()
        """The accounts whose deletion is complete."""
        self.deleting: dict[str, int] = {}
        """When the deletion of each account began."""
        self._links: dict[str, tuple[str, int]] = {}
        """The account of each link's hash, and when it was stored."""
        self._old_address_links: set[str] = set()
        """The hashes of links to the old address of a change. They need no session."""
        self._mails: dict[str, Item] = {}
        self._created: dict[str, int] = {}
        """When the present credential of each address was stored."""
        self._verified: dict[str, int] = {}
        """When each address was verified last."""

    def __call__(self, changes: Sequence[Change]) -> None:
        """Check the changes of one write or one transaction."""
        if len(self.violations) >= MANY:
            return
        touched: set[str] = set()
        before = {item["id"]: item for item in self.credentials.values()}
        for key, old, new in changes:
            item = from_attributes(new) if new is not None else None
            before_it = from_attributes(old) if old is not None else None
            self.debts.follow(key, item)
            self._follow(key, before_it, item, touched)
            self._check_owner(key, item)
            if _outlives_sessions(key, before_it, item):
                self._check_session(key)
        for user_id in sorted(touched):
            self._check_account(user_id, before.get(user_id))

    def violated(self, subject: str, what: str) -> None:
        """Record a violation."""
        self._world.note(f"VIOLATION: {subject}: {what}")
        self.violations.append(f"{subject}: {what}")

    def account_of(self, mailbox: str) -> str:
        """The account whose address has this mailbox; empty if there is none."""
        found = self._accounts_of(mailbox)
        return found[0] if found else ""

    def _accounts_of(self, mailbox: str) -> list[str]:
        return [
            user_id
            for user_id, item in self.profiles.items()
            if mailbox_of(item["email"]) == mailbox and user_id not in self.deleting
        ]

    def has_password(self, user_id: str) -> bool:
        mine = [item for item in self.credentials.values() if item["id"] == user_id]
        return all(item["password_hash"] is not None for item in mine)

    def states(self) -> list[str]:
        """The states of the accounts, for the coverage."""
        return [self._state(user_id, item) for user_id, item in self.profiles.items()]

    def _state(self, user_id: str, item: Item) -> str:
        if user_id in self.deleting:
            return "account, being deleted"
        if any(span.until > self.rights.now for span in self.rights.accounts[user_id].closed):
            return "account, disabled"
        parts = ["account", "verified" if item["email_verified"] else "not verified"]
        parts += ["second factor"] if item["second_factor"] else []
        parts += [] if item["has_password"] else ["no password"]
        return ", ".join(parts)

    # The state of the items

    def _follow(
        self, key: tuple[str, str], old: Item | None, new: Item | None, touched: set[str]
    ) -> None:
        partition, sort = key
        prefix, _, subject = partition.partition("#")
        match prefix:
            case "EMAIL":
                self._follow_address(subject, old, new)
                touched.update(item["id"] for item in (old, new) if item)
            case "USER" if sort == keys.PROFILE:
                _store(self.profiles, subject, new)
                touched.add(subject)
            case "SESSION":
                self._follow_session(subject, sort, new)
            case "FACTOR" if sort.startswith(keys.PASSKEYS):
                self._follow_passkey(subject, sort.removeprefix(keys.PASSKEYS), new)
            case "LINK":
                self._follow_link(subject, old, new)
            case "MAIL":
                self._follow_mail(new, old)
            case "DELETION":
                self.deleting.setdefault(subject, self.rights.now)
                if new is None:
                    self.deleted.add(subject)

    def _follow_address(self, address: str, old: Item | None, new: Item | None) -> None:
        _store(self.credentials, address, new)
        if new and old is None:
            self._created[address] = self.rights.now
        if new and new["email_verified"] and not (old and old["email_verified"]):
            self._verified[address] = self.rights.now

    def _follow_session(self, user_id: str, sort: str, new: Item | None) -> None:
        rights = self.rights
        if sort[0] < keys.ULIDS[1]:
            if new is None:
                rights.end_session(sort)
                return
            rights.session_stored(user_id, sort, new["refresh_hash"])
        elif sort.startswith(keys.API_KEYS):
            key_id = sort.removeprefix(keys.API_KEYS)
            if new is not None:
                rights.key_stored(user_id, key_id)
            else:
                rights.end_key(key_id)

    def _follow_passkey(self, user_id: str, passkey_id: str, new: Item | None) -> None:
        """Its removal, by its owner or by the operator, ends the sessions that it has opened."""
        rights, run = self.rights, self._world.current
        rights.passkey_stored(user_id, passkey_id, new["public_key"] if new else "")
        if new is None and run and run.name.startswith(_REMOVING):
            rights.end(user_id, rights.now, excepted_session=rights.of_run().session_id)
            if run.name.startswith(_BY_OWNERS):
                self._check_way_in(user_id)

    def _follow_link(self, token_hash: str, old: Item | None, new: Item | None) -> None:
        if new and old is None:
            self._links[token_hash] = new["user_id"], self.rights.now
            began = self.deleting.get(new["user_id"], self.rights.now)
            if self.rights.now > began + LONGEST_WORKER:
                self.violated(new["user_id"], "a link is made after its deletion has begun")
            if new["purpose"] == LinkPurpose.CONFIRM_OLD_ADDRESS:
                self._old_address_links.add(token_hash)
        elif new and old and "used_at" in new and "used_at" not in old:
            owner, stored_at = self._links[token_hash]
            self.rights.link_accepted(new["user_id"], token_hash, stored_at=stored_at, owner=owner)

    def _follow_mail(self, new: Item | None, old: Item | None) -> None:
        if new is not None:
            self._mails[new["id"]] = new
            return
        assert old
        self._mails.pop(old["id"], None)
        if old["id"] not in self._mailboxes.sent and not self._may_drop(old):
            self.violated(old["kind"], f"the mail to {old['address']} is dropped")
        if old["id"] in self._mailboxes.sent and self._is_unwanted(old):
            self.violated(old["kind"], f"a notice is sent to {old['address']}, not verified")

    def _is_unwanted(self, mail: Mapping[str, Any]) -> bool:
        """Whether a mail is a notice to an address that was not verified when it was sent."""
        if mail["kind"] not in NOTICES or not self.verifies:
            return False
        if mail.get("to") is not None:
            return bool(mail.get("may_be_anothers"))
        if mail.get("requested_by"):
            account = self.profiles.get(mail["requested_by"])
            return account is not None and not account["email_verified"]
        credential, address = self.credentials.get(mail["address"]), mail["address"]
        sent_at = self._mailboxes.sent.get(mail["id"], self.rights.now)
        return (
            credential is not None
            and not credential["email_verified"]
            and self._created[address] < sent_at
        )

    def _may_drop(self, mail: Mapping[str, Any]) -> bool:
        """Whether a mail has no recipient, was late for days, or belonged to a deleted account.

        A mail with a link does once the deletion has begun.
        """
        run = self._world.current
        assert run
        if run.name.startswith("events/settle_debt"):
            return bool(self.deleting)
        credential = self.credentials.get(mail["address"])
        requester = mail.get("requested_by")
        owner = mail.get("owner") or requester or (credential or {}).get("id")
        if mail["kind"] in LINKS and owner in self.deleting:
            return True
        began = self.rights.now - 60_000_000
        if requester:
            account = self.profiles.get(requester)
            mailbox = mailbox_of(mail["address"])
            is_vacant = account is None or mailbox_of(account["email"]) != mailbox
        else:
            is_vacant = credential is None or self._created[mail["address"]] > began
        if mail["kind"] in NOTICES and self.verifies:
            is_vacant |= self._is_unwanted(mail) or self._verified.get(mail["address"], 0) > began
            if mail.get("may_be_anothers"):
                return True
        if mail.get("to") is None:
            return is_vacant
        owner = mail.get("owner")
        return owner is not None and owner not in self.profiles

    # The invariants

    def _check_account(self, user_id: str, before: Item | None) -> None:
        """Profile and credential agree, and no other account has the mailbox."""
        profile = self.profiles.get(user_id)
        mine = [item for item in self.credentials.values() if item["id"] == user_id]
        if profile is None:
            if mine:
                self.violated(user_id, "a credential without its account")
            return
        if user_id in self.deleting:
            if mine:
                self.violated(user_id, "its address is not free while it is being deleted")
            return
        if len(mine) != 1:
            self.violated(user_id, f"an account with {len(mine)} credentials")
            return
        (credential,) = mine
        for name in _COPIED:
            if credential[name] != profile[name]:
                self.violated(user_id, f"{name} of credential and profile differ")
        mailbox = mailbox_of(profile["email"])
        same = self._accounts_of(mailbox)
        if len(same) > 1:
            self.violated(mailbox, f"has the accounts {sorted(same)}")
        self._follow_credential(user_id, before, credential)

    def _follow_credential(self, user_id: str, before: Item | None, now: Item) -> None:
        """Let rights begin and end with a change of the credential."""
        rights, run, typed = self.rights, self._world.current, self.rights.of_run()
        name = run.name.partition(" by ")[0] if run else ""
        rights.factor_set(user_id, is_on=now["second_factor"])
        if before is None:
            rights.password_set(user_id, typed.password)
            return
        if before["password_hash"] != now["password_hash"] and not name.startswith("auth/login"):
            if name not in _CHANGING_PASSWORDS:
                self.violated(user_id, f"{name} has changed the password")
            rights.password_set(user_id, typed.new_password)
            self._check_way_in(user_id)
        if before["version"] != now["version"]:
            if self.verifies and not before["email_verified"] and name not in _OF_READERS:
                self.violated(user_id, f"{name} has voided the resets of whoever reads the mail")
            current_session = typed.session_id if name in _KEEPING else ""
            rights.version_raised(
                user_id, excepted_session=current_session, with_keys=name == "auth/reset_password"
            )
        if now["email_verified"] and not before["email_verified"]:
            mailbox, _ = self._mailboxes.mailed.get(typed.token, ("", 0))
            if mailbox != mailbox_of(now["email"]):
                self.violated(user_id, f"{name} has verified an address by a link to {mailbox!r}")
        if name in _BINDING and now["email_verified"]:
            self._check_binding(user_id, name, mailbox_of(now["email"]))

    def _check_binding(self, user_id: str, name: str, mailbox: str) -> None:
        """Whoever reads the mail of an address knows the password of the account that has it.

        Passwords contain the names of those who chose them.
        """
        chosen = [p for p in self.rights.accounts[user_id].passwords if p.value]
        (*_, password) = chosen  # one that was removed was its owner's, too
        if READERS[mailbox] not in password.value.split():
            self.violated(user_id, f"{name} has given {mailbox} to whoever chose {password.value}")

    def _check_way_in(self, user_id: str) -> None:
        """The owner has left a password or a passkey. Only the operator removes more."""
        if not self.has_password(user_id) and not self.rights.passkeys_of(user_id):
            self.violated(user_id, f"{self._world.current} has left no way into the account")

    def _check_owner(self, key: tuple[str, str], item: Item | None) -> None:
        """A request writes nothing of another account."""
        typed, (partition, _) = self.rights.of_run(), key
        if not typed.user_id:
            return
        prefix, _, subject = partition.partition("#")
        owner = typed.user_id
        if prefix in ("USER", "SESSION", "FACTOR", "DELETION", "INVOICE"):
            owner = subject
        elif item and prefix in ("EMAIL", "KEY", "LINK"):
            owner = item.get("user_id") or item["id"]
        if owner != typed.user_id:
            self.violated(owner, f"{self._world.current} of {typed.user_id} has changed {key}")

    def _check_session(self, key: tuple[str, str]) -> None:
        """A request changes what outlives its session only while that is open."""
        typed = self.rights.of_run()
        if token_hash(typed.token) in self._old_address_links:
            return
        if typed.session_id and self.rights.session_is_over_now(typed.session_id):
            what = f"{self._world.current} has changed {key}, though its session has ended"
            self.violated(typed.user_id, what)


def _outlives_sessions(key: tuple[str, str], old: Item | None, new: Item | None) -> bool:
    """Whether a change of an item decides about the account after the session that makes it."""
    prefix = key[0].partition("#")[0]
    if key[1].startswith(keys.PASSKEYS):
        return old is None or new is None
    if key[1] == EXPORT:
        return (old or {}).get("id") != (new or {}).get("id")
    if prefix == "EMAIL" and old and new:  # a name is changed without a condition
        return {**old, "full_name": ""} != {**new, "full_name": ""}
    if prefix == "FACTOR":
        return (old or {}).get("confirmed_at") != (new or {}).get("confirmed_at")
    return prefix in ("EMAIL", "DELETION") or (prefix == "USER" and key[1] == ADDRESS_CHANGE)


def token_hash(token: str) -> str:
    """As the table has it of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _counts(key: tuple[str, str]) -> bool:
    """The retention of accounts recurs for ever, and has no rule here."""
    prefix = key[0].partition("#")[0]
    return prefix in ("USER", "ORDER", "MAIL", "DELETION") and key[1] != keys.PROFILE


def _store[T](values: dict[str, T], name: str, value: T | None) -> None:
    if value is None:
        values.pop(name, None)
    else:
        values[name] = value
