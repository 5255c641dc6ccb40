"""POST /api/v1/orders: create an order."""

from docket.api import api, caller, idempotency_key_for
from docket.auth.verification import require_verified
from docket.domain.orders.order import Order
from docket.domain.payments.pricing import PriceList
from docket.runtime import config, metrics
from docket.runtime.clock import new_id
from docket.schemas.orders import LISTED, CreateOrderRequest, OrderResponse
from docket.table.documents import documents
from docket.table.orders import orders
from docket.workflows.audit import customer_audit
from docket.workflows.documents.customer_limits import customer_limits, order_expiry

app = api(scope="write")


@app.post("/api/v1/orders", status_code=201)
def create(body: CreateOrderRequest | None = None) -> OrderResponse:
    """Create an order. Its prices are those of today. It costs nothing until it is paid."""
    request = body or CreateOrderRequest()
    user = caller(app)
    audit = customer_audit(user)
    require_verified(user, before="order")
    order = Order.create(
        new_id(),
        user.user_id,
        request.title,
        prices=_prices(),
        at=audit.at,
        expires_at=audit.at + order_expiry(),
    )
    event = audit.event("opened", to_status=order.status)
    idempotency_key = idempotency_key_for(app, user, "order", request)
    order_id = orders.create_order(order, event, idempotency_key, limits=customer_limits())
    if order_id != order.id:
        return OrderResponse.of(
            orders.get(user.user_id, order_id), documents.of_order(order_id, limit=LISTED)
        )
    metrics.count("OrderOpened")
    return OrderResponse.of(order, [])


def _prices() -> PriceList:
    settings = config.read(config.Prices)
    return PriceList(settings.price_base, settings.price_per_page, settings.price_currency)


handler = app.resolve
