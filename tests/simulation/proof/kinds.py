"""The kinds of lives, and the versions that each must find."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Literal

from tests.simulation.accounts.broken import BROKEN as BROKEN_ACCOUNTS
from tests.simulation.accounts.life import account_lives
from tests.simulation.breaks import Break
from tests.simulation.environment.lives import Lives
from tests.simulation.faults import OF_ACCOUNTS, OF_ORDERS, Fault
from tests.simulation.orders.broken import BROKEN as BROKEN_ORDERS
from tests.simulation.orders.life import order_lives

type Kind = Literal["orders", "accounts"]


KINDS: dict[Kind, Callable[[], AbstractContextManager[Lives]]] = {
    "orders": order_lives,
    "accounts": account_lives,
}

FAULTS: dict[Kind, frozenset[Fault]] = {
    "orders": frozenset(Fault) - OF_ACCOUNTS,
    "accounts": frozenset(Fault) - OF_ORDERS,
}
"""The faults that lives of each kind have."""

BROKEN: tuple[tuple[Kind, Break], ...] = (
    *(("orders", wrong) for wrong in BROKEN_ORDERS),
    *(("accounts", wrong) for wrong in BROKEN_ACCOUNTS),
)
