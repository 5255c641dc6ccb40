"""Debts of payments: to be followed to their final state at Stripe."""

from datetime import timedelta

from docket.domain.debt import BANK_DEADLINE, PAYMENT_DEADLINE, DebtClass, Due, NotSettled, due
from docket.domain.event import AuditContext
from docket.domain.payments.payment import DisputeStatus, IntentStatus, Payment, PaymentStatus
from docket.gateways import stripe as stripe_gateway
from docket.table.debts import Claim
from docket.table.orders import payment_items
from docket.workflows.orders import payment as payment_workflow

CHECK_AFTER_ANSWER = timedelta(hours=1)
"""The next check of a payment whose final state was stated, in case it could not be recorded."""


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Settle the debt of a payment. Returns its next check; None: nothing is owed.

    Raises `NotSettled` if Stripe does not state what settles it, and `PaymentsUnreachable`.
    """
    payment = payment_items.from_item(claim.item)
    if payment.dispute in (DisputeStatus.OPEN, DisputeStatus.INQUIRY):
        return follow_dispute(payment, audit)
    match payment.status:
        case PaymentStatus.TO_CANCEL:
            return cancel(payment, audit)
        case PaymentStatus.OPEN if audit.at >= payment.opened_at + PAYMENT_DEADLINE:
            return cancel(payment, audit)
        case PaymentStatus.PROCESSING:
            return follow(payment, audit)
        case PaymentStatus.OPEN | PaymentStatus.SUCCEEDED | PaymentStatus.CANCELED:
            return due(payment, audit.at)


def cancel(payment: Payment, audit: AuditContext) -> Due:
    """Cancel a payment at Stripe and record what Stripe states: it may have succeeded meanwhile.

    Raises `NotSettled` if Stripe does not know the payment, or states that it is open yet.
    """
    status = payment_workflow.cancel(payment, audit)
    if status in (None, IntentStatus.OPEN):
        raise NotSettled
    return Due(DebtClass.MONEY, audit.at + CHECK_AFTER_ANSWER)


def follow(payment: Payment, audit: AuditContext) -> Due | None:
    """Record what Stripe states about a payment that the bank is confirming.

    Returns its next check. Raises `NotSettled` if Stripe does not know the payment.
    """
    intent = stripe_gateway.get_intent(payment.payment_intent_id)
    if intent is None:
        raise NotSettled
    payment_workflow.reconcile(intent, audit)
    is_processing = intent.status is IntentStatus.PROCESSING
    if is_processing and audit.at >= payment.opened_at + BANK_DEADLINE:
        raise NotSettled
    return due(payment, audit.at)


def follow_dispute(payment: Payment, audit: AuditContext) -> Due | None:
    """Record what Stripe states about a disputed payment. Returns its next check."""
    payment_workflow.follow_reversal(payment_workflow.paid_intent(payment), audit)
    return due(payment, audit.at)
