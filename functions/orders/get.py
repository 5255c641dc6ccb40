"""GET /api/v1/orders/{order_id}: an order with its documents, quote and payment."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types

from docket.api import api, caller, is_current, next_page_header
from docket.schemas.ids import OrderId
from docket.schemas.orders import LISTED, OrderResponse
from docket.schemas.version import entity_tag
from docket.table.documents import documents
from docket.table.orders import orders

app = api(scope="read", test_keys=True)


@app.get("/api/v1/orders/<order_id>")
def get(order_id: OrderId) -> Response[OrderResponse | None]:
    """Return one of the caller's orders, with its first documents.

    `Link: <...>; rel="next"` is the page with the next documents, if any. With the `ETag` of an
    earlier response as `If-None-Match`, the response is 304 unless something in it has changed.
    """
    order = orders.get(caller(app).user_id, order_id)
    tag = entity_tag(order.version)
    if is_current(app, tag):
        return Response(HTTPStatus.NOT_MODIFIED, None, None, {"ETag": tag})
    listed = documents.of_order(order_id, limit=LISTED)
    after = listed[-1].id if order.documents > len(listed) == LISTED else None
    link = next_page_header(f"{app.current_event.path}/documents", after=after, limit=LISTED)
    view = OrderResponse.of(order, listed)
    return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, view, {"ETag": tag, **link})


handler = app.resolve
