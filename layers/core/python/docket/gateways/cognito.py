"""Cognito: a user pool that stores accounts and passwords, and issues tokens.

Every failure of Cognito or of the connection to it is `IdentityUnreachable`.
"""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from botocore import exceptions as failures

from docket.domain.accounts.user import User, address_of
from docket.domain.errors import (
    BadInput,
    EmailTaken,
    FieldProblem,
    IdentityUnreachable,
    NotSignedIn,
    TooManyTries,
)
from docket.runtime import aws, config
from docket.runtime.snapshot import before_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import (
        AttributeTypeTypeDef,
        AuthenticationResultTypeTypeDef,
    )

TYPED_EMAIL = "custom:typed_email"
"""The attribute with the address as its owner wrote it.

The standard attribute `email` has the normalized form, by which the pool keeps addresses unique.
"""

PASSWORD_PATTERN = re.compile(r"[\S]+.*[\S]+")
r"""What Cognito states as it refuses a password: it begins and ends with what is no space.

The SDK's model has the pattern of an earlier time, `[\S]+`, which admits no space at all.
"""

SERVER_ERRORS = 500
WAIT_SECONDS = 5
"""Seconds after which a customer whose request was throttled may try again."""


@dataclass(frozen=True, kw_only=True)
class PoolAccount:
    """An account; `complete` is False until a password has been set.

    One that is not `enabled` was disabled in the pool: it signs nobody in. One that another tool
    has made has no `TYPED_EMAIL`.
    """

    user: User
    complete: bool
    enabled: bool
    has_typed_email: bool


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """`refresh` is None if the refresh token stays the same."""

    user_id: str
    access: str
    access_seconds: int
    refresh: str | None

    @classmethod
    def of(cls, result: "AuthenticationResultTypeTypeDef") -> Self:
        """The tokens of a reply of Cognito. The user id is the subject of the access token."""
        access = result["AccessToken"]
        return cls(
            user_id=_subject(access),
            access=access,
            access_seconds=result["ExpiresIn"],
            refresh=result.get("RefreshToken"),
        )


def create(email: str, full_name: str | None) -> PoolAccount:
    """Create an account without a password, or return the existing one.

    `email` is the address as its owner wrote it.

    Raises `BadInput` for an address that the pool refuses: its rules are stricter.
    """
    address, attributes = address_of(email), _email_attributes(email)
    if full_name:
        attributes.append({"Name": "name", "Value": full_name})
    with _as_unreachable():
        try:
            reply = _client().admin_create_user(
                UserPoolId=_pool().user_pool_id,
                Username=address,
                UserAttributes=attributes,
                MessageAction="SUPPRESS",
            )
        except _client().exceptions.UsernameExistsException:
            existing = find(address)
            if existing is None:
                raise
            return existing
        except _client().exceptions.InvalidParameterException:
            raise BadInput(FieldProblem("email", "email_refused")) from None
    account = reply["User"]
    return _found(
        account["Attributes"],
        created_at=account["UserCreateDate"],
        status=account["UserStatus"],
        enabled=account["Enabled"],
    )


def require_possible(password: str, *, field: str = "password") -> None:
    """Raises `BadInput` for a password that no pool accepts: it begins or ends with a space.

    So is one of several lines. It depends on the password alone, and needs no call.
    """
    if not PASSWORD_PATTERN.fullmatch(password) or len(password.splitlines()) > 1:
        raise BadInput(FieldProblem(field, "password_refused"))


def set_password(name: str, password: str, *, field: str = "password") -> bool:
    """Set the password of the account with that id or address, for good.

    It leaves the pool's tokens valid. Returns whether the call was sent once: an attempt before may
    arrive later. Raises `BadInput` for a password that the pool refuses, in `field`.
    """
    require_possible(password, field=field)
    with _as_unreachable():
        try:
            reply = _client().admin_set_user_password(
                UserPoolId=_pool().user_pool_id,
                Username=name,
                Password=password,
                Permanent=True,
            )
        except (
            _client().exceptions.InvalidPasswordException,
            _client().exceptions.InvalidParameterException,
        ):
            raise BadInput(FieldProblem(field, "password_refused")) from None
    return _was_sent_once(reply)


