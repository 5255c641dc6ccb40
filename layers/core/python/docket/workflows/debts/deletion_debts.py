"""Debts of deletions: everything of an account is removed, step by step.

Each step lists what is left and removes it, so it can be stopped after any call and repeated. An
order whose money is not settled stays whole until its payments and refunds are at their end, and
with it the profile: a refund must reach the customer, and a dispute needs its evidence.
"""

from datetime import UTC

from docket.domain.accounts.deletion import LAST_REQUEST, MONEY_CHECK, Deletion, Invoice
from docket.domain.accounts.mail import Mail, MailKind, mailbox_of
from docket.domain.accounts.user import User, address_of
from docket.domain.debt import ERASURE_CHECK, DebtClass, Due
from docket.domain.errors import IllegalMove
from docket.domain.event import AuditContext
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.gateways import cognito, object_keys, s3
from docket.runtime import config
from docket.table.accounts import deletions, users
from docket.table.accounts.pool import pool_profiles
from docket.table.debts import Claim
from docket.table.orders import orders

MOST_ORDERS = 50
"""The orders that one run erases; the next run goes on."""


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Remove what is left of an account. Returns the next check.

    Each run goes on where the last one has ended; at the end the item is gone. Raises
    `StorageUnreachable`.
    """
    deletion = deletions.from_item(claim.item)
    user = None if deletion.removed_at else users.find(deletion.user_id)
    if user is None:
        return _end(deletion, audit)
    if not deletion.is_address_free and audit.at >= deletion.frees_pool_address_after:
        deletion = _free_address(deletion, user, audit)
    is_over = audit.at >= deletion.ends_after
    erased, unsettled = _erase_orders(user, audit, is_over=is_over)
    deletions.erase_sessions(user.id, access=False)
    # In each run: an archive that was being made when the deletion began is stored after the first.
    s3.erase_under([object_keys.export_prefix(user.id)])
    if not is_over:
        is_free = deletion.is_address_free
        next_at = deletion.ends_after if is_free else deletion.frees_pool_address_after
        return Due(DebtClass.HOUSEKEEPING, next_at)
    if erased == MOST_ORDERS:
        return Due(DebtClass.HOUSEKEEPING, audit.at)
    _erase_own(deletion, user, with_usage=not unsettled)
    if unsettled:
        return Due(DebtClass.HOUSEKEEPING, audit.at + MONEY_CHECK)
    s3.erase_under(object_keys.account_prefixes(user.id))
    if pool_profiles.is_in_pool(user.id):  # a request may have used it when the address was freed
        users.release(user.address, reserved_until=deletion.requested_at, at=audit.at)
    # Last: as long as the profile is there, a run that was interrupted is repeated.
    deletions.remove_account(deletion, at=audit.at)
    return Due(DebtClass.HOUSEKEEPING, audit.at + LAST_REQUEST)


def _erase_orders(user: User, audit: AuditContext, *, is_over: bool) -> tuple[int, int]:
    """Erase orders of an account. Returns how many it erased, and how many owe money.

    Those that were not paid are all cancelled by the first run.
    """
    erased = unsettled = 0
    for order in orders.every(user.id):
        if erased == MOST_ORDERS:
            if is_over:
                break
            _cancel_if_pending(order, audit)
        elif not _is_settled(order, audit):
            unsettled += 1
        elif _erase_order(order, user, is_over=is_over):
            erased += 1
        else:
            unsettled += 1
    return erased, unsettled


def _is_settled(order: Order, audit: AuditContext) -> bool:
    """Whether no money of an order is owed. An order that was not paid is cancelled first."""
    order = _cancel_if_pending(order, audit)
    is_closed = order.status in (OrderStatus.COMPLETED, OrderStatus.CANCELLED)
    return is_closed and deletions.order_is_settled(order.id)


def _cancel_if_pending(order: Order, audit: AuditContext) -> Order:
    """Cancel an order that was not paid. Returns the order; as it was if it was paid meanwhile."""
    if order.status is not OrderStatus.PENDING:
        return order
    event = audit.event("cancelled", to_status=OrderStatus.CANCELLED)
    try:
        return orders.cancel(order.user_id, order.id, event, reason=CANCELLED_BY_CUSTOMER)
    except IllegalMove:
        return order


def _erase_order(order: Order, user: User, *, is_over: bool) -> bool:
    """Erase the objects of an order; its items when nothing is on its way to them any more."""
    s3.erase_under(object_keys.order_prefixes(order.user_id, order.id))
    if not is_over:
        return True
    years = config.read(config.Retention).invoice_years
    for payment in deletions.payments_of(order.id):
        if invoice := Invoice.of(user, order, payment):
            deletions.keep_invoice(invoice, until=invoice.retained_until(years))
    return deletions.erase_order(order)


def _erase_own(deletion: Deletion, user: User, *, with_usage: bool) -> None:
    """Erase what the account has beside profile, credential and orders."""
    deletions.erase_mails_to(mailbox_of(user.address), before=deletion.requested_at)
    deletions.erase_links_and_mails(user.id)
    deletions.erase_own(user.id, with_usage=with_usage)


def _free_address(deletion: Deletion, user: User, audit: AuditContext) -> Deletion:
    """Delete the account in the pool, before anything that may take long. Returns the deletion.

    In the table the credential went with the beginning; not that of a deletion which an earlier
    release has begun.
    """
    if pool_profiles.is_in_pool(user.id):
        cognito.delete(user.id)
        users.release(user.address, reserved_until=deletion.requested_at, at=audit.at)
    else:
        users.remove_credential(user)
    return deletions.record_free_address(deletion)


def _end(deletion: Deletion, audit: AuditContext) -> Due:
    """Remove what a request has stored that had read the account, and report the end."""
    if deletion.removed_at and audit.at < deletion.removed_at + LAST_REQUEST:
        return Due(DebtClass.HOUSEKEEPING, deletion.removed_at + LAST_REQUEST)
    deletions.erase_links_and_mails(deletion.user_id)
    deletions.erase_own(deletion.user_id, with_usage=True)
    deletions.erase_sessions(deletion.user_id, access=True)
    mail = Mail(
        id=deletion.mail_id,
        kind=MailKind.ACCOUNT_DELETED,
        address=address_of(deletion.email),
        to=deletion.email,
        may_be_anothers=deletion.may_be_anothers,
        language=deletion.language,
        created_at=audit.at,
        params={"time": audit.at.astimezone(UTC).isoformat(timespec="minutes")},
    )
    deletions.finish(deletion, mail)
    return Due(DebtClass.HOUSEKEEPING, audit.at + ERASURE_CHECK)
