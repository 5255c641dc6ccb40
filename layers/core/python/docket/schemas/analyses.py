"""The analysis of an order: its documents' facts with evidence, and the consolidated view.

The reader counts pages from 0; the API counts them from 1.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Self

from pydantic import Field

from analysis.model.page_numbers import published
from docket.domain.language import Language
from docket.domain.orders.document import Document, DocumentStatus
from docket.domain.orders.order import Order
from docket.domain.orders.order_analysis import (
    AnalysisStatus,
    analysis_id,
    require_available,
    status_of,
)
from docket.messages import Group, message
from docket.schemas.base import RequestModel, ResponseModel, Url
from docket.schemas.document_analyses import DocumentAnalysisResponse, PageNumber
from docket.schemas.documents import WarningResponse, status_reason

MAX_DETAILS_LENGTH = 2000

_PAID = ("facts", "line_items")
"""What a preview does not show of a document of a file."""

type Json = dict[str, Any]


class CreateAnalysisRequest(RequestModel):
    """A request for the analysis of an order."""

    details: str | None = Field(
        default=None,
        max_length=MAX_DETAILS_LENGTH,
        description="A note for the order's history. It does not affect the reading",
    )


class TimelineEntryResponse(ResponseModel):
    """A date that a document states."""

    date: str = Field(description="The date, as ISO 8601")
    name: str = Field(description="The fact that states the date")
    document_id: str = Field(description="The document that states it")
    page: PageNumber | None = Field(description="The page that states it; null: none")


class TotalResponse(ResponseModel):
    """The total of the documents in one currency, in minor units; duplicates count once.

    Each of several documents in a file counts.
    """

    currency: str | None = Field(description="The lower-case ISO 4217 code; null: not stated")
    amount: int = Field(description="The total in minor units of the currency")
    documents: int = Field(description="The number of documents in the total")


class DocumentOfFileResponse(ResponseModel):
    """A document of the order, or one of several documents in its file."""

    document_id: str = Field(description="The document of the order")
    page: PageNumber | None = Field(
        description="The page on which the document begins that is one of several in its file; "
        "null: the whole file"
    )


class DuplicateResponse(ResponseModel):
    """A group of duplicate documents."""

    document_ids: list[str] = Field(description="The documents that are duplicates")
    documents: list[DocumentOfFileResponse] = Field(
        description="The duplicates, also those within one file"
    )
    because: Literal["same_bytes", "same_content"] = Field(description="The kind of duplicate")


class ContradictionResponse(ResponseModel):
    """Statements of the documents that contradict each other."""

    code: str = Field(
        description="The code of the contradiction. Codes may be added: show `text` for an "
        "unknown one"
    )
    params: dict[str, str | int] = Field(description="The values that `text` names")
    text: str = Field(description="The contradiction as an English sentence")
    document_ids: list[str] = Field(description="The documents that contradict each other")
    documents: list[DocumentOfFileResponse] = Field(
        description="Where the statements are, also within one file"
    )


class UnreadableDocumentResponse(ResponseModel):
    """A document that could not be read."""

    document_id: str = Field(description="The id of the document")
    filename: str = Field(description="The name of the file")
    title: str | None = Field(description="What the customer calls the document; null: nothing")
    reason: str | None = Field(description="The reason, as an English sentence")
    code: str | None = Field(
        description="The code of the reason. Codes may be added: show `reason` for an unknown one"
    )
    params: dict[str, str | int] = Field(description="The values that `reason` names")


class AnalysisResultResponse(ResponseModel):
    """A page of the analysis. `preview`: the order is not paid, and facts are omitted.

    `documents` and `unreadable` are those of the page. What the documents say together is about the
    whole order, and is on the first page only.
    """

    preview: bool = Field(description="Whether this is a preview of an unpaid order")
    documents: list[DocumentAnalysisResponse] = Field(
        description="The content of each document of the page"
    )
    timeline: list[TimelineEntryResponse] = Field(
        description="The dates of all documents of the order, the earliest first",
        default_factory=list,
    )
    totals: list[TotalResponse] = Field(
        description="The totals of all documents of the order, by currency", default_factory=list
    )
    duplicates: list[DuplicateResponse] = Field(
        description="Groups of duplicate documents", default_factory=list
    )
    contradictions: list[ContradictionResponse] = Field(
        description="Statements that contradict each other", default_factory=list
    )
    unreadable: list[UnreadableDocumentResponse] = Field(
        description="Documents of the page that could not be read", default_factory=list
    )


class AnalysisResponse(ResponseModel):
    """The analysis of an order."""

    id: str = Field(description="The id of the analysis")
    order_id: str = Field(description="The order that is analysed")
    status: AnalysisStatus = Field(description="The status of the analysis")
    result: AnalysisResultResponse = Field(description="The results that are available")
    created_at: datetime = Field(
        description="When the analysis was requested, or before that, when the first document "
        "could be read"
    )

    @classmethod
    def preview(
        cls,
        order: Order,
        documents: Sequence[Document],
        previews: Mapping[str, Json] | None = None,
    ) -> Self:
        """The free part, before payment: the kind of each document, and what cannot be read.

        `documents`: those of the page; `previews` has the facts of each by its id, without their
        values. Raises `AnalysisNotFound`.
        """
        entries = [
            _document_fields(document)
            | {"warnings": [WarningResponse.of(warning) for warning in document.warnings]}
            | {"segments": _free_segments(document)}
            | published((previews or {}).get(document.id, {}))
            for document in documents
            if document.was_read
        ]
        result = AnalysisResultResponse.model_validate(
            {"preview": True, "documents": entries, "unreadable": _unreadable(documents)}
        )
        return cls._of(order, result)

    @classmethod
    def whole(
        cls,
        order: Order,
        documents: Sequence[Document],
        facts: dict[str, Json],
        consolidated: Json | None = None,
    ) -> Self:
        """All of the page's documents; `facts` has the result of each by its id.

        `consolidated`: what all documents of the order say together. Raises `AnalysisNotFound`.
        """
        result = AnalysisResultResponse.model_validate(
            {
                "preview": False,
                "documents": [
                    with_messages(published(facts.get(document.id, {})))
                    | _document_fields(document)
                    | {
                        "etag": document.facts_tag,
                        "headline": facts.get(document.id, {}).get("headline", document.headline),
                    }
                    for document in documents
                    if document.was_read
                ],
                "unreadable": _unreadable(documents),
                **(_together(consolidated) if consolidated else {}),
            }
        )
        return cls._of(order, result)

    @classmethod
    def _of(cls, order: Order, result: AnalysisResultResponse) -> Self:
        return cls(
            id=analysis_id(order),
            order_id=order.id,
            status=status_of(order),
            result=result,
            created_at=require_available(order),
        )


class ReportResponse(ResponseModel):
    """A presigned URL of the report, valid for minutes."""

    url: Url = Field(description="The URL of the report, valid for minutes")


def _together(consolidated: Json) -> Json:
    """What the documents say together, in the fields of the response."""
    return {
        "timeline": published(consolidated["timeline"]),
        "totals": [
            {
                "currency": total["currency"],
                "amount": total["minor"],
                "documents": total["documents"],
            }
            for total in consolidated["totals"]
        ],
        "duplicates": published(consolidated["duplicates"]),
        "contradictions": [
            with_message("contradiction", reason)
            for reason in published(consolidated["contradictions"])
        ],
    }


def _document_fields(document: Document) -> Json:
    return {
        "document_id": document.id,
        "filename": document.filename,
        "title": document.title,
        "kind": document.kind,
        "language": document.language,
        "page_count": document.page_count,
        "headline": document.headline,
    }


def _free_segments(document: Document) -> list[Json]:
    """The documents of a file that has several, without their facts."""
    segments = (document.key_facts or {}).get("segments", ())
    return [
        {name: value for name, value in published(segment).items() if name not in _PAID}
        for segment in segments
    ]


def _unreadable(documents: Sequence[Document]) -> list[Json]:
    return [
        {
            "document_id": document.id,
            "filename": document.filename,
            "title": document.title,
            "reason": reason["status_reason"],
            "code": reason["status_reason_code"],
            "params": reason["status_reason_params"],
        }
        for document in documents
        if document.status is DocumentStatus.UNREADABLE
        for reason in [status_reason(document)]
    ]


def with_message(group: Group, reason: Json, language: Language = "en") -> Json:
    """A warning or a contradiction with its message as `text`."""
    return {**reason, "text": message(group, reason["code"], reason["params"], language)}


def with_messages(facts: Json, language: Language = "en") -> Json:
    """The result of a document; its warnings and unread pages with their messages."""
    warnings = [with_message("warning", reason, language) for reason in facts.get("warnings", ())]
    unread = [
        {**page, "reason": message("document", page["code"], page["params"], language)}
        for page in facts.get("unread", ())
    ]
    return {**facts, "warnings": warnings, "unread": unread}
