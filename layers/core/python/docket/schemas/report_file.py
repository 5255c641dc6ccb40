"""The report of an order as JSON: the whole result, with all text of the pages and stable ids.

`docs/report.schema.json` describes it: `infra/export_schema.py` writes it from these models.
"""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from docket.schemas.analyses import ContradictionResponse, DuplicateResponse, TimelineEntryResponse
from docket.schemas.base import ResponseModel
from docket.schemas.document_analyses import (
    Box,
    DocumentContentResponse,
    LineItemResponse,
    PageResponse,
    TableResponse,
    TransactionResponse,
)

EntryId = Annotated[
    str,
    Field(
        pattern="^[0-9a-f]{16}$",
        description="The id within the document. It stays the same as long as the reader finds the "
        "same text at the same place",
    ),
]


class ReportLine(ResponseModel):
    """A run of text on one line of a page."""

    text: str = Field(description="The text")
    box: Box = Field(description="Its location on the page")


class ReportPage(PageResponse):
    """A page that was read, with its text."""

    lines: list[ReportLine] = Field(description="The text in reading order", default_factory=list)


class ReportTable(TableResponse):
    """A table of a document."""

    id: EntryId


class ReportLineItem(LineItemResponse):
    """A line item of an invoice or receipt; numbers are decimal text such as `12.50`."""

    id: EntryId


class ReportTransaction(TransactionResponse):
    """A transaction of an account statement; numbers are decimal text such as `12.50`."""

    id: EntryId


class ReportDocument(DocumentContentResponse):
    """The whole result of a document: as in the API, and the text of its pages."""

    sha256: str | None = Field(description="The SHA-256 of the file, in hex; null: unknown")
    kind_of_file: str = Field(description="The format of the file, such as `pdf`")
    # The models are frozen, so a list of a narrower kind can stand for the wider one.
    pages: list[ReportPage] = Field(  # type: ignore[assignment]  # frozen, see above
        description="The pages that were read", default_factory=list
    )
    tables: list[ReportTable] = Field(  # type: ignore[assignment]  # frozen, see above
        description="The tables of the document", default_factory=list
    )
    line_items: list[ReportLineItem] = Field(  # type: ignore[assignment]  # frozen, see above
        description="The line items of an invoice or receipt", default_factory=list
    )
    transactions: list[ReportTransaction] = Field(  # type: ignore[assignment]  # frozen, see above
        description="The transactions of an account statement", default_factory=list
    )


class UnreadableReportDocument(ResponseModel):
    """A document that was not read, or whose result is not paid for."""

    document_id: str = Field(description="The id of the document")
    filename: str = Field(description="The name of the file")
    title: str | None = Field(
        default=None, description="What the customer calls the document; null: nothing"
    )
    sha256: str | None = Field(description="The SHA-256 of the file, in hex; null: unknown")
    unreadable: str = Field(description="The reason, as an English sentence")


class ReportOrder(ResponseModel):
    """The order."""

    id: str = Field(description="The id of the order")
    title: str = Field(description="The title of the order, or `Order` or `Sample documents`")
    is_sample: bool = Field(description="Whether its documents are Docket's samples")
    created: date = Field(description="The day on which it was created, in UTC")
    paid: date | None = Field(description="The day on which it was paid, in UTC; null: unknown")
    reviewed: datetime | None = Field(description="When its review was finished; null: it is open")
    reviewed_by: str | None = Field(
        description="The id of the user who finished the review; null: it is open"
    )
    reviewed_with_key: str | None = Field(
        description="The API key by which a program of the user finished it; null: the user did"
    )


class ReportTotal(ResponseModel):
    """The total of the documents in one currency; duplicates count once."""

    currency: str | None = Field(description="The lower-case ISO 4217 code; null: not stated")
    minor: int = Field(description="The total in minor units of the currency")
    documents: int = Field(description="The number of documents in the total")


class ReportTogether(ResponseModel):
    """What all documents of the order say together."""

    timeline: list[TimelineEntryResponse] = Field(
        description="The dates of all documents, the earliest first"
    )
    totals: list[ReportTotal] = Field(description="The totals, by currency")
    duplicates: list[DuplicateResponse] = Field(description="Groups of duplicate documents")
    contradictions: list[ContradictionResponse] = Field(
        description="Statements that contradict each other"
    )


class ReportFile(ResponseModel):
    """The report of an order."""

    order: ReportOrder = Field(description="The order")
    documents: list[ReportDocument | UnreadableReportDocument] = Field(
        description="Its documents in the order in which they were added"
    )
    consolidated: ReportTogether = Field(alias="across", description="What they say together")
