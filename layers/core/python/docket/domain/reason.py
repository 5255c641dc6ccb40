"""Why an order or a document is as it is: a code with parameters, never a sentence.

The sentences are in `docket.messages`, one catalogue per language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

type Params = Mapping[str, str | int]


@dataclass(frozen=True)
class Reason:
    """A stable code, and the values that its sentence names."""

    code: str
    params: Params = field(default_factory=dict)


_REFUND = frozenset({"amount", "currency", "refund_status", "context"})

ORDER_CODES: Mapping[str, frozenset[str]] = {
    "no_documents": frozenset(),
    "documents_in_progress": frozenset(),
    "nothing_readable": frozenset(),
    "ready_to_pay": frozenset(),
    "payment_processing": frozenset(),
    "payment_declined": frozenset(),
    "payment_expired": frozenset(),
    "waiting_for_documents": frozenset(),
    "completed": frozenset(),
    "cancelled": frozenset(),
    "cancelled_by_customer": frozenset(),
    "quote_changed": _REFUND,
    "payment_mismatch": _REFUND,
    "order_cancelled": _REFUND,
    "not_completed_in_time": _REFUND,
    "refund_failed": _REFUND,
    "refunded": _REFUND,
    "partially_refunded": _REFUND,
    "dispute_open": _REFUND,
    "dispute_lost": _REFUND,
    "payment_returned": frozenset(),
}
"""Why an order has its status: each code with the parameters it may have.

`amount` is what was refunded, in minor units of `currency`; `refund_status` is `failed` where the
bank rejected the refund. `context` selects a variant of the sentence.
"""

DOCUMENT_CODES: Mapping[str, frozenset[str]] = {
    "awaiting_upload": frozenset(),
    "reading": frozenset(),
    "reading_in_parts": frozenset({"done", "total"}),
    "not_read": frozenset(),
    "not_read_in_time": frozenset(),
    "file_unavailable": frozenset(),
    "file_missing": frozenset(),
    "file_changed": frozenset(),
    "order_cancelled": frozenset(),
}
"""Why a document has its status. What the reader finds wrong with a file has codes of its own:
`analysis.errors.DOCUMENT_CODES`.
"""

CANCELLED_BY_CUSTOMER = Reason("cancelled_by_customer")
