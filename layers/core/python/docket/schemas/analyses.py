"""An order's analysis: what its documents state, where, how sure that is, and what it adds up to.

The reader counts pages from 0; people, and so the API, count them from 1.
"""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from analysis.extract.catalogue import CATALOGUE
from analysis.numbering import published
from docket.domain.document import Document, DocumentStatus
from docket.domain.language import Language
from docket.domain.order import AnalysisStatus, Order
from docket.messages import Group, message
from docket.schemas.base import RequestModel, ResponseModel
from docket.schemas.documents import WarningResponse, status_reason

LONGEST_DETAILS = 2000

type Box = tuple[float, float, float, float]
type Json = dict[str, Any]

type PageNumber = Annotated[int, Field(ge=1, description="Pages count from 1")]


class CreateAnalysisRequest(RequestModel):
    details: str | None = Field(
        default=None,
        max_length=LONGEST_DETAILS,
        description="A note for the order's history. It changes nothing about what is read",
    )


class _Open(BaseModel):
    """Something of the reader's: what is listed is promised, and there may be more."""

    model_config = ConfigDict(frozen=True, extra="allow")


FACT_NAMES_DESCRIPTION = (
    "A name of the catalogue in `x-facts`, which states its meaning, its type, the kinds of "
    "document that have it, and its label in each language. Names may be added"
)


def fact_catalogue() -> list[JsonValue]:
    """The catalogue of facts as the API's description shows it."""
    return [
        {
            "name": spec.name,
            "meaning": spec.meaning,
            "type": spec.type,
            "kinds": list(spec.kinds),
            "any_kind": spec.any_kind,
            "shown": spec.shown,
            "labels": dict(spec.labels),
        }
        for spec in CATALOGUE
    ]


class FactResponse(_Open):
    """One thing a document states. `box` is left, top, right and bottom as fractions of the page.

    `normalised` is an ISO date, a time, money (`{"minor", "currency"}`), an E.164 number, an IBAN
    without blanks, or the text. A fact of embedded data may stand on no page. One that is computed
    from others shows what it follows from, as a due date the terms of payment.
    """

    name: str = Field(
        description=FACT_NAMES_DESCRIPTION, json_schema_extra={"x-facts": fact_catalogue()}
    )
    value: str
    normalised: str | dict[str, Any] | None
    page: PageNumber | None
    box: Box | None
    confidence: float = Field(ge=0, le=1)
    source: Literal["text", "ocr", "xml", "computed"]


class PageResponse(_Open):
    number: PageNumber
    width: float
    height: float
    source: Literal["text", "ocr", "xml"]
    confidence: float
    language: str | None


class TableResponse(_Open):
    page: PageNumber
    box: Box | None
    rows: list[list[str]]


class LineItemResponse(_Open):
    """A position of an invoice or receipt; numbers are decimal text such as `12.50`."""

    description: str
    quantity: str | None
    unit_price: str | None
    amount: str
    page: PageNumber | None
    box: Box | None


class SummarySentenceResponse(_Open):
    text: str
    page: PageNumber | None


class PartyResponse(_Open):
    role: str
    name: str


class UnreadPageResponse(_Open):
    page: PageNumber | None
    reason: str
    code: str
    params: dict[str, str | int]


class DocumentAnalysisResponse(_Open):
    """What one document states.

    In a preview, only what it is and how well it could be read: no facts, no tables, no summary.
    """

    document_id: str
    filename: str
    kind: str | None
    language: str | None
    page_count: int | None
    headline: str | None
    kind_score: float | None = None
    reader_version: str | None = None
    facts: list[FactResponse] = Field(default_factory=list)
    pages: list[PageResponse] = Field(default_factory=list)
    tables: list[TableResponse] = Field(default_factory=list)
    line_items: list[LineItemResponse] = Field(default_factory=list)
    summary: list[SummarySentenceResponse] = Field(default_factory=list)
    parties: list[PartyResponse] = Field(default_factory=list)
    key_phrases: list[str] = Field(default_factory=list)
    warnings: list[WarningResponse] = Field(default_factory=list)
    unread: list[UnreadPageResponse] = Field(default_factory=list)
    partial: bool = False


class TimelineEntryResponse(ResponseModel):
    date: str
    name: str
    document_id: str
    page: PageNumber | None


