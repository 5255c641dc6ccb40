"""POST /api/v1/payments/orders/{order_id}/payment-confirm: the browser says that it paid."""

from docket import paying
from docket.api import api, caller
from docket.clock import occasion
from docket.contract.ids import OrderId
from docket.contract.orders import OrderView
from docket.contract.payments import PaymentConfirmed, PaymentMade
from docket.table import orders

app = api()


@app.post("/api/v1/payments/orders/<order_id>/payment-confirm")
def confirm(order_id: OrderId, made: PaymentMade) -> PaymentConfirmed:
    """Complete the order, if Stripe says that its own payment succeeded. Safe to repeat.

    While one of its documents is in progress the order is `processing`: it completes by itself.
    """
    order = orders.get(caller(app).user_id, order_id)
    paid = paying.confirm(order, made.payment_id, occasion("customer"))
    message = "Paid. The analysis is open." if paid.is_paid else paid.explanation
    return PaymentConfirmed(message=message, order=OrderView.of(paid))


handler = app.resolve
