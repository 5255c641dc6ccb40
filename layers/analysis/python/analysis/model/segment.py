"""One of several documents in a file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from analysis.model.result import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The pages of one document from `first_page` to `last_page`, and what it is.

    Its facts, tables and items are those of the result that are on these pages. `page_count` is
    the number of its pages that were read. `title` is the name of the file that it was in, if the
    whole file is a container such as an e-mail.
    """

    first_page: int
    last_page: int
    page_count: int
    kind: "Kind"
    kind_score: float
    language: str | None
    headline: str | None
    title: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        return cls(**raw)
