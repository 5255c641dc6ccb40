"""How many debts of each class are settled in a minute, and how many calls of Stripe that takes.

Stripe limits the calls of an account, to 25 a second in a sandbox (live, to 100 for most). The
workers of money and of housekeeping share that: each spaces its calls, and their number is limited,
so that all of them together stay below it. Work calls AWS only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from docket.domain.debt import DebtClass

STRIPE_CALLS_A_SECOND = 25
"""Of all workers together."""

WORKERS: Mapping[DebtClass, int] = {
    DebtClass.MONEY: 2,
    DebtClass.WORK: 2,
    DebtClass.HOUSEKEEPING: 2,
    DebtClass.MAIL: 2,
}
"""How many workers of a class run at once. Two is the least that an event source of Lambda can be
limited to, and a new account has ten executions for everything."""

_CALLING = WORKERS[DebtClass.MONEY] + WORKERS[DebtClass.HOUSEKEEPING]
WORKER_CALLS_A_SECOND = STRIPE_CALLS_A_SECOND // _CALLING
"""Of one worker."""


@dataclass(frozen=True)
class Capacity:
    """The debts of a class that are queued in a minute, and the calls of Stripe they may need."""

    debts: int
    calls: int


_CALLS_A_MINUTE = 60 * WORKER_CALLS_A_SECOND

CAPACITY: Mapping[DebtClass, Capacity] = {
    # Two thirds of what its workers can call: the rest is for the list of events.
    DebtClass.MONEY: Capacity(debts=240, calls=WORKERS[DebtClass.MONEY] * _CALLS_A_MINUTE * 2 // 3),
    # A debt of a document takes up to 200 ms, of S3 and the table.
    DebtClass.WORK: Capacity(debts=WORKERS[DebtClass.WORK] * 300, calls=0),
    DebtClass.HOUSEKEEPING: Capacity(
        debts=WORKERS[DebtClass.HOUSEKEEPING] * 300,
        calls=WORKERS[DebtClass.HOUSEKEEPING] * _CALLS_A_MINUTE,
    ),
    # A mail takes up to 200 ms. SES lets a new account send one a second, later fourteen and more:
    # what it refuses is due again after a minute.
    DebtClass.MAIL: Capacity(debts=WORKERS[DebtClass.MAIL] * 150, calls=0),
}
