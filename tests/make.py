"""Builders: objects with usual values, and the fields that a test names."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from analysis import READER_VERSION
from docket.domain.event import Actor, AuditContext, Event, EventName
from docket.domain.limits import CustomerLimits
from docket.domain.orders.counters import Counters
from docket.domain.orders.document import Document, DocumentStatus, UploadedFile, document_id
from docket.domain.orders.order import Order
from docket.domain.payments.payment import Intent, IntentStatus, Payment
from docket.domain.payments.pricing import Money, PriceList
from docket.runtime.clock import new_id

OID = "01JD0000000000000000000000"
OTHER_OID = "01JD0000000000000000000001"
THEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
PRICES = PriceList(base=200, per_page=50, currency="eur")
LIMITS = CustomerLimits(unpaid_orders=3, unpaid_pages=100, documents_a_day=50, reader_slots=4)
"""A customer may have two readings in flight."""

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def a_document(name: str = "invoice.pdf", **fields: Any) -> Document:
    """A document whose id follows from its name."""
    digest = hashlib.sha256(name.encode()).digest()
    unique = "0" + "".join(_LETTERS[byte % 32] for byte in digest[:25])
    usual = {
        "id": document_id(OID, unique),
        "filename": name,
        "content_type": "application/pdf",
        "size": 1000,
        "user_id": "ada",
        "added_at": THEN,
        "upload_issued_at": THEN,
    }
    return Document(**{**usual, **fields})


def a_read_document(name: str = "invoice.pdf", pages: int = 1, **fields: Any) -> Document:
    usual = {
        "status": DocumentStatus.READY,
        "file": UploadedFile(upload_number=1, version="v1"),
        "attempt": 1,
        "uploaded_at": THEN,
        "reader_version": READER_VERSION,
        "page_count": pages,
        "charged_pages": pages,
        "read_attempt": 1,
    }
    return a_document(name, **{**usual, **fields})


def a_reading_document(name: str = "invoice.pdf", **fields: Any) -> Document:
    """A document whose first reading is in flight."""
    usual = {
        "status": DocumentStatus.READING,
        "file": UploadedFile(upload_number=1, version="v1"),
        "attempt": 1,
        "uploaded_at": THEN,
        "reading_since": THEN,
        "admitted_at": THEN,
    }
    return a_document(name, **{**usual, **fields})


def an_order(*documents: Document, **fields: Any) -> Order:
    """An order that counts these documents."""
    counters = sum((Counters.of(document) for document in documents), Counters())
    usual = {
        "id": OID,
        "user_id": "ada",
        "title": "November",
        "created_at": THEN,
        "updated_at": THEN,
        "expires_at": THEN + timedelta(days=30),
        "prices": PRICES,
        **asdict(counters),
    }
    return Order(**{**usual, **fields})


def a_payment(**fields: Any) -> Payment:
    usual = {
        "payment_intent_id": "pi_1",
        "order_id": OID,
        "user_id": "ada",
        "money": Money(250, "eur"),
        "revision": 0,
        "opened_at": THEN,
    }
    return Payment(**{**usual, **fields})


def an_intent(**fields: Any) -> Intent:
    """The paid intent of `a_payment`."""
    usual = {
        "id": "pi_1",
        "status": IntentStatus.SUCCEEDED,
        "money": Money(250, "eur"),
        "order_id": OID,
        "user_id": "ada",
    }
    return Intent(**{**usual, **fields})


def an_audit_context(actor: Actor = "customer", at: datetime = THEN) -> AuditContext:
    return AuditContext(actor=actor, at=at, new_id=new_id)


def an_event(name: EventName = "opened", *, at: datetime = THEN, **fields: Any) -> Event:
    return an_audit_context(at=at).event(name, **fields)


def numbered(most: int) -> Iterator[str]:
    """This number of ULIDs in ascending order."""
    return (f"01JE{number:022d}" for number in range(most))


def a_scan(*pages: str) -> bytes:
    """A scanned PDF: a picture for each page with one line of text."""
    font = ImageFont.truetype(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf", 28)
    images = [Image.new("L", (600, 120), "white") for _ in pages]
    for slip, text in zip(images, pages, strict=True):
        ImageDraw.Draw(slip).text((30, 40), text, fill="black", font=font)
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", resolution=100, save_all=True, append_images=images[1:])
    return buffer.getvalue()


def a_pdf(*pages: str) -> bytes:
    """A PDF with a text layer: a page for each text."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for page in pages:
        for number, line in enumerate(page.splitlines()):
            canvas.drawString(72, 760 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
