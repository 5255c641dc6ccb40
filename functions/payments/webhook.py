"""POST /api/v1/payments/webhook: what Stripe tells us."""

from docket.api import api, header
from docket.domain.errors import BadSignature
from docket.gateways import stripe
from docket.runtime import metrics
from docket.schemas.payments import WebhookResponse
from docket.workflows import payment as payment_workflow
from docket.workflows.audit import audit_context

app = api(public=True)


@app.post("/api/v1/payments/webhook")
def webhook() -> WebhookResponse:
    """A signed event of Stripe's. Each has its effect once; those that are not ours have none."""
    body = app.current_event.decoded_body or ""
    signature = header(app, "stripe-signature") or ""
    try:
        webhook_event = stripe.verify_webhook(body, signature)
    except BadSignature:
        if signature:  # who sends none is not Stripe
            metrics.count("WebhookRefused")
        raise
    return WebhookResponse(
        effect=payment_workflow.handle_event(webhook_event, audit_context("stripe"))
    )


handler = app.resolve
