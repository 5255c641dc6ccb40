"""Requests and responses of orders, with their quotes, payments and events."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field

from docket.domain.event import Event
from docket.domain.orders.document import Document
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.orders.order_analysis import (
    AnalysisStatus,
    analysis_id,
    available_since,
    status_of,
)
from docket.domain.payments import payment as domain
from docket.domain.payments.payment import DisputeStatus, Payment, RefundStatus
from docket.domain.payments.pricing import Quote
from docket.domain.payments.refund import RefundSummary
from docket.messages import message
from docket.schemas.base import MAX_TITLE_LENGTH, RequestModel, ResponseModel, shown_line
from docket.schemas.documents import DocumentResponse

LISTED = 100
"""The documents that an order's response lists. The others are on the next pages."""


class CreateOrderRequest(RequestModel):
    """A new order."""

    title: Annotated[str | None, AfterValidator(shown_line)] = Field(
        description="A title for the order, for the customer's own use",
        default=None,
        max_length=MAX_TITLE_LENGTH,
        examples=["Invoices March"],
    )


class UpdateOrderStatusRequest(RequestModel):
    """A status change that a customer may request. Payments make the other changes."""

    status: OrderStatus = Field(description="The requested status")


ReviewStatus = Literal["finished", "open"]


class UpdateReviewRequest(RequestModel):
    """The customer has reviewed the order, or wants to go on."""

    status: ReviewStatus = Field(description="`finished`, or `open` to go on with the review")


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
    lines: list[QuoteLineResponse] = Field(
        description="The lines of the total: the base price, and the listed documents that cost "
        "something"
    )

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


class PaymentStatus(StrEnum):
    """The status of the current payment."""

    OPEN = "open"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"

    @classmethod
    def of(cls, payment: Payment) -> "PaymentStatus":
        """A declined payment failed, although its intent is open for another card."""
        match payment.status:
            case domain.PaymentStatus.OPEN if payment.requires_action:
                return cls.REQUIRES_ACTION
            case domain.PaymentStatus.OPEN | domain.PaymentStatus.TO_CANCEL:
                return cls.FAILED if payment.failure else cls.OPEN
            case domain.PaymentStatus.CANCELED:
                return cls.FAILED
            case domain.PaymentStatus.PROCESSING:
                return cls.PROCESSING
            case domain.PaymentStatus.SUCCEEDED:
                return cls.SUCCEEDED


class PaymentResponse(ResponseModel):
    """The current payment. `amount_refunded`, in minor units, leaves out refunds that failed."""

    payment_intent_id: str = Field(description="The id of the payment intent at Stripe")
    amount: int = Field(description="The amount in minor units of the currency")
    currency: str = Field(description="The lower-case ISO 4217 code")
    status: PaymentStatus = Field(
        description="The status of the payment. With `requires_action` the customer has to confirm "
        "it at their bank or wallet, or to pay in another way"
    )
    failure_reason: str | None = Field(
        description="Why the last attempt to pay failed, or what it requires of the customer, as "
        "an English sentence; null: neither"
    )
    failure_code: str | None = Field(
        description="The code of the reason. Codes may be added: show `failure_reason` for an "
        "unknown one"
    )
    failure_params: dict[str, str | int] = Field(
        description="The values that `failure_reason` names"
    )
    paid_at: datetime | None = Field(description="When it succeeded; null: not yet")
    promised_at: datetime | None = Field(
        description="When the paid order is completed or refunded; null: not paid yet"
    )
    amount_refunded: int = Field(
        description="The refunded amount in minor units, without failed refunds, with what a "
        "person returned instead"
    )
    refund_status: RefundStatus | None = Field(description="The status of the refund; null: none")
    dispute_status: DisputeStatus | None = Field(
        description="The status of the dispute; null: none"
    )

    @classmethod
    def of(cls, payment: Payment) -> Self:
        failure = payment.failure
        return cls(
            payment_intent_id=payment.payment_intent_id,
            amount=payment.money.amount,
            currency=payment.money.currency,
            status=PaymentStatus.of(payment),
            failure_reason=message("order", failure.code, failure.params) if failure else None,
            failure_code=failure.code if failure else None,
            failure_params=dict(failure.params) if failure else {},
            paid_at=payment.paid_at,
            promised_at=payment.promised_at,
            amount_refunded=payment.amount_returned,
            refund_status=payment.refund,
            dispute_status=payment.dispute,
        )


class RefundResponse(ResponseModel):
    """A refund of a payment of the order, also of an earlier one. Amounts are in minor units."""

    id: str = Field(description="The id of the refund")
    amount: int = Field(description="The amount in minor units of the currency")
    currency: str = Field(description="The lower-case ISO 4217 code")
    status: RefundStatus = Field(
        description="`owed` until Stripe accepts it, `pending` until the bank does; a `failed` one "
        "is tried again, unless `needs_person`"
    )
    needs_person: bool = Field(
        description="Whether it `failed` for good: a person returns the amount in another way"
    )
    reason: str = Field(description="Why the payment is refunded, as an English sentence")
    reason_code: str = Field(
        description="The code of the reason. Codes may be added: show `reason` for an unknown one"
    )
    updated_at: datetime = Field(description="When its status last changed")

    @classmethod
    def of(cls, refund: RefundSummary) -> Self:
        return cls(
            id=refund.id,
            amount=refund.money.amount,
            currency=refund.money.currency,
            status=refund.status,
            reason=message("refund", refund.reason, {}),
            reason_code=refund.reason,
            updated_at=refund.since,
            needs_person=refund.needs_person,
        )


