"""Passkeys, which only a session manages: its rows have no scope."""

from infra.endpoint_spec import EndpointSpec, Grant, transaction
from infra.endpoints.actions import (
    CHALLENGES,
    DELETE,
    FACTORS,
    GET,
    MAILS,
    PUT,
    QUERY,
    SESSIONS,
    UPDATE,
    USERS,
)
from infra.endpoints.grants import CALL_MAIL_WORKER, LOOK_UP_IN_POOL, LOOK_UP_SESSION
from infra.endpoints.responses import SETS_COOKIE

ENDPOINTS = (
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/passkeys",
        name="passkeys/list",
        only="own sessions",
        table=(Grant((QUERY,), (FACTORS,)),),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/passkeys/options",
        name="passkeys/options",
        only="own sessions",
        errors=("reauthentication_required", "email_not_verified"),
        config=("identity", "reauthentication", "relying_party", "verification"),
        cognito=LOOK_UP_IN_POOL,
        table=(LOOK_UP_SESSION, Grant((GET,), (USERS,)), Grant((QUERY,), (FACTORS,))),
        secrets=("sealing_key",),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/passkeys",
        name="passkeys/add",
        only="own sessions",
        errors=(
            "reauthentication_required",
            "email_not_verified",
            "passkey_refused",
            "too_many_passkeys",
        ),
        headers=("Accept-Language",),
        config=("identity", "reauthentication", "relying_party", "verification"),
        cognito=LOOK_UP_IN_POOL,
        table=(
            LOOK_UP_SESSION,
            Grant((GET,), (USERS,)),
            # A passkey is stored and counted as its challenge is used up, while the session is
            # open, and its owner is owed a mail.
            transaction(
                Grant((PUT,), (FACTORS, CHALLENGES, MAILS)), Grant((UPDATE,), (FACTORS, SESSIONS))
            ),
        ),
        secrets=("sealing_key",),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="PATCH",
        path="/api/v1/auth/passkeys/{passkey_id}",
        name="passkeys/rename",
        only="own sessions",
        errors=("passkey_not_found",),
        table=(Grant((UPDATE,), (FACTORS,)),),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/auth/passkeys/{passkey_id}",
        name="passkeys/remove",
        only="own sessions",
        errors=("reauthentication_required", "passkey_not_found", "last_passkey"),
        headers=("Accept-Language",),
        config=("identity", "reauthentication"),
        cognito=LOOK_UP_IN_POOL,
        table=(
            LOOK_UP_SESSION,
            Grant((GET,), (USERS, FACTORS)),
            transaction(
                Grant((DELETE, UPDATE), (FACTORS,)),
                Grant((PUT,), (MAILS,)),
                Grant((UPDATE,), (SESSIONS,)),
            ),
        ),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/login/passkey/options",
        name="auth/login_passkey_options",
        snapshot=True,
        only="own sessions",
        public=True,
        config=("relying_party",),
        secrets=("sealing_key",),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/login/passkey",
        name="auth/login_passkey",
        snapshot=True,
        only="own sessions",
        errors=("passkey_refused", "account_disabled"),
        responses=(SETS_COOKIE,),
        public=True,
        config=("identity", "relying_party"),
        cognito=LOOK_UP_IN_POOL,
        table=(
            Grant((GET,), (USERS, SESSIONS, FACTORS)),
            # A challenge is used up as it opens the session.
            transaction(
                Grant((UPDATE,), (FACTORS, SESSIONS)),
                Grant((PUT,), (CHALLENGES, SESSIONS, MAILS)),
            ),
            # The session whose cookie the browser has sent ends.
            Grant((DELETE,), (SESSIONS,)),
        ),
        secrets=("token_key", "sealing_key"),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/reauthenticate/passkey",
        name="auth/reauthenticate_passkey",
        only="own sessions",
        errors=("passkey_refused",),
        config=("relying_party",),
        table=(
            Grant((GET,), (FACTORS,)),
            transaction(Grant((UPDATE,), (FACTORS, SESSIONS)), Grant((PUT,), (CHALLENGES,))),
        ),
        secrets=("sealing_key",),
    ),
)
