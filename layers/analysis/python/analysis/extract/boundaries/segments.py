"""The documents of a file that has several, and the result of such a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis.errors import LEAVING_OUT, Reason, warning
from analysis.extract import boundaries, values
from analysis.layout import lines
from analysis.model import Fact, LineItem, Page, Result, Segment

_DIVIDED = frozenset(["pdf", "tiff"])
"""Files whose pages are sheets of paper."""
_MOST = 200
"""Documents of a file; the last one has the pages of any others."""
_NAMED = 10
"""Page numbers that a warning names; an ellipsis stands for more."""
_QUOTED = 3
"""Quotations of the whole file's summary: the first of each document."""
_PHRASES = 8
"""Key phrases of the whole file, as many as of one document."""

type Read = tuple[str | None, Result]
"""The name of the file that a document was in, if it was in another one, and its result."""


def division(kind_of_file: str, pages: Sequence[Page]) -> boundaries.Division:
    """The places in `pages` at which documents begin, or may begin."""
    if kind_of_file not in _DIVIDED or len(pages) < 2:  # noqa: PLR2004 - one page is one document
        return boundaries.Division()
    month_first = values.date_order("\n".join(page.text for page in pages)).month_first
    rows = [lines.group_lines(page) for page in pages]
    divided = boundaries.find_documents(rows, month_first=month_first)
    del divided.starts[_MOST:]
    return divided


def doubts(pages: Sequence[Page]) -> list[dict[str, Any]]:
    """A warning that other documents may begin on these pages, if there are any."""
    if not pages:
        return []
    return [warning("several_documents", context="perhaps", pages=_listed(pages))]


def of_file(
    read: Sequence[Read],
    pages: Sequence[Page],
    *,
    lost: Mapping[int, Reason],
    warnings: Sequence[dict[str, Any]],
) -> Result:
    """The result of a file whose documents were read each for itself.

    Those of which no page could be read are left out.
    """
    readable = [(title, result) for title, result in read if result.pages] or read[:1]
    whole = readable[0][1] if len(readable) == 1 else _joined(readable, pages)
    unread = tuple({"page": number, **lost[number].to_dict()} for number in sorted(lost))
    return replace(
        whole,
        warnings=(*warnings, *whole.warnings),
        unread=unread,
        partial=bool(unread) or any(entry["code"] in LEAVING_OUT for entry in warnings),
    )


def _joined(documents: Sequence[Read], pages: Sequence[Page]) -> Result:
    segments = tuple(_segment(title, result) for title, result in documents)
    read = [result for _, result in documents]
    first = read[0]
    is_alike = len({segment.kind for segment in segments}) == 1
    return replace(
        first,
        pages=tuple(pages),
        kind=first.kind if is_alike else "other",
        kind_score=min(segment.kind_score for segment in segments),
        language=first.language if len({result.language for result in read}) == 1 else None,
        summary=tuple(entry for result in read for entry in result.summary[:1])[:_QUOTED],
        facts=tuple(fact for result in read for fact in _with_page(result, result.facts)),
        tables=tuple(table for result in read for table in result.tables),
        line_items=tuple(item for result in read for item in _with_page(result, result.line_items)),
        transactions=tuple(moved for result in read for moved in result.transactions),
        parties=tuple(_once(party for result in read for party in result.parties)),
        key_phrases=tuple(
            dict.fromkeys(phrase for result in read for phrase in result.key_phrases)
        )[:_PHRASES],
        segments=segments,
        warnings=(
            warning(
                "several_documents",
                context="each",
                documents=len(segments),
                pages=_listed([result.pages[0] for result in read]),
            ),
            *_once(entry for result in read for entry in result.warnings),
        ),
    )


def _listed(pages: Sequence[Page]) -> str:
    """The numbers of pages, as people count them."""
    more = ["…"] if len(pages) > _NAMED else []
    return ", ".join([*(str(page.number + 1) for page in pages[:_NAMED]), *more])


def _segment(title: str | None, result: Result) -> Segment:
    return Segment(
        first_page=result.pages[0].number,
        last_page=result.pages[-1].number,
        page_count=len(result.pages),
        kind=result.kind,
        kind_score=result.kind_score,
        language=result.language,
        headline=result.headline,
        title=title,
    )


def _with_page[T: (Fact, LineItem)](result: Result, found: Iterable[T]) -> Iterator[T]:
    """What was found in a document, each with a page: by that it is known whose it is."""
    for item in found:
        yield item if item.page is not None else replace(item, page=result.pages[0].number)


def _once(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    unique: list[dict[str, Any]] = []
    for entry in entries:
        if entry not in unique:
            unique.append(entry)
    return unique
