"""A customer's verdict on a fact: it is right, it is something else, or it is none; and line items.

It is stored apart from the result, beside what the reader had found, and belongs to the fact also
after the document was read again. The module `reviewed_facts` decides which fact
that is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

type FactJson = Mapping[str, Any]
"""A fact in the form of the reader: see `analysis.model.Fact.to_dict`."""

type RowJson = Mapping[str, Any]
"""A line item with the `id` of the reader's."""


LINE_ITEMS = "line_items"
"""In place of a fact's id: the line items of a document."""


class Verdict(StrEnum):
    """What a customer says about a fact."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a fact states and where, in the form of the reader: `page` counts from 0."""

    value: str
    normalised: Any
    page: int | None
    box: tuple[float, ...] | None

    @classmethod
    def of(cls, fact: FactJson) -> "Statement":
        """What the reader's fact states."""
        box = fact["box"]
        return cls(
            value=fact["value"],
            normalised=fact["normalised"],
            page=fact["page"],
            box=None if box is None else tuple(box),
        )

    def to_dict(self) -> dict[str, Any]:
        """As JSON, with the names that `of` takes."""
        return {
            "value": self.value,
            "normalised": self.normalised,
            "page": self.page,
            "box": None if self.box is None else list(self.box),
        }


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A verdict on the fact with that id.

    `read` is the reader's fact at that time. `stated` is what it states by the verdict: for an
    accepted fact that of the reader, for a rejected one None.
    """

    fact_id: str
    verdict: Verdict
    read: FactJson
    stated: Statement | None
    user_id: str
    at: datetime

    @property
    def name(self) -> str:
        """The name of the fact, such as `gross`."""
        return str(self.read["name"])

    def has_effect_of(self, other: "Correction | None") -> bool:
        """Whether both give the fact the same verdict and value, by any user at any time."""
        return other is not None and (self.verdict, self.stated) == (other.verdict, other.stated)


@dataclass(frozen=True, kw_only=True)
class CorrectedLineItems:
    """The line items of a document as its customer states them, in place of the reader's.

    Each row has the form of `analysis.model.LineItem.to_dict`, and as `id` that of the reader's row
    that it corrects; None for a row that was added. `page` counts from 0.
    """

    rows: Sequence[RowJson]
    user_id: str
    at: datetime

    def has_effect_of(self, other: "CorrectedLineItems | None") -> bool:
        """Whether both have the same rows in the same order, by any user at any time."""
        return other is not None and list(self.rows) == list(other.rows)


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """What a customer has corrected of a document."""

    facts: Sequence[Correction] = ()
    line_items: CorrectedLineItems | None = None


NO_CORRECTIONS = Corrections()
