"""GET /api/v1/orders: the caller's orders, newest first."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Query

from docket.api import api, caller, next_page_header
from docket.domain.orders.order import OrderStatus
from docket.schemas.ids import ULID
from docket.schemas.orders import OrderResponse
from docket.table.orders import orders

app = api(scope="read", test_keys=True)

Limit = Annotated[int, Query(ge=1, le=100, description="Maximum number of orders")]
Cursor = Annotated[
    str | None, Query(pattern=f"^{ULID}$", description="From the `next` link of the previous page")
]
Status = Annotated[OrderStatus | None, Query(description="Only orders with this status")]


@app.get("/api/v1/orders")
def list_orders(
    limit: Limit = 25, cursor: Cursor = None, status: Status = None
) -> Response[list[OrderResponse]]:
    """List the caller's orders, newest first. `Link: <...>; rel="next"` is the next page, if any.

    `documents` is empty in the list, and `quote` has the base price as its only line. A page may
    hold fewer than `limit` orders without being the last: the link decides. A test key lists the
    sample order only.
    """
    user = caller(app)
    if user.sample:
        matches = orders.newest_of(user.user_id, user.sample.order_id, after=cursor, status=status)
    else:
        matches = orders.newest(user.user_id, limit=limit, after=cursor, status=status)
    page = [OrderResponse.of(order, []) for order in matches.orders]
    path = app.current_event.path
    link = next_page_header(path, after=matches.after, limit=limit, status=status)
    return Response(200, content_types.APPLICATION_JSON, page, link)


handler = app.resolve
