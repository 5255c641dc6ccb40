"""What an invoice states, found by its labels and checked by its sums.

labels     the words that invoices of several countries use for the same thing
numbers    its number and its dates
sums       net, tax and gross, believed when they add up
parties    seller and buyer
payment    where and when to pay
"""

from collections.abc import Iterator, Sequence

from analysis.facts.invoice import numbers, parties, payment, sums
from analysis.layout import Rows
from analysis.reading import Fact


def find(pages: Sequence[Rows], currency: str | None, *, month_first: bool) -> Iterator[Fact]:
    """The facts of an invoice, in no order but that of their names."""
    yield from numbers.find(pages, month_first=month_first)
    yield from sums.find(pages, currency)
    yield from parties.find(pages)
    yield from payment.find(pages)
