"""Request and response models of documents and their upload forms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, Self

from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from docket.domain.orders.document import Document, DocumentStatus
from docket.domain.orders.document_titles import title_tag
from docket.domain.orders.filenames import clean_filename
from docket.domain.orders.presigned_post import PresignedPost
from docket.domain.reason import Reason
from docket.messages import message
from docket.schemas.base import MAX_TITLE_LENGTH, RequestModel, ResponseModel, Url, shown_line

LARGEST = 25 * 1024 * 1024
MAX_NAME_LENGTH = 255

MOST_AT_ONCE = 20
"""The documents of one request."""

SHAPES = ONE, SEVERAL = "one document", "several documents"
"""The shapes of a request to add documents; the validator names them in an error's location."""

ENDINGS = (
    ".pdf", ".docx", ".xlsx", ".xml", ".p7m", ".png", ".jpg", ".jpeg", ".jfif", ".heic", ".heif",
    ".tif", ".tiff", ".webp", ".gif", ".eml",
)  # fmt: skip

type ContentType = Annotated[
    Literal[
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/xml",
        "text/xml",
        "application/pkcs7-mime",
        "image/png",
        "image/jpeg",
        "image/heic",
        "image/heif",
        "image/tiff",
        "image/webp",
        "image/gif",
        "message/rfc822",
    ],
    Field(
        description="The media types that can be read; `application/pkcs7-mime` is that of a "
        "signed e-invoice (`.xml.p7m`)"
    ),
]


def _readable_name(raw: str) -> str:
    name = clean_filename(raw)
    if not name.lower().endswith(ENDINGS) or name.startswith("."):
        raise PydanticCustomError(
            "wrong_file_extension", "unknown extension", {"extensions": list(ENDINGS)}
        )
    if len(name) > MAX_NAME_LENGTH:  # normalization can make a name longer
        raise PydanticCustomError("string_too_long", "too long", {"max_length": MAX_NAME_LENGTH})
    return name


class CreateDocumentRequest(RequestModel):
    """A file to be uploaded. The content type is checked against its bytes after the upload."""

    filename: Annotated[
        str,
        Field(
            min_length=1,
            max_length=MAX_NAME_LENGTH,
            description="Paths and invisible characters are removed",
            examples=["Invoice März 2026.pdf"],
        ),
        AfterValidator(_readable_name),
    ]
    content_type: ContentType = Field(
        description="The media type of the file; the content must match it"
    )
    size: int = Field(
        strict=True,
        ge=1,
        le=LARGEST,
        description="The exact size in bytes; the upload form accepts no other",
    )
    sha256: str | None = Field(
        default=None,
        pattern=r"^[0-9a-f]{64}$",
        description="In hexadecimal; if it is given, S3 accepts no other content",
    )


class CreateDocumentsRequest(RequestModel):
    """Several files to be uploaded, added at once: all of them or none."""

    documents: list[CreateDocumentRequest] = Field(
        min_length=1, max_length=MOST_AT_ONCE, description="The files"
    )


class RenameDocumentRequest(RequestModel):
    """Another title of a document."""

    title: Annotated[str | None, AfterValidator(shown_line)] = Field(
        max_length=MAX_TITLE_LENGTH,
        description="What to call the document, for the customer's own use; null: after its file",
        examples=["Rent, March"],
    )


def _shape(body: object) -> str:
    """Which of the two requests a body is meant as."""
    several = isinstance(body, CreateDocumentsRequest) or (
        isinstance(body, Mapping) and "documents" in body
    )
    return SEVERAL if several else ONE


AddDocumentsRequest = Annotated[
    Annotated[CreateDocumentRequest, Tag(ONE)] | Annotated[CreateDocumentsRequest, Tag(SEVERAL)],
    Discriminator(_shape),
    Body(),
]
"""One file, or several at once."""


class WarningResponse(BaseModel):
    """A warning about the quality of a reading. `code` is for programs; codes may be added."""

    model_config = ConfigDict(frozen=True, extra="allow", from_attributes=True)

    code: str = Field(
        description="The code of the warning. Codes may be added: show `text` for an unknown one",
        examples=["no_text"],
    )
    params: dict[str, str | int] = Field(
        description="The values that `text` names", default_factory=dict
    )
    text: str = Field(
        description="The warning as an English sentence",
        examples=["No text was found in this document."],
    )

    @classmethod
    def of(cls, warning: Reason) -> Self:
        return cls(
            code=warning.code,
            params=dict(warning.params),
            text=message("warning", warning.code, warning.params),
        )


class DuplicateOfResponse(ResponseModel):
    """The document with the same content that the customer has already paid for."""

    order_id: str = Field(description="The order that the document belongs to")
    document_id: str = Field(description="The id of the document")


