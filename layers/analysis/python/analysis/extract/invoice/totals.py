"""Net, tax and gross of an invoice, found by their labels and checked by arithmetic."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, product

from analysis.extract import values
from analysis.extract.invoice import labels
from analysis.layout.lines import (
    LabelledValue,
    TextLine,
    TextLines,
    TextSpan,
    fact,
    labelled_values,
    text_of,
)
from analysis.model import Fact
from analysis.model.money import decimals

_LABELS = (
    ("gross", labels.GROSS, 0.9, labels.NOT_GROSS),
    ("gross", labels.PAYABLE, 0.78, re.compile(r"skonto|discount", re.IGNORECASE)),
    ("gross", labels.SUM, 0.66, labels.NOT_GROSS),
    ("net", labels.NET, 0.85, re.compile(r"brutto|incl|inkl|gross|ttc|preis|price", re.IGNORECASE)),
    ("tax", labels.TAX, 0.8, labels.NOT_TAX),
)  # fmt: skip
"""The fact, its label, the confidence at the label, and words that exclude the label."""
_BELOW = 0.6
"""The factor for an amount below its label, where another column's may stand."""
_RATE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?)\s?%")
_BARE_RATE = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)")
_TOTAL_ROW = re.compile(
    r"\W*(?:grand\s+|sub)?(?:total|totals|summe|gesamt|totale|totaal|totais|razem|ogółem|suma|celkem|"
    r"summa|jumlah)\b|\W*(?:合\s*[计計]|総?計)",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_EAST_ASIAN_TOTAL = re.compile(r"\W*合\s*[计計]\W*$")
"""The row of a Chinese invoice with the sums of its columns for net and tax."""
_NET_AND_TAX = 2
"""Amounts of a Chinese invoice's row of sums: net and tax."""
_BY_RATE = 0.7
"""The confidence of a tax that is a printed rate's share of an amount in its row."""
_IN_ONE_ROW = 0.86
"""The confidence of net, tax and gross in one row that adds up."""
_SUMMED = 0.7
"""The confidence of an amount without a label that is the sum of those above it."""
_SAME_COLUMN = 0.012
"""The share of the page's width within which amounts end in one column."""
_BESIDE = 0.6
"""The confidence from which a tax stands behind or beside its label."""
_ADDS_UP = 0.97
"""The confidence of amounts that add up, with good labels."""
_CHECKED = 0.9
"""The confidence of other amounts that add up."""
_SMALLER = 0.85
"""The factor for amounts beside others that add up, and for a gross that is not the largest."""
_ONE_RATE = 0.3
"""Bonus of a combination with a single tax rate; with several it is divided by their number."""
_TAXED = 0.2
"""Bonus of a combination with a tax."""
_RATES_AT_MOST = 3
"""Most tax rates whose taxes are added."""
_TRIED = 12
"""Most taxes that are combined, which bounds the number of combinations."""
_HIGHEST_RATE = Decimal("0.35")
"""Tax is at most this share of the net; larger amounts are no tax."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    confidence: float
    span: TextSpan
    offset: int
    amount: values.Amount
    label: str = ""


def find(pages: Sequence[TextLines], currency: str | None) -> Iterator[Fact]:
    """Candidates of net, tax and gross; a consistent combination has the highest confidence."""
    whole = currency is not None and not decimals(currency)
    by_rate = list(_by_rate(pages, whole=whole))
    taxes = {
        (candidate.span.page.number, candidate.span.row): candidate.amount.number
        for candidate in by_rate
    }
    candidates = [
        *by_rate,
        *_in_one_row(pages, whole=whole),
        *(
            candidate
            for candidate in _candidates(pages, whole=whole)
            if not _contradicts(candidate, taxes)
        ),
    ]
    candidates += _summed_above(pages, whole=whole)
    roundings = _roundings(pages, whole=whole)
    totals = _consistent_totals(candidates, roundings)
    numbers = {
        name: {candidate.amount.number for candidate in candidates if candidate.name == name}
        for name in _NAMES
    }
    largest = max(numbers["gross"], key=abs, default=Decimal(0))
    for candidate in candidates:
        confidence = candidate.confidence
        if (candidate.name, candidate.amount.number) in totals.consistent:
            confidence = (
                _ADDS_UP
                if candidate.confidence > _SMALLER * _CHECKED
                else max(candidate.confidence, _CHECKED)
            )
        elif totals.consistent or (
            candidate.name == "gross" and abs(candidate.amount.number) < abs(largest)
        ):
            confidence *= _SMALLER
        yield _fact(replace(candidate, confidence=confidence), currency)
    if totals.whole_tax is not None and totals.whole_tax not in numbers["tax"]:
        # Several rates are printed, but not their sum: its position is that of the last rate.
        last = [candidate for candidate in candidates if candidate.name == "tax"][-1]
        number = totals.whole_tax
        made = fact("tax", f"{number}", values.money(number, currency), last.span, _CHECKED)
        yield made
    elif not totals.consistent:
        yield from _of_authorities(candidates, currency)


def _of_authorities(candidates: Sequence[_Candidate], currency: str | None) -> Iterator[Fact]:
    """The sum of taxes with different names, such as CGST and SGST, each stated once."""
    named: dict[str, dict[Decimal, _Candidate]] = {}
    for candidate in candidates:
        match = labels.PART_OF_TAX.search(candidate.label) if candidate.name == "tax" else None
        if match and candidate.confidence >= _BESIDE:
            named.setdefault(match[0].casefold(), {})[candidate.amount.number] = candidate
    if len(named) > 1 and all(len(amounts) == 1 for amounts in named.values()):
        parts = [part for amounts in named.values() for part in amounts.values()]
        number = sum((part.amount.number for part in parts), Decimal(0))
        money = values.money(number, currency)
        yield fact("tax", f"{number}", money, parts[-1].span, _IN_ONE_ROW)


def _summed_above(pages: Sequence[TextLines], *, whole: bool) -> Iterator[_Candidate]:
    """An amount alone in its row that is the sum of those above it in its column: a net."""
    for page in pages:
        column: list[tuple[TextSpan, values.Amount]] = []
        for row in page:
            exact = list(_exact(row, whole=whole))
            if not exact:
                continue
            span, amount = exact[-1]
            if column and abs(column[-1][0].box.right - span.box.right) > _SAME_COLUMN:
                column = []
            total = sum((above.number for _, above in column), Decimal(0))
            is_alone = len(row) == 1 and amount.start == 0
            if is_alone and len(column) > 1 and total == amount.number:
                yield _Candidate("net", _SUMMED, span, 0, amount)
                column = []
            column.append((span, amount))


def _roundings(pages: Sequence[TextLines], *, whole: bool) -> frozenset[Decimal]:
    """By how much a sum may be rounded: the amounts at such labels, with either sign, and 0."""
    found = {Decimal(0)}
    for labelled in labelled_values(pages, labels.ROUNDING):
        amount = _money(labelled, whole=whole) if labelled.relation != "below" else None
        if amount is not None and abs(amount.number) <= 1:
            found |= {amount.number, -amount.number}
    return frozenset(found)


_NAMES = ("net", "tax", "gross")


def _candidates(pages: Sequence[TextLines], *, whole: bool) -> Iterator[_Candidate]:
    for name, label, confidence, unwanted in _LABELS:
        for labelled in labelled_values(pages, label):
            amount = _money(labelled, whole=whole)
            if amount is None or unwanted.search(_context(labelled, amount)):
                continue
            lower = _BELOW if labelled.relation == "below" else 1.0
            yield _Candidate(
                name, confidence * lower, labelled.span, labelled.offset, amount, labelled.label
            )


def _by_rate(pages: Sequence[TextLines], *, whole: bool) -> Iterator[_Candidate]:
    """In a table of rates, an amount that is the rate's share of a preceding amount is its tax."""
    for row in (row for page in pages for row in page):
        if not labels.TAX.search(text_of(row)):
            continue
        rates = [_RATE.search(span.text) or _BARE_RATE.fullmatch(span.text) for span in row]
        exact = list(_exact(row, whole=whole))
        for rate in filter(None, rates):
            share = Decimal(rate[1].replace(",", ".")) / 100
            for (_, base), (span, tax) in combinations(exact, 2):
                if tax.number and abs(base.number * share - tax.number) <= _rounding(tax):
                    yield _Candidate("tax", _BY_RATE, span, 0, tax)


def _exact(row: TextLine, *, whole: bool) -> Iterator[tuple[TextSpan, values.Amount]]:
    """The amounts of a row; `whole`: of a currency without decimals."""
    for span in row:
        for amount in values.amounts(span.text):
            if amount.exact or whole:
                yield span, amount


def _rounding(amount: values.Amount) -> Decimal:
    """The last decimal that is printed: a cent, or a yen."""
    exponent = amount.number.as_tuple().exponent
    return Decimal(1).scaleb(-abs(exponent)) if isinstance(exponent, int) else Decimal(0)


def _in_one_row(pages: Sequence[TextLines], *, whole: bool) -> Iterator[_Candidate]:
    """The last row of a table with columns for net, tax and gross, if two add up to the third."""
    for row in (row for page in pages for row in page):
        if not _TOTAL_ROW.match(row[0].text):
            continue
        exact = list(_exact(row, whole=whole))
        if len(exact) == _NET_AND_TAX and _EAST_ASIAN_TOTAL.match(row[0].text):
            for name, (span, amount) in zip(("net", "tax"), exact, strict=True):
                yield _Candidate(name, _IN_ONE_ROW, span, 0, amount)
            continue
        for net, tax, gross in combinations(exact, 3):
            made = net[1].number + tax[1].number
            rate = tax[1].number / net[1].number if net[1].number else Decimal(0)
            if made == gross[1].number and 0 < rate <= _HIGHEST_RATE:
                for name, (span, amount) in (("net", net), ("tax", tax), ("gross", gross)):
                    yield _Candidate(name, _IN_ONE_ROW, span, 0, amount)
                return


def _contradicts(candidate: _Candidate, taxes: Mapping[tuple[int, int], Decimal]) -> bool:
    """Whether it is labelled as tax in a row whose tax is known to be another amount."""
    tax = taxes.get((candidate.span.page.number, candidate.span.row))
    return candidate.name == "tax" and tax is not None and tax != candidate.amount.number


def _context(labelled: LabelledValue, amount: values.Amount) -> str:
    """The words around the label, up to the amount if that follows it."""
    return (
        labelled.label[: labelled.offset + amount.start]
        if labelled.relation == "same"
        else labelled.label
    )


def _money(labelled: LabelledValue, *, whole: bool) -> values.Amount | None:
    found = list(values.amounts(labelled.text))
    whole = whole or bool(_EAST_ASIAN.search(labelled.label))  # these have no minor units
    exact = [amount for amount in found if amount.exact or whole]
    return exact[-1] if exact else None


@dataclass(frozen=True, slots=True)
class _Totals:
    consistent: frozenset[tuple[str, Decimal]]
    whole_tax: Decimal | None


def _consistent_totals(candidates: Sequence[_Candidate], roundings: frozenset[Decimal]) -> _Totals:
    """The consistent combination of net, taxes and gross with the highest confidence."""
    best: dict[tuple[str, Decimal], float] = {}
    for candidate in candidates:
        key = (candidate.name, candidate.amount.number)
        best[key] = max(best.get(key, 0.0), candidate.confidence)
    listed = Counter(candidate.amount.number for candidate in candidates if candidate.name == "tax")
    taxes = sorted(listed, key=lambda number: -best["tax", number])[:_TRIED]
    ways: list[tuple[Decimal, tuple[Decimal, ...]]] = [(tax, (tax,)) for tax in taxes]
    ways += [(2 * tax, (tax, tax)) for tax in taxes if tax and _is_in_two_rows(candidates, tax)]
    for count in range(2, _RATES_AT_MOST + 1):
        several = combinations([tax for tax in taxes if tax], count)
        ways += [(sum(some, Decimal(0)), some) for some in several]
    found: tuple[float, frozenset[tuple[str, Decimal]], Decimal | None] = (0.0, frozenset(), None)
    for (_, net), net_confidence in ((k, v) for k, v in best.items() if k[0] == "net"):
        for (tax, parts), rounding in product(ways, roundings):
            gross = net + tax + rounding
            if ("gross", gross) not in best or not net or not 0 <= tax / net <= _HIGHEST_RATE:
                continue
            weight = net_confidence + best["gross", gross] + _ONE_RATE / len(parts)
            weight += _TAXED if tax else 0.0
            if weight > found[0]:
                whole = frozenset([("net", net), ("tax", tax), ("gross", gross)])
                found = weight, whole, tax if len(parts) > 1 else None
    return _Totals(found[1], found[2])


def _is_in_two_rows(candidates: Sequence[_Candidate], tax: Decimal) -> bool:
    """Whether the same tax is printed twice, as the central and the state tax of India are."""
    rows = {
        (candidate.span.page.number, candidate.span.row)
        for candidate in candidates
        if candidate.name == "tax" and candidate.amount.number == tax
    }
    return len(rows) > 1


def _fact(candidate: _Candidate, currency: str | None) -> Fact:
    chars = (candidate.offset + candidate.amount.start, candidate.offset + candidate.amount.end)
    money = candidate.amount.money(currency)
    return fact(
        candidate.name,
        candidate.amount.printed,
        money,
        candidate.span,
        candidate.confidence,
        chars=chars,
    )
