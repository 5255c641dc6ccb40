"""POST /api/v1/orders/sample: open the order with the sample documents."""

from docket.api import api, caller
from docket.auth.verification import require_verified
from docket.schemas.orders import OrderResponse
from docket.workflows.audit import customer_audit
from docket.workflows.documents.customer_limits import order_expiry
from docket.workflows.orders import samples

app = api(scope="write", test_keys=True)


@app.post("/api/v1/orders/sample", status_code=201)
def create_sample() -> OrderResponse:
    """Open the sample order: Docket's own documents, read free of charge.

    An account has one. A repeated request returns it as it is.
    """
    user = caller(app)
    audit = customer_audit(user)
    require_verified(user, before="order")
    order, documents = samples.create_once(
        user.user_id, audit, expires_at=audit.at + order_expiry()
    )
    return OrderResponse.of(order, documents)


handler = app.resolve
