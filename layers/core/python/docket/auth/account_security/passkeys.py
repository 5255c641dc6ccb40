"""Passkeys of accounts: added by a customer who is present, and used to log in.

A passkey is proof enough alone: the device has verified its owner, by a fingerprint or a PIN. So a
login by one asks for no password and no code. It cannot be guessed, so its tries are not limited,
and nobody can use up those of an owner.
"""

from dataclasses import dataclass
from datetime import datetime

from docket.auth import known_devices, login_log
from docket.auth.account_security import passkey_challenges, passkey_verification
from docket.auth.account_security.credentials import credentials
from docket.auth.account_security.passkey_challenges import ANYBODY, Challenge
from docket.auth.account_security.passkey_verification import from_base64url, to_base64url
from docket.auth.account_security.verified_addresses import require_verified_address
from docket.auth.session_opening import new_session, result_of
from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.passkey import (
    NewPasskeyOptions,
    Passkey,
    PasskeyUse,
    RelyingParty,
    passkey_id,
)
from docket.domain.accounts.user import AuthResult, Caller, OpenSession, RequestDevice, User
from docket.domain.errors import AccountDisabled, NotSignedIn, PasskeyNotFound, PasskeyRefused
from docket.domain.notices import notice
from docket.runtime.clock import new_id
from docket.schemas.accounts.passkeys import AddPasskeyRequest, PasskeyProof
from docket.table import client
from docket.table.accounts import account_access, passkeys, sessions
from docket.table.client import ConditionFailed


@dataclass(frozen=True, kw_only=True)
class _Verified:
    """A passkey that has answered a challenge."""

    passkey: Passkey
    use: PasskeyUse
    challenge: Challenge


def begin(session: OpenSession, *, at: datetime) -> NewPasskeyOptions:
    """A challenge to add a passkey to the caller's account.

    Where addresses are verified, that of the account must be. Raises `NotVerified`.
    """
    user = _owner(session)
    challenge = passkey_challenges.new("add", passkey_challenges.subject_of(session.caller), at=at)
    return NewPasskeyOptions(
        challenge=to_base64url(challenge),
        user=user,
        user_handle=to_base64url(user.id.encode()),
        passkeys=tuple(passkeys.of_user(user.id)),
    )


def add(
    session: OpenSession,
    request: AddPasskeyRequest,
    party: RelyingParty,
    *,
    device: RequestDevice,
    at: datetime,
) -> tuple[Passkey, Mail]:
    """Add the passkey that a device has made: it, and the mail that is owed.

    Raises `NotVerified`, `PasskeyRefused`, `TooManyPasskeys`, and `ConcurrentChange` if the session
    has ended meanwhile.
    """
    user, subject = _owner(session), passkey_challenges.subject_of(session.caller)
    signed = passkey_verification.challenge_of(request.client_data)
    challenge = passkey_challenges.check(signed, "add", subject, at=at)
    public_key, use = passkey_verification.new_key(request, challenge.content, party)
    passkey = Passkey(
        id=passkey_id(request.credential_id),
        user_id=user.id,
        credential_id=request.credential_id,
        public_key=public_key,
        sign_count=use.sign_count,
        is_synced=use.is_synced,
        name=request.name,
        created_at=at,
    )
    mail = _notice(MailKind.PASSKEY_ADDED, user, passkey, device, at=at)
    used = passkeys.answered(challenge.content, until=challenge.expires_at, used_by=new_id())
    passkeys.add(passkey, used, mail, *sessions.open_writes(session))
    return passkey, mail


def remove(
    session: OpenSession, passkey_id: str, *, device: RequestDevice, at: datetime
) -> Mail | None:
    """Remove a passkey, and end all other sessions: the mail that is owed.

    Without a password one passkey stays. A password that is removed meanwhile ends the sessions,
    too: then this write is refused, because its session was looked up before the account.

    None if another request has removed it meanwhile. Raises `PasskeyNotFound`, `LastPasskey` if the
    account has no password either, and `ConcurrentChange` if the session has ended.
    """
    user = credentials().account(session.user_id)
    passkey = passkeys.find(session.user_id, passkey_id)
    if user is None or passkey is None:
        raise PasskeyNotFound
    mail = _notice(MailKind.PASSKEY_REMOVED, user, passkey, device, at=at)
    ended = sessions.end_others_writes(session, at=at)
    least = 0 if user.has_password else 1
    return mail if passkeys.remove(passkey, mail, *ended, least=least) else None


