"""The export of an account: the responses of its endpoints, and the JSON files in its archives.

`docs/export.schema.json` describes the files: `infra/export_schema.py` writes it from these models.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from aws_lambda_powertools.event_handler.openapi.params import Path
from pydantic import Field

from docket.domain.export import Export, ExportState
from docket.domain.order import Order
from docket.domain.payment import Payment
from docket.domain.user import Session
from docket.schemas.auth import ProfileResponse
from docket.schemas.base import ResponseModel, Url
from docket.schemas.document_analyses import DocumentAnalysisResponse
from docket.schemas.documents import DocumentResponse
from docket.schemas.orders import EventResponse, OrderResponse, PaymentResponse

ArchiveNumber = Annotated[
    int, Path(ge=1, le=100_000, description="The archives count from 1", examples=[1])
]


class ExportStatus(StrEnum):
    """The status of an export."""

    NONE = "none"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


class ExportArchiveResponse(ResponseModel):
    """An archive: a ZIP file."""

    number: int = Field(description="The archives count from 1", examples=[1])
    size: int = Field(description="The size of the file in bytes", examples=[1_048_576])


class ExportResponse(ResponseModel):
    """The latest export of the account."""

    status: ExportStatus = Field(
        description="`none`: none was requested, or it has expired; `making`: it is being made, "
        "and a mail says when it is ready; `failed`: it could not be made, request it again"
    )
    requested_at: datetime | None = Field(description="When it was requested; null: none")
    expires_at: datetime | None = Field(
        description="Until when it can be downloaded; null: it is not ready"
    )
    archives: list[ExportArchiveResponse] = Field(
        description="Its archives, which unpack into one folder; empty: it is not ready"
    )

    @classmethod
    def of(cls, export: Export | None) -> Self:
        if export is None:
            return cls(status=ExportStatus.NONE, requested_at=None, expires_at=None, archives=[])
        is_ready = export.state is ExportState.READY
        archives = export.archives if is_ready else ()
        return cls(
            status=ExportStatus(export.state),
            requested_at=export.requested_at,
            expires_at=export.expires_at if is_ready else None,
            archives=[
                ExportArchiveResponse(number=number, size=archive.size_bytes)
                for number, archive in enumerate(archives, 1)
            ],
        )


class ArchiveUrlResponse(ResponseModel):
    """Where an archive can be downloaded for some minutes."""

    url: Url = Field(description="The address of the file, which needs no other permission")


class SessionExport(ResponseModel):
    """A session: a browser or a program that is signed in."""

    user_agent: str | None = Field(description="How it named itself; null: unknown")
    network_address: str = Field(description="The network address that it began from")
    place: str | None = Field(description="The place of that address, a guess; null: unknown")
    created_at: datetime = Field(description="When it began")
    used_at: datetime = Field(description="When its tokens were last refreshed")
    ends_at: datetime = Field(description="When it ends at the latest")

    @classmethod
    def of(cls, session: Session) -> Self:
        return cls(
            user_agent=session.device.agent,
            network_address=session.device.address,
            place=session.device.place,
            created_at=session.created_at,
            used_at=session.used_at,
            ends_at=session.ends_at,
        )


class DeviceExport(ResponseModel):
    """A device that the account has signed in from."""

    first_seen_at: datetime = Field(description="When it signed in first")
    last_seen_at: datetime = Field(description="When it signed in last")


class AddressChangeExport(ResponseModel):
    """A change of the address that is not confirmed yet."""

    new_email: str = Field(description="The new address")
    requested_at: datetime = Field(description="When it was requested")


class OrderPath(ResponseModel):
    """Where an order is in the archives."""

    id: str = Field(description="The id of the order")
    path: str = Field(description="The path of the file that describes it")


class AccountExport(ResponseModel):
    """`account.json`: the account, and where its orders are."""

    version: Literal[1] = Field(default=1, description="The version of the format")
    exported_at: datetime = Field(description="When the export was requested")
    profile: ProfileResponse = Field(description="The account")
    address_change: AddressChangeExport | None = Field(
        description="A change of the address that is not confirmed yet; null: none"
    )
    sessions: list[SessionExport] = Field(description="The open sessions, the newest first")
    devices: list[DeviceExport] = Field(description="The devices that the account knows")
    orders: list[OrderPath] = Field(description="All orders, the oldest first")


class PaymentExport(PaymentResponse):
    """A payment that was started for an order."""

    opened_at: datetime = Field(description="When it was started")

    @classmethod
    def of(cls, payment: Payment) -> Self:
        shown = PaymentResponse.of(payment).model_dump()
        return cls(**shown, opened_at=payment.opened_at)


class OrderExport(ResponseModel):
    """`order.json`: an order with its payments, refunds and events."""

    order: OrderResponse = Field(
        description="The order with its refunds; its documents have files of their own"
    )
    payments: list[PaymentExport] = Field(description="Every payment that was started for it")
    events: list[EventResponse] = Field(description="What happened to it, oldest first")
    documents: list[str] = Field(description="The paths of the files that describe its documents")

    @classmethod
    def of(cls, order: Order, documents: Iterable[str], **known: object) -> Self:
        view = OrderResponse.of(order, [])
        return cls.model_validate({"order": view, "documents": list(documents), **known})


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
    analysis: DocumentAnalysisResponse | None = Field(
        description="What the document states; null: it was not read, or is not paid"
    )


FILES: tuple[type[ResponseModel], ...] = (AccountExport, OrderExport, DocumentExport)
"""The models of the JSON files in an archive."""
