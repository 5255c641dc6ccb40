"""Open the sample order of a customer: Docket puts its files, and they are read as all others are.

The order and its documents are written first: a file that no document expects is erased. A request
that ends in between leaves documents without a file, and the next one puts what is missing.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from importlib import resources

from docket.domain.event import AuditContext
from docket.domain.orders import sample
from docket.domain.orders.document import Document, DocumentStatus
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.orders.sample import SampleFile
from docket.domain.payments.pricing import PriceList
from docket.gateways import s3
from docket.runtime import config, metrics
from docket.table.documents import documents, sample_orders
from docket.table.orders import orders

CONTENT_TYPES = {
    "invoice.pdf": "application/pdf",
    "receipt.jpg": "image/jpeg",
    "contract.docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
"""The files of `docket/samples/`, which `local/make_samples.py` makes, in their order."""


def create_once(
    user_id: str, audit: AuditContext, *, expires_at: datetime
) -> tuple[Order, list[Document]]:
    """The customer's sample order with its documents. It is created with the first request.

    Raises `StorageUnreachable` if a file was not put; the request is then to be repeated.
    """
    order_id = audit.new_id()
    added = [_document(order_id, file, user_id, audit) for file in sample_files()]
    order = sample.with_samples(
        Order.create(order_id, user_id, None, prices=_prices(), at=audit.at, expires_at=expires_at),
        added,
    )
    event = audit.event("sample_opened", {"count": len(added)}, to_status=order.status)
    present_id = sample_orders.create_once(order, added, event)
    if present_id == order_id:
        metrics.count("SampleOpened")
    else:
        order = orders.get(user_id, present_id)
        added = documents.of_order(present_id, limit=len(CONTENT_TYPES))
    if order.status is OrderStatus.PENDING:
        _upload(added)
    return order, added


@cache
def sample_files() -> tuple[SampleFile, ...]:
    """The files of the samples."""
    return tuple(
        SampleFile(
            filename=filename,
            content_type=content_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for filename, content_type in CONTENT_TYPES.items()
        for content in [_content(filename)]
    )


def _document(order_id: str, file: SampleFile, user_id: str, audit: AuditContext) -> Document:
    return Document.pending_upload(
        order_id,
        audit.new_id(),
        user_id=user_id,
        filename=file.filename,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        at=audit.at,
    )


def _upload(sample_documents: Iterable[Document]) -> None:
    """Put the files that have not arrived."""
    for document in sample_documents:
        if document.status is DocumentStatus.AWAITING_UPLOAD:
            s3.put_upload(document, _content(document.filename))


def _content(filename: str) -> bytes:
    return resources.files("docket").joinpath("samples", filename).read_bytes()


def _prices() -> PriceList:
    return PriceList(base=0, per_page=0, currency=config.read(config.Prices).price_currency)
