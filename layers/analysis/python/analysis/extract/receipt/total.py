"""Which amount of a receipt is what was paid for it: a trained ranking of the amounts printed.

A total is printed more than once and beside tell-tale words; what is said of an amount anywhere
on the receipt counts for it. `training` holds the script that learns the weights.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from analysis import models
from analysis.extract import values
from analysis.layout.lines import Row, Rows, Spot, text_of

_LABELS: dict[str, re.Pattern[str]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "total": r"\bt[o0a]ta[l1\]]|\btotal|\botal\b|gesamt|\bsumme\b|totale|\bjumlah\b",
        "total alone": r"^\W*(?:total|gesamt|summe)\W*"
        r"(?:\(?rm\)?|eur|€|gbp|£|usd|\$)?\W*[\d.,\s]*$",
        "grand": r"grand|nett|total due|to pay|payable|amount due|zu zahlen|bill total",
        "rounded": r"round(?:ed|ing)?\s*(?:total|amount)|"
        r"total\s*(?:after|incl\w*)?\s*round|aft\w*\s*round",
        "inclusive": r"incl|inc[.\s]|with\s*gst|w/gst|ttc|brutto",
        "exclusive": r"excl|before|w/o|without|netto|\bht\b",
        "sub": r"\bsub|zwischen",
        "sales": r"\bsales?\b|\bbill\b|\bamount\b|\bamt\b|betrag",
        "rounding": r"\bround",
        "tax": r"\b(?:gst|sst|vat|tax|mwst|ust|tva|tps)\b",
        "summary": r"summary|analysis|\bsr\b|\bzr[le]?\b|\b6\s?%|@",
        "cash": r"\bcash\b|\btender|\bbar\b|gegeben|\breceived\b",
        "paid": r"\bpaid\b|\bpayment\b|bezahlt|zahlung",
        "card": r"visa|master|\bcard\b|amex|debit|credit|karte|maybank|girocard|paypal",
        "change": r"\bchange|\bcharge\b|rückgeld|\bbalance\b|baki\b",
        "count": r"qty|\bitems?\b|quantity|\bcount\b|stück|pcs",
        "less": r"disc|saving|\bless\b|rabatt|coupon|voucher|points?\b",
        "service": r"serv|deposit|delivery",
        "unit": r"\d\s?[x\u00d7@*]\s?\d|\bx\s?\d",
    }.items()
}  # fmt: skip
_PAYING = frozenset(["cash", "change", "paid", "card", "summary"])
_NO_TOTAL = frozenset(["count", "less"])
_SMALL_CHANGE = Decimal("0.05")
_LAST_THIRD, _LAST_HALF = 0.66, 0.5


@dataclass(slots=True)
class Candidate:
    """One number, everywhere that it is printed, and what is said of it there."""

    number: Decimal
    places: list[tuple[Spot, values.Amount, frozenset[str]]] = field(default_factory=list)
    features: set[str] = field(default_factory=set)

    @property
    def best_place(self) -> tuple[Spot, values.Amount]:
        """Where it stands beside the words that speak most for it."""
        weights = models.table("receipt_total")["weights"]
        spot, amount, _ = max(self.places, key=lambda one: models.score(weights, one[2]))
        return spot, amount


def candidates(rows: Rows) -> list[Candidate]:
    """Every amount of the receipt with its features."""
    found: dict[Decimal, Candidate] = {}
    totals: list[set[Decimal]] = []
    paying = False
    said: dict[str, set[Decimal]] = defaultdict(set)
    for index, row in enumerate(rows):
        exact = [(spot, one) for spot in row for one in values.amounts(spot.text) if one.exact]
        exact = [(spot, one) for spot, one in exact if one.number > 0]
        if not exact:
            continue
        signs = _signs(rows, index, row)
        paying = paying or bool(signs & _PAYING)
        if not paying and "total" in signs and not signs & _NO_TOTAL:
            totals.append({one.number for _, one in exact})
        for place, (spot, one) in enumerate(exact):
            behind = "last of row" if place == len(exact) - 1 else "within row"
            here = frozenset([*signs, *(f"{sign}, {behind}" for sign in signs), behind])
            known = found.setdefault(one.number, Candidate(one.number))
            known.places.append((spot, one, here))
            known.features |= here
            for sign in signs:
                said[sign].add(one.number)
    for candidate in found.values():
        candidate.features |= set(_of_the_whole(candidate, found, said, len(rows), totals))
    return list(found.values())


def _signs(rows: Rows, index: int, row: Row) -> set[str]:
    text = text_of(row)
    labelled = {name for name, sign in _LABELS.items() if sign.search(text)}
    if sum(map(str.isalpha, text)) <= _FEW_LETTERS:
        # An amount that stands alone may belong to the words of the row before it.
        before = text_of(rows[index - 1]) if index else ""
        near = {name for name, sign in _LABELS.items() if sign.search(before)}
        return {f"above: {name}" for name in near} | {"alone"}
    if "total" in labelled:
        labelled |= {f"total, {name}" for name in labelled - {"total"}}
        labelled |= set() if len(labelled) > 1 else {"only total"}
    return labelled or {"no label"}


_FEW_LETTERS = 3


def _of_the_whole(
    one: Candidate,
    every: Mapping[Decimal, Candidate],
    said: Mapping[str, set[Decimal]],
    row_count: int,
    row_of_totals: list[set[Decimal]],
) -> Iterator[str]:
    totals = said["total"] | said["above: total"]
    paid = said["cash"] | said["paid"] | said["card"]
    yield f"printed {min(4, len(one.places))}"
    last = max(spot.row for spot, _, _ in one.places) / max(1, row_count)
    yield "last third" if last > _LAST_THIRD else "last half" if last > _LAST_HALF else "first half"
    if totals and one.number == max(totals):
        yield "largest total"
    if one.number in totals and "rounding" in said:
        yield "a total with rounding"
    if one.number == max(every):
        yield "largest of all"
    elif sum(other > one.number for other in every) == 1:
        yield "second of all"
    yield from _of_paying(one, said, paid)
    yield from _of_sums(one, every, said, totals)
    if row_of_totals and one.number in row_of_totals[-1]:
        yield "last total before payment"


def _of_paying(
    one: Candidate, said: Mapping[str, set[Decimal]], paid: set[Decimal]
) -> Iterator[str]:
    if any(one.number + change in paid for change in said["change"]):
        yield "paid less change"
    if one.number in paid:
        yield "was paid"
    if one.number in said["card"]:
        yield "by card"
    if one.number % _SMALL_CHANGE and not said["card"]:
        yield "cannot be paid in coins"


def _of_sums(
    one: Candidate,
    every: Mapping[Decimal, Candidate],
    said: Mapping[str, set[Decimal]],
    totals: set[Decimal],
) -> Iterator[str]:
    small = said["rounding"] | {Decimal(cent) / 100 for cent in (1, 2, 3, 4)}
    near = [other for other in totals - {one.number} if abs(other - one.number) in small]
    if near:
        yield "rounded from a total" if not one.number % _SMALL_CHANGE else "rounds to a total"
    taxes = said["tax"] - {one.number}
    if any(one.number - tax in every for tax in taxes if 0 < tax < one.number / 3):
        yield "something plus tax"
    if _sum_with_rounding(one.number, said["total"], taxes, said["rounding"]):
        yield "a total plus tax and rounding"
    if any(one.number + tax in totals for tax in taxes if 0 < tax < one.number):
        yield "with tax makes a total"


def _sum_with_rounding(
    number: Decimal, totals: set[Decimal], taxes: set[Decimal], roundings: set[Decimal]
) -> bool:
    return any(
        number in {total + tax + rounding, total + tax - rounding}
        for total in totals
        for tax in taxes | {Decimal(0)}
        for rounding in roundings | {Decimal(0)}
        if total < number and rounding < _SMALL_CHANGE
    )


def ranked(rows: Rows) -> list[tuple[Candidate, float]]:
    """The amounts, likeliest first, each with its probability."""
    learnt = models.table("receipt_total")
    weights = learnt["weights"]
    scored = [(one, models.score(weights, {"every", *one.features})) for one in candidates(rows)]
    scored.sort(key=lambda one: -one[1])
    return [(one, models.probability(logit)) for one, logit in scored]
