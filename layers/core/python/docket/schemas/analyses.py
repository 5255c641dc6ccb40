"""The analysis of an order: its documents' facts with evidence, and the consolidated view.

The reader counts pages from 0; the API counts them from 1.
"""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, WithJsonSchema

from analysis.extract.catalogue import CATALOGUE
from analysis.model.page_numbers import published
from docket.domain.document import Document, DocumentStatus
from docket.domain.language import Language
from docket.domain.order import AnalysisStatus, Order
from docket.messages import Group, message
from docket.schemas.base import RequestModel, ResponseModel
from docket.schemas.documents import WarningResponse, status_reason

LONGEST_DETAILS = 2000

type Box = Annotated[
    tuple[float, float, float, float],
    # Client generators do not support the four numbers of `prefixItems`.
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "number"},
            "minItems": 4,
            "maxItems": 4,
            "description": "Left, top, right and bottom as fractions of the page",
            "examples": [[0.12, 0.31, 0.38, 0.34]],
        }
    ),
]
type Json = dict[str, Any]

type PageNumber = Annotated[int, Field(ge=1, description="Pages count from 1")]


class CreateAnalysisRequest(RequestModel):
    details: str | None = Field(
        default=None,
        max_length=LONGEST_DETAILS,
        description="A note for the order's history. It does not affect the reading",
    )


class _Open(BaseModel):
    """An object from the reader. The listed fields are stable; others may be added."""

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


class MoneyResponse(_Open):
    """An amount of money."""

    minor: int = Field(description="The amount in minor units of the currency", examples=[119000])
    currency: str | None = Field(description="The lower-case ISO 4217 code; null: not stated")


class FactResponse(_Open):
    """A fact that a document states. `box` is left, top, right and bottom as page fractions.

    `normalised` is an ISO date, a time, money (`{"minor", "currency"}`), an E.164 number, an IBAN
    without blanks, or the text. A fact of embedded data may have no page. A computed fact has the
    evidence of what it was computed from, such as the payment terms for a due date.
    """

    name: str = Field(
        description=FACT_NAMES_DESCRIPTION, json_schema_extra={"x-facts": fact_catalogue()}
    )
    value: str = Field(description="The text as the document has it")
    normalised: str | MoneyResponse | None = Field(
        description="The value in a normalised form for programs; null: none"
    )
    page: PageNumber | None = Field(description="The page that states it; null: none")
    box: Box | None = Field(description="Its location on the page; null: unknown")
    confidence: float = Field(description="The reader's confidence, from 0 to 1", ge=0, le=1)
    source: Literal["text", "ocr", "xml", "computed"] = Field(description="The source of the fact")


class PageResponse(_Open):
    number: PageNumber = Field(description="The number of the page")
    width: float = Field(description="The width of the page in points")
    height: float = Field(description="The height of the page in points")
    source: Literal["text", "ocr", "xml"] = Field(description="The source of the page's text")
    confidence: float = Field(description="The reader's confidence in the text, from 0 to 1")
    language: str | None = Field(
        description="The language of the page as an ISO 639-1 code; null: unknown"
    )


class TableResponse(_Open):
    page: PageNumber = Field(description="The page that the table is on")
    box: Box | None = Field(description="The table's location on the page; null: unknown")
    rows: list[list[str]] = Field(description="The text of the cells, row by row")


class LineItemResponse(_Open):
    """A line item of an invoice or receipt; numbers are decimal text such as `12.50`."""

    description: str = Field(description="What was sold")
    quantity: str | None = Field(description="The quantity; null: not stated")
    unit_price: str | None = Field(description="The price of one unit; null: not stated")
    amount: str = Field(description="The price of the line")
    page: PageNumber | None = Field(description="The page that states it; null: none")
    box: Box | None = Field(description="Its location on the page; null: unknown")


class SummarySentenceResponse(_Open):
    text: str = Field(description="The sentence")
    page: PageNumber | None = Field(description="The page that it is from; null: unknown")


class PartyResponse(_Open):
    role: str = Field(description="The role of the party, such as `seller`")
    name: str = Field(description="The name of the person or company")


class UnreadPageResponse(_Open):
    page: PageNumber | None = Field(description="The page; null: unknown")
    reason: str = Field(description="The reason, as an English sentence")
    code: str = Field(
        description="The code of the reason. Codes may be added: show `reason` for an unknown one"
    )
    params: dict[str, str | int] = Field(description="The values that `reason` names")


