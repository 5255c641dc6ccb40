"""An order and its documents: their state, and the transitions that are allowed.

pending ── documents added, read, quoted ──► processing ──► completed
   │                                            │
   └──► cancelled ◄── (payment failed: back to pending)

pending     documents are added, removed, read and quoted; a payment may be open
processing  the bank is confirming the payment (methods that are not immediate), or the payment
            succeeded while a document is still in progress
completed   paid in full for exactly these documents; the whole analysis is available
cancelled   by the customer, before payment; or by the service, with a refund, when the documents of
            a paid order were not read before the deadline

`revision` counts the changes that can change the quote, including the start of reading. A payment
stores the revision it was opened for. The effect of a payment that succeeded:

    the revision differs                   full refund, `quote_changed`
    same revision, a document in progress  waits; full refund at the deadline,
                                           `not_completed_in_time`
    the order is cancelled                 full refund, `order_cancelled`
    otherwise                              completes the order
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, Self

from docket.domain import pricing
from docket.domain.document import Document, DocumentStatus
from docket.domain.errors import (
    DocumentNotFound,
    DocumentSettled,
    IllegalMove,
    NothingToCharge,
    NothingToRead,
    NotReadyToPay,
    OrderClosed,
    OrderFull,
    PaymentNotConfirmed,
    QuoteOutdated,
)
from docket.domain.payment import (
    DisputeStatus,
    Intent,
    IntentStatus,
    Payment,
    PaymentStatus,
    RefundReason,
    Reversal,
)
from docket.domain.pricing import PriceList, Quote
from docket.domain.reason import Reason

MAX_DOCUMENTS = 40

READING_CHECK = timedelta(minutes=15)
"""The sweeper checks a document this long after its reading began, and requests it once more.

This is longer than the visibility timeout of the reader's queue (see the stage's settings): until
then the queue itself delivers the message again.
"""

READING_DEADLINE = timedelta(minutes=30)
"""Reading fails after this long without progress; the customer may request it again.

By then the queue has delivered the message three times, or the sweeper has sent another one.
"""

PAYMENT_CHECK = timedelta(minutes=15)
"""Interval of the checks of a payment at Stripe while no webhook arrives."""

PAYMENT_DEADLINE = timedelta(hours=24)
"""A payment intent that neither succeeded nor failed within this time is cancelled."""

COMPLETION_DEADLINE = timedelta(hours=2)
"""A paid order whose documents are still in progress this long after the payment is refunded.

The reading of each document fails after `READING_DEADLINE` without progress; this limit covers
orders whose documents keep making slow progress.
"""

IN_PROGRESS = (DocumentStatus.AWAITING_UPLOAD, DocumentStatus.READING)
"""The states in which a document may still change the price of the order."""


class OrderStatus(StrEnum):
    """The status of an order."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


CUSTOMER_TRANSITIONS: Mapping[OrderStatus, tuple[OrderStatus, ...]] = MappingProxyType(
    {OrderStatus.PENDING: (OrderStatus.CANCELLED,)}
)
"""The transitions a customer may request. All others are made by payments."""

PAYABLE = (OrderStatus.PENDING, OrderStatus.PROCESSING)
"""The states in which a payment may complete the order."""


_REASONS = {
    OrderStatus.PROCESSING: Reason("payment_processing"),
    OrderStatus.COMPLETED: Reason("completed"),
    OrderStatus.CANCELLED: Reason("cancelled"),
}


_NOTHING_TO_PAY: Mapping[OrderStatus, Literal["paid", "processing", "cancelled"]] = {
    OrderStatus.PROCESSING: "processing",
    OrderStatus.COMPLETED: "paid",
    OrderStatus.CANCELLED: "cancelled",
}


class AnalysisStatus(StrEnum):
    """How much of an analysis is available; `reading` while a document is being read."""

    READING = "reading"
    PREVIEW = "preview"
    COMPLETED = "completed"


