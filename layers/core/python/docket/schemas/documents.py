"""Documents, and the tickets to upload them by."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from docket.domain import document as domain
from docket.domain.document import Document, DocumentStatus, clean_filename
from docket.domain.reason import Reason
from docket.messages import message
from docket.schemas.base import RequestModel, ResponseModel

LARGEST = 25 * 1024 * 1024
LONGEST_NAME = 255

ENDINGS = (".pdf", ".docx", ".png", ".jpg", ".jpeg", ".jfif")
HEIC_ENDINGS = (".heic", ".heif")

type ContentType = Literal[
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "image/png",
    "image/jpeg",
]


def _readable_name(raw: str) -> str:
    name = clean_filename(raw)
    if name.lower().endswith(HEIC_ENDINGS):
        raise PydanticCustomError("heic_filename", "HEIC is not supported")
    if not name.lower().endswith(ENDINGS) or name.startswith("."):
        raise PydanticCustomError(
            "wrong_file_extension", "unknown extension", {"extensions": list(ENDINGS)}
        )
    if len(name) > LONGEST_NAME:  # it grew: some letters have no composed form
        raise PydanticCustomError("string_too_long", "too long", {"max_length": LONGEST_NAME})
    return name


class CreateDocumentRequest(RequestModel):
    """A file that is about to be uploaded. What it really is, its bytes will say."""

    filename: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST_NAME,
            description="Paths and what cannot be seen are taken off; the rest stays as it is",
            examples=["Invoice März 2026.pdf"],
        ),
        AfterValidator(_readable_name),
    ]
    content_type: ContentType
    size: int = Field(ge=1, le=LARGEST, description="In bytes, exactly: the ticket is good for it")
    sha256: str | None = Field(
        default=None,
        pattern=r"^[0-9a-f]{64}$",
        description="In hexadecimal; if given, S3 takes no other bytes",
    )


class WarningResponse(BaseModel):
    """Something to know before relying on a document. `code` is for programs; there may be more."""

    model_config = ConfigDict(frozen=True, extra="allow", from_attributes=True)

    code: str = Field(examples=["no_text"])
    params: dict[str, str | int] = Field(default_factory=dict)
    text: str = Field(examples=["No text was found in this document."])

    @classmethod
    def of(cls, warning: Reason) -> Self:
        return cls(
            code=warning.code,
            params=dict(warning.params),
            text=message("warning", warning.code, warning.params),
        )


class DocumentResponse(ResponseModel):
    """A document. `status_reason` says why it is as it is, and what happens next.

    `warnings` say how well it could be read, before anything is paid.
    """

    id: str
    order_id: str
    filename: str
    content_type: str
    size: int
    sha256: str | None
    status: DocumentStatus
    status_reason: str | None
    status_reason_code: str | None
    status_reason_params: dict[str, str | int]
    page_count: int | None
    kind: str | None
    language: str | None
    headline: str | None
    warnings: list[WarningResponse]
    uploaded_at: datetime | None

    @classmethod
    def of(cls, document: Document) -> Self:
        return cls(**_shown(document))


class PresignedPostResponse(ResponseModel):
    """A form: post `fields`, then the file as `file`, to `url` before `expires_at`."""

    url: str
    fields: dict[str, str]
    expires_at: datetime

    @classmethod
    def of(cls, ticket: domain.PresignedPost) -> Self:
        return cls(url=ticket.url, fields=ticket.fields, expires_at=ticket.expires_at)


class CreateDocumentResponse(DocumentResponse):
    upload: PresignedPostResponse

    @classmethod
    def with_ticket(cls, document: Document, ticket: domain.PresignedPost) -> Self:
        return cls(**_shown(document), upload=PresignedPostResponse.of(ticket))


class PageImageResponse(ResponseModel):
    """A page and its pictures, as WebP, at addresses that are good for minutes.

    `width` and `height` are the pixels of the one wide enough to read.
    """

    number: int = Field(ge=1, description="Pages count from 1")
    thumbnail_url: str
    picture_url: str
    width: int
    height: int


class DocumentDetailResponse(DocumentResponse):
    """A document with the address of its bytes, good for minutes, and pictures of its pages."""

    download_url: str | None
    pages: list[PageImageResponse]

    @classmethod
    def detailed(
        cls, document: Document, *, download_url: str | None, pages: list[PageImageResponse]
    ) -> Self:
        return cls(**_shown(document), download_url=download_url, pages=pages)


def status_reason(document: Document) -> dict[str, object]:
    """The three fields that say why a document has its status."""
    reason = document.explanation
    return {
        "status_reason": message("document", reason.code, reason.params) if reason else None,
        "status_reason_code": reason.code if reason else None,
        "status_reason_params": dict(reason.params) if reason else {},
    }


def _shown(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "order_id": document.order_id,
        "filename": document.filename,
        "content_type": document.content_type,
        "size": document.size,
        "sha256": document.sha256,
        "status": document.status,
        **status_reason(document),
        "page_count": document.page_count,
        "kind": document.kind,
        "language": document.language,
        "headline": document.headline,
        "warnings": [WarningResponse.of(warning) for warning in document.warnings],
        "uploaded_at": document.uploaded_at,
    }
