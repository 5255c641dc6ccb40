"""On a schedule: settle unfinished orders, and erase removed documents."""

from typing import Any

from aws_lambda_powertools import Logger

from docket.runtime import cold_start
from docket.runtime.logging import handler_errors
from docket.workflows import debts, erasure
from docket.workflows.audit import audit_context

cold_start.resume_gc()
logger = Logger()


class SweepFailed(Exception):
    """Every order and erasure that was due failed."""

    def __init__(self, failed: int) -> None:
        super().__init__(f"all of {failed} that were due")


def handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    """Settle everything that is due. Returns how many orders and erasures were due, and failed.

    Raises `SweepFailed` if all of them failed, because then the sweep itself is at fault. Fewer
    failures are counted, and have their own alarm.
    """
    with handler_errors("the sweep failed"):
        sweeper = audit_context("sweeper")
        orders, orders_failed = debts.sweep(sweeper)
        erasures, erasures_failed = erasure.erase_due(sweeper.at)
    due, failed = orders + erasures, orders_failed + erasures_failed
    logger.info("sweep finished", due=due, failed=failed)
    if failed and failed == due:
        raise SweepFailed(failed)
    return {"due": due, "failed": failed}
