"""An order and its documents: what they are, and what may happen to them next.

pending ── documents added, read, quoted ──► processing ──► completed
   │                                            │
   └──► cancelled ◄── (payment failed: back to pending)

pending     documents come and go, are read and quoted; a payment may be open
processing  the bank is confirming the payment (methods that are not immediate)
completed   paid in full for exactly these documents; the analysis is open
cancelled   by the customer, before paying

`revision` counts the changes that can move the quote. A payment remembers the revision it was
opened for, and counts only while the two are equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from docket.domain import pricing
from docket.domain.errors import (
    DocumentNotFound,
    DocumentSettled,
    IllegalMove,
    NothingToCharge,
    NothingToRead,
    NotReadyToPay,
    OrderClosed,
    OrderFull,
    QuoteOutdated,
)
from docket.domain.pricing import Money, PriceList, Quote

MOST_DOCUMENTS = 40

READING_DEADLINE = timedelta(minutes=30)
"""A document still being read after this is given up with a reason, and may be read again."""

PAYMENT_CHECK = timedelta(minutes=15)
"""How soon Stripe is asked about a payment that nobody has reported on."""

PAYMENT_DEADLINE = timedelta(hours=24)
"""A payment neither made nor failed by then is withdrawn."""


class OrderStatus(StrEnum):
    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


CUSTOMER_MOVES: Mapping[OrderStatus, tuple[OrderStatus, ...]] = MappingProxyType(
    {OrderStatus.PENDING: (OrderStatus.CANCELLED,)}
)
"""The moves a customer may ask for: those that cost nobody anything. Payment makes the rest."""


class DocumentStatus(StrEnum):
    AWAITING_UPLOAD = "awaiting_upload"
    READING = "reading"
    READY = "ready"
    UNREADABLE = "unreadable"


class PaymentStatus(StrEnum):
    OPEN = "open"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Document:
    """`sha256` is 64 hex digits if declared; `version` is the stored version that is being read.

    `charged_pages` are the pages that could be read, of `page_count`. `retriable` is set when the
    reading failed for our reasons and may succeed when repeated.
    """

    id: str
    filename: str
    content_type: str
    size: int
    added_at: datetime
    sha256: str | None = None
    status: DocumentStatus = DocumentStatus.AWAITING_UPLOAD
    status_reason: str | None = None
    retriable: bool = False
    version: str | None = None
    uploaded_at: datetime | None = None
    reading_since: datetime | None = None
    reader_version: str | None = None
    page_count: int | None = None
    charged_pages: int = 0
    kind: str | None = None
    language: str | None = None
    headline: str | None = None

    @property
    def order_id(self) -> str:
        return order_of(self.id)

    def may_be_read_again(self, reader_version: str) -> bool:
        """Its reading failed for our reasons, or an older reader made it."""
        if self.status is DocumentStatus.UNREADABLE:
            return self.retriable and self.version is not None
        return self.status is DocumentStatus.READY and self.reader_version != reader_version


@dataclass(frozen=True, kw_only=True)
class Payment:
    """The payment intent that is the order's current one, and the revision it pays for."""

    intent_id: str
    money: Money
    revision: int
    opened_at: datetime
    status: PaymentStatus = PaymentStatus.OPEN
    paid_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Order:
    id: str
    user_id: str
    title: str
    created_at: datetime
    updated_at: datetime
    prices: PriceList
    status: OrderStatus = OrderStatus.PENDING
    status_reason: str | None = None
    documents: tuple[Document, ...] = ()
    revision: int = 0
    payment: Payment | None = None
    analysed_at: datetime | None = None

    @property
    def quote(self) -> Quote | None:
        """What the readable pages cost; None while there are none."""
        return pricing.quote(
            self.prices, ((each.id, each.filename, each.charged_pages) for each in self.documents)
        )

    @property
    def on_their_way(self) -> tuple[Document, ...]:
        """Documents whose upload or reading has not ended."""
        waiting = (DocumentStatus.AWAITING_UPLOAD, DocumentStatus.READING)
        return tuple(each for each in self.documents if each.status in waiting)

    @property
    def is_paid(self) -> bool:
        return self.status is OrderStatus.COMPLETED

    def document(self, document_id: str) -> Document:
        """The document with that id. Raises `DocumentNotFound`."""
        for each in self.documents:
            if each.id == document_id:
                return each
        raise DocumentNotFound

    def require_move(self, wanted: OrderStatus) -> None:
        """Raises `IllegalMove`, naming the legal ones, unless the customer may ask for `wanted`."""
        legal = CUSTOMER_MOVES.get(self.status, ())
        if wanted not in legal:
            raise IllegalMove(self.status, wanted, legal)

    def require_room(self) -> None:
        """Raises `OrderClosed` or `OrderFull` unless one more document may be added."""
        self.require_open()
        if len(self.documents) >= MOST_DOCUMENTS:
            raise OrderFull(MOST_DOCUMENTS)

    def require_open(self) -> None:
        """Raises `OrderClosed` unless documents may still change."""
        if self.status is not OrderStatus.PENDING:
            raise OrderClosed(self.status)

    def require_uploadable(self, document_id: str) -> Document:
        """The document, if its bytes may be sent (again).

        Raises `OrderClosed`, `DocumentNotFound` or `DocumentSettled`.
        """
        self.require_open()
        document = self.document(document_id)
        if document.status not in (DocumentStatus.AWAITING_UPLOAD, DocumentStatus.UNREADABLE):
            raise DocumentSettled(document.status)
        return document

    def require_analysable(self) -> None:
        """Raises `NothingToRead` unless a document has been uploaded."""
        if all(each.status is DocumentStatus.AWAITING_UPLOAD for each in self.documents):
            raise NothingToRead

    def require_payable(self) -> Quote:
        """The quote to pay now. Raises `NothingToCharge` or `NotReadyToPay`."""
        if self.status is not OrderStatus.PENDING:
            raise NothingToCharge(f"This order is {self.status}; there is nothing to pay")
        if self.on_their_way:
            raise NotReadyToPay(each.filename for each in self.on_their_way)
        quote = self.quote
        if quote is None:
            raise NothingToCharge("No page of this order could be read, so there is nothing to pay")
        return quote

    def open_payment(self, revision: int) -> Payment | None:
        """The payment that may still be made for that revision, if there is one."""
        payment = self.payment
        if payment is None or payment.revision != revision:
            return None
        return payment if payment.status is not PaymentStatus.SUCCEEDED else None

    def pay(self, intent_id: str, *, at: datetime) -> "Order":
        """The order completed by its own payment.

        Paying again by the same intent changes nothing. Raises `QuoteOutdated` if the intent is
        not the current one, the documents changed since it was opened, or the order is cancelled
        or was paid by another.
        """
        payment = self.payment
        if payment is None or payment.intent_id != intent_id:
            raise QuoteOutdated
        if payment.status is PaymentStatus.SUCCEEDED:
            return self
        if payment.revision != self.revision or self.status not in (
            OrderStatus.PENDING,
            OrderStatus.PROCESSING,
        ):
            raise QuoteOutdated
        return replace(
            self,
            status=OrderStatus.COMPLETED,
            status_reason=None,
            updated_at=at,
            analysed_at=self.analysed_at or at,
            payment=replace(payment, status=PaymentStatus.SUCCEEDED, paid_at=at),
        )


def order_of(document_id: str) -> str:
    """The id of the order that a document id belongs to: what stands before the last hyphen."""
    return document_id.rpartition("-")[0]


def document_id(order_id: str, unique: str) -> str:
    """The id of a new document: it carries its order's, so that it is found by key."""
    return f"{order_id}-{unique}"
