"""The debts of money, work and housekeeping, by kind."""

from collections.abc import Mapping

from docket.domain.event import AuditContext
from docket.table import keys
from docket.table.debts import DueKey
from docket.workflows.debts import (
    account_debts,
    claims,
    deletion_debts,
    document_debts,
    event_list,
    export_debts,
    order_debts,
    payment_debts,
    refund_debts,
    report_debts,
    task_debts,
)
from docket.workflows.debts.claims import Settler

KINDS: Mapping[str, Settler] = {
    keys.ORDERS: order_debts.settle,
    keys.DOCUMENTS: document_debts.settle,
    keys.PAYMENTS: payment_debts.settle,
    keys.REFUNDS: refund_debts.settle,
    keys.TASKS: task_debts.settle,
    keys.UNHANDLED: event_list.settle,
    keys.DELETION: deletion_debts.settle,
    keys.EXPORT: export_debts.settle,
    keys.REPORTS: report_debts.settle,
    keys.PROFILE: account_debts.settle,
}
"""What settles a debt, by the start of its sort key."""


def settle(seen: DueKey, audit: AuditContext) -> bool:
    """Settle a debt that is due. Returns False if it was postponed because that failed.

    The recurring task is no debt: it is done whenever its message comes.
    """
    if seen.key == keys.stripe_cursor():
        event_list.handle_missed(audit)
        return True
    return claims.settle(seen, audit, kinds=KINDS)
