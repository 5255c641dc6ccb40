"""Requests and responses about sessions."""

from datetime import datetime
from typing import Self

from pydantic import Field

from docket.domain.accounts.device import agent_of
from docket.domain.accounts.user import Caller, Session
from docket.schemas.accounts.auth import Password
from docket.schemas.accounts.second_factors import Code
from docket.schemas.base import RequestModel, ResponseModel


class ReauthenticateRequest(RequestModel):
    """What proves that the customer is present."""

    password: Password = Field(description="The password of the account")
    code: Code | None = Field(
        default=None, description="A code, if the account has a second factor"
    )


class SessionResponse(ResponseModel):
    """A session: a browser or a program that is signed in."""

    id: str = Field(description="The id of the session", examples=["01JDB2V3W4X5Y6Z7A8B9C0D1E3"])
    is_current: bool = Field(description="Whether it is the session of this request")
    browser: str | None = Field(
        description="The browser, as it named itself; null: unknown", examples=["Firefox"]
    )
    system: str | None = Field(
        description="The operating system, as the browser named it; null: unknown",
        examples=["Windows"],
    )
    network_address: str = Field(
        description="The network address that it began from", examples=["203.0.113.7"]
    )
    place: str | None = Field(
        description="The place of that address, which is a guess; null: unknown",
        examples=["Bern, CH"],
    )
    created_at: datetime = Field(description="When it began")
    used_at: datetime = Field(description="When its tokens were last refreshed")
    ends_at: datetime = Field(description="When it ends unless it is used before")

    @classmethod
    def of(cls, session: Session, caller: Caller) -> Self:
        """The session as `caller` sees it, who may be in it."""
        agent = agent_of(session.device.agent)
        return cls(
            id=session.id,
            is_current=session.id == caller.session_id,
            browser=agent.browser,
            system=agent.system,
            network_address=session.device.address,
            place=session.device.place,
            created_at=session.created_at,
            used_at=session.used_at,
            ends_at=min(session.expires_at, session.ends_at),
        )
