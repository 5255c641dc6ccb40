"""The responses about the export of an account."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from aws_lambda_powertools.event_handler.openapi.params import Path
from pydantic import Field

from docket.domain.accounts.export import Export, ExportState
from docket.schemas.base import ResponseModel, Url

ArchiveNumber = Annotated[
    int, Path(ge=1, le=100_000, description="The archives count from 1", examples=[1])
]


class ExportStatus(StrEnum):
    """The status of an export."""

    NONE = "none"
    MAKING = "making"
    READY = "ready"
    EXPIRED = "expired"
    FAILED = "failed"


class ExportArchiveResponse(ResponseModel):
    """An archive: a ZIP file."""

    number: int = Field(description="The archives count from 1", examples=[1])
    size: int = Field(description="The size of the file in bytes", examples=[1_048_576])


class ExportResponse(ResponseModel):
    """The latest export of the account."""

    status: ExportStatus = Field(
        description="`none`: none was requested lately; `making`: it is being made, and a mail "
        "says when it is ready; `expired`: its archives are deleted; `failed`: it could not be "
        "made, request it again"
    )
    requested_at: datetime | None = Field(description="When it was requested; null: none")
    expires_at: datetime | None = Field(
        description="Until when it can be downloaded; null: it was never ready"
    )
    archives: list[ExportArchiveResponse] = Field(
        description="Its archives, which unpack into one folder; empty: it is not ready"
    )

    @classmethod
    def of(cls, export: Export | None, *, at: datetime) -> Self:
        """The state at that time of the latest export, which is None if there is none."""
        if export is None:
            return cls(status=ExportStatus.NONE, requested_at=None, expires_at=None, archives=[])
        archives = export.archives if export.is_offered(at) else ()
        return cls(
            status=ExportStatus.EXPIRED if export.is_expired(at) else ExportStatus(export.state),
            requested_at=export.requested_at,
            expires_at=export.expires_at if export.state is ExportState.READY else None,
            archives=[
                ExportArchiveResponse(number=number, size=archive.size_bytes)
                for number, archive in enumerate(archives, 1)
            ],
        )


class ArchiveUrlResponse(ResponseModel):
    """Where an archive can be downloaded for some minutes."""

    url: Url = Field(description="The address of the file, which needs no other permission")