def find(name: str) -> PoolAccount | None:
    """The account with that id or address; None if the pool has none, or can have none.

    It may be disabled, or without a password: see `PoolAccount`. Raises `IdentityUnreachable`.
    """
    errors = _client().exceptions
    with _as_unreachable():
        try:
            reply = _client().admin_get_user(UserPoolId=_pool().user_pool_id, Username=name)
        # Names have at most 128 characters, and no space.
        except (errors.UserNotFoundException, errors.InvalidParameterException):
            return None
    return _found(
        reply["UserAttributes"],
        created_at=reply["UserCreateDate"],
        status=reply["UserStatus"],
        enabled=reply["Enabled"],
    )


def rename(user: User, full_name: str | None) -> User:
    """Change the name; None: no name. Returns the changed user.

    Raises `NotSignedIn` if the account is gone, `IdentityUnreachable`, or `TooManyTries` if Cognito
    throttles.
    """
    with _as_unreachable():
        try:
            _client().admin_update_user_attributes(
                UserPoolId=_pool().user_pool_id,
                Username=user.id,
                UserAttributes=[{"Name": "name", "Value": full_name or ""}],
            )
        except _client().exceptions.UserNotFoundException:
            raise NotSignedIn from None
    return replace(user, full_name=full_name)


def describe(user: User, *, email: str, full_name: str | None) -> User:
    """Change the name, and the form of the address, which stays the same."""
    with _as_unreachable():
        _client().admin_update_user_attributes(
            UserPoolId=_pool().user_pool_id,
            Username=user.id,
            UserAttributes=[
                {"Name": TYPED_EMAIL, "Value": email},
                {"Name": "name", "Value": full_name or ""},
            ],
        )
    return replace(user, email=email, full_name=full_name)


def move(user_id: str, email: str, *, is_verified: bool) -> bool:
    """Give the account another address while that is free. Idempotent. Raises `EmailTaken`.

    `email` is the address as its owner wrote it. The pool sends no message about it, because the
    verification is set in the same call. Returns whether the call was sent once, as `set_password`.
    """
    attributes: list[AttributeTypeTypeDef] = [
        *_email_attributes(email),
        {"Name": "email_verified", "Value": str(is_verified).lower()},
    ]
    with _as_unreachable():
        try:
            reply = _client().admin_update_user_attributes(
                UserPoolId=_pool().user_pool_id, Username=user_id, UserAttributes=attributes
            )
        except _client().exceptions.AliasExistsException as refused:
            owner = find(address_of(email))
            if owner is None or owner.user.id != user_id:
                raise EmailTaken from None
            return _was_sent_once(refused.response)
    return _was_sent_once(reply)


def delete(user_id: str) -> None:
    """Delete the account. Does nothing if there is none."""
    with _as_unreachable():
        try:
            _client().admin_delete_user(UserPoolId=_pool().user_pool_id, Username=user_id)
        except _client().exceptions.UserNotFoundException:
            return


def verify_address(user: User) -> None:
    """Record that the account's address is its owner's. Idempotent. Does nothing without it."""
    with _as_unreachable(), suppress(_client().exceptions.UserNotFoundException):
        _client().admin_update_user_attributes(
            UserPoolId=_pool().user_pool_id,
            Username=user.id,
            UserAttributes=[{"Name": "email_verified", "Value": "true"}],
        )


def authenticate(address: str, password: str) -> Tokens | None:
    """Tokens for a correct password; None for a wrong one, or without such an account.

    An account with a further challenge gets none. Raises `IdentityUnreachable`, or `TooManyTries`
    if Cognito throttles.
    """
    errors = _client().exceptions
    with _as_unreachable():
        try:
            reply = _client().admin_initiate_auth(
                UserPoolId=_pool().user_pool_id,
                ClientId=_pool().user_pool_client_id,
                AuthFlow="ADMIN_USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": address, "PASSWORD": password},
            )
        except (
            errors.NotAuthorizedException,
            errors.UserNotFoundException,
            errors.UserNotConfirmedException,
            errors.PasswordResetRequiredException,
            errors.InvalidParameterException,
        ):
            return None
    result = reply.get("AuthenticationResult")
    return Tokens.of(result) if result else None


