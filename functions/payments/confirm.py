"""POST /api/v1/payments/orders/{order_id}/payment-confirm: confirm a payment from the browser."""

from docket.api import api, caller
from docket.schemas.ids import OrderId
from docket.schemas.orders import LISTED, OrderResponse
from docket.schemas.payments import ConfirmPaymentRequest, ConfirmPaymentResponse
from docket.table.documents import documents
from docket.workflows.audit import customer_audit
from docket.workflows.orders import payment as payment_workflow

app = api(scope="pay")


@app.post("/api/v1/payments/orders/<order_id>/payment-confirm")
def confirm(order_id: OrderId, confirmation: ConfirmPaymentRequest) -> ConfirmPaymentResponse:
    """Complete the order if its payment succeeded at Stripe. Safe to repeat.

    While one of its documents is in progress the order is `processing`, and completes by itself
    later.
    """
    user = caller(app)
    paid = payment_workflow.confirm(
        user.user_id, order_id, confirmation.payment_id, customer_audit(user)
    )
    view = OrderResponse.of(paid, documents.of_order(order_id, limit=LISTED))
    return ConfirmPaymentResponse(message=view.status_reason, order=view)


handler = app.resolve
