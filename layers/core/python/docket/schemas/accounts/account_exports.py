"""`account.json` in the export of an account: what is stored of it beside its orders.

Secrets and their hashes are left out: they open something, and tell a person nothing.
"""

from datetime import datetime
from typing import Literal, Self

from pydantic import Field

from docket.domain.accounts.address_change import AddressChange
from docket.domain.accounts.api_key import ApiKey, Mode, Scope
from docket.domain.accounts.mail import Mail, MailKind, Suppression, SuppressionReason
from docket.domain.accounts.one_time_link import LinkPurpose, OneTimeLink
from docket.domain.accounts.passkey import Passkey
from docket.domain.accounts.retention import RemovalNotice
from docket.domain.accounts.second_factor import SecondFactor
from docket.domain.accounts.user import Session
from docket.domain.language import Language
from docket.schemas.accounts.auth import ProfileResponse
from docket.schemas.base import ResponseModel


class SessionExport(ResponseModel):
    """A session: a browser or a program that is or was signed in."""

    id: str = Field(description="The id of the session")
    user_agent: str | None = Field(description="How it named itself; null: unknown")
    network_address: str = Field(description="The network address that it began from")
    place: str | None = Field(description="The place of that address, a guess; null: unknown")
    created_at: datetime = Field(description="When it began")
    used_at: datetime = Field(description="When its tokens were last refreshed")
    verified_at: datetime = Field(description="When the customer last proved to be present in it")
    expires_at: datetime = Field(description="When it ends unless it is used before")
    ends_at: datetime = Field(description="When it ends at the latest")

    @classmethod
    def of(cls, session: Session) -> Self:
        return cls(
            id=session.id,
            user_agent=session.device.agent,
            network_address=session.device.address,
            place=session.device.place,
            created_at=session.created_at,
            used_at=session.used_at,
            verified_at=session.verified_at,
            expires_at=session.expires_at,
            ends_at=session.ends_at,
        )


class AccessExport(ResponseModel):
    """What decides about the sessions and API keys of the account."""

    ended_before: datetime | None = Field(
        description="Sessions that began until then are over; null: none were ended together"
    )
    excepted_session: str | None = Field(description="The one that stays open; null: none")
    session_ended_at: datetime | None = Field(
        description="When a single session was last ended; null: never"
    )
    keys_ended_before: datetime | None = Field(
        description="API keys that were created until then are over; null: none were ended together"
    )
    used_at: datetime | None = Field(
        description="When a session was last opened or refreshed, to the day; null: never"
    )
    language: Language = Field(description="The language that its user read then")


class RemovalNoticeExport(ResponseModel):
    """The last notice that the account will be removed because it is unused."""

    at: datetime = Field(description="When it was due; a later use makes it void")
    removal_at: datetime = Field(description="The time that it has announced")

    @classmethod
    def of(cls, notice: RemovalNotice) -> Self:
        return cls(at=notice.at, removal_at=notice.removal_at)


class ApiKeyExport(ResponseModel):
    """An API key. The key itself is stored nowhere, and its hash is left out."""

    id: str = Field(description="The id of the key, as the events of orders name it")
    name: str = Field(description="What uses the key")
    mode: Mode = Field(description="`test`: it finds no order but the sample order")
    hint: str = Field(description="The beginning of the key")
    scopes: list[Scope] = Field(description="What the key may be used for")
    created_at: datetime = Field(description="When it was created")
    expires_at: datetime = Field(description="When it expires")
    last_used_at: datetime | None = Field(
        description="When it was last used, to the hour; null: never"
    )

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        return cls(
            id=key.id,
            name=key.name,
            mode=key.mode,
            hint=key.hint,
            scopes=list(key.scopes),
            created_at=key.created_at,
            expires_at=key.expires_at,
            last_used_at=key.last_used_at,
        )


class DeviceExport(ResponseModel):
    """A device that the account has signed in from, which a cookie recognises."""

    first_seen_at: datetime = Field(description="When it signed in first")
    last_seen_at: datetime = Field(description="When it signed in last")


class SecondFactorExport(ResponseModel):
    """The authenticator app of the account. Its secret is left out."""

    created_at: datetime = Field(description="When its setting up began")
    confirmed_at: datetime | None = Field(
        description="Since when a login needs its code; null: it was not set up to the end"
    )
    recovery_codes: int = Field(description="How many recovery codes are left")

    @classmethod
    def of(cls, factor: SecondFactor) -> Self:
        return cls(
            created_at=factor.created_at,
            confirmed_at=factor.confirmed_at,
            recovery_codes=len(factor.recovery_hashes),
        )


class PasskeyExport(ResponseModel):
    """A passkey. Its private key is on its owner's devices only."""

    name: str = Field(description="What its owner calls it")
    credential_id: str = Field(description="The id that the device has chosen, in base64url")
    public_key: str = Field(description="The public key (COSE), in base64url")
    sign_count: int = Field(description="What the device counted at its last use; 0: nothing")
    is_synced: bool = Field(description="Whether its owner's devices share it")
    created_at: datetime = Field(description="When it was added")
    used_at: datetime | None = Field(description="When it was last used; null: never")

    @classmethod
    def of(cls, passkey: Passkey) -> Self:
        return cls(
            name=passkey.name,
            credential_id=passkey.credential_id,
            public_key=passkey.public_key,
            sign_count=passkey.sign_count,
            is_synced=passkey.is_synced,
            created_at=passkey.created_at,
            used_at=passkey.used_at,
        )


