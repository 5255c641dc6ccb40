"""An order's analysis: what its documents state, where, how sure that is, and what it adds up to.

The reader counts pages from 0; people, and so the API, count them from 1.
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
    # Generators of clients lose the four numbers of `prefixItems`.
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


class MoneyResponse(_Open):
    """An amount of money."""

    minor: int = Field(description="The amount in minor units of the currency", examples=[119000])
    currency: str | None = Field(description="The lower-case ISO 4217 code; null: not stated")


class FactResponse(_Open):
    """One thing a document states. `box` is left, top, right and bottom as fractions of the page.

    `normalised` is an ISO date, a time, money (`{"minor", "currency"}`), an E.164 number, an IBAN
    without blanks, or the text. A fact of embedded data may stand on no page. One that is computed
    from others shows what it follows from, as a due date the terms of payment.
    """

    name: str = Field(
        description=FACT_NAMES_DESCRIPTION, json_schema_extra={"x-facts": fact_catalogue()}
    )
    value: str = Field(description="The text as the document has it")
    normalised: str | MoneyResponse | None = Field(
        description="The value in a form for programs; null: it has none"
    )
    page: PageNumber | None = Field(description="The page that states it; null: none does")
    box: Box | None = Field(description="Where on the page it stands; null: not known")
    confidence: float = Field(description="How sure the reader is, from 0 to 1", ge=0, le=1)
    source: Literal["text", "ocr", "xml", "computed"] = Field(
        description="Where the reader found it"
    )


class PageResponse(_Open):
    number: PageNumber = Field(description="The number of the page")
    width: float = Field(description="The width of the page in points")
    height: float = Field(description="The height of the page in points")
    source: Literal["text", "ocr", "xml"] = Field(
        description="Where the text of the page comes from"
    )
    confidence: float = Field(description="How sure the reader is of the text, from 0 to 1")
    language: str | None = Field(
        description="The language of the page as an ISO 639-1 code; null: not known"
    )


class TableResponse(_Open):
    page: PageNumber = Field(description="The page that the table is on")
    box: Box | None = Field(description="Where on the page the table is; null: not known")
    rows: list[list[str]] = Field(description="The text of the cells, row by row")


class LineItemResponse(_Open):
    """A position of an invoice or receipt; numbers are decimal text such as `12.50`."""

    description: str = Field(description="What was sold")
    quantity: str | None = Field(description="The quantity; null: not stated")
    unit_price: str | None = Field(description="The price of one unit; null: not stated")
    amount: str = Field(description="The price of the line")
    page: PageNumber | None = Field(description="The page that states it; null: none does")
    box: Box | None = Field(description="Where on the page it stands; null: not known")


class SummarySentenceResponse(_Open):
    text: str = Field(description="The sentence")
    page: PageNumber | None = Field(description="The page that it is from; null: not known")


class PartyResponse(_Open):
    role: str = Field(description="The part that it plays, such as `seller`")
    name: str = Field(description="The name of the person or company")


class UnreadPageResponse(_Open):
    page: PageNumber | None = Field(description="The page; null: not known which")
    reason: str = Field(description="Why it could not be read, as an English sentence")
    code: str = Field(
        description="Why it could not be read, for a program. Codes may be added: show "
        "`reason` for an unknown one"
    )
    params: dict[str, str | int] = Field(description="The values that `reason` names")


class DocumentAnalysisResponse(_Open):
    """What one document states.

    In a preview, only what it is and how well it could be read: no facts, no tables, no summary.
    """

    document_id: str = Field(description="The id of the document")
    filename: str = Field(description="The name of the file")
    kind: str | None = Field(
        description="What the document is; null: not known. Kinds may be added"
    )
    language: str | None = Field(
        description="The language of its text as an ISO 639-1 code; null: not known"
    )
    page_count: int | None = Field(description="How many pages could be read")
    headline: str | None = Field(
        description="What the document is about in one line; null: not known"
    )
    kind_score: float | None = Field(
        default=None, description="How sure the reader is of `kind`, from 0 to 1"
    )
    reader_version: str | None = Field(default=None, description="The version of the reader")
    facts: list[FactResponse] = Field(description="What the document states", default_factory=list)
    pages: list[PageResponse] = Field(description="The pages that were read", default_factory=list)
    tables: list[TableResponse] = Field(
        description="The tables of the document", default_factory=list
    )
    line_items: list[LineItemResponse] = Field(
        description="The positions of an invoice or receipt", default_factory=list
    )
    summary: list[SummarySentenceResponse] = Field(
        description="The sentences that sum the document up", default_factory=list
    )
    parties: list[PartyResponse] = Field(
        description="The persons and companies that the document names", default_factory=list
    )
    key_phrases: list[str] = Field(
        description="Phrases that are typical of the document", default_factory=list
    )
    warnings: list[WarningResponse] = Field(
        description="What to know before relying on the document", default_factory=list
    )
    unread: list[UnreadPageResponse] = Field(
        description="The pages that could not be read", default_factory=list
    )
    partial: bool = Field(
        default=False, description="Whether the lists are shortened so that the reply fits"
    )


class TimelineEntryResponse(ResponseModel):
    date: str = Field(description="The date, as ISO 8601")
    name: str = Field(description="The fact that states the date")
    document_id: str = Field(description="The document that states it")
    page: PageNumber | None = Field(description="The page that states it; null: none does")


class TotalResponse(ResponseModel):
    """The sum of the documents' totals in one currency, in minor units; duplicates count once."""

    currency: str | None = Field(description="The lower-case ISO 4217 code; null: not stated")
    amount: int = Field(description="The sum in minor units of the currency")
    documents: int = Field(description="How many documents are in the sum")


