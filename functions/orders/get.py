"""GET /api/v1/orders/{order_id}: an order with its documents, quote and payment."""

from docket.api import api, caller
from docket.schemas.ids import OrderId
from docket.schemas.orders import LISTED, OrderResponse
from docket.table import documents, orders

app = api()


@app.get("/api/v1/orders/<order_id>")
def get(order_id: OrderId) -> OrderResponse:
    """Return one of the caller's orders, with its first documents."""
    order = orders.get(caller(app).user_id, order_id)
    return OrderResponse.of(order, documents.of_order(order_id, limit=LISTED))


handler = app.resolve