class TotalResponse(ResponseModel):
    """The sum of the documents' totals in one currency, in minor units; duplicates count once."""

    currency: str | None
    amount: int
    documents: int


class DuplicateResponse(ResponseModel):
    document_ids: list[str]
    because: Literal["same_bytes", "same_content"]


class ContradictionResponse(ResponseModel):
    code: str
    params: dict[str, str | int]
    text: str
    document_ids: list[str]


class UnreadableDocumentResponse(ResponseModel):
    document_id: str
    filename: str
    reason: str | None
    code: str | None
    params: dict[str, str | int]


class AnalysisResultResponse(ResponseModel):
    """The order as a whole. `preview`: it is not paid yet, and shows only what each document is."""

    preview: bool
    documents: list[DocumentAnalysisResponse]
    timeline: list[TimelineEntryResponse] = Field(default_factory=list)
    totals: list[TotalResponse] = Field(default_factory=list)
    duplicates: list[DuplicateResponse] = Field(default_factory=list)
    contradictions: list[ContradictionResponse] = Field(default_factory=list)
    unreadable: list[UnreadableDocumentResponse] = Field(default_factory=list)


class AnalysisResponse(ResponseModel):
    id: str
    order_id: str
    status: AnalysisStatus
    result: AnalysisResultResponse
    created_at: datetime

    @classmethod
    def preview(cls, order: Order, *, created_at: datetime) -> Self:
        """What is told before the order is paid: what each document is, and what cannot be read."""
        documents = [
            _named(document)
            | {"warnings": [WarningResponse.of(warning) for warning in document.warnings]}
            for document in _read(order)
        ]
        result = AnalysisResultResponse.model_validate(
            {"preview": True, "documents": documents, "unreadable": _unreadable(order)}
        )
        return cls._of(order, result, created_at)

    @classmethod
    def whole(
        cls, order: Order, facts: dict[str, Json], consolidated: Json, *, created_at: datetime
    ) -> Self:
        """All of it: the readings by document id, and what they say together."""
        result = AnalysisResultResponse.model_validate(
            {
                "preview": False,
                "documents": [
                    with_sentences(published(facts.get(document.id, {}))) | _named(document)
                    for document in _read(order)
                ],
                "timeline": published(consolidated["timeline"]),
                "totals": [
                    {
                        "currency": total["currency"],
                        "amount": total["minor"],
                        "documents": total["documents"],
                    }
                    for total in consolidated["totals"]
                ],
                "duplicates": consolidated["duplicates"],
                "contradictions": [
                    with_sentence("contradiction", found)
                    for found in consolidated["contradictions"]
                ],
                "unreadable": _unreadable(order),
            }
        )
        return cls._of(order, result, created_at)

    @classmethod
    def _of(cls, order: Order, result: AnalysisResultResponse, created_at: datetime) -> Self:
        return cls(
            id=order.analysis_id,
            order_id=order.id,
            status=order.analysis_status,
            result=result,
            created_at=created_at,
        )


class ReportResponse(ResponseModel):
    """Where the report can be fetched, for minutes."""

    url: str


def _read(order: Order) -> list[Document]:
    return [
        document for document in order.documents if document.reader_version and document.page_count
    ]


def _named(document: Document) -> Json:
    return {
        "document_id": document.id,
        "filename": document.filename,
        "kind": document.kind,
        "language": document.language,
        "page_count": document.page_count,
        "headline": document.headline,
    }


def _unreadable(order: Order) -> list[Json]:
    return [
        {
            "document_id": document.id,
            "filename": document.filename,
            "reason": reason["status_reason"],
            "code": reason["status_reason_code"],
            "params": reason["status_reason_params"],
        }
        for document in order.documents
        if document.status is DocumentStatus.UNREADABLE
        for reason in [status_reason(document)]
    ]


def with_sentence(group: Group, found: Json, language: Language = "en") -> Json:
    """A warning or a contradiction with its `text`."""
    return {**found, "text": message(group, found["code"], found["params"], language)}


def with_sentences(facts: Json, language: Language = "en") -> Json:
    """What was read of a document, its warnings and unread pages with their sentences."""
    warnings = [with_sentence("warning", found, language) for found in facts.get("warnings", ())]
    unread = [
        {**page, "reason": message("document", page["code"], page["params"], language)}
        for page in facts.get("unread", ())
    ]
    return {**facts, "warnings": warnings, "unread": unread}
