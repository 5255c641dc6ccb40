"""The request that corrects a fact."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from analysis.model.inline import TEXT_INLINE
from docket.domain.errors import FieldProblem
from docket.schemas.base import RequestModel, shown_line
from docket.schemas.document_analyses import Box, PageNumber

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
        stated = [name for name, value in fields.items() if value is not None]
        if self.action != "correct":
            return [FieldProblem(name, "only_with_correct") for name in stated]
        needed = {"value", *(("page", "box") if {"page", "box"} & set(stated) else ())}
        return [FieldProblem(name, "required") for name in sorted(needed - set(stated))]
