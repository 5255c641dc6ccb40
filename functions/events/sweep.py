"""On a schedule: keep the promises made to orders that are owed something."""

from typing import Any

from aws_lambda_powertools import Logger

from docket import start, sweeping
from docket.clock import occasion

start.ends()
logger = Logger()


class SweepFailed(Exception):
    """Not one of the orders that were due could be seen to."""

    def __init__(self, failed: int) -> None:
        super().__init__(f"all of {failed} orders")


def handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    """See to every order that is due. Returns how many there were, and how many failed.

    Raises `SweepFailed` if nothing could be done for any of them: then it is the sweep that fails,
    and not an order. Fewer failures are counted, and raise an alarm of their own.
    """
    seen, failed = sweeping.sweep(occasion("sweeper"))
    logger.info("swept", seen=seen, failed=failed)
    if failed and failed == seen:
        raise SweepFailed(failed)
    return {"seen": seen, "failed": failed}
