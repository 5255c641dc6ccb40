"""Request an order's analysis, read documents again if needed, and build the response."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from analysis import READER_VERSION
from docket.domain.event import AuditContext
from docket.domain.orders.correction import NO_CORRECTIONS
from docket.domain.orders.counters import Counters
from docket.domain.orders.document import Document
from docket.domain.orders.order import MAX_DOCUMENTS, Order, OrderStatus
from docket.domain.orders.order_analysis import require_analysable
from docket.gateways import queues, s3
from docket.gateways.queues import ReadingMessage
from docket.runtime import config
from docket.runtime.logging import log_failure
from docket.runtime.reply_size import MAX_BODY_BYTES, envelope_bytes
from docket.schemas.analyses import AnalysisResponse
from docket.table.documents import corrections, documents, readings
from docket.table.documents.corrections import ByDocument
from docket.table.orders import analyses, orders
from docket.table.orders.analyses import Analysis
from docket.workflows.documents import uploads
from docket.workflows.documents.customer_limits import customer_limits
from docket.workflows.documents.facts import fact_limits, fact_previews, reviewed_facts
from docket.workflows.orders import paid_contents
from docket.workflows.orders.consolidation import consolidated, with_reviews

MAX_FACTS_BYTES = MAX_BODY_BYTES - 512 * 1024
"""Maximum size of the facts of all documents in one response.

The other 512 KiB are for the order: a few lines for each of its documents. Files with many
documents may say more together; their facts then have so much less.
"""
_TOGETHER_BYTES = 256 * 1024
"""What the documents say together has this much of the order's part."""
PAGE = 50
"""The documents on a page of the analysis. They have room for a hundred kilobytes of facts each."""

_AT_ONCE = 40
"""The readings that one transaction starts; it may have 100 parts, two for each."""
_SCANS = 20
"""The documents whose malware scan a request looks at, for seconds at most."""


@dataclass(frozen=True, kw_only=True)
class AnalysisPage:
    """A page, and the id of the document after which the next one begins; None on the last."""

    response: AnalysisResponse
    after: str | None


def request(
    user_id: str, order_id: str, audit: AuditContext, *, details: str | None
) -> AnalysisPage:
    """Record the customer's request and read again the documents whose result may improve.

    Returns the first page. Raises `OrderNotFound`, or `NothingToRead` if no document has been
    uploaded.
    """
    order, order_documents, stored = _page(user_id, order_id, limit=MAX_DOCUMENTS, count=PAGE)
    require_analysable(order)
    if order.analysed_at is None:
        event = audit.event("analysis_requested", {"details": details} if details else {})
        order = orders.request_analysis(order, event)
    if order.status is not OrderStatus.CANCELLED:
        order, order_documents = _read_again(order, order_documents, audit)
    return _first_page(order, order_documents, stored, limit=PAGE)


def first_page(user_id: str, order_id: str, *, limit: int = PAGE) -> AnalysisPage:
    """The first page of the analysis, with what all documents of the order say together.

    It is a preview until the order is paid. Raises `OrderNotFound` or `AnalysisNotFound`.
    """
    order, order_documents, stored = _page(user_id, order_id, limit=limit + 1, count=limit)
    if order.is_paid and order_documents[limit:]:
        order_documents += documents.of_order(
            order_id, limit=MAX_DOCUMENTS, after=order_documents[-1].id
        )
    return _first_page(order, order_documents, stored, limit=limit)


def next_page(user_id: str, order_id: str, *, limit: int = PAGE, after: str) -> AnalysisPage:
    """The page after that document. Raises `OrderNotFound` or `AnalysisNotFound`."""
    order, order_documents, stored = _page(
        user_id, order_id, limit=limit + 1, count=limit, after=after
    )
    return _response(order, order_documents, stored, limit=limit)


def _page(
    user_id: str, order_id: str, *, limit: int, count: int, after: str | None = None
) -> tuple[Order, list[Document], dict[str, Analysis]]:
    """The order, at most `limit` of its documents, and the analyses of the first `count` of them.

    Two calls, whatever the size of the order. Raises `OrderNotFound`.
    """
    order_documents = documents.of_order(order_id, limit=limit, after=after)
    read = [document.id for document in order_documents[:count] if document.was_read]
    order, stored = analyses.of_documents(user_id, order_id, read)
    return order, order_documents, stored


