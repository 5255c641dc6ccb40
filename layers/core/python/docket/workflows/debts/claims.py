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

type Settler = Callable[[Claim, AuditContext], Due | None]
"""Settles the debts of one kind of items. Returns the next check of an unchanged item."""


class UnknownKind(Exception):
    """An item of a kind that this release does not know. A newer one has written it."""


def settle(seen: DueKey, audit: AuditContext, *, kinds: Mapping[str, Settler]) -> bool:
    """Settle a debt that is due. Returns False if it was postponed because that failed.

    `kinds` is what settles a debt, by the start of its sort key. Does nothing if another worker has
    claimed or settled it.
    """
    claim = debts.reserve(seen, until=audit.at + CLAIM)
    if claim is None:
        return True
    try:
        check = _settler(claim, kinds)(claim, audit)
    except Exception as error:  # noqa: BLE001 - whatever fails, the debt is still owed
        _postpone(claim, error, audit)
        return False
    debts.reschedule(claim, check)
    return True


def _settler(claim: Claim, kinds: Mapping[str, Settler]) -> Settler:
    for prefix, settler in kinds.items():
        if claim.key["SK"].startswith(prefix):
            return settler
    raise UnknownKind


def _postpone(claim: Claim, error: Exception, audit: AuditContext) -> None:
    """Try the debt again after its back-off; if it failed too often, alert a person."""
    failures = claim.failures + 1
    partition = claim.key["PK"] if keys.is_of_order(claim.key) else None
    ids = {"debt": claim.key["SK"], "partition": partition}
    log_failure("a debt is not settled", error, failures=failures, **ids)
    metrics.count("DebtFailures")
    if needs_person(claim.debt_class, failures):
        metrics.count("DebtNeedsPerson")
    debts.postpone(claim, until=audit.at + retry_after(claim.debt_class, failures))
