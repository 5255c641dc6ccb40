"""The facts of an invoice, found by their labels and checked by arithmetic.

labels     the words that invoices of several countries use for the same fact
numbers    its number and its dates
due_date   the due date, as stated or computed from the payment terms
totals     net, tax and gross; a consistent combination has a higher confidence
parties    seller and buyer
payable    what was paid before, and what remains to be paid
charges    freight, the discount for early payment, the time of the service
payment    the account to pay to, and the payment terms
"""

from collections.abc import Iterator, Sequence

from analysis.extract import labelled
from analysis.extract.invoice import (
    charges,
    due_date,
    labels,
    numbers,
    parties,
    payable,
    payment,
    totals,
)
from analysis.layout.lines import TextLines
from analysis.model import Fact

_NUMBERED = 0.85
"""The confidence of the number of an order or a customer at its label."""


def find(pages: Sequence[TextLines], currency: str | None, *, month_first: bool) -> Iterator[Fact]:
    """The facts of an invoice, grouped by name."""
    numbered = list(numbers.find(pages, month_first=month_first))
    yield from numbered
    dated = [candidate for candidate in numbered if candidate.name == "issue_date"]
    issued = max(dated, key=lambda candidate: candidate.confidence, default=None)
    yield from due_date.find(pages, issued, month_first=month_first)
    amounts = list(totals.find(pages, currency))
    yield from amounts
    yield from payable.find(pages, amounts, currency)
    yield from _references(pages)
    yield from parties.find(pages)
    yield from payment.find(pages)
    yield from charges.find(pages, currency, "invoice")


def _references(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The numbers of the order and of the customer.

    A label that may be of either is that of what has no other one.
    """
    for label, loose in ((labels.ORDER, labels.LOOSE_ORDER), (None, labels.BARE_ORDER)):
        orders = list(labelled.references(pages, "po_number", label, loose, _NUMBERED))
        if orders:
            break
    yield from orders
    for label, loose in (
        (labels.CUSTOMER_NUMBER, labels.LOOSE_CUSTOMER),
        (None, labels.CUSTOMER_REFERENCE),
    ):
        found = list(labelled.references(pages, "customer_number", label, loose, _NUMBERED))
        if found:
            break
    numbers_of_orders = {order.value for order in orders}
    yield from (number for number in found if number.value not in numbers_of_orders)
