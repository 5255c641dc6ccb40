"""Open a session: the last step of every way to sign in."""

from datetime import datetime, timedelta

from docket.auth import tokens
from docket.auth.tokens import RefreshToken
from docket.domain.accounts.user import AccountAccess, AuthResult, Caller, Device, Session, User
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table.accounts import sessions
from docket.table.client import Put


def new_session(
    user: User, access: AccountAccess, device: Device, *, at: datetime
) -> tuple[Put, RefreshToken]:
    """The write that opens a session, and its first refresh token.

    `access` was read before: an end of all sessions since then ends this one, too.
    """
    settings = config.read(config.Tokens)
    caller = Caller(user_id=user.id, session_id=new_id())
    token = RefreshToken.new(caller)
    session = Session(
        id=caller.session_id,
        user_id=caller.user_id,
        refresh_hash=token.hash,
        created_at=at,
        used_at=at,
        verified_at=at,
        expires_at=at + timedelta(seconds=settings.refresh_token_seconds),
        ends_at=at + timedelta(seconds=settings.session_seconds),
        device=device,
        generation=access.generation,
    )
    return sessions.put(session), token


def result_of(
    user: User,
    token: RefreshToken,
    *,
    at: datetime,
    ends_at: datetime | None = None,
    device_token: str | None = None,
) -> AuthResult:
    """The tokens for a session that was opened or refreshed; `ends_at` is its absolute end.

    `device_token` is that of the device that opened it; see `docket.auth.known_devices`.
    """
    settings = config.read(config.Tokens)
    idle = settings.refresh_token_seconds
    left = int((ends_at - at).total_seconds()) if ends_at else settings.session_seconds
    return AuthResult(
        user=user,
        access_token=tokens.issue(token.caller, at=at),
        access_seconds=settings.access_token_seconds,
        refresh_token=str(token),
        refresh_seconds=min(idle, left),
        device_token=device_token,
    )
