"""The API as a table: method, path, function, and exactly what that function may touch.

Four readers share it: the CDK constructs (routes and roles), the infrastructure tests (every route
and every policy in the template equals its row), the house tests (every row has its handler and
every handler its row) and the README. It imports nothing of CDK.

A `Grant` names DynamoDB actions and the partition-key prefixes they are good for; the role gets
them with a `dynamodb:LeadingKeys` condition. A transaction needs the actions of its parts.
"""

from dataclasses import dataclass
from typing import Literal

type Identity = Literal["jwt", "cognito"]

GET, QUERY, PUT, UPDATE, DELETE = (
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
)

USERS, EMAILS, ORDERS, THROTTLES, STRIPE_EVENTS = (
    "USER#",
    "EMAIL#",
    "ORDER#",
    "THROTTLE#",
    "STRIPE#",
)
DUE, ERASE = "DUE#", "ERASE"

BY_STATUS, BY_DUE = "GSI1", "GSI2"

READ_OBJECT, READ_VERSION, WRITE_OBJECT, DELETE_VERSION = (
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:PutObject",
    "s3:DeleteObjectVersion",
)
LIST_VERSIONS = "s3:ListBucketVersions"

UPLOADS, READINGS, PARTS, REPORTS = "uploads/", "readings/", "parts/", "reports/"

RECEIVE = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
SEND = ("sqs:SendMessage",)

type Secret = Literal["token_key", "stripe"]


@dataclass(frozen=True)
class Grant:
    """DynamoDB `actions` on items whose partition key starts with `keys`; on `index` if named."""

    actions: tuple[str, ...]
    keys: tuple[str, ...]
    index: str | None = None


@dataclass(frozen=True)
class Objects:
    """S3 `actions` on objects under `prefix` of the documents bucket."""

    actions: tuple[str, ...]
    prefix: str


@dataclass(frozen=True, kw_only=True)
class FunctionSpec:
    """One Lambda: `name` is its file under `functions/`, without the ending."""

    name: str
    table: tuple[Grant, ...] = ()
    objects: tuple[Objects, ...] = ()
    listed: tuple[str, ...] = ()
    """Prefixes under which it may list versions of objects. To list is to learn what is absent, and
    the names of others' documents: never for a function that handles a document's bytes."""
    queue: tuple[str, ...] = ()
    secrets: tuple[Secret, ...] = ()
    cognito: tuple[str, ...] = ()
    """Actions on the user pool; given, and the pool's ids with them, when identity is `cognito`."""
    identity: Identity | None = None
    """The function exists only where identity is this; None: always."""
    prices: bool = False
    """It is told the price list."""


@dataclass(frozen=True, kw_only=True)
class EndpointSpec(FunctionSpec):
    """A function behind a route of the HTTP API."""

    method: str
    path: str
    public: bool = False
    """Reached without the authorizer; every other route needs a signed-in caller."""


def _order_change(*more: Grant) -> tuple[Grant, ...]:
    """An order is changed together with the audit event that says so, in one transaction."""
    return (Grant((UPDATE,), (USERS,)), Grant((PUT,), (ORDERS,)), *more)


READ_ORDER = Grant((GET,), (USERS,))


