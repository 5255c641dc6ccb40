"""A difference between two systems; docs/operations.md describes what to do about each kind."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What differs."""

    CAPTURED_FOR_NOTHING = "captured_for_nothing"
    """Captured; the order is neither completed by it nor waiting, and no refund is under way."""
    INTENT_WITHOUT_ORDER = "intent_without_order"
    PAYMENT_NOT_RECORDED = "payment_not_recorded"
    """The intent is at Stripe, its payment is not in the table."""
    PAYMENT_NOT_AT_STRIPE = "payment_not_at_stripe"
    PAYMENT_STATUS = "payment_status"
    PAYMENT_AMOUNT = "payment_amount"
    PAYMENT_COPY = "payment_copy"
    """The order's copy of its current payment differs from the payment."""
    COMPLETED_UNPAID = "completed_unpaid"
    REFUND_NOT_RECORDED = "refund_not_recorded"
    REFUND_NOT_AT_STRIPE = "refund_not_at_stripe"
    REFUND_STATUS = "refund_status"
    REFUND_AMOUNT = "refund_amount"
    REFUND_COPY = "refund_copy"
    """The order shows a refund otherwise than it is, or does not show it."""
    CONTENT_MISSING = "content_missing"
    """A document was paid for, and the same content would be charged again."""
    CONTENT_UNPAID = "content_unpaid"
    """A document makes others free of charge, although its order is not paid."""
    DISPUTE_STATUS = "dispute_status"
    """The disputes of a payment are in another state at Stripe, or cost another amount."""
    EVENT_WITHOUT_EFFECT = "event_without_effect"
    """An event of Stripe is not recorded, and the payment is not in the state that it states."""
    COUNTER = "counter"
    """A counter of an order, a payment or a customer does not equal what it counts."""
    OBJECT_WITHOUT_DOCUMENT = "object_without_document"
    UPLOAD_WITHOUT_USE = "upload_without_use"
    """A version that is not the file of its document, or that the malware scan refused for good."""
    RESULT_WITHOUT_USE = "result_without_use"
    """An object of a reading whose result the document does not have."""
    FILE_MISSING = "file_missing"
    RESULT_MISSING = "result_missing"
    ANALYSIS_MISSING = "analysis_missing"
    DEBT_MISSING = "debt_missing"
    """An item owes something and is not in the index of debts."""
    DEBT_LATE = "debt_late"
    """The next check of what an item owes is later than its state and any back-off allow."""
    DEBT_OVERDUE = "debt_overdue"
    DEAD_LETTERS = "dead_letters"


@dataclass(frozen=True, order=True)
class Difference:
    """`subject` is the id of what differs; `detail` has codes, numbers and times only."""

    kind: Kind
    order_id: str
    subject: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind:24} {self.order_id or '-':26} {self.subject} {self.detail}".rstrip()