@dataclass(frozen=True, kw_only=True)
class Order:
    id: str
    user_id: str
    title: str
    created_at: datetime
    updated_at: datetime
    prices: PriceList
    status: OrderStatus = OrderStatus.PENDING
    status_reason: Reason | None = None
    """Why a payment failed or was refunded, or why the order was cancelled."""
    documents: tuple[Document, ...] = ()
    revision: int = 0
    payment: Payment | None = None
    replaced_intents: tuple[str, ...] = ()
    """Ids of earlier payment intents that are not known to be cancelled or refunded."""
    reversals: tuple[Reversal, ...] = ()
    analysed_at: datetime | None = None

    @classmethod
    def create(
        cls, order_id: str, user_id: str, title: str | None, *, prices: PriceList, at: datetime
    ) -> Self:
        """A new order. It stores the price list that is valid when it is created."""
        return cls(
            id=order_id,
            user_id=user_id,
            title=title or "",
            created_at=at,
            updated_at=at,
            prices=prices,
        )

    @property
    def quote(self) -> Quote | None:
        """The price of the readable pages; None if there are none."""
        return pricing.quote(
            self.prices,
            (
                (document.id, document.filename, document.charged_pages)
                for document in self.documents
            ),
        )

    @property
    def documents_in_progress(self) -> tuple[Document, ...]:
        """The documents whose upload or reading has not finished."""
        return tuple(document for document in self.documents if document.status in IN_PROGRESS)

    @property
    def explanation(self) -> Reason:
        """The reason for the order's status, or the next step for the customer."""
        if self.waiting_payment:
            return Reason("waiting_for_documents")
        return (
            self._early_reversal
            or self.status_reason
            or _REASONS.get(self.status)
            or self._next_step()
        )

    @property
    def _early_reversal(self) -> Reason | None:
        """The reason for a refund or dispute recorded before the order was completed."""
        reversal, payment = self.payment_reversal, self.payment
        if self.status is not OrderStatus.COMPLETED or self.status_reason:
            return None
        if reversal is None or payment is None:
            return None
        code = reversal.code(payment.money)
        return reversal.reason(code, payment.money.currency) if code else None

    def _next_step(self) -> Reason:
        if not self.documents:
            return Reason("no_documents")
        if self.documents_in_progress:
            return Reason("documents_in_progress")
        return Reason("nothing_readable" if self.quote is None else "ready_to_pay")

    @property
    def analysis_id(self) -> str:
        """The id of the order's only analysis, which is extended as documents are read."""
        return f"{self.id}-analysis"

    @property
    def analysis_status(self) -> AnalysisStatus:
        if any(document.status is DocumentStatus.READING for document in self.documents):
            return AnalysisStatus.READING
        return AnalysisStatus.COMPLETED if self.is_paid else AnalysisStatus.PREVIEW

    @property
    def is_paid(self) -> bool:
        """Whether the order is completed and its payment was not returned in full."""
        return self.status is OrderStatus.COMPLETED and not self._is_returned

    @property
    def _is_returned(self) -> bool:
        reversal = self.payment_reversal
        if self.payment is None or reversal is None:
            return False
        lost = reversal.dispute is DisputeStatus.LOST
        return lost or reversal.is_whole(self.payment.money)

    @property
    def payment_reversal(self) -> Reversal | None:
        """The refunds and the dispute of the current payment; None if none are known."""
        return self.reversal(self.payment.payment_intent_id) if self.payment else None

    def reversal(self, payment_intent_id: str) -> Reversal | None:
        """The refunds and the dispute of the payment with that id; None if none are known."""
        return next(
            (
                reversal
                for reversal in self.reversals
                if reversal.payment_intent_id == payment_intent_id
            ),
            None,
        )

    @property
    def waiting_payment(self) -> Payment | None:
        """The payment that succeeded and completes the order once no document is in progress."""
        payment = self.payment
        if self.status is not OrderStatus.PROCESSING or payment is None:
            return None
        return payment if payment.status is PaymentStatus.SUCCEEDED else None

    def is_paid_for_by(self, payment_intent_id: str) -> bool:
        """Whether the payment with that id completed the order, or will complete it."""
        if self.payment is None or self.payment.payment_intent_id != payment_intent_id:
            return False
        return self.status is OrderStatus.COMPLETED or self.waiting_payment is not None

    @property
    def refund_reason(self) -> RefundReason:
        """The refund reason for a payment that succeeded but cannot complete this order."""
        if self.status is not OrderStatus.CANCELLED:
            return RefundReason.QUOTE_CHANGED
        if (
            self.payment and self.payment.paid_at
        ):  # it succeeded, and the service cancelled the order
            return RefundReason.NOT_COMPLETED_IN_TIME
        return RefundReason.ORDER_CANCELLED

    def document(self, document_id: str) -> Document:
        """The document with that id. Raises `DocumentNotFound`."""
        for document in self.documents:
            if document.id == document_id:
                return document
        raise DocumentNotFound

    def require_transition(self, target: OrderStatus) -> bool:
        """Whether the transition to `target` changes the order; False for a repeated cancellation.

        Raises `IllegalMove`, with the allowed transitions, if the customer may not request it.
        """
        if target is self.status is OrderStatus.CANCELLED:
            return False
        allowed = CUSTOMER_TRANSITIONS.get(self.status, ())
        if target not in allowed:
            raise IllegalMove(self.status, target, allowed)
        return True

    def require_capacity(self) -> None:
        """Raises `OrderClosed` or `OrderFull` unless one more document may be added."""
        self.require_pending()
        if len(self.documents) >= MAX_DOCUMENTS:
            raise OrderFull(MAX_DOCUMENTS)

    def require_pending(self) -> None:
        """Raises `OrderClosed` unless the order is pending."""
        if self.status is not OrderStatus.PENDING:
            raise OrderClosed(self.status)

    def require_uploadable(self, document_id: str) -> Document:
        """The document, if its file may be uploaded (again).

        Raises `OrderClosed`, `DocumentNotFound` or `DocumentSettled`.
        """
        self.require_pending()
        document = self.document(document_id)
        if document.status not in (DocumentStatus.AWAITING_UPLOAD, DocumentStatus.UNREADABLE):
            raise DocumentSettled(document.status)
        return document

    def require_analysable(self) -> None:
        """Raises `NothingToRead` unless a document has been uploaded."""
        if all(document.status is DocumentStatus.AWAITING_UPLOAD for document in self.documents):
            raise NothingToRead

    def require_payable(self) -> Quote:
        """The quote to pay now. Raises `NothingToCharge` or `NotReadyToPay`."""
        if self.status is not OrderStatus.PENDING:
            raise NothingToCharge(_NOTHING_TO_PAY[self.status])
        if self.documents_in_progress:
            raise NotReadyToPay(document.filename for document in self.documents_in_progress)
        quote = self.quote
        if quote is None:
            raise NothingToCharge("unreadable")
        return quote

    def cancelled(self, *, reason: Reason, at: datetime) -> "Order":
        """A copy of the order in status `cancelled`."""
        return replace(self, status=OrderStatus.CANCELLED, status_reason=reason, updated_at=at)

    def current_payment(self) -> Payment | None:
        """The open payment for the current revision of the order; None if there is none."""
        payment = self.payment
        if payment is None or payment.revision != self.revision:
            return None
        return payment if payment.status is not PaymentStatus.SUCCEEDED else None

    def require_paid_by(self, intent: Intent) -> Payment:
        """The order's payment that belongs to `intent`, which must have succeeded.

        Raises `PaymentNotConfirmed` if the intent belongs to another order, has another amount or
        has not succeeded. Raises `QuoteOutdated` if it belongs to this order but cannot complete
        it: it is not the current one, the documents changed since it was opened, or the order is
        closed.
        """
        if (intent.order_id, intent.user_id) != (self.id, self.user_id):
            raise PaymentNotConfirmed("other_order")
        if intent.status is IntentStatus.PROCESSING:
            raise PaymentNotConfirmed("processing")
        if intent.status is not IntentStatus.SUCCEEDED:
            raise PaymentNotConfirmed("not_paid")
        payment = self.payment
        if payment is None or payment.payment_intent_id != intent.id:
            raise QuoteOutdated(self.refund_reason)
        if payment.money != intent.money:
            raise PaymentNotConfirmed("other_amount")
        if payment.status is PaymentStatus.SUCCEEDED:
            return payment
        if payment.revision != self.revision or self.status not in PAYABLE:
            raise QuoteOutdated(self.refund_reason)
        return payment