class ProgressResponse(ResponseModel):
    """How far the documents of an order are. Each one is counted in one of the four states."""

    awaiting_upload: int = Field(description="The documents whose file has not arrived")
    reading: int = Field(description="The documents that are being read, or wait for that")
    ready: int = Field(description="The documents that were read")
    unreadable: int = Field(description="The documents that could not be read")
    doubtful: int = Field(description="The facts of the documents that should be reviewed")
    reviewed: int = Field(description="Those of them that the customer has reviewed")
    charged_pages: int = Field(description="The pages that the quote counts so far")

    @classmethod
    def of(cls, order: Order) -> Self:
        """Counted by the order's writes, so no document is read."""
        counters = order.counters
        return cls(
            awaiting_upload=counters.awaiting_upload,
            reading=counters.reading,
            ready=counters.ready,
            unreadable=counters.unreadable,
            doubtful=counters.doubtful,
            reviewed=counters.reviewed,
            charged_pages=order.quoted_pages,
        )


class AnalysisSummaryResponse(ResponseModel):
    """The status of the analysis of an order."""

    id: str = Field(description="The id of the analysis")
    status: AnalysisStatus = Field(description="The status of the analysis")
    created_at: datetime = Field(
        description="When the analysis was requested, or before that, when the first document "
        "could be read"
    )

    @classmethod
    def of(cls, order: Order) -> Self | None:
        """None if nothing can be shown yet."""
        created_at = available_since(order)
        if created_at is None:
            return None
        return cls(id=analysis_id(order), status=status_of(order), created_at=created_at)


class FinishedReviewResponse(ResponseModel):
    """That the customer has reviewed the order, as its facts are."""

    finished_at: datetime = Field(description="When")
    by: str = Field(description="The id of the user")
    api_key_id: str | None = Field(
        description="The API key by which a program of the user did; null: the user did"
    )

    @classmethod
    def of(cls, review: FinishedReview) -> Self:
        return cls(finished_at=review.finished_at, by=review.user_id, api_key_id=review.api_key_id)


class OrderResponse(ResponseModel):
    """An order. `status_reason` gives the reason for its status, and what happens next.

    `status_reason_code` is the code of the reason; codes may be added. A cancelled order retains
    its code when the bank rejects the refund: in `status_reason_params`, `refund_status` is then
    `failed`.
    """

    id: str = Field(description="The id of the order")
    user_id: str = Field(description="The account that the order belongs to")
    title: str | None = Field(description="The title of the order; null: none")
    is_sample: bool = Field(
        description="Whether its documents are Docket's samples: they are read free of charge, and "
        "do not change"
    )
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
    expires_at: datetime | None = Field(
        description="When the order is cancelled unless it is paid; null: it is not pending"
    )
    promised_at: datetime | None = Field(
        description="When the order, which is paid, is completed or refunded at the latest; null: "
        "it is not paid, or it is completed"
    )
    document_count: int = Field(description="The number of all documents of the order")
    in_progress: int = Field(
        description="The documents that may still change the price: those awaiting their upload "
        "and those being read"
    )
    progress: ProgressResponse = Field(description="How far the documents are")
    review: FinishedReviewResponse | None = Field(
        description="The finished review of the order; null: it is open. It is open again when a "
        "fact is reviewed otherwise, or a document is read again"
    )
    first_filename: str | None = Field(
        description="The title of a document of the order, or the name of its file, the first one "
        "unless that was removed: what an order without a title can be called; null: none"
    )
    documents: list[DocumentResponse] = Field(
        description="The first 100 documents, in the order they were added. The header `Link` is "
        "the page with the next ones. In the list of orders there are none"
    )
    analysis: AnalysisSummaryResponse | None = Field(
        description="The analysis; null: no document was read, and none was requested"
    )
    quote: QuoteResponse | None = Field(description="The price of the order; null: not known yet")
    payment: PaymentResponse | None = Field(
        description="The current payment; null: none was started"
    )
    is_analysis_open: bool = Field(
        description="Whether the analysis shows all facts, and reports can be made: the order is "
        "completed, and its payment was neither returned in full nor taken back by the bank, nor "
        "is it withheld during a dispute"
    )
    refunds: list[RefundResponse] = Field(
        description="The refunds of all its payments, in the order they were decided on"
    )

    @classmethod
    def of(cls, order: Order, documents: Sequence[Document]) -> Self:
        """`documents`: the first of the order, which the response lists."""
        quote, reason = order.quote(documents), order.explanation
        return cls(
            id=order.id,
            user_id=order.user_id,
            title=order.title or None,
            is_sample=order.is_sample,
            status=order.status,
            status_reason=message("order", reason.code, reason.params),
            status_reason_code=reason.code,
            status_reason_params=dict(reason.params),
            created_at=order.created_at,
            updated_at=order.updated_at,
            expires_at=order.expires_at if order.status is OrderStatus.PENDING else None,
            promised_at=order.promised_at,
            document_count=order.documents,
            in_progress=order.in_progress,
            progress=ProgressResponse.of(order),
            review=FinishedReviewResponse.of(order.review) if order.review else None,
            first_filename=order.named_document.filename if order.named_document else None,
            documents=[DocumentResponse.of(document) for document in documents],
            analysis=AnalysisSummaryResponse.of(order),
            quote=QuoteResponse.of(quote) if quote else None,
            payment=PaymentResponse.of(order.payment) if order.payment else None,
            is_analysis_open=order.is_paid,
            refunds=[RefundResponse.of(refund) for refund in order.refunds],
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