ENDPOINTS = (
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/register",
        name="auth/register",
        public=True,
        table=(Grant((PUT,), (USERS, EMAILS)), Grant((UPDATE,), (THROTTLES,))),
        cognito=(
            "cognito-idp:AdminCreateUser",
            "cognito-idp:AdminSetUserPassword",
            # For a request that is repeated, or finishes one that was broken off:
            "cognito-idp:AdminGetUser",
            "cognito-idp:AdminInitiateAuth",
            "cognito-idp:AdminUpdateUserAttributes",
        ),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/login",
        name="auth/login",
        public=True,
        # The credential is changed where its hash is of an older kind.
        table=(
            Grant((GET, UPDATE), (EMAILS,)),
            Grant((PUT,), (USERS,)),
            Grant((UPDATE,), (THROTTLES,)),
        ),
        secrets=("token_key",),
        cognito=("cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser"),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/refresh",
        name="auth/refresh",
        public=True,
        table=(Grant((GET, UPDATE, DELETE), (USERS,)),),
        secrets=("token_key",),
        # Getting tokens by a refresh token takes no permission: the token is one.
        cognito=("cognito-idp:AdminGetUser",),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/logout",
        name="auth/logout",
        table=(Grant((DELETE,), (USERS,)),),
        cognito=("cognito-idp:AdminUserGlobalSignOut",),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/me",
        name="auth/me",
        table=(Grant((GET,), (USERS,)),),
        cognito=("cognito-idp:AdminGetUser",),
    ),
    EndpointSpec(
        method="PATCH",
        path="/api/v1/auth/me",
        name="auth/update_me",
        table=(Grant((GET, UPDATE), (USERS,)), Grant((UPDATE,), (EMAILS,))),
        cognito=("cognito-idp:AdminGetUser", "cognito-idp:AdminUpdateUserAttributes"),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/orders",
        name="orders/list",
        table=(Grant((QUERY,), (USERS,)), Grant((QUERY,), (USERS,), index=BY_STATUS)),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/orders",
        name="orders/create",
        table=(Grant((GET, PUT), (USERS,)), Grant((PUT,), (ORDERS,))),
        prices=True,
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/orders/{order_id}",
        name="orders/get",
        table=(Grant((GET,), (USERS,)),),
    ),
    EndpointSpec(
        method="PUT",
        path="/api/v1/orders/{order_id}/status",
        name="orders/update_status",
        table=_order_change(READ_ORDER),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/orders/{order_id}/events",
        name="orders/list_events",
        table=(Grant((GET,), (USERS,)), Grant((QUERY,), (ORDERS,))),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/orders/{order_id}/documents",
        name="orders/add_document",
        table=_order_change(Grant((GET, PUT), (USERS,))),
        objects=(Objects((WRITE_OBJECT,), UPLOADS),),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/documents/{document_id}/upload",
        name="documents/renew_upload",
        table=(Grant((UPDATE,), (USERS,)),),
        objects=(Objects((WRITE_OBJECT,), UPLOADS),),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/documents/{document_id}",
        name="documents/get",
        table=(Grant((GET,), (USERS, ORDERS)),),
        objects=(Objects((READ_VERSION,), UPLOADS), Objects((READ_OBJECT,), READINGS)),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/documents/{document_id}",
        name="documents/delete",
        table=_order_change(Grant((GET,), (ORDERS,))),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/analyses/orders/{order_id}/analysis",
        name="analyses/create",
        table=_order_change(READ_ORDER, Grant((QUERY,), (ORDERS,))),
        queue=SEND,
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/analyses/orders/{order_id}/analysis",
        name="analyses/get",
        table=(Grant((GET,), (USERS,)), Grant((QUERY,), (ORDERS,))),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/analyses/orders/{order_id}/report",
        name="analyses/report",
        table=(READ_ORDER, Grant((QUERY,), (ORDERS,))),
        objects=(Objects((READ_OBJECT,), READINGS), Objects((READ_OBJECT, WRITE_OBJECT), REPORTS)),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/payments/orders/{order_id}/payment-intent",
        name="payments/create_intent",
        table=_order_change(READ_ORDER),
        secrets=("stripe",),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/payments/orders/{order_id}/payment-confirm",
        name="payments/confirm",
        table=_order_change(READ_ORDER),
        secrets=("stripe",),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/payments/webhook",
        name="payments/webhook",
        public=True,
        table=_order_change(READ_ORDER, Grant((PUT,), (STRIPE_EVENTS,))),
        secrets=("stripe",),
    ),
    EndpointSpec(method="GET", path="/api/v1/health", name="meta/health", public=True),
    EndpointSpec(method="GET", path="/api/v1/openapi.json", name="meta/openapi", public=True),
    EndpointSpec(method="GET", path="/api/v1/docs", name="meta/docs", public=True),
)

AUTHORIZER = FunctionSpec(
    name="auth/authorize",
    identity="jwt",
    table=(Grant((GET,), (USERS,)),),
    secrets=("token_key",),
)

ON_UPLOAD = FunctionSpec(
    name="events/on_upload",
    table=_order_change(READ_ORDER),
    objects=(
        Objects((READ_VERSION, DELETE_VERSION), UPLOADS),
        Objects((WRITE_OBJECT,), READINGS),
        Objects((READ_OBJECT, WRITE_OBJECT), PARTS),
    ),
    queue=RECEIVE + SEND,  # it asks for the parts of a long document
)

SWEEP = FunctionSpec(
    name="events/sweep",
    table=_order_change(
        Grant((QUERY,), (DUE, ERASE), index=BY_DUE), Grant((UPDATE, DELETE), (ORDERS,))
    ),
    # It asks whether a file has arrived, and erases what was removed. It reads no bytes.
    objects=tuple(Objects((DELETE_VERSION,), prefix) for prefix in (UPLOADS, READINGS, PARTS)),
    listed=(UPLOADS, READINGS, PARTS),
    queue=SEND,
    secrets=("stripe",),
)

NOT_FOUND = FunctionSpec(name="meta/not_found")
"""Behind the default route: it answers what no other route knows, in the contract's shape."""

FUNCTIONS: tuple[FunctionSpec, ...] = (*ENDPOINTS, NOT_FOUND, AUTHORIZER, ON_UPLOAD, SWEEP)
