"""The API as a table: method, path, function, and the exact permissions of that function.

Four readers share it: the CDK constructs (routes, functions, roles), the infrastructure tests
(every route, policy and environment in the template equals its row), the house tests (every row has
a handler and every handler a row) and the README. Nothing about an endpoint is derived from its
name elsewhere. This module does not import CDK.
"""

from dataclasses import replace

from infra.endpoint_spec import (
    SEND_MESSAGE,
    Access,
    EndpointSpec,
    FunctionSpec,
    Grant,
    LayerName,
    Objects,
    ResponseSpec,
    transaction,
)

# DynamoDB actions
GET = "dynamodb:GetItem"
BATCH_GET = "dynamodb:BatchGetItem"
QUERY = "dynamodb:Query"
PUT = "dynamodb:PutItem"
UPDATE = "dynamodb:UpdateItem"
DELETE = "dynamodb:DeleteItem"

# Prefixes of partition keys; a test holds them equal to those of `docket.table.keys`
USERS = "USER#"
SESSIONS = "SESSION#"
EMAILS = "EMAIL#"
ORDERS = "ORDER#"
RATE_LIMITS = "RATE_LIMIT#"
STRIPE_EVENTS = "STRIPE#"
DUE = "DUE#"
ERASE = "ERASE"

# Indexes of the table
BY_STATUS = "GSI1"
BY_DUE = "GSI2"

# S3 actions
READ_OBJECT = "s3:GetObject"
READ_VERSION = "s3:GetObjectVersion"
READ_VERSION_TAGS = "s3:GetObjectVersionTagging"
WRITE_OBJECT = "s3:PutObject"
DELETE_VERSION = "s3:DeleteObjectVersion"
LIST_VERSIONS = "s3:ListBucketVersions"

# Prefixes of the documents bucket; a test holds them equal to those of `docket.gateways.s3`
UPLOADS = "uploads/"
RESULTS = "results/"
PARTS = "parts/"
REPORTS = "reports/"

# SQS actions
RECEIVE = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
SEND = (SEND_MESSAGE,)

READ_ORDER = Grant((GET,), (USERS,))
READ_WITH_ORDER = Grant((BATCH_GET,), (USERS, ORDERS))
"""An order, the customer's usage, and items of the order, in one call."""
LIST_ITEMS = Grant((QUERY,), (ORDERS,))
SIGN_UPLOAD_FORM = Objects((WRITE_OBJECT,), UPLOADS, presigned=True)

WITH_ANALYSIS: tuple[LayerName, ...] = ("core", "vendor", "analysis")
"""The analysis code without its third-party packages: enough to read a result."""
WITH_READER: tuple[LayerName, ...] = (*WITH_ANALYSIS, "reader")
"""Also the third-party packages, which draw reports."""

CACHED = ("Cache-Control", "ETag")
PAGE_HEADERS = (*CACHED, "Content-Security-Policy")
NOT_MODIFIED = ResponseSpec(status=304, description="The client's copy is current", headers=CACHED)
SETS_COOKIE = ResponseSpec(status=200, headers=("Set-Cookie",))
REDIRECT = ResponseSpec(
    status=302,
    description="A presigned URL of the file, valid for minutes",
    headers=("Location",),
)


def _order_change(*parts: Grant) -> Grant:
    """One transaction changes an order and puts the audit event; `parts` are its further parts."""
    return transaction(Grant((UPDATE,), (USERS,)), Grant((PUT,), (ORDERS,)), *parts)


PAY = (READ_ORDER, READ_WITH_ORDER, LIST_ITEMS, _order_change(Grant((UPDATE,), (ORDERS,))))