class DuplicateResponse(ResponseModel):
    document_ids: list[str] = Field(description="The documents that are the same")
    because: Literal["same_bytes", "same_content"] = Field(description="How they are the same")


class ContradictionResponse(ResponseModel):
    code: str = Field(
        description="The contradiction for a program. Codes may be added: show `text` for an "
        "unknown one"
    )
    params: dict[str, str | int] = Field(description="The values that `text` names")
    text: str = Field(description="The contradiction as an English sentence")
    document_ids: list[str] = Field(description="The documents that contradict each other")


class UnreadableDocumentResponse(ResponseModel):
    document_id: str = Field(description="The id of the document")
    filename: str = Field(description="The name of the file")
    reason: str | None = Field(description="Why it could not be read, as an English sentence")
    code: str | None = Field(
        description="Why it could not be read, for a program. Codes may be added: show "
        "`reason` for an unknown one"
    )
    params: dict[str, str | int] = Field(description="The values that `reason` names")


class AnalysisResultResponse(ResponseModel):
    """The order as a whole. `preview`: it is not paid yet, and shows only what each document is."""

    preview: bool = Field(description="Whether the order is not paid yet and this is a preview")
    documents: list[DocumentAnalysisResponse] = Field(description="What each document states")
    timeline: list[TimelineEntryResponse] = Field(
        description="The dates of all documents in order", default_factory=list
    )
    totals: list[TotalResponse] = Field(
        description="The totals of the documents, by currency", default_factory=list
    )
    duplicates: list[DuplicateResponse] = Field(
        description="Documents that are the same", default_factory=list
    )
    contradictions: list[ContradictionResponse] = Field(
        description="Statements that cannot all be true", default_factory=list
    )
    unreadable: list[UnreadableDocumentResponse] = Field(
        description="Documents that could not be read", default_factory=list
    )


class AnalysisResponse(ResponseModel):
    id: str = Field(description="The id of the analysis")
    order_id: str = Field(description="The order that is analysed")
    status: AnalysisStatus = Field(description="How far the analysis is")
    result: AnalysisResultResponse = Field(description="What is known so far")
    created_at: datetime = Field(description="When the analysis was requested")

    @classmethod
    def preview(cls, order: Order, *, created_at: datetime) -> Self:
        """The free part, before payment: what each document is, and what cannot be read."""
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

    url: str = Field(description="The address of the report, valid for minutes")


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
