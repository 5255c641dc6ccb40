"""Builders: a thing as it usually is, with what a test cares about named."""

from datetime import UTC, datetime
from typing import Any

from docket.domain.order import Document, DocumentStatus, Order, Payment, document_id
from docket.domain.pricing import Money, PriceList

OID = "01JD0000000000000000000000"
THEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def a_document(name: str = "invoice.pdf", **said: Any) -> Document:
    unique = name.replace(".", "").replace("-", "").upper()
    usual = {
        "id": document_id(OID, unique),
        "filename": name,
        "content_type": "application/pdf",
        "size": 1000,
        "added_at": THEN,
    }
    return Document(**{**usual, **said})


def a_read_document(name: str = "invoice.pdf", pages: int = 1) -> Document:
    return a_document(
        name, status=DocumentStatus.READY, version="v1", page_count=pages, charged_pages=pages
    )


def an_order(**said: Any) -> Order:
    usual = {
        "id": OID,
        "user_id": "ada",
        "title": "November",
        "created_at": THEN,
        "updated_at": THEN,
        "prices": PriceList(base=200, per_page=50, currency="eur"),
    }
    return Order(**{**usual, **said})


def a_payment(**said: Any) -> Payment:
    usual = {"intent_id": "pi_1", "money": Money(250, "eur"), "revision": 0, "opened_at": THEN}
    return Payment(**{**usual, **said})
