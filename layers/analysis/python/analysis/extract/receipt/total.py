"""The total of a receipt, by a trained ranking of the printed amounts.

A total is usually printed several times and beside typical words; features of all its positions are
combined. `training/total.py` trains the weights.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from analysis import models
from analysis.extract import values
from analysis.layout.lines import TextLine, TextLines, TextSpan, text_of

_LABELS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
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
"""Totals paid in cash are rounded to its multiples where there are no smaller coins."""
_LAST_THIRD = 0.66
"""The share of the rows below which an amount is in the last third."""
_LAST_HALF = 0.5
"""The share of the rows below which an amount is in the last half."""


@dataclass(slots=True)
class Candidate:
    """A number, with each position where it is printed and the features of those positions."""

    number: Decimal
    places: list[tuple[TextSpan, values.Amount, frozenset[str]]] = field(default_factory=list)
    features: set[str] = field(default_factory=set)

    @property
    def best_place(self) -> tuple[TextSpan, values.Amount]:
        """The position with the highest score."""
        weights = models.table("receipt_total")["weights"]
        span, amount, _ = max(self.places, key=lambda place: models.score(weights, place[2]))
        return span, amount


def candidates(rows: TextLines) -> list[Candidate]:
    """Every amount of the receipt with its features."""
    found: dict[Decimal, Candidate] = {}
    totals: list[set[Decimal]] = []
    paying = False
    by_sign: dict[str, set[Decimal]] = defaultdict(set)
    for index, row in enumerate(rows):
        exact = [
            (span, amount) for span in row for amount in values.amounts(span.text) if amount.exact
        ]
        exact = [(span, amount) for span, amount in exact if amount.number > 0]
        if not exact:
            continue
        signs = _signs(rows, index, row)
        paying = paying or bool(signs & _PAYING)
        if not paying and "total" in signs and not signs & _NO_TOTAL:
            totals.append({amount.number for _, amount in exact})
        for place, (span, amount) in enumerate(exact):
            behind = "last of row" if place == len(exact) - 1 else "within row"
            here = frozenset([*signs, *(f"{sign}, {behind}" for sign in signs), behind])
            known = found.setdefault(amount.number, Candidate(amount.number))
            known.places.append((span, amount, here))
            known.features |= here
            for sign in signs:
                by_sign[sign].add(amount.number)
    for candidate in found.values():
        candidate.features |= set(_of_the_whole(candidate, found, by_sign, len(rows), totals))
    return list(found.values())


def _signs(rows: TextLines, index: int, row: TextLine) -> set[str]:
    text = text_of(row)
    labelled_values = {name for name, sign in _LABELS.items() if sign.search(text)}
    if sum(map(str.isalpha, text)) <= _FEW_LETTERS:
        # An amount alone in its row may belong to the words of the previous row.
        before = text_of(rows[index - 1]) if index else ""
        near = {name for name, sign in _LABELS.items() if sign.search(before)}
        return {f"above: {name}" for name in near} | {"alone"}
    if "total" in labelled_values:
        labelled_values |= {f"total, {name}" for name in labelled_values - {"total"}}
        labelled_values |= set() if len(labelled_values) > 1 else {"only total"}
    return labelled_values or {"no label"}


_FEW_LETTERS = 3
"""Most letters of a row with an amount alone; its words are in the row above."""


def _of_the_whole(
    candidate: Candidate,
    all_candidates: Mapping[Decimal, Candidate],
    by_sign: Mapping[str, set[Decimal]],
    row_count: int,
    row_of_totals: list[set[Decimal]],
) -> Iterator[str]:
    totals = by_sign["total"] | by_sign["above: total"]
    paid = by_sign["cash"] | by_sign["paid"] | by_sign["card"]
    yield f"printed {min(4, len(candidate.places))}"
    last = max(span.row for span, _, _ in candidate.places) / max(1, row_count)
    yield "last third" if last > _LAST_THIRD else "last half" if last > _LAST_HALF else "first half"
    if totals and candidate.number == max(totals):
        yield "largest total"
    if candidate.number in totals and "rounding" in by_sign:
        yield "a total with rounding"
    if candidate.number == max(all_candidates):
        yield "largest of all"
    elif sum(other > candidate.number for other in all_candidates) == 1:
        yield "second of all"
    yield from _of_paying(candidate, by_sign, paid)
    yield from _of_sums(candidate, all_candidates, by_sign, totals)
    if row_of_totals and candidate.number in row_of_totals[-1]:
        yield "last total before payment"


def _of_paying(
    candidate: Candidate, by_sign: Mapping[str, set[Decimal]], paid: set[Decimal]
) -> Iterator[str]:
    if any(candidate.number + change in paid for change in by_sign["change"]):
        yield "paid less change"
    if candidate.number in paid:
        yield "was paid"
    if candidate.number in by_sign["card"]:
        yield "by card"
    if candidate.number % _SMALL_CHANGE and not by_sign["card"]:
        yield "cannot be paid in coins"


def _of_sums(
    candidate: Candidate,
    all_candidates: Mapping[Decimal, Candidate],
    by_sign: Mapping[str, set[Decimal]],
    totals: set[Decimal],
) -> Iterator[str]:
    small = by_sign["rounding"] | {Decimal(cent) / 100 for cent in (1, 2, 3, 4)}
    near = [
        other for other in totals - {candidate.number} if abs(other - candidate.number) in small
    ]
    if near:
        yield (
            "rounded from a total" if not candidate.number % _SMALL_CHANGE else "rounds to a total"
        )
    taxes = by_sign["tax"] - {candidate.number}
    if any(
        candidate.number - tax in all_candidates for tax in taxes if 0 < tax < candidate.number / 3
    ):
        yield "something plus tax"
    if _sum_with_rounding(candidate.number, by_sign["total"], taxes, by_sign["rounding"]):
        yield "a total plus tax and rounding"
    if any(candidate.number + tax in totals for tax in taxes if 0 < tax < candidate.number):
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


def ranked(rows: TextLines) -> list[tuple[Candidate, float]]:
    """The amounts with their probabilities, the likeliest first."""
    model = models.table("receipt_total")
    weights = model["weights"]
    scored = [
        (candidate, models.score(weights, {"every", *candidate.features}))
        for candidate in candidates(rows)
    ]
    scored.sort(key=lambda candidate: -candidate[1])
    return [(candidate, models.probability(logit)) for candidate, logit in scored]
