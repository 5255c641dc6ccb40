"""Orders, their quotes and payments, and what happened to them."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from docket.domain.event import Actor, Event
from docket.domain.order import AnalysisStatus, Order, OrderStatus
from docket.domain.payment import (
    DisputeStatus,
    Payment,
    PaymentStatus,
    RefundStatus,
    Reversal,
)
from docket.domain.pricing import Quote
from docket.messages import message
from docket.schemas.base import RequestModel, ResponseModel, one_line
from docket.schemas.documents import DocumentResponse

LONGEST_TITLE = 200


class CreateOrderRequest(RequestModel):
    title: Annotated[str | None, AfterValidator(one_line)] = Field(
        default=None, max_length=LONGEST_TITLE, examples=["Invoices March"]
    )


class UpdateOrderStatusRequest(RequestModel):
    """Where the order should go. Only the moves that cost nobody anything are the customer's."""

    status: OrderStatus


class QuoteLineResponse(ResponseModel):
    """One row: a document's pages, or the order's base, which has no document and no pages."""

    label: str
    document_id: str | None
    pages: int | None
    amount: int


class QuoteResponse(ResponseModel):
    """What reading costs, in minor units; pages that cannot be read are not in it."""

    amount: int
    currency: str
    lines: list[QuoteLineResponse]

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


class PaymentResponse(ResponseModel):
    """The current payment. `amount_refunded`, in minor units, leaves out refunds that failed."""

    payment_intent_id: str
    amount: int
    currency: str
    status: PaymentStatus
    paid_at: datetime | None
    amount_refunded: int
    refund_status: RefundStatus | None
    dispute_status: DisputeStatus | None

    @classmethod
    def of(cls, payment: Payment, reversal: Reversal | None) -> Self:
        return cls(
            payment_intent_id=payment.intent_id,
            amount=payment.money.amount,
            currency=payment.money.currency,
            status=payment.status,
            paid_at=payment.paid_at,
            amount_refunded=reversal.amount_refunded if reversal else 0,
            refund_status=reversal.refund if reversal else None,
            dispute_status=reversal.dispute if reversal else None,
        )


class AnalysisSummaryResponse(ResponseModel):
    id: str
    status: AnalysisStatus
    created_at: datetime


class OrderResponse(ResponseModel):
    """An order. `status_reason` says why it is as it is, and what happens next.

    Where that is about a refund or a dispute, `status_reason_code` names it for programs; more
    codes may be added. An order that was cancelled keeps the code that says why when the refund
    fails at the bank: `refund_status` in `status_reason_params` is `failed` then.
    """

    id: str
    user_id: str
    title: str | None
    status: OrderStatus
    status_reason: str
    status_reason_code: str
    status_reason_params: dict[str, str | int]
    created_at: datetime
    updated_at: datetime
    documents: list[DocumentResponse]
    analysis: AnalysisSummaryResponse | None
    quote: QuoteResponse | None
    payment: PaymentResponse | None

    @classmethod
    def of(cls, order: Order) -> Self:
        quote, reason = order.quote, order.explanation
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
            documents=[DocumentResponse.of(document) for document in order.documents],
            analysis=AnalysisSummaryResponse(
                id=order.analysis_id, status=order.analysis_status, created_at=order.analysed_at
            )
            if order.analysed_at
            else None,
            quote=QuoteResponse.of(quote) if quote else None,
            payment=PaymentResponse.of(order.payment, order.payment_reversal)
            if order.payment
            else None,
        )


class EventResponse(ResponseModel):
    """Something that happened to an order; `from` and `to` are statuses, if it moved."""

    id: str
    at: datetime
    who: Actor
    what: str
    from_: str | None = Field(serialization_alias="from", validation_alias="from")
    to: str | None
    facts: dict[str, str | int]

    @classmethod
    def of(cls, event: Event) -> Self:
        return cls.model_validate(
            {
                "id": event.id,
                "at": event.at,
                "who": event.actor,
                "what": event.what,
                "from": event.from_status,
                "to": event.to_status,
                "facts": event.facts,
            }
        )
