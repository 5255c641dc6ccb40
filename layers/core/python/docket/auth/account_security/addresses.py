"""Addresses of accounts: verified by a mailed link, and changed.

One transaction carries out a change that is confirmed. A user pool has the new address a moment
earlier, while nobody else changes the account: if the change is still stored after that, the
account has not moved.
"""

from dataclasses import replace
from datetime import datetime

from docket.auth.account_security.credentials import AccountCredential, credentials
from docket.auth.account_security.link_proofs import LinkProof
from docket.auth.account_security.verified_addresses import may_be_anothers
from docket.domain.accounts.address_change import AddressChange
from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.one_time_link import LinkPurpose, OneTimeLink
from docket.domain.accounts.user import AccountAccess, OpenSession, User, address_of
from docket.domain.errors import (
    BadInput,
    ConcurrentChange,
    EmailTaken,
    FieldProblem,
    LinkInvalid,
    NotSignedIn,
)
from docket.domain.language import Language
from docket.domain.notices import notice
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table import client, rate_limits
from docket.table.accounts import (
    account_access,
    address_changes,
    mails,
    one_time_links,
    sessions,
)
from docket.table.accounts.pool import pool_leases
from docket.table.client import ConditionFailed, Update

_PURPOSES = (LinkPurpose.CONFIRM_NEW_ADDRESS, LinkPurpose.CONFIRM_OLD_ADDRESS)


def verify(token: str, proof: LinkProof, *, at: datetime) -> None:
    """Record that the account's owner reads the mail of its address, and end its API keys.

    An account that is verified already stays as it is, and so does the link. Raises `LinkRefused`,
    and what `LinkProof.require` raises.
    """
    link = one_time_links.find(token, LinkPurpose.VERIFY_ADDRESS, at=at)
    credential = credentials().find(link.address)
    user = credential.user
    if user is None or user.id != link.user_id:
        raise LinkInvalid
    if user.email_verified:
        credential.copy_verification()  # the request may be repeated because that has failed
        return
    if user.version != link.user_version:
        raise LinkInvalid
    session = proof.require(link, credential, at=at)
    try:
        writes = credential.verify_address(link)
        client.write(
            one_time_links.use_write(link, at=at, used_by=new_id()),
            *writes,
            *_end_keys_writes(user, session, at=at),
        )
    except ConditionFailed as refused:
        if refused.part == 0:
            one_time_links.find(token, LinkPurpose.VERIFY_ADDRESS, at=at)
        raise ConcurrentChange from None
    credential.copy_verification()


def _end_keys_writes(
    user: User, session: OpenSession | None, *, at: datetime
) -> tuple[Update, ...]:
    """The writes that end the API keys of before, while the session is open.

    None where sessions are the pool's: there are no keys.
    """
    if config.read(config.Identity).authorizer == "gateway":
        return ()
    if session is None:
        return (account_access.end_keys_write(user.id, at=at),)
    ended = account_access.end_keys_write(user.id, at=at, unchanged=session.access)
    return sessions.exists_write(session), ended


def count_change(session: OpenSession, email: str, *, at: datetime) -> tuple[User, AddressChange]:
    """Count a change of the caller's address, before anything is counted for the new address.

    Whoever has made too many uses up nothing of that of somebody else. The mail to the present
    address is counted, too: it may be that of somebody else. If it is not verified, it need not
    confirm the change, which voids the links that were mailed to its owner: so that is counted as
    a deletion is. Returns the account and the change. Raises `BadInput` for the address that the
    account has, `TooManyTries`, and `NotSignedIn` if the account is gone.
    """
    user = credentials().account(session.user_id)
    if user is None:
        raise NotSignedIn
    if address_of(email) == user.address:
        raise BadInput(FieldProblem("email", "email_unchanged"))
    rate_limits.count_mail(user.address, MailKind.CONFIRM_OLD_ADDRESS, at=at)
    rate_limits.count_address_change(user.id, at=at)
    if not user.email_verified:
        rate_limits.count_departure(user.address, at=at)
    return user, AddressChange.requested(new_id(), user, email, at=at)


def request_change(
    session: OpenSession, user: User, change: AddressChange, *, language: Language
) -> tuple[Mail, ...]:
    """Begin a change of the caller's address. It replaces an earlier one that is not complete.

    Returns the mails that are owed, one to each address. The new address is not looked up, so
    nothing shows whether it has an account. Raises `ConcurrentChange` if the session has ended
    meanwhile.
    """
    owed = tuple(_confirmations(change, user, language))
    try:
        client.write(
            address_changes.put(change),
            *(mails.put(mail) for mail in owed),
            *sessions.open_writes(session),
        )
    except ConditionFailed:
        raise ConcurrentChange from None
    return owed


