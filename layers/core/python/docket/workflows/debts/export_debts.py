"""Debts of exports: an archive that was requested and not made."""

from docket.domain.accounts.export import CHECK
from docket.domain.debt import DebtClass, Due
from docket.domain.event import AuditContext
from docket.gateways import queues
from docket.gateways.queues import ExportMessage
from docket.table.accounts import exports
from docket.table.debts import Claim


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Request the next archive again, or let an export fail that is overdue.

    Returns the next check. Another message does no harm: an archive is recorded once.
    """
    export = exports.from_item(claim.item)
    if export.is_overdue(audit.at):
        exports.record(export, export.failed(), at=audit.at)
    else:
        queues.request_archive(ExportMessage(user_id=export.user_id, export_id=export.id))
    return Due(DebtClass.HOUSEKEEPING, audit.at + CHECK)
