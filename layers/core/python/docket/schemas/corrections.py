"""The requests that correct a fact, and the line items of a document; and what they answer."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from analysis.model.inline import DESCRIPTION_INLINE, FACTS_INLINE, TEXT_INLINE
from docket.domain.errors import FieldProblem
from docket.schemas.base import RequestModel, ResponseModel, shown_line
from docket.schemas.document_analyses import (
    Box,
    LineItemResponse,
    LineItemsReviewResponse,
    PageNumber,
)

Action = Literal["accept", "correct", "reject", "reset"]


def _within_page(box: Box | None) -> Box | None:
    if box is not None:
        left, top, right, bottom = box
        if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
            raise PydanticCustomError("not_a_box", "not a box on the page")
    return box


class CorrectFactRequest(RequestModel):
    """What a customer says about a fact.

    `accept`: what the reader found is right. `correct`: it is `value`. `reject`: the document does
    not state it, so that totals and reports leave it out. `reset`: as the reader found it, without
    a review.
    """

    action: Action = Field(description="`accept`, `correct`, `reject` or `reset`")
    value: Annotated[str | None, AfterValidator(shown_line)] = Field(
        default=None,
        min_length=1,
        max_length=TEXT_INLINE,
        description="With `correct`: the right value, by the type of the fact: a date such as "
        "`2026-01-31`, a time such as `14:05`, an amount such as `1158.70 EUR` (without a "
        "currency it has that of the reader), a currency's ISO code, an IBAN, a VAT id, a phone "
        "number such as `+4930123456`, or text",
        examples=["1158.70 EUR"],
    )
    page: PageNumber | None = Field(
        default=None, description="With `box`: the page that states the right value"
    )
    box: Annotated[Box | None, AfterValidator(_within_page)] = Field(
        default=None,
        description="With `correct`: where the page states it; by default where the reader's "
        "value is",
    )

    def problems(self) -> list[FieldProblem]:
        """The fields that the action lacks or does not have."""
        fields = {"value": self.value, "page": self.page, "box": self.box}
        filled_names = [name for name, value in fields.items() if value is not None]
        if self.action != "correct":
            return [FieldProblem(name, "only_with_correct") for name in filled_names]
        needed = {"value", *(("page", "box") if {"page", "box"} & set(filled_names) else ())}
        return [FieldProblem(name, "required") for name in sorted(needed - set(filled_names))]


_DECIMAL = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")
_LONGEST_NUMBER = 20
_LONGEST_UNIT = 30
_LONGEST_ITEM_NUMBER = 60


def _number(text: str | None) -> str | None:
    if text is not None and not _DECIMAL.fullmatch(text):
        raise PydanticCustomError("not_a_number", "not a decimal number")
    return text


def _amount(text: str | None) -> str | None:
    if text is not None and not _DECIMAL.fullmatch(text):
        raise PydanticCustomError("not_an_amount", "not an amount without its currency")
    return text


def _discount(text: str | None) -> str | None:
    _amount(None if text is None else text.removesuffix("%"))
    return text


def _date(text: str | None) -> str | None:
    try:
        if text is None or date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise PydanticCustomError("not_a_date", "not an ISO date")


_Number = Annotated[str, AfterValidator(_number)]
_Amount = Annotated[str, AfterValidator(_amount)]


class LineItemRequest(RequestModel):
    """A line item; numbers are decimal text such as `12.50`, in the currency of the document."""

    id: str | None = Field(
        default=None,
        pattern="^[0-9a-f]{16}$",
        description="The id of the line item that it corrects, which keeps its place; null or "
        "omitted: a new one",
    )
    page: PageNumber | None = Field(
        default=None,
        description="The page that states a new one. A file with several documents needs it",
    )
    description: Annotated[str, AfterValidator(shown_line)] = Field(
        max_length=DESCRIPTION_INLINE, description="What was sold"
    )
    quantity: _Number | None = Field(
        default=None, max_length=_LONGEST_NUMBER, description="The quantity; null: not stated"
    )
    unit: Annotated[str | None, AfterValidator(shown_line)] = Field(
        default=None, max_length=_LONGEST_UNIT, description="The unit of the quantity; null: none"
    )
    unit_price: _Amount | None = Field(
        default=None,
        max_length=_LONGEST_NUMBER,
        description="The price of one unit; null: not stated",
    )
    discount: Annotated[str | None, AfterValidator(_discount)] = Field(
        default=None,
        max_length=_LONGEST_NUMBER,
        description="The discount, an amount such as `5.00` or a percentage such as `10%`; "
        "null: none",
    )
    tax_rate: _Number | None = Field(
        default=None,
        max_length=_LONGEST_NUMBER,
        description="The tax rate in percent, such as `19`; null: not stated",
    )
    amount: _Amount = Field(
        max_length=_LONGEST_NUMBER,
        description="The price of the line, with no more decimals than the currency has",
    )
    item_number: Annotated[str | None, AfterValidator(shown_line)] = Field(
        default=None,
        max_length=_LONGEST_ITEM_NUMBER,
        description="The number of the article; null: not stated",
    )
    date: Annotated[str | None, AfterValidator(_date)] = Field(
        default=None, description="The date of the line as an ISO date; null: not stated"
    )


class CorrectLineItemsRequest(RequestModel):
    """All line items of a document, in their order. Those that are left out are removed."""

    items: list[LineItemRequest] | None = Field(
        max_length=FACTS_INLINE,
        description="The line items; null: those that the reader found",
    )


class LineItemsResponse(ResponseModel):
    """The line items of a document after their correction."""

    line_items: list[LineItemResponse] = Field(description="The line items, in their order")
    reader_line_items: list[LineItemResponse] | None = Field(
        description="What the reader found; null: they were not corrected"
    )
    line_items_review: LineItemsReviewResponse | None = Field(
        description="Who corrected them, and when; null: they were not corrected"
    )
