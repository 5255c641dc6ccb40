"""POST /api/v1/orders/{order_id}/documents: room for a document, and a ticket to upload it."""

from docket.api import api, caller, claimed
from docket.domain.document import Document
from docket.gateways import s3
from docket.runtime.clock import new_id
from docket.schemas.documents import DocumentWithTicket, NewDocument
from docket.schemas.ids import OrderId
from docket.table import documents, orders
from docket.workflows.audit import occasion

app = api()


@app.post("/api/v1/orders/<order_id>/documents", status_code=201)
def add_document(order_id: OrderId, wanted: NewDocument) -> DocumentWithTicket:
    """Add a document to a pending order. Its `upload` form takes exactly that file, for minutes."""
    me, on = caller(app), occasion("customer")
    document = Document.awaited(order_id, new_id(), at=on.at, **wanted.model_dump())
    added = on.event("document_added", document.facts)
    claim = claimed(app, me, f"document-{order_id}", wanted)
    kept = documents.add(me.user_id, document, added, claim)
    if kept != document.id:
        document = orders.get(me.user_id, order_id).document(kept)
    ticket = s3.ticket_for(me.user_id, document, at=on.at)
    return DocumentWithTicket.with_ticket(document, ticket)


handler = app.resolve
