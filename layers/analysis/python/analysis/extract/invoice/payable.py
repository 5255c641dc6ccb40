"""What remains to be paid of an invoice, after deposits and payments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.extract import labelled, values
from analysis.extract.invoice import labels
from analysis.layout.lines import TextLines, fact, labelled_values
from analysis.model import Fact
from analysis.model.money import major_units

_STATED = 0.85
"""The confidence of an amount at its label, before calibration."""
_DOUBTFUL = 0.6
"""The confidence of what was paid, if the amount due does not follow from it."""
_COMPUTED = 0.98
"""The confidence of a gross that is the sum of what was paid and what is due."""


def find(
    pages: Sequence[TextLines], amounts: Sequence[Fact], currency: str | None
) -> Iterator[Fact]:
    """The amount due if it is not the gross, what was paid, and the gross that follows."""
    due = next(labelled.amounts(pages, "payable", labels.PAYABLE, _STATED, currency), None)
    paid = list(_paid(pages, currency))
    if due is None:
        yield from (replace(amount, confidence=_DOUBTFUL) for amount in paid[:1])
        return
    best: dict[str, Fact] = {}
    for amount in sorted(amounts, key=lambda fact: -fact.confidence):
        best.setdefault(amount.name, amount)
    for amount in paid:
        whole = _minor(due) + _minor(amount)
        if whole in _wholes(amounts, best) and _minor(amount):
            yield due
            yield amount
            if "gross" not in best or _minor(best["gross"]) != whole:
                number = major_units(whole, _currency(due) or currency)
                money = values.money(number, _currency(due) or currency)
                value = f"{number:f}"
                yield replace(
                    due, name="gross", value=value, normalised=money, confidence=_COMPUTED,
                    source="computed",
                )  # fmt: skip
            return
    yield from (replace(amount, confidence=_DOUBTFUL) for amount in paid[:1])
    if "gross" in best and _minor(due) != _minor(best["gross"]):
        yield due


def _wholes(amounts: Sequence[Fact], best: Mapping[str, Fact]) -> set[int]:
    """What may be owed in total: net and tax, the net of a sale without tax, or a stated gross."""
    wholes = {_minor(amount) for amount in amounts if amount.name == "gross"}
    if "net" in best:
        wholes.add(_minor(best["net"]) + (_minor(best["tax"]) if "tax" in best else 0))
    return wholes


def _paid(pages: Sequence[TextLines], currency: str | None) -> Iterator[Fact]:
    """What is stated as paid: the last amount of the row of each label, without its sign."""
    for candidate in labelled_values(pages, labels.PAID):
        at = candidate.at
        if candidate.relation == "below":
            continue
        page = next(page for page in pages if page and page[0][0].page is at.page)
        behind = [span for span in page[at.row] if span.box.left >= at.box.left]
        exact = [
            (span, amount)
            for span in behind
            for amount in values.amounts(span.text)
            if amount.exact and (span is not at or amount.start >= len(candidate.before))
        ]
        if exact and exact[-1][1].number:
            span, amount = exact[-1]
            number = abs(amount.number)
            money = values.money(number, amount.currency or currency)
            chars = (amount.start, amount.end)
            yield fact("amount_paid", amount.printed, money, span, _STATED, chars=chars)


def _currency(fact: Fact) -> str | None:
    return fact.normalised["currency"] if isinstance(fact.normalised, dict) else None


def _minor(fact: Fact) -> int:
    return int(fact.normalised["minor"]) if isinstance(fact.normalised, dict) else 0
