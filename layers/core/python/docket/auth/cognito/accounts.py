"""Accounts in a user pool."""

import secrets
from datetime import datetime

from docket.auth.idempotency import fingerprint
from docket.domain.errors import EmailTaken, KeyReused, NotSignedIn
from docket.domain.user import Caller, User, address_of
from docket.gateways import cognito
from docket.schemas.auth import Registration
from docket.table import users


def register(wanted: Registration, *, key: str | None, at: datetime) -> User:
    """A pool makes an account in two calls: create it, and set its password.

    What stands between them, after a call was lost, is an account that nobody can sign in to.
    Registering again finishes it. The reservation keeps two who do so at once apart.
    """
    address = address_of(wanted.email)
    made_by = fingerprint(key) if key else secrets.token_hex()
    repeated = users.reserve(address, made_by, at=at)
    found = cognito.create(address, wanted.full_name)
    if found.complete:
        if not repeated:
            raise EmailTaken
        if cognito.authenticate(address, wanted.password) is None:
            raise KeyReused
        return found.user
    cognito.set_password(address, wanted.password)
    if found.user.full_name != wanted.full_name:
        return cognito.rename(found.user, wanted.full_name)
    return found.user


def find(caller: Caller) -> User:
    found = cognito.find(caller.user_id)
    if found is None:
        raise NotSignedIn
    return found.user


def rename(caller: Caller, full_name: str | None) -> User:
    return cognito.rename(find(caller), full_name)
