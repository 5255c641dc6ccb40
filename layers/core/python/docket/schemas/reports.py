"""Reports that a worker makes: the request, and the state."""

from datetime import datetime
from typing import Annotated, Literal, Self

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from docket.domain.language import Language
from docket.domain.orders.report import (
    DoubtfulFacts,
    Report,
    ReportFormat,
    ReportOptions,
    ReportTable,
)
from docket.schemas.base import RequestModel, ResponseModel, Url

Form = Annotated[
    ReportFormat,
    Query(
        alias="format",
        description="JSON: the whole result, as `report.schema.json` describes it; XLSX: sheets "
        "of documents, line items, tax by rate, facts, tables and problems; CSV: one of these "
        "tables; PDF: pages to read and print",
    ),
]

Table = Annotated[
    ReportTable,
    Query(
        description="The table of a CSV: one row for each document, for each line item, for each "
        "transaction of account statements, or for each fact with its place on the page. Other "
        "formats do not depend on it"
    ),
]

Doubtful = Annotated[
    DoubtfulFacts,
    Query(
        description="Whether facts that the reader is not sure of, if nobody reviewed them, are "
        "marked or left out"
    ),
]

ReportLanguage = Annotated[
    Literal["en", "de"] | None,
    Query(
        description="The language of headings and text, and how a CSV writes numbers and dates: "
        "`en` has commas between columns, decimal points and ISO dates, `de` has semicolons, "
        "decimal commas and dates like 31.12.2026. JSON does not depend on it. The default "
        "follows `Accept-Language`; without that header it is `en`"
    ),
]


class CreateReportRequest(RequestModel):
    """A request for a report."""

    format: ReportFormat = Field(
        description="JSON: the whole result; XLSX: sheets of documents, line items, tax by rate, "
        "facts, tables and problems; CSV: one of these tables; PDF: pages to read and print"
    )
    language: Literal["en", "de"] | None = Field(
        default=None,
        description="The language of headings and text, and of a CSV's numbers and dates; null: "
        "by `Accept-Language`, else `en`",
    )
    table: ReportTable = Field(default="documents", description="The table of a CSV")
    doubtful: DoubtfulFacts = Field(
        default="mark",
        description="Whether facts that the reader is not sure of, if nobody reviewed them, are "
        "marked or left out",
    )

    def options(self, accepted: Language) -> ReportOptions:
        """The options; `accepted` is the language if none is requested."""
        return ReportOptions(
            form=self.format,
            language=self.language or accepted,
            table=self.table,
            doubtful=self.doubtful,
        )


class ReportStateResponse(ResponseModel):
    """A report that was requested."""

    status: Literal["making", "ready"] = Field(description="Whether it is made")
    done: int = Field(description="How many documents are in it so far")
    total: int = Field(description="How many documents it will have; 0: it has not begun")
    requested_at: datetime = Field(description="When it was requested")
    url: Url | None = Field(
        description="The URL of the report, valid for minutes; null: it is being made"
    )

    @classmethod
    def of(cls, report: Report, url: str | None = None) -> Self:
        """`url` is a presigned one, for a report that is ready."""
        return cls.model_validate(
            {
                "status": report.state,
                "done": report.done,
                "total": report.total,
                "requested_at": report.requested_at,
                "url": url,
            }
        )
