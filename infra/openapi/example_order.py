"""The order that the examples of the API's description show, from its creation to its analysis."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from docket.domain.accounts.user import User
from docket.domain.orders.counters import Counters
from docket.domain.orders.document import Document, Outcome, UploadedFile
from docket.domain.orders.order import Order
from docket.domain.orders.presigned_post import PresignedPost
from docket.domain.orders.sample import with_samples
from docket.domain.payments.payment import Intent, IntentStatus, Payment
from docket.domain.payments.pricing import PriceList
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.schemas.accounts.auth import LoginResponse, ProfileResponse, RegisterRequest
from docket.schemas.analyses import AnalysisResponse
from docket.schemas.documents import (
    CreateDocumentRequest,
    CreateDocumentsRequest,
    RenameDocumentRequest,
)
from docket.schemas.ids import EXAMPLE_DOCUMENT_ID, EXAMPLE_ORDER_ID
from docket.schemas.orders import CreateOrderRequest
from docket.workflows.documents.facts import fact_previews

type Json = dict[str, Any]

STORAGE = "https://docket-documents.s3.eu-central-1.amazonaws.com"
CREATED_AT = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)
UPLOADED_AT = CREATED_AT + timedelta(seconds=20)
PAID_AT = CREATED_AT + timedelta(minutes=3)
PAYMENT_INTENT_ID = "pi_3QExampleExample"

REGISTER = RegisterRequest.model_validate(
    {
        "email": "ada@example.com",
        "password": "correct horse battery staple",
        "full_name": "Ada Lovelace",
    }
)
CREATE_ORDER = CreateOrderRequest(title="Invoices March")
RENAME_DOCUMENT = RenameDocumentRequest(title="Rent, March")
CREATE_DOCUMENT = CreateDocumentRequest(
    filename="Invoice March 2026.pdf", content_type="application/pdf", size=48211
)
CREATE_DOCUMENTS = CreateDocumentsRequest(
    documents=[
        CREATE_DOCUMENT,
        CreateDocumentRequest(filename="Receipt.jpg", content_type="image/jpeg", size=1807233),
    ]
)

USER = User(
    id="01JDB2T0A1B2C3D4E5F6G7H8J9",
    email=REGISTER.email,
    full_name=REGISTER.full_name,
    created_at=CREATED_AT - timedelta(days=1),
)
LOGIN = LoginResponse.model_validate(
    {"access_token": "the.access.token", "expires_in": 900, "user": ProfileResponse.of(USER)}
)

NEW_DOCUMENT = Document.pending_upload(
    EXAMPLE_ORDER_ID,
    EXAMPLE_DOCUMENT_ID.rpartition("-")[2],
    user_id=USER.id,
    filename=CREATE_DOCUMENT.filename,
    content_type=CREATE_DOCUMENT.content_type,
    size=CREATE_DOCUMENT.size,
    sha256=None,
    at=CREATED_AT,
)
UPLOAD = PresignedPost(
    url=f"{STORAGE}/",
    fields={
        "Content-Type": CREATE_DOCUMENT.content_type,
        "key": f"uploads/{USER.id}/{EXAMPLE_ORDER_ID}/{NEW_DOCUMENT.id}/1",
        "policy": "the-policy",
        "x-amz-algorithm": "AWS4-HMAC-SHA256",
        "x-amz-signature": "the-signature",
    },
    expires_at=CREATED_AT + timedelta(minutes=15),
)
OUTCOME = Outcome(
    reader_version="1",
    page_count=1,
    charged_pages=1,
    kind="invoice",
    language="en",
    headline="Invoice 2026-117 from Example Paper Ltd over 119.00 EUR",
)
READING_DOCUMENT = NEW_DOCUMENT.accepted(UploadedFile(upload_number=1, version="1"), UPLOADED_AT)
READ_DOCUMENT = READING_DOCUMENT.finished(1, OUTCOME, is_charged=False)


def _with(order: Order, old: Document | None, new: Document, at: datetime) -> Order:
    """The order after a change of its only document."""
    change = Counters.of(new) - Counters.of(old)
    return order.counted(change, at=at, moves_quote=True).named_by(added=new)


NEW_ORDER = Order.create(
    EXAMPLE_ORDER_ID,
    USER.id,
    CREATE_ORDER.title,
    prices=PriceList(base=200, per_page=50, currency="eur"),
    at=CREATED_AT,
    expires_at=CREATED_AT + timedelta(days=30),
)
ORDER_WITH_DOCUMENT = _with(NEW_ORDER, None, NEW_DOCUMENT, CREATED_AT)
READING_ORDER = replace(
    _with(ORDER_WITH_DOCUMENT, NEW_DOCUMENT, READING_DOCUMENT, UPLOADED_AT), analysed_at=UPLOADED_AT
)
READ_ORDER = _with(READING_ORDER, READING_DOCUMENT, READ_DOCUMENT, UPLOADED_AT)
TOTAL = READ_ORDER.require_payable()
PAYMENT = Payment(
    payment_intent_id=PAYMENT_INTENT_ID,
    order_id=NEW_ORDER.id,
    user_id=USER.id,
    money=TOTAL,
    revision=READ_ORDER.revision,
    opened_at=PAID_AT,
).succeeded(TOTAL, paid_at=PAID_AT, guarantee=timedelta(hours=2))
PAID_ORDER = READ_ORDER.completed(PAYMENT, at=PAID_AT)
SAMPLE_ORDER = with_samples(NEW_ORDER, [NEW_DOCUMENT])
CANCELLED_ORDER = NEW_ORDER.cancelled(reason=CANCELLED_BY_CUSTOMER, at=UPLOADED_AT)
INTENT = Intent(
    id=PAYMENT_INTENT_ID,
    status=IntentStatus.OPEN,
    money=TOTAL,
    order_id=NEW_ORDER.id,
    user_id=USER.id,
    client_secret=f"{PAYMENT_INTENT_ID}_secret_example",
)


def _fact(name: str, value: str, normalised: object, *box: float) -> Json:
    return {
        "name": name,
        "value": value,
        "normalised": normalised,
        "page": 0,
        "box": list(box),
        "confidence": 0.98,
        "source": "text",
    }


FACTS: Json = {
    "reader_version": OUTCOME.reader_version,
    "kind_score": 0.99,
    "facts": [
        _fact("seller", "Example Paper Ltd", "Example Paper Ltd", 0.12, 0.08, 0.31, 0.1),
        _fact("invoice_number", "2026-117", "2026-117", 0.12, 0.14, 0.22, 0.16),
        _fact("issue_date", "2 March 2026", "2026-03-02", 0.12, 0.17, 0.25, 0.19),
        _fact("gross", "119.00", {"minor": 11900, "currency": "eur"}, 0.81, 0.52, 0.88, 0.54),
    ],
    "pages": [
        {
            "number": 0,
            "width": 595.0,
            "height": 842.0,
            "source": "text",
            "confidence": 1.0,
            "language": "en",
        }
    ],
    "tables": [
        {
            "page": 0,
            "box": [0.12, 0.4, 0.88, 0.46],
            "rows": [["Description", "Amount"], ["Paper, A4", "119.00"]],
            "header_rows": 1,
            "spans": [],
            "continued": False,
        }
    ],
    "line_items": [
        {
            "description": "Paper, A4",
            "quantity": "10",
            "unit": "boxes",
            "unit_price": "11.90",
            "discount": None,
            "tax_rate": "19",
            "amount": "119.00",
            "item_number": "P-4",
            "date": None,
            "page": 0,
            "box": [0.12, 0.43, 0.88, 0.46],
            "confidence": 0.97,
        }
    ],
    "transactions": [],
    "summary": [{"text": "Example Paper Ltd charges 119.00 EUR for paper.", "page": 0}],
    "parties": [{"role": "seller", "name": "Example Paper Ltd"}],
    "key_phrases": ["paper"],
    "warnings": [],
    "unread": [],
}
"""The result of the reader, which counts pages from 0."""

PREVIEW = AnalysisResponse.preview(
    READ_ORDER, [READ_DOCUMENT], {READ_DOCUMENT.id: fact_previews.preview(FACTS)}
)
