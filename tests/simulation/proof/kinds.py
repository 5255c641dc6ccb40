"""The kinds of lives, and the versions that each must find."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from typing import Literal, Protocol

from tests.simulation.accounts.broken import BROKEN as BROKEN_ACCOUNTS
from tests.simulation.accounts.life import account_lives
from tests.simulation.breaks import Break
from tests.simulation.faults import OF_ACCOUNTS, OF_ORDERS, Fault, Faults
from tests.simulation.orders.broken import BROKEN as BROKEN_ORDERS
from tests.simulation.orders.life import lives
from tests.simulation.outcome import Outcome

type Kind = Literal["orders", "accounts"]


class AnyLives(Protocol):
    """Runs lives of a kind in one process."""

    def live(
        self,
        seed: int,
        *,
        suppressed: Collection[int] = (),
        without_steps: Collection[int] = (),
        faults: Callable[..., Faults] = Faults.drawn,
    ) -> Outcome:
        """Run the life of a seed, or a shorter one without some of its faults and steps."""

    def steps(self, seed: int) -> list[int]:
        """The numbers of the steps of a life."""


KINDS: dict[Kind, Callable[[], AbstractContextManager[AnyLives]]] = {
    "orders": lives,
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
