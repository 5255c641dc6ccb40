"""Correct the line items of a paid document: the whole list, as its customer states it.

What the reader found stays in the analysis. The rows of the customer also stay when the document is
read again.
"""

from dataclasses import dataclass, replace
from typing import Any

from docket.domain.errors import LineItemsChanged, LineItemsIncomplete
from docket.domain.event import AuditContext, EventName
from docket.domain.orders.correction import LINE_ITEMS, CorrectedLineItems
from docket.schemas.corrections import CorrectLineItemsRequest
from docket.table import client
from docket.table.documents import corrections
from docket.table.documents.corrections import Reviewed
from docket.workflows.documents.facts import line_item_values, reviewed_facts, reviewed_line_items
from docket.workflows.orders.corrections import require_reviewable, tag_of_unchanged

type Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ShownLineItems:
    """What the module `reviewed_line_items` shows, and the tag of the facts."""

    fields: Json
    tag: str


def correct(
    user_id: str,
    document_id: str,
    request: CorrectLineItemsRequest,
    audit: AuditContext,
    *,
    if_match: str | None,
) -> ShownLineItems:
    """Replace the line items of a document, or return to those that the reader found.

    `if_match` is the tag of the facts that the customer saw, and repeated requests are answered as
    `docket.workflows.orders.corrections.correct` does; a finished review is open after each change.
    Raises `NotFound`, `NotPaid`, `DocumentInProgress`, `IfMatchRequired`, `LineItemsChanged`,
    `LineItemsIncomplete` or `BadInput`.
    """
    event_ids = [audit.new_id(), audit.new_id()]

    def attempt() -> ShownLineItems:
        stored = corrections.state(user_id, document_id)
        seen = require_reviewable(stored, if_match)
        correction = _correction(request, stored, audit, user_id=user_id, seen=seen)
        current = stored.line_items
        if correction.has_effect_of(current) if correction else current is None:
            tag = tag_of_unchanged(stored.document, seen, subject=LINE_ITEMS)
            return _result(stored, current, tag)
        if seen != stored.document.facts_tag:
            raise LineItemsChanged(stored.document.facts_tag)
        reviewed = reviewed_facts.reviewed(stored.analysis.facts, stored.corrections, correction)
        document = stored.document.reviewed_with(
            LINE_ITEMS,
            reviewed_facts.progress(stored.analysis.facts, stored.corrections),
            headline=reviewed.get("headline"),
            key_facts=reviewed_facts.corrected_key_facts(
                stored.document.key_facts,
                reviewed,
                reviewed_facts.names(stored.corrections),
                line_items=True,
            ),
        )
        name: EventName = "line_items_corrected" if correction else "line_items_reset"
        event = audit.event(name, {"document_id": document_id})
        events = [replace(event, id=event_ids[0])]
        if stored.order.review:
            events.append(replace(audit.event("review_reopened"), id=event_ids[1]))
        corrections.commit_line_items(stored, document, events, put=correction)
        return _result(stored, correction, document.facts_tag)

    return client.decide(attempt)


def _correction(
    request: CorrectLineItemsRequest,
    stored: Reviewed,
    audit: AuditContext,
    *,
    user_id: str,
    seen: str,
) -> CorrectedLineItems | None:
    """The requested rows; None for a return to the reader's.

    Raises `BadInput`, `LineItemsChanged` if it is because the customer saw others, or
    `LineItemsIncomplete`.
    """
    if request.items is None:
        return None
    result, current = stored.analysis.facts, stored.line_items
    read = reviewed_line_items.reader_rows(result)
    if current is None and len(read) >= reviewed_line_items.TOO_MANY:
        raise LineItemsIncomplete(reviewed_line_items.TOO_MANY)
    shown_rows = {row["id"]: row for row in (*read, *(current.rows if current else ()))}
    if seen != stored.document.facts_tag and any(
        row.id is not None and row.id not in shown_rows for row in request.items
    ):
        raise LineItemsChanged(stored.document.facts_tag)
    facts = reviewed_facts.reviewed(result, stored.corrections)
    rows = line_item_values.typed(
        request.items, shown_rows, facts, page_count=stored.document.page_count or 0
    )
    return CorrectedLineItems(rows=rows, user_id=user_id, at=audit.at)


def _result(stored: Reviewed, rows: CorrectedLineItems | None, tag: str) -> ShownLineItems:
    return ShownLineItems(
        fields=reviewed_line_items.reviewed({"line_items": [], **stored.analysis.facts}, rows),
        tag=tag,
    )
