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
        description="A name for the order, for the customer's own use",
        default=None,
        max_length=LONGEST_TITLE,
        examples=["Invoices March"],
    )


class UpdateOrderStatusRequest(RequestModel):
    """Where the order should go. Only the moves that cost nobody anything are the customer's."""

    status: OrderStatus = Field(description="The status that the order should take")


class QuoteLineResponse(ResponseModel):
    """One row: a document's pages, or the order's base, which has no document and no pages."""

    label: str = Field(description="What the line is for: a file name, or the base price")
    document_id: str | None = Field(description="The document that is priced; null: the base price")
    pages: int | None = Field(description="How many pages are priced; null: the base price")
    amount: int = Field(description="The price in minor units of the currency")


class QuoteResponse(ResponseModel):
    """What reading costs, in minor units; pages that cannot be read are not in it."""

    amount: int = Field(description="The total in minor units of the currency")
    currency: str = Field(description="The lower-case ISO 4217 code")
    lines: list[QuoteLineResponse] = Field(description="What the total consists of")

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

    payment_intent_id: str = Field(description="The id of the payment intent at Stripe")
    amount: int = Field(description="The amount in minor units of the currency")
    currency: str = Field(description="The lower-case ISO 4217 code")
    status: PaymentStatus = Field(description="How far the payment is")
    paid_at: datetime | None = Field(description="When it succeeded; null: it has not")
    amount_refunded: int = Field(
        description="What was refunded, in minor units; failed refunds do not count"
    )
    refund_status: RefundStatus | None = Field(
        description="How the refund stands; null: there is none"
    )
    dispute_status: DisputeStatus | None = Field(
        description="How the dispute stands; null: there is none"
    )

    @classmethod
    def of(cls, payment: Payment, reversal: Reversal | None) -> Self:
        return cls(
            payment_intent_id=payment.payment_intent_id,
            amount=payment.money.amount,
            currency=payment.money.currency,
            status=payment.status,
            paid_at=payment.paid_at,
            amount_refunded=reversal.amount_refunded if reversal else 0,
            refund_status=reversal.refund if reversal else None,
            dispute_status=reversal.dispute if reversal else None,
        )


class AnalysisSummaryResponse(ResponseModel):
    id: str = Field(description="The id of the analysis")
    status: AnalysisStatus = Field(description="How far the analysis is")
    created_at: datetime = Field(description="When the analysis was requested")


class OrderResponse(ResponseModel):
    """An order. `status_reason` says why it is as it is, and what happens next.

    `status_reason_code` names the reason for programs; more codes may be added. An order that was
    cancelled keeps the code that says why when the refund fails at the bank: `refund_status` in
    `status_reason_params` is `failed` then.
    """

    id: str = Field(description="The id of the order")
    user_id: str = Field(description="The account that the order belongs to")
    title: str | None = Field(description="The name that the customer gave the order; null: none")
    status: OrderStatus = Field(description="How far the order is")
    status_reason: str = Field(
        description="Why it has this status and what happens next, as an English sentence"
    )
    status_reason_code: str = Field(
        description="Why it has this status, for a program. Codes may be added: show "
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
    quote: QuoteResponse | None = Field(description="What the order costs; null: not known yet")
    payment: PaymentResponse | None = Field(
        description="The current payment; null: none was started"
    )

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

    id: str = Field(description="The id of the event; ids sort by time")
    at: datetime = Field(description="When it happened")
    who: Actor = Field(description="Who or what caused it")
    what: str = Field(description="What happened, for a program. Names may be added")
    from_: str | None = Field(
        description="The status of the order before; null: it did not change",
        serialization_alias="from",
        validation_alias="from",
    )
    to: str | None = Field(description="The status of the order after; null: it did not change")
    facts: dict[str, str | int] = Field(description="Details of the event")

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
