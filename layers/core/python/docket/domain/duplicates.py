"""Documents of an unpaid order whose content is paid for in another order, or no longer."""

from dataclasses import replace

from docket.domain.orders.document import Document, DocumentStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.transition import TransitionRefused


def paid_before(document: Document, attempt: int, duplicate_of: DuplicateOf) -> Document:
    """Charged nothing, because what that reading found was paid for with another document.

    One that is free by now may name another document: the payment of the one before was returned.
    """
    _require_result(document, attempt)
    is_free = not document.charged_pages and document.duplicate_of in (None, duplicate_of)
    if is_free or duplicate_of.document_id == document.id:
        raise TransitionRefused
    return replace(document, charged_pages=0, duplicate_of=duplicate_of)


def charged_again(document: Document, attempt: int, pages: int) -> Document:
    """Charged for the pages that reading found, because what paid for them was returned."""
    _require_result(document, attempt)
    if not document.duplicate_of or document.charged_pages or not pages:
        raise TransitionRefused
    return replace(document, charged_pages=pages, duplicate_of=None)


def _require_result(document: Document, attempt: int) -> None:
    if document.status is not DocumentStatus.READY or document.read_attempt != attempt:
        raise TransitionRefused