def _first_page(
    order: Order, order_documents: Sequence[Document], stored: Mapping[str, Analysis], *, limit: int
) -> AnalysisPage:
    return _response(order, order_documents, stored, limit=limit, is_first=True)


def _response(
    order: Order,
    order_documents: Sequence[Document],
    stored: Mapping[str, Analysis],
    *,
    limit: int,
    is_first: bool = False,
) -> AnalysisPage:
    """The first `limit` of the documents; there is another page if there are more of them.

    On the first page is what all of `order_documents` say together, without those that are closed.
    """
    page = order_documents[:limit]
    if order.is_paid:
        closed = paid_contents.closed(order, order_documents if is_first else page)
        accessible = [document for document in order_documents if document.id not in closed]
        together = consolidated(with_reviews(order, accessible)) if is_first else None
        known_corrections = corrections.of_documents(order.id, page)
        facts = _shared(
            page, stored, known_corrections, closed, max_bytes=_left_for_facts(together)
        )
        response = AnalysisResponse.whole(order, page, facts, together)
    else:
        previews = {id_: fact_previews.preview(analysis.facts) for id_, analysis in stored.items()}
        response = AnalysisResponse.preview(order, page, previews)
    return AnalysisPage(response=response, after=page[-1].id if order_documents[limit:] else None)


def _left_for_facts(together: Mapping[str, Any] | None) -> int:
    """The size in bytes that the facts may have beside what the documents say together."""
    return MAX_FACTS_BYTES - max(0, envelope_bytes(together) - _TOGETHER_BYTES)


def _shared(
    page: Sequence[Document],
    stored: Mapping[str, Analysis],
    known_corrections: ByDocument,
    closed: Collection[str],
    *,
    max_bytes: int,
) -> dict[str, fact_limits.Facts]:
    """The facts of a page's documents, cut to the size of a response; why closed ones have none."""
    warning = {"code": paid_contents.CLOSED.code, "params": paid_contents.CLOSED.params}
    facts = {
        document.id: {"warnings": [warning]}
        if document.id in closed
        else reviewed_facts.reviewed(
            stored[document.id].facts, corrected.facts, corrected.line_items
        )
        for document in page
        for corrected in [known_corrections.get(document.id, NO_CORRECTIONS)]
        if document.id in stored
    }
    return fact_limits.share(facts, max_bytes)


def _read_again(
    order: Order, order_documents: Sequence[Document], audit: AuditContext
) -> tuple[Order, list[Document]]:
    """Read again the documents whose result may improve. Returns the order and all documents."""
    again = [
        document.id for document in order_documents if document.can_be_read_again(READER_VERSION)
    ]
    started: dict[str, Document] = {}
    for ids in batched(again, _AT_ONCE, strict=False):
        for document in readings.read_again(
            order.user_id,
            order.id,
            ids,
            audit,
            reader_version=READER_VERSION,
            limits=customer_limits(),
            scan=config.read(config.Uploads).malware_scan,
        ):
            started[document.id] = document
    # The others wait. If sending fails, the debts of the documents send the messages later.
    admitted = [document for document in started.values() if document.admitted_at]
    queues.request_readings([ReadingMessage.of(document) for document in admitted])
    _follow_scans([d for d in started.values() if d.waits_for_scan], audit)
    change = sum(
        (
            Counters.of(started[document.id]) - Counters.of(document)
            for document in order_documents
            if document.id in started
        ),
        Counters(),
    )
    order = order.counted(change, at=audit.at, moves_quote=True) if started else order
    return order, [started.get(document.id, document) for document in order_documents]


def _follow_scans(waiting: Sequence[Document], audit: AuditContext) -> None:
    """Look at scans that ended before the reading was started: no message is sent for them again.

    The debts of the other documents look at theirs later.
    """
    for document in waiting[:_SCANS]:
        try:
            uploads.follow_scan(document, audit, erase=False)
        except s3.AccessRefused as error:
            log_failure("tags not loaded", error, document_id=document.id)
