"""Accounts in our own table."""

from datetime import datetime

from docket.auth.idempotency import fingerprint
from docket.domain.errors import EmailTaken, KeyReused, NotSignedIn
from docket.domain.user import Caller, Credential, User
from docket.runtime.clock import new_id
from docket.schemas.auth import Registration
from docket.table import users


def register(wanted: Registration, *, key: str | None, at: datetime) -> User:
    from docket.auth import password_hashing  # noqa: PLC0415 - argon2 is slow to load

    mine = Credential(
        user=User(id=new_id(), email=wanted.email, full_name=wanted.full_name, created_at=at),
        password_hash=password_hashing.hashed(wanted.password),
        made_by=fingerprint(key) if key else None,
    )
    standing = users.add(mine)
    if standing is not mine:
        if mine.made_by is None or mine.made_by != standing.made_by:
            raise EmailTaken
        said = (standing.user.email, standing.user.full_name)
        if said != (wanted.email, wanted.full_name):
            raise KeyReused
        if not password_hashing.matches(standing.password_hash, wanted.password):
            raise KeyReused
    return standing.user


def find(caller: Caller) -> User:
    user = users.find(caller.user_id)
    if user is None:
        raise NotSignedIn
    return user


def rename(caller: Caller, full_name: str | None) -> User:
    return users.rename(find(caller), full_name)
