"""GET /api/v1/orders/{order_id}: an order with its documents, quote and payment."""

from docket.api import api, caller
from docket.schemas.ids import OrderId
from docket.schemas.orders import OrderResponse
from docket.table import orders

app = api()


@app.get("/api/v1/orders/<order_id>")
def get(order_id: OrderId) -> OrderResponse:
    """Return one of the caller's orders."""
    return OrderResponse.of(orders.get(caller(app).user_id, order_id))


handler = app.resolve
