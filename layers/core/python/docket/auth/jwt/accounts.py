"""Accounts in the table."""

from datetime import datetime

from docket.auth.idempotency import fingerprint
from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.user import Caller, Credential, User
from docket.domain.errors import EmailTaken, KeyReused, NotSignedIn
from docket.domain.language import Language
from docket.runtime.clock import new_id
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client, idempotency_keys
from docket.table.accounts import mails, users


def register(registration: RegisterRequest, *, key: str | None, at: datetime) -> User:
    """Create an account. A repeated request returns it for a day, until its password is changed.

    Else whoever registered the address of somebody else, or guesses the key of a request, could try
    the passwords of its owner.
    Raises `EmailTaken`, and `KeyReused` for a repetition with another profile or password.
    """
    from docket.auth import password_hashing  # noqa: PLC0415 - argon2 is slow to load

    credential = _new_credential(registration, key, at)
    stored = users.add(credential)
    if stored is not credential:
        is_repeated = credential.made_by is not None and credential.made_by == stored.made_by
        is_late = at - stored.user.created_at > idempotency_keys.LIFETIME
        if not is_repeated or is_late or stored.user.version:
            raise EmailTaken
        stored_profile = (stored.user.email, stored.user.full_name)
        if stored_profile != (registration.email, registration.full_name):
            raise KeyReused
        if not password_hashing.matches(stored.password_hash, registration.password):
            raise KeyReused
    return stored.user


def register_by_mail(
    registration: RegisterRequest, *, key: str | None, language: Language, at: datetime
) -> Mail:
    """A read and a transaction of three parts, whether the address has an account or not.

    A repeated request needs the same, or its time would show that the first one made the account.
    """
    new = _new_credential(registration, key, at)
    verification, notice = (
        Mail(id=new_id(), kind=kind, address=new.address, language=language, created_at=at)
        for kind in (MailKind.VERIFY_ADDRESS, MailKind.ADDRESS_TAKEN)
    )

    def attempt() -> Mail:
        stored = users.credential(new.address)
        if stored is None:
            client.write(*users.add_writes(new), mails.put(verification))
            return verification
        if stored.user.id == new.user.id:  # by an earlier attempt, whose reply was lost
            return verification
        is_repeated = new.made_by is not None and new.made_by == stored.made_by
        mail = verification if is_repeated and not stored.user.email_verified else notice
        client.write(*users.touch_writes(stored), mails.put(mail))
        return mail

    return client.decide(attempt)


def _new_credential(registration: RegisterRequest, key: str | None, at: datetime) -> Credential:
    from docket.auth import password_hashing  # noqa: PLC0415 - argon2 is slow to load

    return Credential(
        user=User(
            id=new_id(),
            email=registration.email,
            full_name=registration.full_name,
            created_at=at,
        ),
        password_hash=password_hashing.hashed(registration.password),
        made_by=fingerprint(key) if key else None,
    )


def find(caller: Caller) -> User:
    user = find_by_id(caller.user_id)
    if user is None:
        raise NotSignedIn
    return user


def find_by_id(user_id: str) -> User | None:
    return users.find(user_id)


def find_by_address(address: str) -> User | None:
    credential = users.credential(address)
    return credential.user if credential else None


def rename(caller: Caller, full_name: str | None) -> User:
    return client.decide(lambda: users.rename(find(caller), full_name))
