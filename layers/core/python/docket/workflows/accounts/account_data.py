"""What is stored of an account beside its orders, for its export."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from docket.domain.accounts.export import Export
from docket.domain.accounts.mail import Mail, Suppression, mailbox_of
from docket.domain.accounts.one_time_link import OneTimeLink
from docket.domain.accounts.user import User
from docket.domain.errors import NotSignedIn
from docket.schemas.accounts.account_exports import (
    AccessExport,
    AccountExport,
    AddressChangeExport,
    ApiKeyExport,
    DeviceExport,
    IdempotencyKeyExport,
    LinkExport,
    MailExport,
    OrderPath,
    PaidContentExport,
    PasskeyExport,
    RemovalNoticeExport,
    SecondFactorExport,
    SessionExport,
    SuppressionExport,
    UsageExport,
)
from docket.schemas.accounts.auth import ProfileResponse
from docket.table import idempotency_keys
from docket.table.accounts import (
    account_access,
    account_retention,
    address_changes,
    api_keys,
    known_devices,
    mails,
    one_time_links,
    passkeys,
    second_factors,
    sessions,
    suppressions,
    users,
)
from docket.table.orders import contents, usage


def of_export(export: Export, orders: Sequence[OrderPath]) -> AccountExport:
    """Everything that is stored of an account beside its orders. Raises `NotSignedIn`."""
    user_id = export.user_id
    user = users.find(user_id)
    if user is None:
        raise NotSignedIn
    factor, change = second_factors.find(user_id), address_changes.find(user_id)
    suppression = _suppression(user)
    notice = account_retention.notice_of(user_id)
    return AccountExport(
        exported_at=export.requested_at,
        profile=ProfileResponse.of(user),
        second_factor=SecondFactorExport.of(factor) if factor else None,
        passkeys=[PasskeyExport.of(passkey) for passkey in passkeys.of_user(user_id)],
        address_change=AddressChangeExport.of(change) if change else None,
        access=_access(user_id),
        removal_notice=RemovalNoticeExport.of(notice) if notice else None,
        sessions=[SessionExport.of(session) for session in sessions.every(user_id)],
        api_keys=[ApiKeyExport.of(key) for key in api_keys.of_user(user_id)],
        devices=[
            DeviceExport(first_seen_at=device.first_seen_at, last_seen_at=device.last_seen_at)
            for device in known_devices.of_user(user_id)
        ],
        links=[LinkExport.of(link) for link in _links(user)],
        mails=[MailExport.of(mail) for mail in _mails(user)],
        suppression=SuppressionExport.of(suppression) if suppression else None,
        usage=_usage(user_id),
        paid_contents=[
            PaidContentExport(sha256=sha256, documents=documents)
            for sha256, documents in contents.of_user(user_id)
        ],
        idempotency_keys=list(_idempotency_keys(user_id)),
        orders=list(orders),
    )


def _links(user: User) -> Iterator[OneTimeLink]:
    """The mailed links; none if the mailbox may be somebody else's, who may have asked for them."""
    if user.email_verified:
        yield from one_time_links.of_user(user.id)


def _mails(user: User) -> Iterator[Mail]:
    """The mails that are owed because of the account, and to its mailbox if that is its owner's."""
    yield from mails.requested_by_account(user.id)
    if user.email_verified:
        yield from mails.requested_anonymously(mailbox_of(user.address))


def _suppression(user: User) -> Suppression | None:
    """Why the mailbox of the account gets no mail; None also if it may be somebody else's."""
    return suppressions.find(mailbox_of(user.address)) if user.email_verified else None


def _access(user_id: str) -> AccessExport:
    access = account_access.find(user_id)
    return AccessExport(
        ended_before=access.ended_before,
        excepted_session=access.excepted_session,
        session_ended_at=access.session_ended_at,
        keys_ended_before=access.keys_ended_before,
        used_at=access.used_at,
        language=access.language,
    )


def _usage(user_id: str) -> UsageExport:
    used = usage.get(user_id)
    return UsageExport(
        unpaid_orders=used.unpaid_orders,
        unpaid_pages=used.unpaid_pages,
        day=used.day,
        documents_added=used.documents_added,
        in_flight=sorted(used.in_flight),
        sample_order_id=used.sample_order_id,
    )


def _idempotency_keys(user_id: str) -> Iterator[IdempotencyKeyExport]:
    for stored in idempotency_keys.of_user(user_id):
        yield IdempotencyKeyExport(
            operation=stored["operation"],
            key=stored["key"],
            created_id=stored["created_id"],
            expires_at=datetime.fromtimestamp(stored["ttl"], UTC),
        )
