"""POST /api/v1/payments/webhook: receive Stripe's events."""

from docket.api import api, header
from docket.domain.errors import BadSignature
from docket.gateways import stripe
from docket.runtime import metrics
from docket.schemas.payments import WebhookResponse
from docket.workflows.audit import audit_context
from docket.workflows.orders import payment as payment_workflow

app = api(public=True, reachable="anywhere")


@app.post("/api/v1/payments/webhook")
def webhook() -> WebhookResponse:
    """Process a signed Stripe event, at most once. Events of other objects have no effect."""
    body = app.current_event.decoded_body or ""
    signature = header(app, "stripe-signature") or ""
    try:
        webhook_event = stripe.verify_webhook(body, signature)
    except BadSignature:
        # Stripe signs every request. One without a signature lost it, or is somebody else's.
        metrics.count("WebhookRefused" if signature else "WebhookUnsigned")
        raise
    return WebhookResponse(
        effect=payment_workflow.handle_event(webhook_event, audit_context("stripe"))
    )


handler = app.resolve
