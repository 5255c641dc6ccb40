"""The reason for the status of an order or a document: a code with parameters, not a message.

The messages are in `docket.messages`, one catalogue per language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

type Params = Mapping[str, str | int]


@dataclass(frozen=True)
class Reason:
    """A stable code, and the values in its message."""

    code: str
    params: Params = field(default_factory=dict)


_REFUND = frozenset({"amount", "currency", "refund_status", "context"})

ORDER_CODES: Mapping[str, frozenset[str]] = {
    "no_documents": frozenset(),
    "documents_in_progress": frozenset(),
    "sample_in_progress": frozenset(),
    "nothing_readable": frozenset(),
    "paid_before": frozenset(),
    "ready_to_pay": frozenset(),
    "payment_processing": frozenset(),
    "payment_requires_action": frozenset(),
    "payment_declined": frozenset({"context"}),
    "payment_expired": frozenset(),
    "waiting_for_documents": frozenset(),
    "completed": frozenset(),
    "sample_completed": frozenset(),
    "cancelled": frozenset(),
    "cancelled_by_customer": frozenset(),
    "never_paid": frozenset(),
    "sample_expired": frozenset(),
    "quote_changed": _REFUND,
    "payment_mismatch": _REFUND,
    "order_cancelled": _REFUND,
    "not_completed_in_time": _REFUND,
    "refund_failed": _REFUND,
    "refunded": _REFUND,
    "partially_refunded": _REFUND,
    "dispute_open": _REFUND,
    "dispute_lost": _REFUND,
}
"""The reasons for an order's status: each code with the parameters it may have.

`amount` is the refunded amount, in minor units of `currency`; `refund_status` is `failed` if the
bank rejected the refund. `context` selects a variant of the message.
"""


def is_of_refund(reason: Reason) -> bool:
    """Whether a refund or a dispute gives that reason for an order's status."""
    return ORDER_CODES.get(reason.code) is _REFUND


DOCUMENT_CODES: Mapping[str, frozenset[str]] = {
    "awaiting_upload": frozenset(),
    "reading": frozenset(),
    "reading_in_parts": frozenset({"done", "total"}),
    "waiting_for_scan": frozenset(),
    "waiting_for_payment": frozenset({"most"}),
    "not_read": frozenset(),
    "not_read_in_time": frozenset(),
    "file_unavailable": frozenset(),
    "file_missing": frozenset(),
    "file_changed": frozenset(),
    "malware_found": frozenset(),
    "scan_unsupported": frozenset(),
    "scan_failed": frozenset(),
    "scan_not_finished": frozenset(),
    "order_cancelled": frozenset(),
    "erased_after_cancellation": frozenset(),
}
"""The reasons for a document's status, except the reader's: `analysis.errors.DOCUMENT_CODES`."""

WARNING_CODES: Mapping[str, frozenset[str]] = {"payment_returned": frozenset()}
"""The warnings about a document, except the reader's: `analysis.errors.WARNING_CODES`."""

CANCELLED_BY_CUSTOMER = Reason("cancelled_by_customer")
NEVER_PAID = Reason("never_paid")
SAMPLE_EXPIRED = Reason("sample_expired")
