"""Each minute: send what is due to the queues of the workers that settle it."""

from typing import Any

from docket.domain.debt import DebtClass
from docket.runtime import clock, cold_start
from docket.runtime.logging import handler_errors, log_failure
from docket.workflows.debts.dispatch import dispatch

cold_start.resume_gc()


class DispatchFailed(Exception):
    """The debts of a class could not be sent; those of the others were."""


def handler(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    """Send the debts of each class that are due, money first. Returns how many of each."""
    sent: dict[str, int] = {}
    with handler_errors("the dispatch failed"):
        for debt_class in DebtClass:
            try:
                sent[debt_class] = dispatch(debt_class, at=clock.now())
            except Exception as error:  # noqa: BLE001 - one class must not stop the others
                log_failure("a class of debts was not sent", error, debt_class=debt_class)
        if len(sent) < len(DebtClass):
            raise DispatchFailed
    return sent
