"""PUT /api/v1/orders/{order_id}/status: cancel an order."""

from docket.api import api, caller
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.schemas.ids import OrderId
from docket.schemas.orders import LISTED, OrderResponse, UpdateOrderStatusRequest
from docket.table import documents, orders
from docket.workflows.audit import audit_context

app = api()


@app.put("/api/v1/orders/<order_id>/status")
def update_status(order_id: OrderId, body: UpdateOrderStatusRequest) -> OrderResponse:
    """Cancel an order. Every other status change follows from its payment."""
    audit = audit_context("customer")
    order = orders.get(caller(app).user_id, order_id)
    if order.require_transition(body.status):
        cancelled = audit.event("cancelled", from_status=order.status, to_status=body.status)
        order = orders.cancel(order.user_id, order_id, cancelled, reason=CANCELLED_BY_CUSTOMER)
    return OrderResponse.of(order, documents.of_order(order_id, limit=LISTED))


handler = app.resolve
