"""API keys of programs, which only a session manages: its rows have no scope."""

from infra.endpoint_spec import EndpointSpec, Grant, transaction
from infra.endpoints.actions import (
    API_KEYS,
    BATCH_GET,
    DELETE,
    GET,
    MAILS,
    PUT,
    QUERY,
    SESSIONS,
    UPDATE,
    USERS,
)
from infra.endpoints.grants import CALL_MAIL_WORKER, LOOK_UP_IN_POOL, LOOK_UP_SESSION

ENDPOINTS = (
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/keys",
        name="api_keys/list",
        only="own sessions",
        table=(Grant((GET, QUERY), (SESSIONS,)), Grant((BATCH_GET,), (API_KEYS,))),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/keys",
        name="api_keys/create",
        errors=("reauthentication_required", "email_not_verified", "too_many_keys"),
        only="own sessions",
        headers=("Accept-Language",),
        config=("identity", "reauthentication", "verification"),
        cognito=LOOK_UP_IN_POOL,
        table=(
            Grant((GET,), (USERS,)),
            LOOK_UP_SESSION,
            transaction(Grant((PUT,), (API_KEYS, SESSIONS, MAILS)), Grant((UPDATE,), (SESSIONS,))),
        ),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/auth/keys/{key_id}",
        name="api_keys/revoke",
        errors=("api_key_not_found",),
        only="own sessions",
        table=(
            Grant((GET,), (SESSIONS,)),
            transaction(Grant((DELETE,), (API_KEYS, SESSIONS)), Grant((UPDATE,), (SESSIONS,))),
        ),
    ),
)
