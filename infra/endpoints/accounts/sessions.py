"""Docket's own sessions, and the function that decides who a caller is."""

from infra.endpoint_spec import Access, EndpointSpec, FunctionSpec, Grant, ResponseSpec, transaction
from infra.endpoints.actions import (
    API_KEYS,
    BATCH_GET,
    DELETE,
    EMAILS,
    FACTORS,
    GET,
    QUERY,
    RATE_LIMITS,
    SESSIONS,
    UPDATE,
    USERS,
)
from infra.endpoints.grants import CHECK_PASSWORD, LOOK_UP_SESSION

ENDPOINTS = (
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/jwks.json",
        name="auth/jwks",
        only="own sessions",
        public=True,
        responses=(ResponseSpec(status=200, headers=("Cache-Control",)),),
        secrets=("token_key",),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/sessions",
        name="sessions/list",
        only="own sessions",
        table=(Grant((GET, QUERY), (SESSIONS,)),),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/auth/sessions",
        name="sessions/end_others",
        errors=("reauthentication_required",),
        only="own sessions",
        config=("reauthentication",),
        table=(LOOK_UP_SESSION, transaction(Grant((UPDATE,), (SESSIONS,)))),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/auth/sessions/{session_id}",
        name="sessions/end",
        errors=("reauthentication_required", "session_not_found"),
        only="own sessions",
        config=("reauthentication",),
        table=(
            LOOK_UP_SESSION,
            transaction(Grant((DELETE, UPDATE), (SESSIONS,))),
        ),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/reauthenticate",
        name="auth/reauthenticate",
        errors=("wrong_credentials", "second_factor_required", "wrong_code"),
        only="own sessions",
        config=("identity",),
        table=(
            Grant((GET,), (USERS, FACTORS)),
            Grant((UPDATE,), (SESSIONS, RATE_LIMITS, FACTORS)),
        ),
        secrets=("sealing_key",),
        jwt=Access(table=(Grant((GET,), (EMAILS,)),)),
        cognito=Access(user_pool=CHECK_PASSWORD),
    ),
)

AUTHORIZER = FunctionSpec(
    name="auth/authorize",
    snapshot=True,
    only="own sessions",
    table=(
        # With a test key, also the customer's usage, which names the sample order.
        Grant((BATCH_GET,), (SESSIONS, USERS)),
        Grant((GET,), (API_KEYS,)),
        # The last use of an API key, and its rate.
        Grant((UPDATE,), (API_KEYS, RATE_LIMITS)),
    ),
    secrets=("token_key",),
)
