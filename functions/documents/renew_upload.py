"""POST /api/v1/documents/{document_id}/upload: a fresh ticket, for a retry."""

from docket.api import api, caller
from docket.clock import now
from docket.contract.documents import Ticket
from docket.contract.ids import DocumentId
from docket.domain.document import order_of
from docket.gateways import files
from docket.table import orders

app = api()


@app.post("/api/v1/documents/<document_id>/upload")
def renew_upload(document_id: DocumentId) -> Ticket:
    """A fresh ticket for a document whose file has not arrived, or could not be read."""
    user_id = caller(app).user_id
    order = orders.get(user_id, order_of(document_id))
    document = order.require_uploadable(document_id)
    return Ticket.of(files.ticket_for(user_id, document, at=now()))


handler = app.resolve
