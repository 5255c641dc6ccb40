"""POST /api/v1/payments/orders/{order_id}/payment-intent: create the order's payment intent."""

from docket.api import api, caller
from docket.gateways import stripe
from docket.schemas.ids import OrderId
from docket.schemas.payments import PaymentIntentResponse
from docket.table import orders
from docket.workflows import payment as payment_workflow
from docket.workflows.audit import audit_context

app = api()


@app.post("/api/v1/payments/orders/<order_id>/payment-intent")
def create_intent(order_id: OrderId) -> PaymentIntentResponse:
    """Return the payment intent for the order's quote: the same one until the quote changes."""
    order = orders.get(caller(app).user_id, order_id)
    intent = payment_workflow.current_intent(order, audit_context("customer"))
    return PaymentIntentResponse.of(intent, publishable_key=stripe.publishable_key())


handler = app.resolve
