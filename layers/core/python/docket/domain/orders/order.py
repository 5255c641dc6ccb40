"""An order: its state, what it counts of its documents, and the transitions that are allowed.

pending ── documents added, read, quoted ──► processing ──► completed
   │                                            │
   └──► cancelled ◄── (payment failed: back to pending)

pending     documents are added, removed, read and quoted; a payment may be open
processing  the bank is confirming the payment (methods that are not immediate), or the payment
            succeeded while a document is still in progress
completed   paid in full for exactly these documents, or a sample; the whole analysis is available
cancelled   by the customer, before payment; or by the service: never paid, or refunded as late

`revision` counts what can change the quote, including the start of reading. A payment stores the
revision it was opened for. The effect of a payment that succeeded (`effect_of`):

    the order is cancelled                 full refund, with the reason of that
    the revision differs                   full refund, `quote_changed`
    same revision, a document in progress  waits; full refund at the promised time,
                                           `not_completed_in_time`
    otherwise                              completes the order

Every change of the quote moves the revision and marks the open payment as to be cancelled.
`version` counts the changes that `GET order` shows, of the order or of its documents.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, Self

from docket.domain import errors
from docket.domain.orders.counters import NAMES, Counters
from docket.domain.orders.document import Document
from docket.domain.orders.filenames import NamedDocument
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.payments import pricing
from docket.domain.payments.payment import TIME_TO_REPAY, Effect, Payment, PaymentStatus
from docket.domain.payments.pricing import Money, PriceList, Quote
from docket.domain.payments.refund import Refund, RefundReason, RefundSummary
from docket.domain.reason import Reason

MAX_DOCUMENTS = 500


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

CHARGED = (OrderStatus.PROCESSING, OrderStatus.COMPLETED)
"""The states in which reading a document again does not change the charged pages."""

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


@dataclass(frozen=True, kw_only=True)
class Order:
    id: str
    user_id: str
    title: str
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    """When the order is cancelled if it is not paid."""
    prices: PriceList
    status: OrderStatus = OrderStatus.PENDING
    status_reason: Reason | None = None
    """Why a payment failed or was refunded, or why the order was cancelled."""
    documents: int = 0
    awaiting_upload: int = 0
    in_progress: int = 0
    readable: int = 0
    unreadable: int = 0
    charged_pages: int = 0
    paid_pages: int | None = None
    """What the payment charges that began before documents were read again; None: all of them."""
    doubtful: int = 0
    reviewed: int = 0
    revision: int = 0
    version: int = 1
    payment: Payment | None = None
    """The current payment: the last one that was opened."""
    refunds: tuple[RefundSummary, ...] = ()
    """The refunds of its payments, in the order they were decided on."""
    named_document: NamedDocument | None = None
    read_at: datetime | None = None
    """When its first document had been read."""
    analysed_at: datetime | None = None
    """When the customer first requested the analysis, or paid."""
    review: FinishedReview | None = None
    is_sample: bool = False
    """Whether its documents are Docket's samples: they are free, and it has no others."""
    is_late: bool = False
    """It was cancelled because it was paid and not completed in time."""

    @classmethod
    def create(
        cls,
        order_id: str,
        user_id: str,
        title: str | None,
        *,
        prices: PriceList,
        at: datetime,
        expires_at: datetime,
    ) -> Self:
        """A new order. It stores the price list that is valid when it is created."""
        return cls(
            id=order_id,
            user_id=user_id,
            title=title or "",
            created_at=at,
            updated_at=at,
            expires_at=expires_at,
            prices=prices,
        )

    @property
    def counters(self) -> Counters:
        return Counters(**{name: getattr(self, name) for name in NAMES})

    @property
    def quote_total(self) -> Money | None:
        """The price of the readable pages; None if there is nothing to charge."""
        return pricing.total(self.prices, self.quoted_pages)

    @property
    def quoted_pages(self) -> int:
        """The pages that it charges; of a payment that began, those that it is for."""
        return self.charged_pages if self.paid_pages is None else self.paid_pages

    def quote(self, documents: Iterable[Document]) -> Quote | None:
        """The quote with a line for each of these documents; its total is that of the order."""
        total = self.quote_total
        if total is None:
            return None
        charged = (document.paid_with(self.revision) for document in documents)
        pages = ((file.id, file.title or file.filename, file.charged_pages) for file in charged)
        return Quote(pricing.lines(self.prices, pages), total)

    @property
    def explanation(self) -> Reason:
        """The reason for the order's status, or the next step for the customer."""
        return (
            (Reason("waiting_for_documents") if self.waiting_payment else None)
            or self._early_reversal
            or self.status_reason
            or _REASONS.get(self.status)
            or self._next_step()
        )

    @property
    def _early_reversal(self) -> Reason | None:
        """The reason of a refund or dispute of the payment that completed the order."""
        if self.status is not OrderStatus.COMPLETED or self.status_reason or not self.payment:
            return None
        return self.payment.reversal

    def _next_step(self) -> Reason:
        if not self.documents:
            return Reason("no_documents")
        if self.in_progress:
            return Reason("sample_in_progress" if self.is_sample else "documents_in_progress")
        if self.charged_pages:
            return Reason("ready_to_pay")
        return Reason("paid_before" if self.readable else "nothing_readable")

    @property
    def is_paid(self) -> bool:
        """Whether it is completed, and its payment, if it has one, not returned or withheld."""
        if self.status is not OrderStatus.COMPLETED:
            return False
        return self.payment is None or self.payment.gives_access

    @property
    def is_charged(self) -> bool:
        """Whether no reading changes what it charges: that is paid, or it is a sample."""
        return self.status in CHARGED or self.is_sample

    @property
    def is_confirming(self) -> bool:
        """Whether the bank is confirming the payment: it may still fail."""
        return self.status is OrderStatus.PROCESSING and self.waiting_payment is None

    @property
    def is_unpaid(self) -> bool:
        """Whether its documents are read before they are paid for."""
        return self.status is OrderStatus.PENDING and not self.is_sample

    @property
    def is_completed_by_reading(self) -> bool:
        """Whether it is completed once no document is in progress: it is paid, or a sample."""
        if self.is_sample:
            return self.status is OrderStatus.PENDING
        return self.waiting_payment is not None

    @property
    def waiting_payment(self) -> Payment | None:
        """The payment that succeeded and completes the order once no document is in progress."""
        payment = self.payment
        if self.status is not OrderStatus.PROCESSING or payment is None:
            return None
        return payment if payment.status is PaymentStatus.SUCCEEDED else None

    @property
    def promised_at(self) -> datetime | None:
        """When a paid order is completed or refunded; None if it is not waiting for that."""
        return self.waiting_payment.promised_at if self.waiting_payment else None

    def is_paid_for_by(self, payment_intent_id: str) -> bool:
        """Whether the payment with that id completed the order, or will complete it."""
        current = self.payment if self.status is OrderStatus.COMPLETED else self.waiting_payment
        return current is not None and current.payment_intent_id == payment_intent_id

    def effect_of(self, payment: Payment, money: Money) -> Effect | RefundReason:
        """What the success of a payment over `money` does. Only the current payment completes."""
        if self.status is OrderStatus.CANCELLED:
            late, cancelled = RefundReason.NOT_COMPLETED_IN_TIME, RefundReason.ORDER_CANCELLED
            return late if self.is_late else cancelled
        if payment.money != money:
            return RefundReason.PAYMENT_MISMATCH
        current = self.payment
        is_current = current and current.payment_intent_id == payment.payment_intent_id
        if not is_current or payment.revision != self.revision or self.status not in PAYABLE:
            return RefundReason.QUOTE_CHANGED
        return Effect.WAITS if self.in_progress else Effect.COMPLETES

    def require_transition(self, target: OrderStatus) -> bool:
        """Whether the transition to `target` changes the order; False for a repeated cancellation.

        Raises `IllegalMove`, with the allowed transitions, if the customer may not request it.
        """
        if target is self.status is OrderStatus.CANCELLED:
            return False
        allowed = CUSTOMER_TRANSITIONS.get(self.status, ())
        if target not in allowed:
            raise errors.IllegalMove(self.status, target, allowed)
        return True

    def require_capacity(self, count: int) -> None:
        """Raises unless `count` more documents may be added: as below, or `OrderFull`."""
        self.require_changeable()
        if self.documents + count > MAX_DOCUMENTS:
            raise errors.OrderFull(MAX_DOCUMENTS)

    def require_changeable(self) -> None:
        """Raises `SampleOrder` or `OrderClosed` unless documents may be added and removed."""
        if self.is_sample:
            raise errors.SampleOrder
        if self.status is not OrderStatus.PENDING:
            raise errors.OrderClosed(self.status)

    def require_payable(self, documents: Iterable[Document] = ()) -> Money:
        """The amount to pay now. Raises `NothingToCharge` or `NotReadyToPay`.

        `documents`: those whose names the error states if they are in progress.
        """
        if self.is_sample:
            raise errors.NothingToCharge("sample")
        if self.status is not OrderStatus.PENDING:
            raise errors.NothingToCharge(_NOTHING_TO_PAY[self.status])
        if self.in_progress:
            raise errors.NotReadyToPay(
                file.title or file.filename for file in documents if file.is_in_progress
            )
        total = self.quote_total
        if total is None:
            raise errors.NothingToCharge("paid_before" if self.readable else "unreadable")
        return total

    @property
    def current_payment(self) -> Payment | None:
        """The payment that the customer may still pay with, for the current quote."""
        payment = self.payment
        if payment is None or payment.revision != self.revision or payment.is_final:
            return None
        return None if payment.status is PaymentStatus.TO_CANCEL else payment

    # Transitions: each returns the changed order.

    def counted(self, change: Counters, *, at: datetime, moves_quote: bool) -> "Order":
        """With a change of its documents, after which its review is open.

        `moves_quote` moves the revision of a pending order, whose open payment is then to be
        cancelled. While the bank is confirming the payment, it moves if that fails. The last
        document of a paid order or of a sample completes it.
        """
        counters = self.counters + change
        order = replace(
            self.shown_differently(at),
            **asdict(counters),
            read_at=self.read_at or (at if counters.readable else None),
            review=None,
        )
        if moves_quote and self.is_confirming:
            order = replace(order, paid_pages=self.quoted_pages)
        if moves_quote and not self.is_charged:
            order = replace(
                order,
                revision=self.revision + 1,
                payment=self._payment_to_cancel,
                status_reason=None if order.status is OrderStatus.PENDING else self.status_reason,
            )
        is_read = order.is_completed_by_reading and not order.in_progress
        return order.completed(at=at) if is_read else order

    def shown_differently(self, at: datetime) -> "Order":
        """With a change, also of a document, that `GET order` shows."""
        return replace(self, updated_at=at, version=self.version + 1)

    def named_by(
        self, *, added: Document | None = None, removed: Document | None = None
    ) -> "Order":
        """Called by the first added document, until that is removed."""
        document = self.named_document
        document = None if document and removed and document.id == removed.id else document
        if document is None and added:
            document = NamedDocument(id=added.id, filename=added.filename)
        return replace(self, named_document=document)

    def with_refund(self, refund: Refund) -> "Order":
        """With a new refund, or with a change of one; without one that failed and is closed."""
        summaries = {summary.id: summary for summary in self.refunds} | {refund.id: refund.summary}
        if refund.is_hidden:
            del summaries[refund.id]
        return replace(self, refunds=tuple(summaries.values()))

    def analysis_requested(self, at: datetime) -> "Order":
        return replace(self.shown_differently(at), analysed_at=at)

    def cancelled(self, *, reason: Reason, at: datetime) -> "Order":
        """In status `cancelled`, with its open payment to be cancelled."""
        return replace(
            self.shown_differently(at),
            status=OrderStatus.CANCELLED,
            status_reason=reason,
            is_late=reason.code == RefundReason.NOT_COMPLETED_IN_TIME,
            payment=self._payment_to_cancel,
        )

    def with_payment(self, payment: Payment, *, at: datetime) -> "Order":
        """With `payment` as the current one, or with a change of the current one."""
        return replace(self.shown_differently(at), payment=payment)

    def processing(self, payment: Payment, *, at: datetime) -> "Order":
        """The bank is confirming the current payment, or it succeeded before the last reading."""
        order = self.with_payment(payment, at=at)
        return replace(order, status=OrderStatus.PROCESSING, status_reason=None)

    def payable_again(self, payment: Payment, *, reason: Reason | None, at: datetime) -> "Order":
        """The current payment failed, was cancelled, or requires an action of the customer."""
        # The quote has moved if documents were read again during the confirmation.
        revision = self.revision + (self.paid_pages is not None)
        order = replace(self.with_payment(payment, at=at), revision=revision, paid_pages=None)
        if self.status is OrderStatus.PROCESSING:
            order = replace(order, expires_at=max(self.expires_at, at + TIME_TO_REPAY))
        return replace(order, status=OrderStatus.PENDING, status_reason=reason)

    def completed(self, payment: Payment | None = None, *, at: datetime) -> "Order":
        return replace(
            self.shown_differently(at) if payment else self,
            status=OrderStatus.COMPLETED,
            status_reason=Reason("sample_completed") if self.is_sample else None,
            payment=payment or self.payment,
            analysed_at=self.analysed_at or at,
        )

    def with_reason(self, reason: Reason | None, *, at: datetime) -> "Order":
        """With the reason that a refund or a dispute gives."""
        return replace(self.shown_differently(at), status_reason=reason)

    @property
    def _payment_to_cancel(self) -> Payment | None:
        """The current payment, to be cancelled if it is open."""
        payment = self.payment
        return payment.to_cancel() if payment and payment.is_payable else payment
