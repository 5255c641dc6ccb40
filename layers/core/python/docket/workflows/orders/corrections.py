"""Correct a fact of a paid document.

The corrected facts of a document change what the order states together: the write that corrects a
fact replaces the document's key facts, too. `docket.workflows.orders.consolidation` does the same
where a document was read again since.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from docket.domain.errors import BadInput, FactChanged, FactNotFound, IfMatchRequired, NotPaid
from docket.domain.event import AuditContext, EventName
from docket.domain.orders.correction import Correction, Statement, Verdict
from docket.domain.orders.document import Document
from docket.schemas.corrections import Action, CorrectFactRequest
from docket.table import client
from docket.table.documents import corrections
from docket.table.documents.corrections import Reviewed
from docket.workflows.documents.facts import fact_values, reviewed_facts
from docket.workflows.orders import paid_contents

type Json = dict[str, Any]

_TAG = re.compile(r'"[0-9]{1,9}\.[0-9]{1,9}"')
"""The form of `Document.facts_tag`: nothing else of a request comes back in a header."""

_EVENTS: dict[Action, EventName] = {
    "accept": "fact_accepted",
    "correct": "fact_corrected",
    "reject": "fact_rejected",
    "reset": "fact_reset",
}


@dataclass(frozen=True, kw_only=True)
class CorrectedFact:
    """A fact after its correction, and the tag of the facts of its document."""

    fact: Json
    tag: str


def correct(
    user_id: str,
    document_id: str,
    fact_id: str,
    request: CorrectFactRequest,
    audit: AuditContext,
    *,
    if_match: str | None,
) -> CorrectedFact:
    """Accept, correct or reject a fact, or return to what the reader found.

    A finished review of the order is open after each change. `if_match` is the tag of the facts
    that the customer saw. A request whose effect is there is answered without a write, whatever the
    tag: so a lost reply does no harm. Its tag then stays, if there are changes that the customer
    has not seen. Raises `NotFound`, `NotPaid`, `DocumentInProgress`, `IfMatchRequired`,
    `FactChanged` or `BadInput`.
    """
    if problems := request.problems():
        raise BadInput(*problems)
    names = {"document_id": document_id, "fact_id": fact_id}
    event_ids = [audit.new_id(), audit.new_id()]

    def attempt() -> CorrectedFact:
        stored = corrections.state(user_id, document_id)
        seen = require_reviewable(stored, if_match)
        read = stored.analysis.facts
        fact = _fact_of(reviewed_facts.reviewed(read, stored.corrections), fact_id)
        current = reviewed_facts.superseded(read, stored.corrections, fact_id)
        correction = _correction(request, stored, fact, audit, user_id=user_id)
        is_there = correction.has_effect_of(current) if correction else current is None
        if is_there:
            tag = tag_of_unchanged(stored.document, seen, subject=fact_id)
            return CorrectedFact(fact=fact, tag=tag)
        if seen != stored.document.facts_tag:
            raise _conflict(fact, request, stored.document.facts_tag)
        replaced = [current.fact_id] if current else []
        others = [c for c in stored.corrections if c.fact_id not in replaced]
        after = [*others, correction] if correction else others
        reviewed = reviewed_facts.reviewed(read, after, stored.line_items)
        document = stored.document.reviewed_with(
            fact_id,
            reviewed_facts.progress(read, after),
            headline=reviewed.get("headline"),
            key_facts=reviewed_facts.corrected_key_facts(
                stored.document.key_facts,
                reviewed,
                reviewed_facts.names([*stored.corrections, *after]),
                line_items=stored.line_items is not None,
            ),
        )
        event = audit.event(_EVENTS[request.action], {**names, "fact": fact["name"]})
        events = [replace(event, id=event_ids[0])]
        if stored.order.review:
            events.append(replace(audit.event("review_reopened"), id=event_ids[1]))
        removed = [id_ for id_ in replaced if correction is None or id_ != correction.fact_id]
        corrections.commit(stored, document, events, put=correction, removed=removed)
        undone = {**fact, "review": None}
        new_fact = next((f for f in reviewed["facts"] if f["id"] == fact_id), undone)
        return CorrectedFact(fact=new_fact, tag=document.facts_tag)

    return client.decide(attempt)


def require_reviewable(stored: Reviewed, if_match: str | None) -> str:
    """The tag of the facts that the customer saw. Raises `IfMatchRequired` or `NotPaid`."""
    if not if_match:
        raise IfMatchRequired
    if not stored.order.is_paid or paid_contents.closed(stored.order, [stored.document]):
        raise NotPaid
    return if_match.removeprefix("W/")


def tag_of_unchanged(document: Document, seen: str, *, subject: str) -> str:
    """The tag for a customer who saw `seen`, and requests what is there already.

    The last change may be the requested one, whose reply was lost. Other changes were not seen:
    then the tag stays, and another change that rests on it is refused. `subject`: what the request
    is about, a fact's id or `LINE_ITEMS`.
    """
    before = replace(document, review_version=(document.review_version or 0) - 1)
    is_repeated = seen == before.facts_tag and document.reviewed_fact_id == subject
    is_unknown = not _TAG.fullmatch(seen)
    return document.facts_tag if is_repeated or is_unknown else seen


def _fact_of(reviewed: Json, fact_id: str) -> Json:
    """Raises `FactNotFound`."""
    facts: list[Json] = reviewed["facts"]
    fact = next((fact for fact in facts if fact["id"] == fact_id), None)
    if fact is None:
        raise FactNotFound
    return fact


def _correction(
    request: CorrectFactRequest,
    stored: Reviewed,
    fact: Json,
    audit: AuditContext,
    *,
    user_id: str,
) -> Correction | None:
    """The requested correction; None for a return to the reader's value. Raises `BadInput`."""
    if request.action == "reset":
        return None
    read = {name: fact[name] for name in _OF_READER} | (fact["reader_value"] or {})
    statement: Statement | None = Statement.of(read)
    verdict = Verdict.ACCEPTED
    if request.action == "reject":
        verdict, statement = Verdict.REJECTED, None
    elif request.action == "correct" and request.value is not None:
        verdict, statement = Verdict.CORRECTED, _typed(request, request.value, read, stored)
    return Correction(
        fact_id=fact["id"],
        verdict=verdict,
        read=read,
        stated=statement,
        user_id=user_id,
        at=audit.at,
    )


_OF_READER = ("name", "value", "normalised", "page", "box", "confidence", "source")


def _typed(request: CorrectFactRequest, text: str, read: Json, stored: Reviewed) -> Statement:
    reader_value = read["normalised"]
    currency = reader_value["currency"] if isinstance(reader_value, dict) else None
    value, normalised = fact_values.typed(read["name"], text, currency=currency)
    page, box = read["page"], read["box"]
    if request.box is not None and request.page is not None:
        fact_values.require_page(request.page, stored.document.page_count)
        page, box = request.page - 1, request.box
    return Statement(
        value=value, normalised=normalised, page=page, box=None if box is None else tuple(box)
    )


def _conflict(fact: Json, request: CorrectFactRequest, tag: str) -> FactChanged:
    return FactChanged(
        current=fact["value"],
        requested=request.value or fact["value"],
        etag=tag,
        context=fact["review"]["verdict"] if fact["review"] else None,
    )
