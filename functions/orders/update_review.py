"""PUT /api/v1/orders/{order_id}/review: finish the review of an order, or open it again."""

from docket.api import api, caller
from docket.schemas.ids import OrderId
from docket.schemas.orders import LISTED, OrderResponse, UpdateReviewRequest
from docket.table.documents import documents
from docket.table.orders.reviews import reopen
from docket.workflows.audit import customer_audit
from docket.workflows.orders import reviews

app = api(scope="write", test_keys=True)


@app.put("/api/v1/orders/<order_id>/review")
def update_review(order_id: OrderId, body: UpdateReviewRequest) -> OrderResponse:
    """Record that the customer has reviewed a paid order, or open its review again.

    A review can be finished once every doubtful fact is reviewed. It is open again when a fact is
    reviewed otherwise afterwards, or a document is read again.
    """
    customer = caller(app)
    user_id, audit = customer.user_id, customer_audit(customer)
    if body.status == "finished":
        order = reviews.finish(user_id, order_id, audit)
    else:
        order = reopen(user_id, order_id, audit.event("review_reopened"))
    return OrderResponse.of(order, documents.of_order(order_id, limit=LISTED))


handler = app.resolve
