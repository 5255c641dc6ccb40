"""What an invoice states, found by its labels and checked by its sums.

labels     the words that invoices of several countries use for the same thing
numbers    its number and its dates
due        when it is to be paid, stated or computed from its terms
sums       net, tax and gross, believed when they add up
parties    seller and buyer
payment    where and when to pay
"""

from collections.abc import Iterator, Sequence

from analysis.extract.invoice import due_date, numbers, parties, payment, totals
from analysis.layout.lines import TextLines
from analysis.model import Fact


def find(pages: Sequence[TextLines], currency: str | None, *, month_first: bool) -> Iterator[Fact]:
    """The facts of an invoice, in no order but that of their names."""
    numbered = list(numbers.find(pages, month_first=month_first))
    yield from numbered
    dated = [candidate for candidate in numbered if candidate.name == "issue_date"]
    issued = max(dated, key=lambda candidate: candidate.confidence, default=None)
    yield from due_date.find(pages, issued, month_first=month_first)
    yield from totals.find(pages, currency)
    yield from parties.find(pages)
    yield from payment.find(pages)
