"""Acts of the operator on an account: its sessions, its second factor and its passkeys.

An account is named by its id or by its address. Nothing but the id is printed or recorded.
"""

from collections.abc import Iterator
from datetime import datetime

from docket.auth.account_security.credentials import credentials
from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.user import User, address_of
from docket.domain.errors import ConcurrentChange, NotSignedIn
from docket.gateways import cognito
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table import client, operator_acts
from docket.table.accounts import account_access, mails, passkeys, second_factors, users
from docket.table.client import ConditionFailed
from operations.deployment import Operator


class NoSuchAccount(Exception):
    """No account has that id or address."""


class InUserPool(Exception):
    """The stage's sessions are those of a user pool, whose own tools decide about them."""


def end_sessions(account: str, operator: Operator, *, at: datetime) -> Iterator[str]:
    """End all sessions and API keys of an account. Raises `NoSuchAccount` or `InUserPool`."""
    user_id = _find(account).id
    operator_acts.record("end-sessions", {"account": user_id}, operator.audit(at))
    account_access.end_sessions(user_id, at=at, with_keys=True)
    yield f"{user_id}: all sessions and API keys have ended"


def disable(account: str, operator: Operator, *, at: datetime) -> Iterator[str]:
    """End all sessions of an account and let nobody sign in to it. Raises as `end_sessions`."""
    user_id = _find(account).id
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
    user_id = _find(account).id
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
    user_id = _find(account).id
    operator_acts.record("remove-second-factor", {"account": user_id}, operator.audit(at))
    try:
        credential, factor = credentials().of(user_id), second_factors.find(user_id)
    except NotSignedIn:
        yield f"{user_id}: is disabled in its user pool; enable it there first"
        return
    if credential.user is None or factor is None:
        yield f"{user_id}: has no second factor"
        return
    try:
        client.write(
            second_factors.remove_write(factor),
            *credential.second_factor_writes(is_on=False),
            account_access.end_sessions_write(user_id, at=at),
            mails.put(_notice(MailKind.SECOND_FACTOR_RESET, credential.user, at=at)),
        )
    except (ConditionFailed, ConcurrentChange):
        yield f"{user_id}: was changed meanwhile; run the command again"
        return
    yield f"{user_id}: has no second factor any more, all sessions have ended"


def remove_passkeys(account: str, operator: Operator, *, at: datetime) -> Iterator[str]:
    """Remove all passkeys of an account, which others have, too. Raises as `end_sessions`.

    All sessions end, and its owner gets a mail. If a passkey is added or removed meanwhile, nothing
    changes. Where the owner has removed the password, too, only a mailed link is left, which sets
    one.
    """
    user = _find(account)
    operator_acts.record("remove-passkeys", {"account": user.id}, operator.audit(at))
    found = passkeys.of_user(user.id)
    if not found:
        yield f"{user.id}: has no passkeys"
        return
    try:
        client.write(
            *passkeys.remove_all_writes(user.id, found),
            account_access.end_sessions_write(user.id, at=at),
            mails.put(_notice(MailKind.PASSKEYS_RESET, user, at=at)),
        )
    except (ConditionFailed, ConcurrentChange):
        yield f"{user.id}: was changed meanwhile; run the command again"
        return
    yield f"{user.id}: has no passkeys any more ({len(found)} removed), all sessions have ended"
    if not user.has_password:
        yield f"{user.id}: has no password either; its owner sets one by “Forgot your password?”"


def _notice(kind: MailKind, user: User, *, at: datetime) -> Mail:
    """The mail about what the operator did, in the language that its owner read last."""
    return Mail(
        id=new_id(),
        kind=kind,
        address=user.address,
        language=account_access.find(user.id).language,
        created_at=at,
        requested_by=user.id,
        params={"time": at.isoformat(timespec="minutes")},
    )


def _find(account: str) -> User:
    identity = config.read(config.Identity)
    if identity.authorizer == "gateway":
        raise InUserPool
    name = address_of(account) if "@" in account else account
    in_pool = identity.identity_provider == "cognito"
    user = _find_in_pool(name) if in_pool else _find_in_table(name)
    if user is None:
        raise NoSuchAccount
    return user


def _find_in_table(name: str) -> User | None:
    if "@" not in name:
        return users.find(name)
    credential = users.credential(name)
    return credential.user if credential else None


def _find_in_pool(name: str) -> User | None:
    """The account, also one that was disabled in the pool."""
    found = cognito.find(name)
    return found.user if found else None
