"""Settle a debt that is due: claim it, settle it by its kind, and set its next check.

A debt is settled by the transition of its item, which removes or moves its due key. What a kind
returns is the next check of an item that was found unchanged.
"""

from collections.abc import Callable, Mapping

from docket.domain.debt import CLAIM, Due, needs_person, retry_after
from docket.domain.event import AuditContext
from docket.runtime import metrics
from docket.runtime.logging import log_failure
from docket.table import debts, keys
from docket.table.debts import Claim, DueKey
from docket.workflows.debts import (
    document_debts,
    event_list,
    order_debts,
    payment_debts,
    refund_debts,
    task_debts,
)


class UnknownKind(Exception):
    """An item of a kind that this release does not know. A newer one has written it."""


KINDS: Mapping[str, Callable[[Claim, AuditContext], Due | None]] = {
    keys.ORDERS: order_debts.settle,
    keys.DOCUMENTS: document_debts.settle,
    keys.PAYMENTS: payment_debts.settle,
    keys.REFUNDS: refund_debts.settle,
    keys.TASKS: task_debts.settle,
    keys.UNHANDLED: event_list.settle,
}
"""What settles a debt, by the start of its sort key."""


def settle(seen: DueKey, audit: AuditContext) -> bool:
    """Settle a debt that is due. Returns False if it was postponed because that failed.

    Does nothing if another worker has claimed or settled it. The recurring task is no debt: it is
    done whenever its message comes.
    """
    if seen.key == keys.stripe_cursor():
        event_list.handle_missed(audit)
        return True
    claim = debts.reserve(seen, until=audit.at + CLAIM)
    if claim is None:
        return True
    try:
        check = _kind(claim)(claim, audit)
    except Exception as error:  # noqa: BLE001 - whatever fails, the debt is still owed
        _postpone(claim, error, audit)
        return False
    debts.reschedule(claim, check)
    return True


def _kind(claim: Claim) -> Callable[[Claim, AuditContext], Due | None]:
    for prefix, kind in KINDS.items():
        if claim.key["SK"].startswith(prefix):
            return kind
    raise UnknownKind


def _postpone(claim: Claim, error: Exception, audit: AuditContext) -> None:
    """Try the debt again after its back-off; if it failed too often, alert a person."""
    failures = claim.failures + 1
    partition, sort_key = claim.key["PK"], claim.key["SK"]
    ids = {"debt": sort_key, "partition": partition if partition.startswith("ORDER#") else None}
    log_failure("a debt is not settled", error, failures=failures, **ids)
    metrics.count("DebtFailures")
    if needs_person(failures):
        metrics.count("DebtNeedsPerson")
    debts.postpone(claim, until=audit.at + retry_after(failures))