class AddressChangeExport(ResponseModel):
    """A change of the address that is not confirmed yet."""

    id: str = Field(description="The id of the change")
    new_email: str = Field(description="The new address")
    old_address: str = Field(description="The address before")
    created_at: datetime = Field(description="When it was requested")
    old_confirmed_at: datetime | None = Field(
        description="When the address before confirmed it; null: not yet"
    )
    new_confirmed_at: datetime | None = Field(
        description="When the new address confirmed it; null: not yet"
    )

    @classmethod
    def of(cls, change: AddressChange) -> Self:
        return cls(
            id=change.id,
            new_email=change.new_email,
            old_address=change.old_address,
            created_at=change.created_at,
            old_confirmed_at=change.old_confirmed_at,
            new_confirmed_at=change.new_confirmed_at,
        )


class MailExport(ResponseModel):
    """A mail that is to be sent. What was sent is not stored."""

    id: str = Field(description="The id of the mail")
    kind: MailKind = Field(description="What it says")
    to: str | None = Field(description="Its address; null: that of the account")
    language: str = Field(description="The language that it is written in")
    created_at: datetime = Field(description="When it was requested")
    sending_since: datetime | None = Field(
        description="When a sending began whose result is unknown; null: none"
    )
    params: dict[str, str] = Field(description="The values that it names")

    @classmethod
    def of(cls, mail: Mail) -> Self:
        return cls(
            id=mail.id,
            kind=mail.kind,
            to=mail.to,
            language=mail.language,
            created_at=mail.created_at,
            sending_since=mail.sending_since,
            params=dict(mail.params),
        )


class SuppressionExport(ResponseModel):
    """Why the address of the account gets no mail."""

    reason: SuppressionReason = Field(
        description="`bounce`: its server refused a mail for good; `complaint`: a mail was marked "
        "as spam"
    )
    at: datetime = Field(description="Since when")

    @classmethod
    def of(cls, suppression: Suppression) -> Self:
        return cls(reason=suppression.reason, at=suppression.at)


class LinkExport(ResponseModel):
    """A link that was mailed. Its token is stored nowhere."""

    purpose: LinkPurpose = Field(description="What it is for")
    address: str = Field(description="The address that it was mailed to")
    created_at: datetime = Field(description="When it was made")
    expires_at: datetime = Field(description="Until when it can be used")
    used_at: datetime | None = Field(description="When it was used; null: it was not")

    @classmethod
    def of(cls, link: OneTimeLink) -> Self:
        return cls(
            purpose=link.purpose,
            address=link.address,
            created_at=link.created_at,
            expires_at=link.expires_at,
            used_at=link.used_at,
        )


class UsageExport(ResponseModel):
    """What the account uses of its limits."""

    unpaid_orders: int = Field(description="Its orders that are not paid")
    unpaid_pages: int = Field(description="The pages of these orders")
    day: str = Field(description="The day of `documents_added`; empty: no document was added yet")
    documents_added: int = Field(description="The documents that were added on that day")
    in_flight: list[str] = Field(description="The documents that are being read, with the attempt")
    sample_order_id: str | None = Field(
        description="The order with Docket's sample documents; null: none was opened"
    )


class PaidContentExport(ResponseModel):
    """A content that was paid for, and costs nothing in another order."""

    sha256: str = Field(description="The SHA-256 of a document's bytes or of what was read of it")
    documents: list[str] = Field(description="The ids of the documents that it was paid with")


class IdempotencyKeyExport(ResponseModel):
    """A key by which a program repeats a request without doing it twice. It is stored for a day."""

    operation: str = Field(description="What was requested")
    key: str = Field(description="The key that the program has chosen")
    created_id: str = Field(description="The id of what the request has created")
    expires_at: datetime = Field(description="When it is deleted")


class OrderPath(ResponseModel):
    """Where an order is in the archives."""

    id: str = Field(description="The id of the order")
    path: str = Field(description="The path of the file that describes it")


class AccountExport(ResponseModel):
    """`account.json`: the account, and where its orders are."""

    version: Literal[1] = Field(default=1, description="The version of the format")
    exported_at: datetime = Field(description="When the export was requested")
    profile: ProfileResponse = Field(description="The account")
    second_factor: SecondFactorExport | None = Field(
        description="The authenticator app; null: none"
    )
    passkeys: list[PasskeyExport] = Field(description="The passkeys, the newest first")
    address_change: AddressChangeExport | None = Field(
        description="A change of the address that is not confirmed yet; null: none"
    )
    access: AccessExport = Field(description="What decides about the sessions and API keys")
    removal_notice: RemovalNoticeExport | None = Field(
        description="The last notice of a removal because nobody used the account; null: none"
    )
    sessions: list[SessionExport] = Field(description="The stored sessions, the newest first")
    api_keys: list[ApiKeyExport] = Field(description="The API keys, the newest first")
    devices: list[DeviceExport] = Field(description="The devices that the account knows")
    links: list[LinkExport] = Field(description="The links that were mailed lately")
    mails: list[MailExport] = Field(description="The mails that are to be sent")
    suppression: SuppressionExport | None = Field(
        description="Why the address gets no mail; null: it gets mail"
    )
    usage: UsageExport = Field(description="What the account uses of its limits")
    paid_contents: list[PaidContentExport] = Field(description="What was paid for")
    idempotency_keys: list[IdempotencyKeyExport] = Field(
        description="The keys of requests of the last day"
    )
    orders: list[OrderPath] = Field(description="All orders, the oldest first")
