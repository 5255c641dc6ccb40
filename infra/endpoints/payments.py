"""Payments, and the events that Stripe sends."""

from infra.endpoint_spec import EndpointSpec, Grant
from infra.endpoints.actions import (
    CHECK,
    DELETE,
    GET,
    ORDERS,
    PUT,
    QUERY,
    STRIPE_EVENTS,
    UPDATE,
    USERS,
)
from infra.endpoints.grants import (
    LIST_ITEMS,
    LOOK_UP_IN_POOL,
    READ_ORDER,
    READ_WITH_ORDER,
    order_change,
)

PAY = (READ_ORDER, READ_WITH_ORDER, LIST_ITEMS, order_change(Grant((UPDATE,), (ORDERS,))))

ENDPOINTS = (
    EndpointSpec(
        method="POST",
        path="/api/v1/payments/orders/{order_id}/payment-intent",
        name="payments/create_intent",
        snapshot=True,
        scope="pay",
        errors=("nothing_to_charge", "documents_on_their_way", "email_not_verified"),
        table=(
            *PAY,
            # What was paid for or returned a moment ago is recorded at once, if its task is what
            # it was.
            Grant((QUERY, DELETE), (USERS,)),
            Grant((GET,), (ORDERS,)),
            Grant((CHECK,), (USERS, ORDERS)),
        ),
        config=("deadlines", "identity", "verification"),
        cognito=LOOK_UP_IN_POOL,
        secrets=("stripe",),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/payments/orders/{order_id}/payment-confirm",
        name="payments/confirm",
        snapshot=True,
        scope="pay",
        errors=("payment_not_confirmed", "quote_outdated"),
        table=PAY,
        config=("deadlines",),
        secrets=("stripe",),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/payments/webhook",
        name="payments/webhook",
        reachable="anywhere",  # Stripe; its signature shows who sends
        headers=("Stripe-Signature",),
        request="StripeEvent",
        errors=("bad_signature",),
        public=True,
        table=(
            READ_WITH_ORDER,
            LIST_ITEMS,
            order_change(Grant((PUT,), (STRIPE_EVENTS,)), Grant((UPDATE,), (ORDERS,))),
        ),
        config=("deadlines",),
        secrets=("stripe",),
    ),
)
