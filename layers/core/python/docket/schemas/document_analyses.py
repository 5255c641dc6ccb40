"""The content of one document: facts with evidence, tables, line items and a summary."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, WithJsonSchema

from analysis.extract.catalogue import CATALOGUE
from docket.schemas.documents import WarningResponse

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
type PageNumber = Annotated[int, Field(ge=1, description="Pages count from 1")]


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


class StatementResponse(_Open):
    """What the reader found, where a customer has corrected it."""

    value: str = Field(description="The text as the document has it")
    normalised: str | MoneyResponse | None = Field(
        description="The value in a normalised form for programs; null: none"
    )
    page: PageNumber | None = Field(description="The page that states it; null: none")
    box: Box | None = Field(description="Its location on the page; null: unknown")


class ReviewResponse(_Open):
    """What the customer says about a fact."""

    verdict: Literal["accepted", "corrected", "rejected"] = Field(
        description="Whether it is right, has another value, or is none. Totals and reports leave "
        "out what was rejected"
    )
    at: datetime = Field(description="When")
    by: str = Field(description="The id of the user")
    found: bool = Field(
        description="Whether the present result has the fact; false: the review is of an earlier "
        "result, in which the fact was found"
    )


class FactResponse(_Open):
    """A fact that a document states. `box` is left, top, right and bottom as page fractions.

    `normalised` is an ISO date, a time, money (`{"minor", "currency"}`), an E.164 number, an IBAN
    without blanks, or the text. A fact of embedded data may have no page. A computed fact has the
    evidence of what it was computed from, such as the payment terms for a due date.
    """

    id: str = Field(
        pattern="^[0-9a-f]{16}$",
        description="The id of the fact within its document. It stays the same as long as the "
        "reader finds the same text at the same place",
    )
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
    source: Literal["text", "ocr", "xml", "computed", "barcode"] = Field(
        description="The source of the fact"
    )
    doubtful: bool = Field(
        description="Whether it should be reviewed: the document's statement, of which the reader "
        "is not sure"
    )
    corrected: bool = Field(description="Whether the customer has corrected it")
    reader_value: StatementResponse | None = Field(
        description="What the reader found; null: it was not corrected"
    )
    review: ReviewResponse | None = Field(
        description="What the customer says about it; null: nothing"
    )


class FactPreviewResponse(_Open):
    """A fact of a document that is not paid for: that it was found, without its value."""

    name: str = Field(description=FACT_NAMES_DESCRIPTION)
    masked_value: str = Field(
        description="Dots in place of the value, the same for all facts of a type: they tell "
        "neither its characters nor its length",
        examples=["•••,••"],
    )
    confidence: float = Field(description="The reader's confidence, from 0 to 1", ge=0, le=1)
    doubtful: bool = Field(description="Whether it should be reviewed")
    page: PageNumber | None = Field(description="The page that states it; null: none")
    box: Box | None = Field(description="Its location on the page; null: unknown")


class PageSizeResponse(_Open):
    """The size of a page."""

    width: float = Field(description="The width of the page in points")
    height: float = Field(description="The height of the page in points")


class PageResponse(_Open):
    """A page that was read."""

    number: PageNumber = Field(description="The number of the page")
    width: float = Field(description="The width of the page in points")
    height: float = Field(description="The height of the page in points")
    source: Literal["text", "ocr", "xml"] = Field(description="The source of the page's text")
    confidence: float = Field(description="The reader's confidence in the text, from 0 to 1")
    language: str | None = Field(
        description="The language of the page as an ISO 639-1 code; null: unknown"
    )


class TableResponse(_Open):
    """A table of a document."""

    page: PageNumber = Field(description="The page that the table is on")
    box: Box | None = Field(description="The table's location on the page; null: unknown")
    rows: list[list[str]] = Field(description="The text of the cells, row by row")
    header_rows: int = Field(default=0, description="How many of the first rows are its head")
    spans: list[list[int]] = Field(
        default_factory=list,
        description="The cells over several rows or columns, each as row, column, number of rows "
        "and number of columns, counted from 0; the text is in the first of these cells",
    )
    continued: bool = Field(
        default=False, description="Whether it continues the table before it, on the page before"
    )


class LineItemResponse(_Open):
    """A line item of an invoice or receipt; numbers are decimal text such as `12.50`."""

    id: str | None = Field(
        default=None,
        pattern="^[0-9a-f]{16}$",
        description="The id within the document. It stays the same as long as the reader finds the "
        "same text at the same place. Null: the customer added it",
    )
    description: str = Field(description="What was sold")
    quantity: str | None = Field(description="The quantity; null: not stated")
    unit: str | None = Field(
        default=None, description="The unit of the quantity as printed; null: not stated"
    )
    unit_price: str | None = Field(description="The price of one unit; null: not stated")
    discount: str | None = Field(
        default=None,
        description="The discount, an amount such as `5.00` or a percentage such as `10%`; "
        "null: not stated",
    )
    tax_rate: str | None = Field(
        default=None, description="The tax rate in percent, such as `19`; null: not stated"
    )
    amount: str = Field(description="The price of the line")
    item_number: str | None = Field(
        default=None, description="The number of the article as printed; null: not stated"
    )
    date: str | None = Field(
        default=None, description="The date of the line as an ISO date; null: not stated"
    )
    page: PageNumber | None = Field(description="The page that states it; null: none")
    box: Box | None = Field(description="Its location on the page; null: unknown")
    confidence: float | None = Field(
        default=None,
        description="The reader's confidence, from 0 to 1: higher if the numbers of the line make "
        "its amount, lower if they do not; null: unknown, or the customer stated it",
    )
    corrected: bool = Field(
        default=False, description="Whether the customer has changed or added it"
    )


class LineItemsReviewResponse(_Open):
    """That the customer has corrected the line items of a document."""

    at: datetime = Field(description="When")
    by: str = Field(description="The id of the user")


class TransactionResponse(_Open):
    """A transaction of an account statement; numbers are decimal text such as `12.50`."""

    date: str | None = Field(description="The date as an ISO date; null: not known with its year")
    description: str = Field(description="The text of the transaction")
    paid_in: str | None = Field(description="The amount paid in; null: it was paid out")
    paid_out: str | None = Field(description="The amount paid out; null: it was paid in")
    balance: str | None = Field(description="The balance after it; null: not stated")
    page: PageNumber = Field(description="The page that states it")
    box: Box | None = Field(description="Its location on the page; null: unknown")
    confidence: float = Field(
        description="The reader's confidence, from 0 to 1: higher if the balances agree with it, "
        "lower if they do not"
    )


class SummarySentenceResponse(_Open):
    """A sentence of the summary of a document."""

    text: str = Field(description="The sentence")
    page: PageNumber | None = Field(description="The page that it is from; null: unknown")


class PartyResponse(_Open):
    """A person or company that a document names."""

    role: str = Field(description="The role of the party, such as `seller`")
    name: str = Field(description="The name of the person or company")


class UnreadPageResponse(_Open):
    """A page that could not be read."""

    page: PageNumber | None = Field(description="The page; null: unknown")
    reason: str = Field(description="The reason, as an English sentence")
    code: str = Field(
        description="The code of the reason. Codes may be added: show `reason` for an unknown one"
    )
    params: dict[str, str | int] = Field(description="The values that `reason` names")


class SegmentResponse(_Open):
    """One of several documents in a file, such as an invoice in a batch or an attachment.

    Its facts, tables, line items and transactions are those of the file on its pages.
    """

    first_page: PageNumber = Field(description="The page of the file on which it begins")
    last_page: PageNumber = Field(description="The last of its pages that was read")
    page_count: int = Field(description="The number of its pages that could be read")
    kind: str = Field(description="The kind of document. Kinds may be added")
    kind_score: float = Field(description="The reader's confidence in `kind`, from 0 to 1")
    language: str | None = Field(
        description="The language of its text as an ISO 639-1 code; null: unknown"
    )
    headline: str | None = Field(description="A one-line description; null: unknown")
    title: str | None = Field(
        default=None,
        description="The name of the attachment, or the subject of the e-mail; null: none",
    )


class DocumentContentResponse(_Open):
    """The content of one document, or of a file that has several: see `segments`."""

    document_id: str = Field(description="The id of the document")
    filename: str = Field(description="The name of the file")
    title: str | None = Field(
        default=None, description="What the customer calls the document; null: nothing"
    )
    kind: str | None = Field(description="The kind of document; null: unknown. Kinds may be added")
    language: str | None = Field(
        description="The language of its text as an ISO 639-1 code; null: unknown"
    )
    page_count: int | None = Field(description="The number of pages that could be read")
    headline: str | None = Field(description="A one-line description; null: unknown")
    etag: str | None = Field(
        default=None,
        description="The tag of its facts; clients send it as `If-Match` to correct one of them. "
        "Null in a preview",
    )
    kind_score: float | None = Field(
        default=None, description="The reader's confidence in `kind`, from 0 to 1"
    )
    reader_version: str | None = Field(default=None, description="The version of the reader")
    segments: list[SegmentResponse] = Field(
        description="The documents of a file that has several, in the order of their pages; empty "
        "if it is one document. Of several, `kind` is their common kind, else `other`",
        default_factory=list,
    )
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
    line_items_complete: bool = Field(
        default=True,
        description="Whether these are all line items; only then they can be corrected",
    )
    line_items_review: LineItemsReviewResponse | None = Field(
        default=None,
        description="Who corrected the line items, and when; null: nobody did",
    )
    reader_line_items: list[LineItemResponse] | None = Field(
        default=None,
        description="The line items that the reader found; null: they were not corrected",
    )
    transactions: list[TransactionResponse] = Field(
        description="The transactions of an account statement", default_factory=list
    )
    summary: list[SummarySentenceResponse] = Field(
        description="A summary of the document, in sentences", default_factory=list
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
        default=False,
        description="Whether something of the file was not read: see `unread` and `warnings`",
    )


class DocumentAnalysisResponse(DocumentContentResponse):
    """The content of one document, or of a file that has several: see `segments`.

    A preview has its kind and readability, and names its facts in `fact_previews`: no values, no
    tables, no summary.
    """

    fact_previews: list[FactPreviewResponse] = Field(
        description="The facts that were found, without their values, up to 100; only in a preview",
        default_factory=list,
    )
    fact_count: int | None = Field(
        default=None,
        description="How many facts were found, also beyond `fact_previews`; null: not a preview",
    )
    doubtful_count: int | None = Field(
        default=None, description="How many of these are doubtful; null: not a preview"
    )
    first_page_size: PageSizeResponse | None = Field(
        default=None, description="The size of its first page; null: unknown, or not a preview"
    )
