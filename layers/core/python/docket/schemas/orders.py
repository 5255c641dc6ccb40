"""Requests and responses of orders, with their quotes, payments and events."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from docket.domain.document import Document
from docket.domain.event import Event
from docket.domain.order import AnalysisStatus, Order, OrderStatus
from docket.domain.payment import DisputeStatus, Payment, PaymentStatus, RefundStatus
from docket.domain.pricing import Quote
from docket.messages import message
from docket.schemas.base import RequestModel, ResponseModel, one_line
from docket.schemas.documents import DocumentResponse

MAX_TITLE_LENGTH = 200
LISTED = 100
"""The documents that an order's response lists. The others are on the next pages."""


class CreateOrderRequest(RequestModel):
    """A new order."""

    title: Annotated[str | None, AfterValidator(one_line)] = Field(
        description="A title for the order, for the customer's own use",
        default=None,
        max_length=MAX_TITLE_LENGTH,
        examples=["Invoices March"],
    )


class UpdateOrderStatusRequest(RequestModel):
    """A status change that a customer may request. Payments make the other changes."""

    status: OrderStatus = Field(description="The requested status")


class QuoteLineResponse(ResponseModel):
    """A line of a quote: a document's pages, or the base price (no document, no pages)."""

    label: str = Field(description="The subject of the line: a file name, or the base price")
    document_id: str | None = Field(description="The document that is priced; null: the base price")
    pages: int | None = Field(description="The number of priced pages; null: the base price")
    amount: int = Field(description="The price in minor units of the currency")


class QuoteResponse(ResponseModel):
    """The price of an order, in minor units. Unreadable pages cost nothing."""

    amount: int = Field(description="The total in minor units of the currency")
    currency: str = Field(description="The lower-case ISO 4217 code")
    lines: list[QuoteLineResponse] = Field(description="The lines of the total")

    @classmethod
    def of(cls, quote: Quote) -> Self:
        return cls(
            amount=quote.total.amount,
            currency=quote.total.currency,
            lines=[
                QuoteLineResponse(
                    label=line.label,
                    document_id=line.document_id,
                    pages=line.pages,
                    amount=line.amount,
                )
                for line in quote.lines
            ],
        )


class PaymentState(StrEnum):
    """The status of the current payment."""

    OPEN = "open"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"

    @classmethod
    def of(cls, payment: Payment) -> "PaymentState":
        """A declined payment failed, although its intent is open for another card."""
        match payment.status:
            case PaymentStatus.OPEN | PaymentStatus.TO_CANCEL:
                return cls.FAILED if payment.failure else cls.OPEN
            case PaymentStatus.CANCELED:
                return cls.FAILED
            case PaymentStatus.PROCESSING:
                return cls.PROCESSING
            case PaymentStatus.SUCCEEDED:
                return cls.SUCCEEDED


class PaymentResponse(ResponseModel):
    """The current payment. `amount_refunded`, in minor units, leaves out refunds that failed."""

    payment_intent_id: str = Field(description="The id of the payment intent at Stripe")
    amount: int = Field(description="The amount in minor units of the currency")
    currency: str = Field(description="The lower-case ISO 4217 code")
    status: PaymentState = Field(description="The status of the payment")
    paid_at: datetime | None = Field(description="When it succeeded; null: not yet")
    promised_at: datetime | None = Field(
        description="When the paid order is completed or refunded; null: not paid yet"
    )
    amount_refunded: int = Field(
        description="The refunded amount in minor units, without failed refunds"
    )
    refund_status: RefundStatus | None = Field(description="The status of the refund; null: none")
    dispute_status: DisputeStatus | None = Field(
        description="The status of the dispute; null: none"
    )

    @classmethod
    def of(cls, payment: Payment) -> Self:
        return cls(
            payment_intent_id=payment.payment_intent_id,
            amount=payment.money.amount,
            currency=payment.money.currency,
            status=PaymentState.of(payment),
            paid_at=payment.paid_at,
            promised_at=payment.promised_at,
            amount_refunded=payment.amount_refunded,
            refund_status=payment.refund,
            dispute_status=payment.dispute,
        )


class AnalysisSummaryResponse(ResponseModel):
    """The status of the analysis of an order."""

    id: str = Field(description="The id of the analysis")
    status: AnalysisStatus = Field(description="The status of the analysis")
    created_at: datetime = Field(description="When the analysis was requested")


class OrderResponse(ResponseModel):
    """An order. `status_reason` gives the reason for its status, and what happens next.

    `status_reason_code` is the code of the reason; codes may be added. A cancelled order retains
    its code when the bank rejects the refund: in `status_reason_params`, `refund_status` is then
    `failed`.
    """

    id: str = Field(description="The id of the order")
    user_id: str = Field(description="The account that the order belongs to")
    title: str | None = Field(description="The title of the order; null: none")
    status: OrderStatus = Field(description="The status of the order")
    status_reason: str = Field(
        description="The reason for the status and the next step, as an English sentence"
    )
    status_reason_code: str = Field(
        description="The code of the reason. Codes may be added: show "
        "`status_reason` for an unknown one"
    )
    status_reason_params: dict[str, str | int] = Field(
        description="The values that `status_reason` names"
    )
    created_at: datetime = Field(description="When the order was created")
    updated_at: datetime = Field(description="When the order last changed")
    documents: list[DocumentResponse] = Field(description="The documents of the order")
    analysis: AnalysisSummaryResponse | None = Field(
        description="The analysis; null: none was requested"
    )
    quote: QuoteResponse | None = Field(description="The price of the order; null: not known yet")
    payment: PaymentResponse | None = Field(
        description="The current payment; null: none was started"
    )

    @classmethod
    def of(cls, order: Order, documents: Sequence[Document]) -> Self:
        """`documents`: the first of the order, which the response lists."""
        quote, reason = order.quote(documents), order.explanation
        return cls(
            id=order.id,
            user_id=order.user_id,
            title=order.title or None,
            status=order.status,
            status_reason=message("order", reason.code, reason.params),
            status_reason_code=reason.code,
            status_reason_params=dict(reason.params),
            created_at=order.created_at,
            updated_at=order.updated_at,
            documents=[DocumentResponse.of(document) for document in documents],
            analysis=AnalysisSummaryResponse(
                id=order.analysis_id,
                status=order.analysis_status(documents),
                created_at=order.analysed_at,
            )
            if order.analysed_at
            else None,
            quote=QuoteResponse.of(quote) if quote else None,
            payment=PaymentResponse.of(order.payment) if order.payment else None,
        )


class EventResponse(ResponseModel):
    """An event of an order; `from` and `to` are statuses, if it changed."""

    id: str = Field(description="The id of the event; ids sort by time")
    at: datetime = Field(description="When it happened")
    who: str = Field(description="The actor. Names may be added")
    what: str = Field(description="The name of the event. Names may be added")
    from_: str | None = Field(
        description="The status before; null: unchanged",
        serialization_alias="from",
        validation_alias="from",
    )
    to: str | None = Field(description="The status after; null: unchanged")
    facts: dict[str, str | int] = Field(description="Details of the event")

    @classmethod
    def of(cls, event: Event) -> Self:
        return cls.model_validate(
            {
                "id": event.id,
                "at": event.at,
                "who": event.actor,
                "what": event.name,
                "from": event.from_status,
                "to": event.to_status,
                "facts": event.facts,
            }
        )
