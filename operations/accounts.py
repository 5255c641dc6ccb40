"""`end-sessions`, `disable`, `enable`, `remove-second-factor`: acts of the operator on an account.

An account is named by its id or by its address. Nothing but the id is printed or recorded.
"""

from collections.abc import Iterator
from datetime import datetime

from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.user import address_of
from docket.domain.language import DEFAULT_LANGUAGE
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table import client, operator_acts
from docket.table.accounts import account_access, mails, second_factors, users
from docket.table.client import ConditionFailed
from operations.deployment import Operator


class NoSuchAccount(Exception):
    """No account has that id or address."""


class InUserPool(Exception):
    """The stage's accounts are in a user pool, whose own tools decide about them."""


def end_sessions(account: str, operator: Operator, *, at: datetime) -> Iterator[str]:
    """End all sessions and API keys of an account. Raises `NoSuchAccount` or `InUserPool`."""
    user_id = _user_id(account)
    operator_acts.record("end-sessions", {"account": user_id}, operator.audit(at))
    account_access.end_sessions(user_id, at=at, with_keys=True)
    yield f"{user_id}: all sessions and API keys have ended"


def disable(account: str, operator: Operator, *, at: datetime) -> Iterator[str]:
    """End all sessions of an account and let nobody sign in to it. Raises as `end_sessions`."""
    user_id = _user_id(account)
    operator_acts.record("disable", {"account": user_id}, operator.audit(at))
    try:
        client.update(account_access.disable_write(user_id, at=at))
    except ConditionFailed:
        yield f"{user_id}: is being deleted"
        return
    since = account_access.find(user_id).disabled_at or at
    yield f"{user_id}: disabled since {since:%Y-%m-%dT%H:%MZ}, all sessions have ended"


def enable(account: str, operator: Operator, *, at: datetime) -> Iterator[str]:
    """Let the owner of an account sign in again. Raises as `end_sessions`."""
    user_id = _user_id(account)
    operator_acts.record("enable", {"account": user_id}, operator.audit(at))
    try:
        client.update(account_access.enable_write(user_id))
    except ConditionFailed:
        yield f"{user_id}: was not disabled"
        return
    yield f"{user_id}: enabled; its owner can sign in"


def remove_second_factor(account: str, operator: Operator, *, at: datetime) -> Iterator[str]:
    """Turn the second factor of an account off, whose owner has lost it. Raises as `end_sessions`.

    All sessions end, the account forgets its devices, and its owner gets a mail.
    """
    user_id = _user_id(account)
    operator_acts.record("remove-second-factor", {"account": user_id}, operator.audit(at))
    user, factor = users.find(user_id), second_factors.find(user_id)
    known = users.credential(user.address) if user else None
    if known is None or factor is None:
        yield f"{user_id}: has no second factor"
        return
    mail = Mail(
        id=new_id(),
        kind=MailKind.SECOND_FACTOR_RESET,
        address=known.address,
        language=DEFAULT_LANGUAGE,
        created_at=at,
        params={"time": at.isoformat(timespec="minutes")},
    )
    try:
        client.write(
            second_factors.remove_write(factor),
            *users.second_factor_writes(known, is_on=False),
            account_access.end_sessions_write(user_id, at=at),
            mails.put(mail),
        )
    except ConditionFailed:
        yield f"{user_id}: was changed meanwhile; run the command again"
        return
    yield f"{user_id}: has no second factor any more, all sessions have ended"


def _user_id(account: str) -> str:
    if config.read(config.Identity).identity_provider == "cognito":
        raise InUserPool
    if "@" in account:
        credential = users.credential(address_of(account))
        user = credential.user if credential else None
    else:
        user = users.find(account)
    if user is None:
        raise NoSuchAccount
    return user.id
