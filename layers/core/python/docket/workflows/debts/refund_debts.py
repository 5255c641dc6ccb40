"""Debts of refunds: to be requested at Stripe until the customer's bank has the amount."""

from docket.domain.debt import BANK_DEADLINE, PROCESSING_CHECK, DebtClass, Due, NotSettled, due
from docket.domain.event import AuditContext
from docket.domain.payments.payment import DisputeStatus, RefundStatus
from docket.domain.payments.refund import MANUAL_DEADLINE, Refund
from docket.table.debts import Claim
from docket.table.orders import payment_items
from docket.table.payments import refunds, reversals
from docket.workflows.orders import payment as payment_workflow


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Settle the debt of a refund. Returns its next check; None: nothing is owed.

    Stripe's list of refunds is recorded first: an earlier request may have taken effect without a
    reply, and someone may have refunded the payment by hand. Raises `NotSettled` if the payment or
    the refund is not in the table, and what `request` raises.
    """
    refund = refunds.from_item(claim.item)
    payment = payment_items.get(refund.order_id, refund.payment_intent_id)
    if payment is None:
        raise NotSettled
    payment_workflow.follow_reversal(payment_workflow.paid_intent(payment), audit)
    current = refunds.get(refund.order_id, refund.id)
    if current is None:
        raise NotSettled
    match current.status:
        case RefundStatus.OWED:
            return request(current, claim, audit)
        case RefundStatus.FAILED if current.is_open:
            return try_again(current, audit)
        case RefundStatus.PENDING if audit.at >= current.since + BANK_DEADLINE:
            raise NotSettled
        case RefundStatus.PENDING | RefundStatus.SUCCEEDED | RefundStatus.FAILED:
            return due(current, audit.at)


def request(refund: Refund, claim: Claim, audit: AuditContext) -> Due:
    """Request a refund that is owed. A disputed payment is refunded only if the dispute is won.

    It may be repeated. Raises `NotSettled` if it is owed yet, and `PaymentsUnreachable`.
    """
    payment = payment_items.get(refund.order_id, refund.payment_intent_id)
    check = Due(DebtClass.MONEY, audit.at + PROCESSING_CHECK)
    if payment is None or payment.dispute is DisputeStatus.OPEN:
        return check
    intent = payment_workflow.paid_intent(payment)
    payment_workflow.request_refund(refund, intent, audit, failures=claim.failures)
    after = refunds.get(refund.order_id, refund.id)
    if after and after.status is RefundStatus.OWED:
        raise NotSettled
    return check


def try_again(refund: Refund, audit: AuditContext) -> Due | None:
    """Owe a failed refund again when its back-off is over. After the last try, alert a person.

    A refund that a person made, and that the service does not owe, is closed at its deadline.
    Returns the next check; None: it was closed.
    """
    is_over = refund.was_made_at_stripe and audit.at >= refund.since + MANUAL_DEADLINE
    if is_over and reversals.close(refund, audit):
        return None
    if refund.needs_person:
        payment_workflow.report_failed_refund(refund)
        return due(refund, audit.at)
    check = due(refund, audit.at)
    if check and check.at <= audit.at:
        reversals.retry(refund, audit)
    return check
