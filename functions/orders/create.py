"""POST /api/v1/orders: open an order."""

from docket.api import api, caller, idempotency_key_for
from docket.domain.order import Order
from docket.domain.pricing import PriceList
from docket.runtime import config, metrics
from docket.runtime.clock import new_id
from docket.schemas.orders import NewOrder, OrderView
from docket.table import orders
from docket.workflows.audit import audit_context

app = api()


@app.post("/api/v1/orders", status_code=201)
def create(new_order: NewOrder | None = None) -> OrderView:
    """Open an order. It keeps today's prices, and costs nothing until it is paid."""
    wanted = new_order or NewOrder()
    me, audit = caller(app), audit_context("customer")
    order = Order.create(new_id(), me.user_id, wanted.title, prices=_prices(), at=audit.at)
    opened = audit.event("opened", to_status=order.status)
    kept = orders.create_order(order, opened, idempotency_key_for(app, me, "order", wanted))
    if kept != order.id:
        return OrderView.of(orders.get(me.user_id, kept))
    metrics.count("OrderOpened")
    return OrderView.of(order)


def _prices() -> PriceList:
    told = config.read(config.Prices)
    return PriceList(told.price_base, told.price_per_page, told.price_currency)


handler = app.resolve