def begin_login(*, at: datetime) -> str:
    """A challenge for whoever has a passkey, in base64url."""
    return to_base64url(passkey_challenges.new("prove", ANYBODY, at=at))


def login(
    proof: PasskeyProof, party: RelyingParty, *, device: RequestDevice, at: datetime
) -> AuthResult:
    """Log in to the account whose passkey it is. Raises `PasskeyRefused` and `AccountDisabled`."""
    challenge, user_id = _challenge(proof, at=at), _user_id(proof)
    access = account_access.find(user_id)  # first: see `account_access.unchanged_use_write`
    verified = _verified(user_id, proof, challenge, party)
    user = credentials().account(user_id)
    if user is None or access.is_closed:
        raise AccountDisabled
    login_log.accepted(user.id, "passkey")
    session, refresh_token = new_session(user, access, device, at=at)
    is_known = known_devices.is_known(user, device, at=at)
    recognition = known_devices.recognise(user, access, device, is_known=is_known, at=at)
    try:
        client.write(
            *_use_writes(verified, at=at, used_by=refresh_token.session_id),
            session,
            *recognition.writes,
            account_access.unchanged_use_write(user.id, access, device.language, at=at),
        )
    except ConditionFailed:
        raise PasskeyRefused from None  # it was used, or the account was changed, meanwhile
    return result_of(user, refresh_token, at=at, device_token=recognition.token)


def confirm(caller: Caller, proof: PasskeyProof, party: RelyingParty, *, at: datetime) -> None:
    """Confirm by a passkey that the customer is present. Raises `PasskeyRefused`."""
    challenge = _challenge(proof, at=at)
    if _user_id(proof) != caller.user_id:
        raise PasskeyRefused
    verified = _verified(caller.user_id, proof, challenge, party)
    use = _use_writes(verified, at=at, used_by=new_id())
    try:
        client.write(*use, sessions.confirm_write(caller, at=at))
    except ConditionFailed as refused:
        raise (PasskeyRefused if refused.part < len(use) else NotSignedIn) from None
    login_log.accepted(caller.user_id, "passkey")


def _challenge(proof: PasskeyProof, *, at: datetime) -> Challenge:
    """The challenge that was answered, if it is one of ours. Raises `PasskeyRefused`."""
    signed = passkey_verification.challenge_of(proof.client_data)
    return passkey_challenges.check(signed, "prove", ANYBODY, at=at)


def _verified(
    user_id: str, proof: PasskeyProof, challenge: Challenge, party: RelyingParty
) -> _Verified:
    """The passkey of an account that has answered the challenge. Raises `PasskeyRefused`."""
    passkey = passkeys.find(user_id, passkey_id(proof.credential_id))
    if passkey is None:
        login_log.refused(None, "passkey")
        raise PasskeyRefused
    try:
        use = passkey_verification.use_of(proof, passkey, challenge.content, party)
    except PasskeyRefused:
        login_log.refused(user_id, "passkey")
        raise
    return _Verified(passkey=passkey, use=use, challenge=challenge)


def _use_writes(verified: _Verified, *, at: datetime, used_by: str) -> tuple[client.Write, ...]:
    challenge = verified.challenge
    return (
        passkeys.use_write(verified.passkey, verified.use, at=at, used_by=used_by),
        passkeys.answered(challenge.content, until=challenge.expires_at, used_by=used_by),
    )


def _user_id(proof: PasskeyProof) -> str:
    """The account that the device has stored with the passkey. Raises `PasskeyRefused`."""
    try:
        return from_base64url(proof.user_handle).decode("ascii")
    except ValueError:
        raise PasskeyRefused from None


def _owner(session: OpenSession) -> User:
    """The account of a caller who may add a passkey. Raises `NotSignedIn` and `NotVerified`."""
    user = credentials().account(session.user_id)
    if user is None:
        raise NotSignedIn
    require_verified_address(user)
    return user


def _notice(
    kind: MailKind, user: User, passkey: Passkey, device: RequestDevice, *, at: datetime
) -> Mail:
    language, name = device.language, passkey.name
    return notice(kind, user, device, language, mail_id=new_id(), at=at, name=name)
