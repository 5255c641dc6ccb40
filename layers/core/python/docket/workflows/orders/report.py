"""The downloadable report of a paid order, as JSON, XLSX, CSV or PDF."""

from collections.abc import Callable, Collection, Sequence
from itertools import batched
from typing import Any, NamedTuple

from analysis import report
from analysis.report.phrases import PHRASES
from analysis.report.sheets.headings import TITLES
from docket.domain.errors import NotPaid
from docket.domain.language import Language
from docket.domain.orders.correction import NO_CORRECTIONS
from docket.domain.orders.document import Document
from docket.domain.orders.document_titles import shown_name
from docket.domain.orders.order import MAX_DOCUMENTS, Order
from docket.domain.orders.report import ReportOptions, report_filename
from docket.domain.reason import Reason
from docket.gateways import s3
from docket.messages import message
from docket.schemas.analyses import with_message, with_messages
from docket.table.documents import corrections, documents
from docket.table.documents.corrections import ByDocument
from docket.workflows.documents.facts import reviewed_facts
from docket.workflows.orders import paid_contents
from docket.workflows.orders.consolidation import consolidated, with_reviews

_AT_ONCE = 25
"""The results that are loaded before the progress is recorded."""

type Progress = Callable[[int, int], None]


class ReportFile(NamedTuple):
    """A report, and the name by which browsers save it."""

    content: bytes
    content_type: str
    filename: str
    free_documents: tuple[str, ...]
    """The documents that it shows because another payment has paid for their content."""


def download_url(order: Order, options: ReportOptions) -> str:
    """Render and store the report. Returns a presigned URL, valid for minutes. Raises `NotPaid`."""
    file, name = make(order, options), options.object_name
    s3.put_report(order.id, name, file.content_type, file.content)
    return s3.report_url(order.id, name, filename=file.filename)


def _no_progress(done: int, total: int) -> None:
    del done, total


def make(order: Order, options: ReportOptions, *, progress: Progress = _no_progress) -> ReportFile:
    """Render the report. `progress` is called with the documents that are loaded, and all of them.

    Raises `NotPaid`.
    """
    if not order.is_paid:
        raise NotPaid
    order_documents = documents.of_order(order.id, limit=MAX_DOCUMENTS)
    attempts = {document.id: document.read_attempt or 0 for document in order_documents}
    written_in = options.text_language
    closed = paid_contents.closed(order, order_documents)
    known_corrections = corrections.of_documents(order.id, order_documents)
    results: list[dict[str, Any]] = []
    images: dict[str, list[int]] = {}
    for some in batched(order_documents, _AT_ONCE, strict=False):
        results += _results(some, known_corrections, closed, options, images)
        progress(len(results), len(order_documents))
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

    content = report.render(
        options.form,
        _head(order, written_in),
        results,
        consolidated={**together, "contradictions": contradictions},
        page_image=page_image,
        language=written_in,
        table=options.table,
    )
    return ReportFile(
        content,
        report.CONTENT_TYPES[options.form],
        _filename(order, options),
        tuple(paid_contents.free(order, accessible)),
    )


def _filename(order: Order, options: ReportOptions) -> str:
    title = _title(order, options.text_language)
    part = TITLES[options.language][options.table] if options.form == "csv" else None
    return report_filename(title, options.form, part)


def _title(order: Order, language: Language) -> str:
    """The title of the report, which is on each page of a PDF. It marks a sample."""
    phrases = PHRASES[language]
    return order.title or (phrases.samples if order.is_sample else phrases.order)


def _head(order: Order, language: Language) -> dict[str, str | bool | None]:
    paid = order.payment.paid_at if order.payment else None
    review = order.review
    return {
        "id": order.id,
        "title": _title(order, language),
        "is_sample": order.is_sample,
        "created": f"{order.created_at:%Y-%m-%d}",
        "paid": f"{paid:%Y-%m-%d}" if paid else None,
        "reviewed": review.finished_at.isoformat(timespec="seconds") if review else None,
        "reviewed_by": review.user_id if review else None,
        "reviewed_with_key": review.api_key_id if review else None,
    }


def _results(
    order_documents: Sequence[Document],
    known_corrections: ByDocument,
    closed: Collection[str],
    options: ReportOptions,
    images: dict[str, list[int]],
) -> list[dict[str, Any]]:
    """The result of each document, in their order, or why there is none.

    The pages (from 0) of a document that have an image are added to `images`. Only JSON has the
    text of pages, which is most of a result.
    """
    language, only_sure = options.text_language, options.doubtful == "omit"
    results: list[dict[str, Any]] = []
    read = [
        (document.id, document.read_attempt)
        for document in order_documents
        if document.read_attempt
    ]
    stored = dict(zip((document_id for document_id, _ in read), s3.results(read), strict=True))
    for document in order_documents:
        document_fields = {
            "document_id": document.id,
            **_names(document, options),
            "sha256": document.sha256,
        }
        if document.id in closed:
            reason = paid_contents.CLOSED
            text = message("warning", reason.code, reason.params, language)
            results.append({**document_fields, "unreadable": text})
            continue
        result = stored.get(document.id)
        if result is not None:
            images[document.id] = [page for page, _, _ in result.pop("page_images", [])]
            if options.form != "json":
                result.pop("pages", None)
            corrected = known_corrections.get(document.id, NO_CORRECTIONS)
            exported = reviewed_facts.exported(
                result, corrected.facts, corrected.line_items, only_sure=only_sure
            )
            results.append({**with_messages(exported, language), **document_fields})
        else:
            reason = document.explanation or Reason("not_read")
            text = message("document", reason.code, reason.params, language)
            results.append({**document_fields, "unreadable": text})
    return results


def _names(document: Document, options: ReportOptions) -> dict[str, str | None]:
    """What a document is called. JSON has its title beside the name of its file."""
    if options.form == "json":
        return {"filename": document.filename, "title": document.title}
    return {"filename": shown_name(document)}
