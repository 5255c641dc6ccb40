"""On a schedule: keep the promises made to orders that are owed something."""

from typing import Any

from aws_lambda_powertools import Logger

from docket import start, sweeping
from docket.clock import occasion

start.ends()
logger = Logger()


def handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    """See to every order that is due. Returns how many there were, and how many failed."""
    seen, failed = sweeping.sweep(occasion("sweeper"))
    logger.info("swept", seen=seen, failed=failed)
    return {"seen": seen, "failed": failed}
