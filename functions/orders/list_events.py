"""GET /api/v1/orders/{order_id}/events: the events of an order."""

from docket.api import api, caller
from docket.api.replies import fitting
from docket.schemas.ids import OrderId
from docket.schemas.orders import EventResponse
from docket.table.orders import events, orders

app = api(scope="read", test_keys=True)


@app.get("/api/v1/orders/<order_id>/events")
def list_events(order_id: OrderId) -> list[EventResponse]:
    """List the order's events, oldest first: who did what, and the status before and after.

    If the history does not fit into one response, its newest part is returned.
    """
    orders.get(caller(app).user_id, order_id)
    newest_first = [EventResponse.of(event) for event in reversed(events.of_order(order_id))]
    return fitting(newest_first)[::-1]


handler = app.resolve
