"""POST /api/v1/payments/webhook: what Stripe tells us."""

from docket import metrics, paying
from docket.api import api, header
from docket.clock import occasion
from docket.contract.payments import WebhookReceipt
from docket.domain.errors import BadSignature
from docket.gateways import payments

app = api(public=True)


@app.post("/api/v1/payments/webhook")
def webhook() -> WebhookReceipt:
    """A signed event of Stripe's. Each has its effect once; those that are not ours have none."""
    body = app.current_event.decoded_body or ""
    signature = header(app, "stripe-signature") or ""
    try:
        news = payments.news(body, signature)
    except BadSignature:
        if signature:  # who sends none is not Stripe
            metrics.count("WebhookRefused")
        raise
    return WebhookReceipt(effect=paying.take(news, occasion("stripe")))


handler = app.resolve
