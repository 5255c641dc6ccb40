"""POST /api/v1/payments/orders/{order_id}/payment-intent: create the order's payment intent."""

from docket.api import api, caller
from docket.auth.verification import require_verified
from docket.gateways import stripe
from docket.schemas.ids import OrderId
from docket.schemas.payments import PaymentIntentResponse
from docket.workflows.audit import customer_audit
from docket.workflows.orders import paid_contents
from docket.workflows.orders import payment as payment_workflow

app = api(scope="pay")


@app.post("/api/v1/payments/orders/<order_id>/payment-intent")
def create_intent(order_id: OrderId) -> PaymentIntentResponse:
    """Return the payment intent for the order's quote: the same one until the quote changes.

    Documents that the customer has paid for in another order since they were read become free,
    and those whose payment was returned are charged again.
    """
    user = caller(app)
    audit = customer_audit(user)
    require_verified(user, before="payment")
    order = paid_contents.requote_to_pay(user.user_id, order_id, audit)
    intent = payment_workflow.current_intent(order, audit)
    return PaymentIntentResponse.of(intent, publishable_key=stripe.publishable_key())


handler = app.resolve
