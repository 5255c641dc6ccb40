"""On a schedule: keep the promises made to orders, and erase what was removed."""

from typing import Any

from aws_lambda_powertools import Logger

from docket.runtime import cold_start
from docket.runtime.logging import contained
from docket.workflows import debts, erasure
from docket.workflows.audit import audit_context

cold_start.resume_gc()
logger = Logger()


class SweepFailed(Exception):
    """Nothing that was due could be seen to."""

    def __init__(self, failed: int) -> None:
        super().__init__(f"all of {failed} that were due")


def handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    """See to all that is due. Returns how many orders and erasures there were, how many failed.

    Raises `SweepFailed` if nothing could be done for any of them: then it is the sweep that fails,
    and not an order. Fewer failures are counted, and raise an alarm of their own.
    """
    with contained("the sweep failed"):
        sweeper = audit_context("sweeper")
        orders, orders_failed = debts.sweep(sweeper)
        erasures, erasures_failed = erasure.erase_due(sweeper.at)
    seen, failed = orders + erasures, orders_failed + erasures_failed
    logger.info("swept", seen=seen, failed=failed)
    if failed and failed == seen:
        raise SweepFailed(failed)
    return {"seen": seen, "failed": failed}
