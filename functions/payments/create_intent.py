"""POST /api/v1/payments/orders/{order_id}/payment-intent: what to pay, and with what."""

from docket import paying
from docket.api import api, caller
from docket.clock import occasion
from docket.contract.ids import OrderId
from docket.contract.payments import PaymentIntentView
from docket.gateways import payments
from docket.table import orders

app = api()


@app.post("/api/v1/payments/orders/<order_id>/payment-intent")
def create_intent(order_id: OrderId) -> PaymentIntentView:
    """The open intent for the order's quote: the same one while the quote stands."""
    order = orders.get(caller(app).user_id, order_id)
    intent = paying.intent_for(order, occasion("customer"))
    return PaymentIntentView.of(intent, publishable_key=payments.publishable_key())


handler = app.resolve