def _confirmations(change: AddressChange, user: User, language: Language) -> list[Mail]:
    to_new = Mail(
        id=new_id(),
        kind=MailKind.CONFIRM_NEW_ADDRESS,
        address=change.new_address,
        to=change.new_email,
        owner=user.id,
        requested_by=user.id,
        about=change.id,
        language=language,
        created_at=change.created_at,
        params={"old_address": user.email},
    )
    to_old = Mail(
        id=new_id(),
        kind=MailKind.CONFIRM_OLD_ADDRESS,
        address=change.old_address,
        about=change.id,
        requested_by=user.id,
        language=language,
        created_at=change.created_at,
        params={"new_address": change.new_email},
    )
    return [to_new, to_old]


def confirm_change(token: str, proof: LinkProof, *, at: datetime) -> Mail | None:
    """Confirm a change at one of its addresses; the second one carries it out.

    Then all sessions end, and the account forgets its devices. Its API keys end, too, if its old
    address was not verified. Returns the notice that is owed to the old address, None after the
    first confirmation. Raises `LinkRefused` and `EmailTaken`; for the new address also what
    `LinkProof.require` raises.
    """
    used_by, device = new_id(), proof.device

    def attempt() -> Mail | None:
        link = one_time_links.find(token, *_PURPOSES, at=at)
        access = account_access.find(link.user_id)
        change, credential, user = _change_of(link, access, at=at)
        use = one_time_links.use_write(link, at=at, used_by=used_by)
        # A pool has the new address by a request that has not reached the table: it was complete.
        has_moved = user.address != change.old_address
        is_complete = has_moved or change.confirmed(link.purpose, at=at).is_complete(user)
        # Who reads the mail of the new address may know at once whether it has an account.
        is_new = link.purpose is LinkPurpose.CONFIRM_NEW_ADDRESS
        if (is_complete or is_new) and _is_taken(change):
            raise EmailTaken
        session = proof.require(link, credential, at=at) if is_new else None
        if not is_complete:
            confirmation = address_changes.confirm_write(change, link.purpose, at=at)
            client.write(use, confirmation, *(sessions.open_writes(session) if session else ()))
            return None
        mail = replace(
            notice(
                MailKind.ADDRESS_CHANGED,
                user,
                device,
                device.language,
                mail_id=used_by,
                at=at,
                new_address=change.new_email,
            ),
            address=change.old_address,
            to=change.old_address if has_moved else user.email,
            may_be_anothers=may_be_anothers(user),
        )
        is_open = (sessions.exists_write(session),) if session else ()
        with credential.change(access, *is_open, at=at) as lease:
            writes, since = credential.replace_address(
                change.new_email, replaced=change.old_address, lease=lease, at=at
            )
            ended = account_access.end_sessions_write(
                user.id,
                at=since,
                requested_at=change.created_at,  # a session that has ended since was not `session`
                with_keys=not user.email_verified,
            )
            client.write(
                use,
                *writes,
                address_changes.remove_write(change),
                pool_leases.held_write(ended, lease),
                *is_open,
                mails.put(mail),
            )
        return mail

    return client.decide(attempt)


def _is_taken(change: AddressChange) -> bool:
    """Whether another account has the new address."""
    other = credentials().find(change.new_address).user
    return other is not None and other.id != change.user_id


def _change_of(
    link: OneTimeLink, access: AccountAccess, *, at: datetime
) -> tuple[AddressChange, AccountCredential, User]:
    """What a link confirms, and the account. Raises `LinkInvalid` for what is void.

    `access` was read before.

    That is a change that another one has replaced, or that was requested before the password was
    changed or a session was ended: whoever did that may have to keep somebody else out.
    """
    change = address_changes.find(link.user_id)
    if change is None or change.id != link.about:
        raise LinkInvalid
    try:
        credential = credentials().of(link.user_id)
    except NotSignedIn:
        raise LinkInvalid from None
    user = credential.user
    if user is None or user.address not in {change.old_address, change.new_address}:
        raise LinkInvalid
    versions = {user.version, link.user_version, change.user_version}
    if len(versions) > 1 or not access.admits_request(change.created_at):
        credential.keep_address(change.old_address, access, at=at)
        raise LinkInvalid
    return change, credential, user