ENDPOINTS = (
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/register",
        name="auth/register",
        errors=("email_taken", "idempotency_key_reused"),
        idempotent=True,
        public=True,
        table=(Grant((UPDATE,), (RATE_LIMITS,)),),
        config=("identity", "rate_limits"),
        jwt=Access(table=(Grant((PUT,), (USERS, EMAILS)),)),
        cognito=Access(
            table=(Grant((PUT,), (EMAILS,)),),  # reserves the address between the pool's two calls
            user_pool=(
                "cognito-idp:AdminCreateUser",
                "cognito-idp:AdminSetUserPassword",
                # For a request that is repeated, or that completes an interrupted one:
                "cognito-idp:AdminGetUser",
                "cognito-idp:AdminInitiateAuth",
                "cognito-idp:AdminUpdateUserAttributes",
            ),
        ),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/login",
        name="auth/login",
        errors=("wrong_credentials",),
        responses=(SETS_COOKIE,),
        public=True,
        config=("identity", "rate_limits"),
        jwt=Access(
            table=(
                Grant((GET,), (EMAILS,)),
                # The session starts as the limits are reset, and as a hash with outdated parameters
                # is replaced.
                transaction(Grant((PUT,), (SESSIONS,)), Grant((UPDATE,), (EMAILS, RATE_LIMITS))),
            ),
            secrets=("token_key",),
        ),
        cognito=Access(
            table=(Grant((UPDATE,), (RATE_LIMITS,)),),
            user_pool=("cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser"),
        ),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/refresh",
        name="auth/refresh",
        errors=("not_signed_in",),
        responses=(SETS_COOKIE,),
        public=True,
        config=("identity",),
        jwt=Access(
            table=(Grant((GET,), (USERS,)), Grant((UPDATE, DELETE), (SESSIONS,))),
            secrets=("token_key",),
        ),
        # Exchanging a refresh token for an access token needs no permission.
        cognito=Access(user_pool=("cognito-idp:AdminGetUser",)),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/logout",
        name="auth/logout",
        responses=(SETS_COOKIE,),
        config=("identity",),
        jwt=Access(table=(Grant((DELETE,), (SESSIONS,)),)),
        cognito=Access(user_pool=("cognito-idp:AdminUserGlobalSignOut",)),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/me",
        name="auth/me",
        config=("identity",),
        jwt=Access(table=(Grant((GET,), (USERS,)),)),
        cognito=Access(user_pool=("cognito-idp:AdminGetUser",)),
    ),
    EndpointSpec(
        method="PATCH",
        path="/api/v1/auth/me",
        name="auth/update_me",
        config=("identity",),
        jwt=Access(table=(Grant((GET,), (USERS,)), Grant((UPDATE,), (USERS, EMAILS)))),
        cognito=Access(
            user_pool=("cognito-idp:AdminGetUser", "cognito-idp:AdminUpdateUserAttributes")
        ),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/orders",
        name="orders/list",
        table=(Grant((QUERY, BATCH_GET), (USERS,)), Grant((QUERY,), (USERS,), index=BY_STATUS)),
        responses=(ResponseSpec(status=200, headers=("Link",)),),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/orders",
        name="orders/create",
        errors=("limit_reached", "idempotency_key_reused"),
        idempotent=True,
        table=(
            READ_ORDER,
            LIST_ITEMS,
            _order_change(Grant((PUT,), (USERS, ORDERS))),
        ),
        config=("prices", "limits", "deadlines"),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/orders/{order_id}",
        name="orders/get",
        table=(READ_ORDER, LIST_ITEMS),
    ),
    EndpointSpec(
        method="PUT",
        path="/api/v1/orders/{order_id}/status",
        name="orders/update_status",
        errors=("illegal_move",),
        table=(READ_ORDER, LIST_ITEMS, _order_change(Grant((UPDATE,), (ORDERS,)))),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/orders/{order_id}/events",
        name="orders/list_events",
        table=(READ_ORDER, Grant((QUERY,), (ORDERS,))),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/orders/{order_id}/documents",
        name="orders/add_document",
        errors=(
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
            _order_change(Grant((PUT,), (USERS,)), Grant((UPDATE,), (ORDERS,))),
        ),
        config=("limits",),
        objects=(SIGN_UPLOAD_FORM,),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/documents/{document_id}/upload",
        name="documents/renew_upload",
        errors=("order_closed", "document_settled"),
        table=(READ_WITH_ORDER, Grant((UPDATE,), (ORDERS,))),
        objects=(SIGN_UPLOAD_FORM,),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/documents/{document_id}",
        name="documents/get",
        errors=("document_not_arrived", "document_quarantined"),
        table=(READ_WITH_ORDER, Grant((GET,), (ORDERS,))),
        objects=(
            Objects((READ_VERSION,), UPLOADS, presigned=True),
            Objects((READ_OBJECT,), RESULTS, presigned=True),
        ),
        responses=(REDIRECT,),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/documents/{document_id}",
        name="documents/delete",
        errors=("order_closed",),
        table=(
            Grant((GET,), (ORDERS,)),
            READ_WITH_ORDER,
            _order_change(Grant((UPDATE, DELETE), (ORDERS,))),
        ),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/analyses/orders/{order_id}/analysis",
        name="analyses/create",
        errors=("nothing_to_read",),
        layers=WITH_ANALYSIS,
        table=(READ_ORDER, Grant((QUERY,), (ORDERS,)), _order_change()),
        queue=SEND,
        responses=(
            ResponseSpec(
                status=202,
                description="Documents are still being read; the facts known so far",
                schema="AnalysisResponse",
            ),
        ),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/analyses/orders/{order_id}/analysis",
        name="analyses/get",
        errors=("analysis_not_found",),
        layers=WITH_ANALYSIS,
        table=(READ_ORDER, Grant((QUERY,), (ORDERS,))),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/analyses/orders/{order_id}/report",
        name="analyses/report",
        headers=("Accept-Language",),
        errors=("not_paid", "analysis_not_found"),
        layers=WITH_READER,
        memory="report",
        table=(READ_ORDER, Grant((QUERY,), (ORDERS,))),
        objects=(Objects((READ_OBJECT,), RESULTS), Objects((READ_OBJECT, WRITE_OBJECT), REPORTS)),
        responses=(REDIRECT,),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/payments/orders/{order_id}/payment-intent",
        name="payments/create_intent",
        errors=("nothing_to_charge", "documents_on_their_way"),
        table=PAY,
        config=("deadlines",),
        secrets=("stripe",),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/payments/orders/{order_id}/payment-confirm",
        name="payments/confirm",
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
            _order_change(Grant((PUT,), (STRIPE_EVENTS,)), Grant((UPDATE,), (ORDERS,))),
        ),
        config=("deadlines",),
        secrets=("stripe",),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/health",
        name="meta/health",
        public=True,
        reachable="anywhere",  # it shows whether the API works if the distribution does not
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/openapi.json",
        name="meta/openapi",
        headers=("If-None-Match",),
        public=True,
        responses=(
            NOT_MODIFIED,
            ResponseSpec(
                status=200, description="This description", schema="object", headers=CACHED
            ),
        ),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/docs",
        name="meta/docs",
        headers=("If-None-Match",),
        public=True,
        content_type="text/html",
        responses=(
            replace(NOT_MODIFIED, headers=PAGE_HEADERS),
            ResponseSpec(status=200, headers=PAGE_HEADERS),
        ),
    ),
)