def refresh(refresh_token: str) -> Tokens | None:
    """New tokens for a valid refresh token, else None. The pool rotates it; reuse ends the session.

    Raises `IdentityUnreachable`, or `TooManyTries` if Cognito throttles.
    """
    errors = _client().exceptions
    with _as_unreachable():
        try:
            reply = _client().get_tokens_from_refresh_token(
                ClientId=_pool().user_pool_client_id, RefreshToken=refresh_token
            )
        except (
            errors.NotAuthorizedException,
            errors.RefreshTokenReuseException,
            errors.UserNotFoundException,
            errors.InvalidParameterException,
        ):
            return None
    return Tokens.of(reply["AuthenticationResult"])


def revoke(refresh_token: str) -> bool:
    """End the session of the refresh token. Returns False if the token is not valid."""
    errors = _client().exceptions
    with _as_unreachable():
        try:
            _client().revoke_token(ClientId=_pool().user_pool_client_id, Token=refresh_token)
        except (
            errors.UnauthorizedException,
            errors.UnsupportedTokenTypeException,
            errors.InvalidParameterException,
        ):
            return False
    return True


def end_all_sessions(user_id: str) -> None:
    """End every session of the account."""
    with _as_unreachable():
        try:
            _client().admin_user_global_sign_out(UserPoolId=_pool().user_pool_id, Username=user_id)
        except _client().exceptions.UserNotFoundException:
            return


@before_snapshot
@cache
def _client() -> "CognitoIdentityProviderClient":
    client: CognitoIdentityProviderClient = aws.client(
        "cognito-idp", read_seconds=4, max_attempts=3
    )
    return client


def _pool() -> config.UserPool:
    return config.read(config.UserPool)


@contextmanager
def _as_unreachable() -> Iterator[None]:
    try:
        yield
    except (failures.ConnectionError, failures.HTTPClientError) as error:
        raise IdentityUnreachable from error
    except failures.ClientError as error:
        if error.response["Error"]["Code"] in {"TooManyRequestsException", "ThrottlingException"}:
            raise TooManyTries(WAIT_SECONDS) from error
        if error.response["ResponseMetadata"]["HTTPStatusCode"] >= SERVER_ERRORS:
            raise IdentityUnreachable from error
        raise


def _was_sent_once(reply: "Mapping[str, Any]") -> bool:
    """Whether the SDK has sent a call once, according to the reply or the error."""
    return not reply.get("ResponseMetadata", {}).get("RetryAttempts")


def _found(
    attributes: "Iterable[AttributeTypeTypeDef]",
    *,
    created_at: datetime,
    status: str,
    enabled: bool,
) -> PoolAccount:
    values = {attribute["Name"]: attribute.get("Value", "") for attribute in attributes}
    return PoolAccount(
        user=User(
            id=values["sub"],
            email=_shown_email(values),
            full_name=values.get("name") or None,
            created_at=created_at.astimezone(UTC).replace(
                microsecond=created_at.microsecond // 1000 * 1000
            ),
            email_verified=values.get("email_verified") == "true",
        ),
        complete=status != "FORCE_CHANGE_PASSWORD",
        enabled=enabled,
        has_typed_email=TYPED_EMAIL in values,
    )


def _email_attributes(email: str) -> "list[AttributeTypeTypeDef]":
    return [{"Name": "email", "Value": address_of(email)}, {"Name": TYPED_EMAIL, "Value": email}]


def _shown_email(values: dict[str, str]) -> str:
    """The address as its owner wrote it.

    Another tool may have created the account, or given it another address: then it is that of the
    pool.
    """
    typed = values.get(TYPED_EMAIL, "")
    return typed if address_of(typed) == address_of(values["email"]) else values["email"]


def _subject(access_token: str) -> str:
    """The account id in a token. Not verified, because the token comes from Cognito itself."""
    payload = access_token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return str(claims["sub"])
