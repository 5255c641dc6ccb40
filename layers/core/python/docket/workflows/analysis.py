"""Request an order's analysis, read documents again if needed, and build the response."""

from dataclasses import replace

from analysis import READER_VERSION
from analysis.consolidate import consolidate
from docket.domain.document import Document, DocumentStatus
from docket.domain.errors import AnalysisNotFound
from docket.domain.event import AuditContext
from docket.domain.order import Order, OrderStatus
from docket.gateways import queues
from docket.gateways.s3 import Upload
from docket.runtime.reply_size import MAX_BODY_BYTES
from docket.schemas.analyses import AnalysisResponse
from docket.table import analyses, documents, orders
from docket.workflows import fact_limits

MAX_FACTS_BYTES = MAX_BODY_BYTES - 512 * 1024
"""Maximum size of the facts of all documents in one response.

The other 512 KiB are for the order: a few lines for each of its documents.
"""


def request(order: Order, audit: AuditContext, *, details: str | None) -> Order:
    """Record the customer's request and read again the documents whose result may improve.

    Returns the updated order. Raises `NothingToRead` if no document has been uploaded.
    """
    order.require_analysable()
    if order.analysed_at is None:
        event = audit.event("analysis_requested", {"details": details} if details else {})
        orders.request_analysis(order.user_id, order.id, event)
        order = replace(order, analysed_at=audit.at)
    if order.status is OrderStatus.CANCELLED:
        return order
    return replace(
        order,
        documents=tuple(
            _read_again(order, document, audit)
            if document.can_be_read_again(READER_VERSION)
            else document
            for document in order.documents
        ),
    )


def view(order: Order) -> AnalysisResponse:
    """The whole analysis of a paid order, else a preview. Raises `AnalysisNotFound`."""
    if order.analysed_at is None:
        raise AnalysisNotFound
    if not order.is_paid:
        return AnalysisResponse.preview(order, created_at=order.analysed_at)
    facts = {analysis.document_id: analysis.facts for analysis in analyses.of_order(order.id)}
    consolidated = consolidate(
        [
            facts[document.id]
            | {"document_id": document.id, "filename": document.filename, "sha256": document.sha256}
            for document in order.documents
            if document.id in facts
        ]
    )
    limited = fact_limits.share(facts, MAX_FACTS_BYTES)
    return AnalysisResponse.whole(order, limited, consolidated, created_at=order.analysed_at)


def _read_again(order: Order, document: Document, audit: AuditContext) -> Document:
    documents.read_again(order, document, audit.event("reading_repeated", document.facts))
    # If sending fails, the sweeper sends the message later.
    queues.read_again(Upload(order.user_id, document.id, document.version or ""))
    return replace(document, status=DocumentStatus.READING, status_reason=None)
