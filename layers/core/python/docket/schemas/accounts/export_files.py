"""The JSON files in the archives of an export, beside `account.json`.

`docs/export.schema.json` describes all: `infra/export_schema.py` writes it from these models.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from pydantic import Field

from docket.domain.orders.order import Order
from docket.domain.payments.payment import Payment
from docket.schemas.accounts.account_exports import AccountExport
from docket.schemas.base import ResponseModel
from docket.schemas.document_analyses import DocumentContentResponse
from docket.schemas.documents import DocumentResponse
from docket.schemas.orders import EventResponse, OrderResponse, PaymentResponse


class PaymentExport(PaymentResponse):
    """A payment that was started for an order."""

    opened_at: datetime = Field(description="When it was started")

    @classmethod
    def of(cls, payment: Payment) -> Self:
        response = PaymentResponse.of(payment).model_dump()
        return cls(**response, opened_at=payment.opened_at)


class OrderExport(ResponseModel):
    """`order.json`: an order with its payments, refunds and events."""

    order: OrderResponse = Field(
        description="The order with its refunds; its documents have files of their own"
    )
    payments: list[PaymentExport] = Field(description="Every payment that was started for it")
    events: list[EventResponse] = Field(description="What happened to it, oldest first")
    documents: list[str] = Field(description="The paths of the files that describe its documents")

    @classmethod
    def of(cls, order: Order, documents: Iterable[str], **fields: object) -> Self:
        """The file of an order. `documents` are the paths of its documents' files in the archive.

        `fields` are the other fields, by their names.
        """
        view = OrderResponse.of(order, [])
        return cls.model_validate({"order": view, "documents": list(documents), **fields})


class DocumentExport(ResponseModel):
    """`document.json`: a document, its facts, and where its file and its whole result are."""

    document: DocumentResponse = Field(description="The document")
    file: str | None = Field(
        description="The path of the file as it was uploaded; null: none is stored, or it is "
        "quarantined"
    )
    result: str | None = Field(
        description="The path of the whole result of its reading: all text with its place on the "
        "pages; null: it was not read, or is not paid"
    )
    analysis: DocumentContentResponse | None = Field(
        description="What the document states; null: it was not read, or is not paid"
    )


FILES: tuple[type[ResponseModel], ...] = (AccountExport, OrderExport, DocumentExport)
"""The models of the JSON files in an archive."""
