"""What all documents of an order say together, from the key facts that each document has."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import batched
from typing import Any

from analysis.consolidate import consolidate
from docket.domain.orders.correction import NO_CORRECTIONS
from docket.domain.orders.document import Document
from docket.domain.orders.order import Order
from docket.table.documents import corrections
from docket.table.orders import analyses
from docket.workflows.documents.facts import reviewed_facts


def consolidated(documents: Iterable[Document]) -> dict[str, Any]:
    """The consolidated view of documents, in their order. Those that were not read say nothing."""
    return consolidate(
        [
            {
                **document.key_facts,
                "document_id": document.id,
                "sha256": document.sha256,
                "kind": document.kind,
            }
            for document in documents
            if document.key_facts is not None
        ]
    )


def with_reviews(order: Order, documents: Sequence[Document]) -> list[Document]:
    """The documents, with the corrections of those that were read again since their review.

    The result of another reading brings key facts without them. Only such documents cost calls.
    """
    outdated = [document for document in documents if document.was_read_since_review]
    if not outdated:
        return list(documents)
    stored = corrections.of_documents(order.id, outdated)
    corrections_by_id = {
        document.id: stored.get(document.id, NO_CORRECTIONS) for document in outdated
    }
    reviewed: dict[str, Any] = {}
    for some in batched(outdated, analyses.MOST_AT_ONCE, strict=False):
        _, read = analyses.of_documents(order.user_id, order.id, [d.id for d in some])
        for id_, analysis in read.items():
            corrected = corrections_by_id[id_]
            reviewed[id_] = reviewed_facts.reviewed(
                analysis.facts, corrected.facts, corrected.line_items
            )
    return [
        replace(
            document,
            key_facts=reviewed_facts.corrected_key_facts(
                document.key_facts,
                reviewed[document.id],
                reviewed_facts.names(corrections_by_id[document.id].facts),
                line_items=corrections_by_id[document.id].line_items is not None,
            ),
        )
        if document.id in reviewed
        else document
        for document in documents
    ]
