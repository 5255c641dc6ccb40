"""Orders, and the documents that are added to them."""

from infra.endpoint_spec import EndpointSpec, Grant, ResponseSpec
from infra.endpoints.actions import BATCH_GET, BY_STATUS, ORDERS, PUT, QUERY, UPDATE, USERS
from infra.endpoints.grants import (
    LIST_ITEMS,
    READ_ORDER,
    READ_WITH_ORDER,
    SIGN_UPLOAD_FORM,
    VERIFIED,
    order_change,
)

ENDPOINTS = (
    EndpointSpec(
        method="GET",
        path="/api/v1/orders",
        name="orders/list",
        scope="read",
        table=(Grant((QUERY, BATCH_GET), (USERS,)), Grant((QUERY,), (USERS,), index=BY_STATUS)),
        responses=(ResponseSpec(status=200, headers=("Link",)),),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/orders",
        name="orders/create",
        scope="write",
        errors=("limit_reached", "idempotency_key_reused", "email_not_verified"),
        idempotent=True,
        table=(
            READ_ORDER,
            LIST_ITEMS,
            order_change(Grant((PUT,), (USERS, ORDERS))),
        ),
        config=("prices", "limits", "deadlines", "identity", "verification"),
        cognito=VERIFIED,
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/orders/{order_id}",
        name="orders/get",
        scope="read",
        headers=("If-None-Match",),
        table=(READ_ORDER, LIST_ITEMS),
        responses=(
            ResponseSpec(
                status=304, description="Nothing in the response has changed", headers=("ETag",)
            ),
            ResponseSpec(status=200, headers=("ETag", "Link")),
        ),
    ),
    EndpointSpec(
        method="PUT",
        path="/api/v1/orders/{order_id}/status",
        name="orders/update_status",
        scope="write",
        errors=("illegal_move",),
        table=(READ_ORDER, LIST_ITEMS, order_change(Grant((UPDATE,), (ORDERS,)))),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/orders/{order_id}/events",
        name="orders/list_events",
        scope="read",
        table=(READ_ORDER, Grant((QUERY,), (ORDERS,))),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/orders/{order_id}/documents",
        name="orders/list_documents",
        scope="read",
        table=(READ_ORDER, LIST_ITEMS),
        responses=(ResponseSpec(status=200, headers=("Link",)),),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/orders/{order_id}/documents",
        name="orders/add_document",
        scope="write",
        errors=(
            "document_not_found",
            "order_closed",
            "order_full",
            "limit_reached",
            "too_many_tries",
            "idempotency_key_reused",
        ),
        idempotent=True,
        table=(
            READ_ORDER,
            READ_WITH_ORDER,
            order_change(Grant((PUT,), (USERS,)), Grant((UPDATE,), (ORDERS,))),
        ),
        config=("limits",),
        objects=(SIGN_UPLOAD_FORM,),
    ),
)
