"""What remains to be paid of an invoice, after deposits and payments."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.extract import labelled, values
from analysis.extract.invoice import labels
from analysis.layout.lines import TextLines
from analysis.model import Fact
from analysis.model.money import major_units

_STATED = 0.85
"""The confidence of an amount at its label, before calibration."""


def find(
    pages: Sequence[TextLines], amounts: Sequence[Fact], currency: str | None
) -> Iterator[Fact]:
    """The amount due if it is not the gross; and the gross that follows if that is not printed."""
    due = next(labelled.amounts(pages, "payable", labels.PAYABLE, _STATED, currency), None)
    if due is None:
        return
    best: dict[str, Fact] = {}
    for amount in sorted(amounts, key=lambda fact: -fact.confidence):
        best.setdefault(amount.name, amount)
    paid = next(labelled.amounts(pages, "payable", labels.PAID, _STATED, currency), None)
    if paid is not None and {"net", "tax"} <= best.keys():
        whole = _minor(best["net"]) + _minor(best["tax"])
        if whole == _minor(due) + abs(_minor(paid)) != _minor(due):
            yield due
            number = major_units(whole, _currency(due) or currency)
            money = values.money(number, _currency(due) or currency)
            value = f"{number:f}"
            yield replace(
                due, name="gross", value=value, normalised=money, confidence=0.98, source="computed"
            )
            return
    if "gross" in best and _minor(due) != _minor(best["gross"]):
        yield due


def _currency(fact: Fact) -> str | None:
    return fact.normalised["currency"] if isinstance(fact.normalised, dict) else None


def _minor(fact: Fact) -> int:
    return int(fact.normalised["minor"]) if isinstance(fact.normalised, dict) else 0
