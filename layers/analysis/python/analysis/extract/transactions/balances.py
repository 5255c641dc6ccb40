"""Whether the balances of a statement follow from its transactions."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analysis.layout.lines import TextLine

_LEAST = Decimal("0.001")
"""The smallest difference of two amounts in any currency."""


@dataclass(slots=True)
class Movement:
    """A transaction that is being read."""

    row: TextLine
    date: str | None
    texts: list[str]
    amount: Decimal = Decimal(0)
    """What it adds to the balance."""
    is_sure: bool = True
    """Whether its direction is printed: by its column, or by its sign, which differs on cards."""
    marked_out: bool = False
    marked_in: bool = False
    balance: Decimal | None = None
    agrees: bool | None = None


def from_the_account(entries: Sequence[Movement], opening: Decimal | None) -> bool:
    """Whether a card's signs are those of the account: a purchase has a minus, a payment a plus.

    Otherwise an amount without a sign is a purchase, and one with any sign is a payment.
    """
    marks = [entry for entry in entries if entry.marked_out or entry.marked_in]
    has_both = any(entry.marked_out for entry in marks) and any(e.marked_in for e in marks)
    is_owed_below_zero = opening is not None and opening < 0
    return has_both or (is_owed_below_zero and len(marks) == len(entries) > 0)


def turn(entries: Sequence[Movement]) -> None:
    """Give the entries the direction that their signs have from the account's view."""
    for entry in entries:
        if entry.marked_out:
            entry.amount = -abs(entry.amount)
        elif entry.marked_in:
            entry.amount = abs(entry.amount)


def check(
    entries: Sequence[Movement], opening: Decimal | None, closing: Decimal | None, *, is_card: bool
) -> None:
    """Whether each printed balance follows from the one before; a direction may follow from it."""
    if not any(entry.balance is not None for entry in entries):
        _check_closing(entries, opening, closing, is_card=is_card)
        return
    newest_first = _fails(entries, is_card=is_card) > _fails(entries[::-1], is_card=is_card)
    ordered = entries[::-1] if newest_first else entries
    balance = None if newest_first else opening
    since: list[Movement] = []
    for entry in ordered:
        since.append(entry)
        if entry.balance is None:
            continue
        if balance is not None:
            agrees = _agree(since, entry.balance - balance, is_card=is_card)
            for other in since:
                other.agrees = agrees
        balance, since = entry.balance, []


def _agree(entries: Sequence[Movement], change: Decimal, *, is_card: bool) -> bool:
    """Whether entries make a change of the balance, which of a card may be what is owed.

    A single entry takes the direction of the change, unless its own is printed.
    """
    made = sum((entry.amount for entry in entries), Decimal(0))
    if abs(made - change) < _LEAST:
        return True
    if abs(made + change) >= _LEAST:
        return False
    if len(entries) == 1 and not entries[0].is_sure:
        entries[0].amount = change
        return True
    return is_card


def _fails(entries: Sequence[Movement], *, is_card: bool) -> int:
    """The number of balances that do not follow from the one before.

    A change may be in either direction, unless those of its entries are printed.
    """
    fails, balance, made, may_turn = 0, None, Decimal(0), is_card
    for entry in entries:
        made += entry.amount
        may_turn = may_turn or not entry.is_sure
        if entry.balance is None:
            continue
        if balance is not None:
            change = entry.balance - balance
            turned = may_turn and abs(made + change) < _LEAST
            fails += abs(made - change) >= _LEAST and not turned
        balance, made, may_turn = entry.balance, Decimal(0), is_card
    return fails


def _check_closing(
    entries: Sequence[Movement], opening: Decimal | None, closing: Decimal | None, *, is_card: bool
) -> None:
    """Without running balances: whether all together lead from the opening to the closing one."""
    if opening is None or closing is None:
        return
    made = sum((entry.amount for entry in entries), Decimal(0))
    if is_card:
        made = -made
    if abs(opening + made - closing) < _LEAST:
        for entry in entries:
            entry.agrees = True
