"""Requests and responses about API keys."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from docket.domain.accounts.api_key import (
    MAX_LIFETIME_DAYS,
    SCOPES,
    TEST_SCOPES,
    USUAL_LIFETIME_DAYS,
    ApiKey,
    Mode,
    Scope,
)
from docket.domain.accounts.user import AccountAccess
from docket.schemas.base import RequestModel, ResponseModel, shown_line

Scopes = Annotated[
    list[Scope],
    Field(
        description="What the key may be used for: `read` for GET, `write` for what changes an "
        "order or its documents, `pay` for payments. No scope includes another. A test key has no "
        "`pay`",
        examples=[["read", "write"]],
    ),
]
KeyMode = Annotated[
    Mode,
    Field(
        description="`live`: the key uses the orders of the account. `test`: it opens and uses the "
        "sample order, which is free, and finds no other order",
        examples=["live"],
    ),
]


def _of_mode(scopes: list[Scope], info: ValidationInfo) -> list[Scope]:
    """The scopes, if a key of the request's `mode` may have them."""
    if info.data.get("mode") == "test" and not set(scopes) <= set(TEST_SCOPES):
        raise PydanticCustomError("not_with_test_keys", "not for the sample order")
    return scopes


class CreateApiKeyRequest(RequestModel):
    """The name of a key, what it may be used for, and for how long."""

    name: Annotated[str, AfterValidator(shown_line)] = Field(
        min_length=1,
        max_length=100,
        description="What uses the key",
        examples=["Accounting import"],
    )
    mode: KeyMode = "live"
    scopes: Annotated[Scopes, AfterValidator(_of_mode)] = Field(
        min_length=1, max_length=len(SCOPES)
    )
    expires_in_days: int = Field(
        default=USUAL_LIFETIME_DAYS,
        ge=1,
        le=MAX_LIFETIME_DAYS,
        description="The days until the key expires",
        examples=[90],
    )


class ApiKeyResponse(ResponseModel):
    """An API key, without the key itself."""

    id: str = Field(
        description="The id of the key, as the events of orders name it",
        examples=["01JDB2V3W4X5Y6Z7A8B9C0D1E4"],
    )
    name: str = Field(description="What uses the key", examples=["Accounting import"])
    mode: KeyMode
    hint: str = Field(description="The beginning of the key", examples=["dk_live_Gq7x"])
    scopes: Scopes
    status: Literal["active", "expired", "ended"] = Field(
        description="`ended`: it was refused for good when the password was reset, or by the "
        "operator"
    )
    created_at: datetime = Field(description="When it was created")
    expires_at: datetime = Field(description="When it expires")
    last_used_at: datetime | None = Field(
        description="When it was last used, to the hour; null: never"
    )

    @classmethod
    def of(cls, key: ApiKey, access: AccountAccess, *, at: datetime) -> Self:
        return cls(**_fields(key, access, at=at))


class CreatedApiKeyResponse(ApiKeyResponse):
    """A new API key. Only this response contains the key itself."""

    key: str = Field(
        description="The key, for `Authorization: Bearer`. It cannot be shown again",
        examples=["dk_live_Gq7xWmB2vT9sLr4NcYk8ZpJ6aHd3Fe47YsgW"],
    )

    @classmethod
    def of_new(cls, key: ApiKey, text: str, *, at: datetime) -> Self:
        """The response of a new key, with its `text`, which is not stored."""
        return cls(**_fields(key, AccountAccess(key_generation=key.generation), at=at), key=text)


def _fields(key: ApiKey, access: AccountAccess, *, at: datetime) -> dict[str, object]:
    active_status = "active" if access.admits_key(key) else "ended"
    return {
        "id": key.id,
        "name": key.name,
        "mode": key.mode,
        "hint": key.hint,
        "scopes": list(key.scopes),
        "status": "expired" if key.is_expired(at) else active_status,
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "last_used_at": key.last_used_at,
    }
