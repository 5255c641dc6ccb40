"""One of several documents in a file, and what a result has of each of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
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
        """The form in JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """The segment of `to_dict`. Raises `TypeError` for unknown fields."""
        return cls(**raw)


_BY_PAGE = ("facts", "tables", "line_items", "transactions", "summary")
"""The lists of a result whose entries each have the page that they are on."""


def documents_of(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The documents of a file, each with what its own result would have; one if it has no others.

    `result` has the form of `Result.to_dict()`, with pages that count from 0 or from 1. A document
    of several has the fields of its `Segment` and the entries on its pages.
    """
    if not result.get("segments"):
        return [dict(result)]
    return [
        {
            **segment,
            **{
                name: [entry for entry in result.get(name, ()) if _is_on(segment, entry["page"])]
                for name in _BY_PAGE
            },
        }
        for segment in result["segments"]
    ]


def first_entries(result: Mapping[str, Any], name: str, most: int) -> list[Any]:
    """At most `most` entries of a list of the result, in their order: the first ones.

    Several documents of a file keep the first ones of each, equally many as far as they have them.
    """
    entries, segments = result[name], result.get("segments")
    if len(entries) <= most or not segments or name not in _BY_PAGE:
        return list(entries[:most])
    count_before: Counter[int | None] = Counter()
    ranked: list[tuple[int, int]] = []
    for place, entry in enumerate(entries):
        number = _number_of(segments, entry["page"])
        ranked.append((count_before[number], place))
        count_before[number] += 1
    return [entries[place] for place in sorted(place for _, place in sorted(ranked)[:most])]


def _is_on(segment: Mapping[str, Any], page: int | None) -> bool:
    return page is not None and segment["first_page"] <= page <= segment["last_page"]


def _number_of(segments: Sequence[Mapping[str, Any]], page: int | None) -> int | None:
    return next((n for n, segment in enumerate(segments) if _is_on(segment, page)), None)
