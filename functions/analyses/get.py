"""GET /api/v1/analyses/orders/{order_id}/analysis: what an order's documents state."""

from docket import analysing
from docket.api import api, caller
from docket.contract.analyses import AnalysisView
from docket.contract.ids import OrderId
from docket.table import orders

app = api()


@app.get("/api/v1/analyses/orders/<order_id>/analysis")
def get(order_id: OrderId) -> AnalysisView:
    """The analysis: all facts with their evidence, or before the order is paid, a preview."""
    return analysing.view(orders.get(caller(app).user_id, order_id))


handler = app.resolve