AUTHORIZER = FunctionSpec(
    name="auth/authorize",
    only="jwt",
    table=(Grant((GET,), (SESSIONS,)),),
    secrets=("token_key",),
)

ON_UPLOAD = FunctionSpec(
    name="events/on_upload",
    layers=WITH_READER,
    memory="reader",
    config=("reader",),
    table=(READ_ORDER, _order_change()),
    objects=(
        Objects((READ_VERSION, DELETE_VERSION), UPLOADS),
        Objects((WRITE_OBJECT,), RESULTS),
        Objects((READ_OBJECT, WRITE_OBJECT), PARTS),
    ),
    malware_scan=Access(objects=(Objects((READ_VERSION_TAGS,), UPLOADS),)),
    queue=RECEIVE + SEND,  # it sends messages for the parts of a long document
    unused_reasons=dict.fromkeys(
        RECEIVE, "Lambda's event source receives and deletes the messages with the function's role"
    ),
)

SWEEP = FunctionSpec(
    name="events/sweep",
    table=(
        Grant((QUERY,), (DUE, ERASE), index=BY_DUE),
        _order_change(Grant((UPDATE,), (ORDERS,))),
        Grant((DELETE,), (ORDERS,)),
    ),
    # It checks whether a file was uploaded, and erases deleted documents. It reads no content.
    objects=tuple(Objects((DELETE_VERSION,), prefix) for prefix in (UPLOADS, RESULTS, PARTS)),
    listed=(UPLOADS, RESULTS, PARTS),
    queue=SEND,
    secrets=("stripe",),
)

SWEEP_MINUTES = 5
"""The interval of the sweep. Alarms are about several of them."""

NOT_FOUND = FunctionSpec(name="meta/not_found", config=("edge",))
"""Behind the default route: it responds to unknown paths in the API's error format."""

FUNCTIONS: tuple[FunctionSpec, ...] = (*ENDPOINTS, NOT_FOUND, AUTHORIZER, ON_UPLOAD, SWEEP)
