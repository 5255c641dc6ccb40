"""What the refunds and disputes of a payment mean for its order: a status, a reason, an event."""

from collections.abc import Collection, Iterable

from docket.domain.event import EventName
from docket.domain.payments.payment import DisputeStatus, Payment, RefundStatus
from docket.domain.payments.refund import Refund, RefundReason
from docket.domain.reason import Reason

type RefundChange = tuple[Refund | None, Refund]
"""A refund before and after; None: it is new."""

type Facts = dict[str, str | int]


def status_of_refunds(
    status: RefundStatus | None, refunds: Collection[Refund]
) -> RefundStatus | None:
    """The status of a payment's refunds, of which Stripe's newest has `status`.

    A failure counts until no refund is open, also one of which Stripe's newest says nothing: then a
    person has returned the money, and it succeeded, or all were closed without a return.
    """
    open_refunds = [refund for refund in refunds if refund.is_open]
    failed = RefundStatus.FAILED
    if any(
        refund.needs_person or (refund.status is failed and refund.has_other_failure)
        for refund in open_refunds
    ):
        return failed
    if open_refunds or status is not failed:
        return status
    is_shown = any(not refund.is_hidden for refund in refunds)
    return RefundStatus.SUCCEEDED if is_shown else None


def explain(payment: Payment, refunds: Iterable[Refund]) -> Reason | None:
    """The order's reason for the refunds and the dispute of a payment; None without any.

    A refund that the service decided on gives its reason; a failed one is named too.
    """
    visible_refunds = (refund for refund in refunds if not refund.is_hidden)
    latest = max(visible_refunds, key=lambda refund: refund.since, default=None)
    if latest is None or payment.dispute in (DisputeStatus.OPEN, DisputeStatus.LOST):
        return payment.reversal
    if latest.status is RefundStatus.FAILED:
        cancelled = latest.reason in (
            RefundReason.ORDER_CANCELLED,
            RefundReason.NOT_COMPLETED_IN_TIME,
        )
        failed = payment.refund_reason(latest.reason if cancelled else "refund_failed")
        params = {**failed.params, "refund_status": latest.status, "context": "refund_failed"}
        return Reason(failed.code, params)
    by_hand = latest.reason is RefundReason.BY_HAND
    return payment.reversal if by_hand else payment.refund_reason(latest.reason)


def reversal_event(
    before: Payment, after: Payment, changes: Collection[RefundChange]
) -> tuple[EventName, Facts] | None:
    """The name and the facts of the event; None if the answer changed nothing that has one.

    The amount, in minor units, is what is refunded by now, or what failed or was requested.
    """
    if after.amount_lost > before.amount_lost:
        return "dispute_closed", _facts(after, after.amount_refunded)
    if after.dispute is not before.dispute:
        is_disputed = after.dispute in (DisputeStatus.OPEN, DisputeStatus.INQUIRY)
        name: EventName = "payment_disputed" if is_disputed else "dispute_closed"
        return name, _facts(after, after.amount_refunded)
    failed = _amount_in(RefundStatus.FAILED, changes)
    if failed or after.amount_refunded < before.amount_refunded:
        # An earlier attempt of a refund fails without a change of the refund's own status.
        less = before.amount_refunded - after.amount_refunded
        return "refund_failed", _facts(after, less if less > 0 else failed)
    if any(
        new.status is RefundStatus.SUCCEEDED and not new.is_hidden and not _had(old, new.status)
        for old, new in changes
    ):
        return "refunded", _facts(after, after.amount_refunded)
    if requested := _amount_in(RefundStatus.PENDING, changes):
        return "refund_requested", _facts(after, requested)
    return None


def _facts(payment: Payment, amount: int) -> Facts:
    return {**payment.facts, "amount": amount}


def _amount_in(status: RefundStatus, changes: Collection[RefundChange]) -> int:
    """The sum of the refunds that have come into the status, in minor units."""
    return sum(
        new.money.amount
        for old, new in changes
        if new.status is status and not _had(old, status) and not new.is_hidden
    )


def _had(refund: Refund | None, status: RefundStatus) -> bool:
    return refund is not None and refund.status is status