class DocumentResponse(ResponseModel):
    """A document. `status_reason` gives the reason for its status, and what happens next.

    `warnings` describe how well it could be read, before the order is paid.
    """

    id: str = Field(description="The id of the document")
    order_id: str = Field(description="The order that it belongs to")
    filename: str = Field(description="The name of the file as it was uploaded")
    title: str | None = Field(
        description="What the customer calls the document; null: it is called after its file"
    )
    title_etag: str = Field(
        description="The tag of its title; clients send it as `If-Match` to rename the document"
    )
    content_type: str = Field(description="The media type of the file")
    size: int = Field(description="The size of the file in bytes")
    sha256: str | None = Field(description="The SHA-256 checksum in hexadecimal, if it is known")
    status: DocumentStatus = Field(description="The status of the document")
    status_reason: str | None = Field(
        description="The reason for the status, as an English sentence"
    )
    status_reason_code: str | None = Field(
        description="The code of the reason. Codes may be added: show "
        "`status_reason` for an unknown one"
    )
    status_reason_params: dict[str, str | int] = Field(
        description="The values that `status_reason` names"
    )
    page_count: int | None = Field(description="The number of readable pages; null: not known yet")
    document_count: int | None = Field(
        description="The number of documents that the file contains; null: not known yet"
    )
    kind: str | None = Field(description="The kind of document; null: unknown. Kinds may be added")
    language: str | None = Field(
        description="The language of its text as an ISO 639-1 code; null: unknown"
    )
    headline: str | None = Field(
        description="A one-line description; null: unknown, or a file with several documents"
    )
    warnings: list[WarningResponse] = Field(description="Warnings about the quality of the reading")
    duplicate_of: DuplicateOfResponse | None = Field(
        description="The document with the same content that was paid for before, so that this one "
        "costs nothing; null: none. It is about the present reading until the order is paid, and "
        "then about the reading that was paid"
    )
    uploaded_at: datetime | None = Field(description="When the file was uploaded; null: not yet")

    @classmethod
    def of(cls, document: Document) -> Self:
        return cls(**_response_fields(document))


class PresignedPostResponse(ResponseModel):
    """A form: post `fields`, then the file as `file`, to `url` before `expires_at`."""

    url: Url = Field(description="The URL to post the form to")
    fields: dict[str, str] = Field(description="The fields of the form, which precede the file")
    expires_at: datetime = Field(description="When the form expires")

    @classmethod
    def of(cls, form: PresignedPost) -> Self:
        return cls(url=form.url, fields=form.fields, expires_at=form.expires_at)


class CreateDocumentResponse(DocumentResponse):
    """The new document, and the form to upload its file with."""

    upload: PresignedPostResponse = Field(description="The form to upload the file with")

    @classmethod
    def with_upload_form(cls, document: Document, form: PresignedPost) -> Self:
        return cls(**_response_fields(document), upload=PresignedPostResponse.of(form))


class CreateDocumentsResponse(ResponseModel):
    """The new documents in the order of the request, each with the form to upload its file with."""

    documents: list[CreateDocumentResponse] = Field(description="The new documents")


class PageImageResponse(ResponseModel):
    """A page and its images as WebP, with presigned URLs that are valid for minutes.

    `width` and `height` are the pixels of the larger image.
    """

    number: int = Field(ge=1, description="Pages count from 1")
    thumbnail_url: Url = Field(description="The URL of the thumbnail")
    picture_url: Url = Field(description="The URL of the larger, readable image")
    width: int = Field(description="The width of the image in pixels")
    height: int = Field(description="The height of the image in pixels")


class DocumentDetailResponse(DocumentResponse):
    """A document with presigned URLs of its file and page images, valid for minutes."""

    download_url: Url | None = Field(
        description="The URL of the file, valid for minutes; null: none"
    )
    pages: list[PageImageResponse] = Field(description="The images of the pages")

    @classmethod
    def detailed(
        cls, document: Document, *, download_url: str | None, pages: list[PageImageResponse]
    ) -> Self:
        """The document with presigned URLs.

        `download_url` is None for a file that is not downloadable (`Document.is_downloadable`).
        """
        return cls(**_response_fields(document), download_url=download_url, pages=pages)


def status_reason(document: Document) -> dict[str, object]:
    """The three fields of the reason for a document's status."""
    reason = document.explanation
    return {
        "status_reason": message("document", reason.code, reason.params) if reason else None,
        "status_reason_code": reason.code if reason else None,
        "status_reason_params": dict(reason.params) if reason else {},
    }


def _document_count(document: Document) -> int | None:
    if not document.was_read:
        return None
    return len((document.key_facts or {}).get("segments") or ()) or 1


def _response_fields(document: Document) -> dict[str, object]:
    document_count = _document_count(document)
    return {
        "id": document.id,
        "order_id": document.order_id,
        "filename": document.filename,
        "title": document.title,
        "title_etag": title_tag(document),
        "content_type": document.content_type,
        "size": document.size,
        "sha256": document.sha256,
        "status": document.status,
        **status_reason(document),
        "page_count": document.page_count,
        "document_count": document_count,
        "kind": document.kind,
        "language": document.language,
        "headline": None if (document_count or 1) > 1 else document.headline,
        "warnings": [WarningResponse.of(warning) for warning in document.warnings],
        "duplicate_of": DuplicateOfResponse(
            order_id=document.duplicate_of.order_id, document_id=document.duplicate_of.document_id
        )
        if document.duplicate_of
        else None,
        "uploaded_at": document.uploaded_at,
    }