class DocumentAnalysisResponse(_Open):
    """The content of one document.

    A preview has only its kind and readability: no facts, no tables, no summary.
    """

    document_id: str = Field(description="The id of the document")
    filename: str = Field(description="The name of the file")
    kind: str | None = Field(description="The kind of document; null: unknown. Kinds may be added")
    language: str | None = Field(
        description="The language of its text as an ISO 639-1 code; null: unknown"
    )
    page_count: int | None = Field(description="The number of pages that could be read")
    headline: str | None = Field(description="A one-line description; null: unknown")
    kind_score: float | None = Field(
        default=None, description="The reader's confidence in `kind`, from 0 to 1"
    )
    reader_version: str | None = Field(default=None, description="The version of the reader")
    facts: list[FactResponse] = Field(
        description="The facts that the document states", default_factory=list
    )
    pages: list[PageResponse] = Field(description="The pages that were read", default_factory=list)
    tables: list[TableResponse] = Field(
        description="The tables of the document", default_factory=list
    )
    line_items: list[LineItemResponse] = Field(
        description="The line items of an invoice or receipt", default_factory=list
    )
    summary: list[SummarySentenceResponse] = Field(
        description="A summary in sentences of the document", default_factory=list
    )
    parties: list[PartyResponse] = Field(
        description="The persons and companies that the document names", default_factory=list
    )
    key_phrases: list[str] = Field(description="Key phrases of the document", default_factory=list)
    warnings: list[WarningResponse] = Field(
        description="Warnings about the result", default_factory=list
    )
    unread: list[UnreadPageResponse] = Field(
        description="The pages that could not be read", default_factory=list
    )
    partial: bool = Field(
        default=False, description="Whether the lists are shortened to fit into the response"
    )


class TimelineEntryResponse(ResponseModel):
    date: str = Field(description="The date, as ISO 8601")
    name: str = Field(description="The fact that states the date")
    document_id: str = Field(description="The document that states it")
    page: PageNumber | None = Field(description="The page that states it; null: none")


class TotalResponse(ResponseModel):
    """The total of the documents in one currency, in minor units; duplicates count once."""

    currency: str | None = Field(description="The lower-case ISO 4217 code; null: not stated")
    amount: int = Field(description="The total in minor units of the currency")
    documents: int = Field(description="The number of documents in the total")


class DuplicateResponse(ResponseModel):
    document_ids: list[str] = Field(description="The documents that are duplicates")
    because: Literal["same_bytes", "same_content"] = Field(description="The kind of duplicate")


class ContradictionResponse(ResponseModel):
    code: str = Field(
        description="The code of the contradiction. Codes may be added: show `text` for an "
        "unknown one"
    )
    params: dict[str, str | int] = Field(description="The values that `text` names")
    text: str = Field(description="The contradiction as an English sentence")
    document_ids: list[str] = Field(description="The documents that contradict each other")


class UnreadableDocumentResponse(ResponseModel):
    document_id: str = Field(description="The id of the document")
    filename: str = Field(description="The name of the file")
    reason: str | None = Field(description="The reason, as an English sentence")
    code: str | None = Field(
        description="The code of the reason. Codes may be added: show `reason` for an unknown one"
    )
    params: dict[str, str | int] = Field(description="The values that `reason` names")


class AnalysisResultResponse(ResponseModel):
    """The analysis of the whole order. `preview`: the order is not paid, and facts are omitted."""

    preview: bool = Field(description="Whether this is a preview of an unpaid order")
    documents: list[DocumentAnalysisResponse] = Field(description="The content of each document")
    timeline: list[TimelineEntryResponse] = Field(
        description="The dates of all documents in order", default_factory=list
    )
    totals: list[TotalResponse] = Field(
        description="The totals of the documents, by currency", default_factory=list
    )
    duplicates: list[DuplicateResponse] = Field(
        description="Groups of duplicate documents", default_factory=list
    )
    contradictions: list[ContradictionResponse] = Field(
        description="Statements that contradict each other", default_factory=list
    )
    unreadable: list[UnreadableDocumentResponse] = Field(
        description="Documents that could not be read", default_factory=list
    )


class AnalysisResponse(ResponseModel):
    id: str = Field(description="The id of the analysis")
    order_id: str = Field(description="The order that is analysed")
    status: AnalysisStatus = Field(description="The status of the analysis")
    result: AnalysisResultResponse = Field(description="The results that are available")
    created_at: datetime = Field(description="When the analysis was requested")

    @classmethod
    def preview(cls, order: Order, *, created_at: datetime) -> Self:
        """The free part, before payment: the kind of each document, and what cannot be read."""
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
        """The whole analysis: the result of each document by its id, and the consolidated view."""
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
    """A presigned URL of the report, valid for minutes."""

    url: str = Field(description="The URL of the report, valid for minutes")


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
    """A warning or a contradiction with its message as `text`."""
    return {**found, "text": message(group, found["code"], found["params"], language)}


def with_sentences(facts: Json, language: Language = "en") -> Json:
    """The result of a document; its warnings and unread pages with their messages."""
    warnings = [with_sentence("warning", found, language) for found in facts.get("warnings", ())]
    unread = [
        {**page, "reason": message("document", page["code"], page["params"], language)}
        for page in facts.get("unread", ())
    ]
    return {**facts, "warnings": warnings, "unread": unread}
