"""GET /api/v1/orders/{order_id}/events: what happened to an order."""

from docket.api import api, caller
from docket.api.replies import fitting
from docket.schemas.ids import OrderId
from docket.schemas.orders import EventResponse
from docket.table import events, orders

app = api()


@app.get("/api/v1/orders/<order_id>/events")
def list_events(order_id: OrderId) -> list[EventResponse]:
    """The order's history, oldest first: who did what, from which status to which.

    Of a history that is longer than one reply can hold, the newest part.
    """
    orders.get(caller(app).user_id, order_id)
    newest_first = [EventResponse.of(event) for event in reversed(events.of_order(order_id))]
    return fitting(newest_first)[::-1]


handler = app.resolve
