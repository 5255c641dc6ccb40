"""The downloadable report of a paid order, as JSON, CSV or PDF."""

from collections.abc import Collection, Sequence
from typing import Any

from analysis import report
from analysis.report.phrases import PHRASES
from docket.domain.errors import NotPaid
from docket.domain.language import DEFAULT_LANGUAGE, Language
from docket.domain.orders.document import Document
from docket.domain.orders.order import MAX_DOCUMENTS, Order
from docket.domain.reason import Reason
from docket.gateways import s3
from docket.messages import message
from docket.schemas.analyses import with_message, with_messages
from docket.table.documents import corrections, documents
from docket.table.documents.corrections import ByDocument
from docket.workflows.documents import reviewed_facts
from docket.workflows.orders import paid_contents
from docket.workflows.orders.consolidation import consolidated, with_reviews


def download_url(order: Order, form: report.Format, language: Language = DEFAULT_LANGUAGE) -> str:
    """Render and store the report. Returns a presigned URL, valid for minutes. Raises `NotPaid`."""
    if not order.is_paid:
        raise NotPaid
    order_documents = documents.of_order(order.id, limit=MAX_DOCUMENTS)
    attempts = {document.id: document.read_attempt or 0 for document in order_documents}
    # Only the JSON has no language of its own; of the others, each language has its own key.
    written_in: Language = DEFAULT_LANGUAGE if form == "json" else language
    closed = paid_contents.closed(order, order_documents)
    known = corrections.of_documents(order.id, order_documents)
    results, images = _results(order_documents, known, closed, written_in)
    accessible = [document for document in order_documents if document.id not in closed]
    together = consolidated(with_reviews(order, accessible))
    contradictions = [
        with_message("contradiction", contradiction, written_in)
        for contradiction in together["contradictions"]
    ]

    def page_image(document_id: str, page: int) -> bytes | None:
        if page not in images[document_id]:  # S3 denies access to a missing key
            return None
        return s3.page_image(document_id, attempts[document_id], page, "readable")

    rendered = report.render(
        form,
        _head(order, written_in),
        results,
        consolidated={**together, "contradictions": contradictions},
        page_image=page_image,
        language=written_in,
    )
    suffix = "" if form == "json" else f"-{language}"
    name = f"docket-{order.id}{suffix}.{form}"
    return s3.put_report(order.id, name, report.CONTENT_TYPES[form], rendered)


def _head(order: Order, language: Language) -> dict[str, str]:
    paid = order.payment.paid_at if order.payment else None
    return {
        "title": order.title or PHRASES[language].order,
        "Order": order.id,
        "Opened": f"{order.created_at:%Y-%m-%d}",
        "Paid": f"{paid:%Y-%m-%d}" if paid else "",
    }


def _results(
    order_documents: Sequence[Document],
    known: ByDocument,
    closed: Collection[str],
    language: Language,
) -> tuple[list[dict[str, Any]], dict[str, list[int]]]:
    """The result of each document, in the order they were added, or why there is none.

    Also the pages (from 0) that have an image, by document.
    """
    results: list[dict[str, Any]] = []
    images: dict[str, list[int]] = {}
    read = [
        (document.id, document.read_attempt)
        for document in order_documents
        if document.read_attempt
    ]
    stored = dict(zip((document_id for document_id, _ in read), s3.results(read), strict=True))
    for document in order_documents:
        document_fields = {
            "document_id": document.id,
            "filename": document.filename,
            "sha256": document.sha256,
        }
        if document.id in closed:
            reason = paid_contents.CLOSED
            text = message("warning", reason.code, reason.params, language)
            results.append({**document_fields, "unreadable": text})
            continue
        result = stored.get(document.id)
        if result is not None:
            images[document.id] = result.pop("page_images", [])
            shown = reviewed_facts.exported(result, known.get(document.id, ()))
            results.append({**with_messages(shown, language), **document_fields})
        else:
            reason = document.explanation or Reason("not_read")
            text = message("document", reason.code, reason.params, language)
            results.append({**document_fields, "unreadable": text})
    return results, images
