"""GET /api/v1/analyses/orders/{order_id}/analysis: what an order's documents state."""

from docket.api import api, caller
from docket.schemas.analyses import AnalysisResponse
from docket.schemas.ids import OrderId
from docket.table import orders
from docket.workflows import analysis as analysis_workflow

app = api()


@app.get("/api/v1/analyses/orders/<order_id>/analysis")
def get(order_id: OrderId) -> AnalysisResponse:
    """Return all facts with their evidence, or a preview if the order is not paid."""
    return analysis_workflow.view(orders.get(caller(app).user_id, order_id))


handler = app.resolve
