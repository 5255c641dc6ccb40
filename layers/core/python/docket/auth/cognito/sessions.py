"""Sessions of a Cognito user pool, whose tokens API Gateway checks (authorizer `gateway`)."""

from datetime import datetime

from docket.auth import login_log
from docket.domain.accounts.user import AuthResult, Caller, RequestDevice, address_of
from docket.domain.errors import NotSignedIn, WrongCredentials
from docket.domain.rate_limits import network
from docket.gateways import cognito
from docket.gateways.cognito import Tokens
from docket.runtime import config
from docket.table import rate_limits


def login(email: str, password: str, *, device: RequestDevice, at: datetime) -> AuthResult:
    """Log in to the pool, whose refresh token is the session's.

    Raises `WrongCredentials` and `TooManyTries`.
    """
    address = address_of(email)
    attempt = rate_limits.begin(
        address,
        network(device.address),
        most=config.read(config.RateLimits).of("login"),
        at=at,
    )
    tokens = cognito.authenticate(address, password)
    entry = _entry(tokens) if tokens else None
    if entry is None or entry.user.address != address:  # the pool accepts the id of an account, too
        login_log.refused(None, "password")
        raise WrongCredentials
    login_log.accepted(entry.user.id, "password")
    rate_limits.undo_count(attempt)
    return entry


def refresh(refresh_token: str, *, device: RequestDevice, at: datetime) -> AuthResult:
    """Exchange a refresh token of the pool, which rotates it.

    Raises `NotSignedIn` for one that the pool does not accept, and `TooManyTries`.
    """
    # Only the pool can tell whether it issued the token, so refreshes are counted by network.
    most = config.read(config.RateLimits).of("refresh")
    rate_limits.count("refresh", network(device.address), most=most, at=at)
    tokens = cognito.refresh(refresh_token)
    if tokens is None:
        raise NotSignedIn
    return _entry(tokens)


def logout(caller: Caller, refresh_token: str | None) -> None:
    """End the session of the refresh token; without a refresh token, all sessions of the caller."""
    if not (refresh_token and cognito.revoke(refresh_token)):
        cognito.end_all_sessions(caller.user_id)


def end_replaced(refresh_token: str | None) -> None:
    """End the session whose refresh token the browser has sent with a login, and replaces."""
    if refresh_token:
        cognito.revoke(refresh_token)


def _entry(tokens: Tokens) -> AuthResult:
    account = cognito.find(tokens.user_id)
    if account is None:
        raise NotSignedIn
    return AuthResult(
        user=account.user,
        access_token=tokens.access,
        access_seconds=tokens.access_seconds,
        refresh_token=tokens.refresh,
        refresh_seconds=config.read(config.UserPool).refresh_token_seconds,
    )
