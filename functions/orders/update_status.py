"""PUT /api/v1/orders/{order_id}/status: cancel an order."""

from docket.api import api, caller
from docket.domain.orders.order import OrderStatus
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.schemas.ids import OrderId
from docket.schemas.orders import LISTED, OrderResponse, UpdateOrderStatusRequest
from docket.table.documents import documents
from docket.table.orders import orders
from docket.workflows.audit import customer_audit

app = api(scope="write")


@app.put("/api/v1/orders/<order_id>/status")
def update_status(order_id: OrderId, body: UpdateOrderStatusRequest) -> OrderResponse:
    """Cancel an order. Every other status change follows from its payment."""
    user = caller(app)
    if body.status is OrderStatus.CANCELLED:
        event = customer_audit(user).event(
            "cancelled", from_status=OrderStatus.PENDING, to_status=body.status
        )
        order = orders.cancel(user.user_id, order_id, event, reason=CANCELLED_BY_CUSTOMER)
    else:
        order = orders.get(user.user_id, order_id)
        order.require_transition(body.status)
    return OrderResponse.of(order, documents.of_order(order_id, limit=LISTED))


handler = app.resolve
