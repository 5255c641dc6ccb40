"""POST /api/v1/payments/webhook: what Stripe tells us."""

from docket import paying
from docket.api import api, header
from docket.clock import occasion
from docket.contract.payments import WebhookReceipt
from docket.gateways import payments

app = api(public=True)


@app.post("/api/v1/payments/webhook")
def webhook() -> WebhookReceipt:
    """A signed event of Stripe's. Each has its effect once; those that are not ours have none."""
    body = app.current_event.decoded_body or ""
    news = payments.news(body, header(app, "stripe-signature") or "")
    return WebhookReceipt(effect=paying.take(news, occasion("stripe")))


handler = app.resolve
