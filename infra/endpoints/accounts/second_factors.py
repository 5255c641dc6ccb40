"""The second factor of an account, which only a session manages: its rows have no scope."""

from infra.endpoint_spec import EndpointSpec, Grant, transaction
from infra.endpoints.actions import (
    DELETE,
    FACTORS,
    GET,
    MAILS,
    PUT,
    RATE_LIMITS,
    SESSIONS,
    UPDATE,
    USERS,
)
from infra.endpoints.grants import (
    CALL_MAIL_WORKER,
    LOOK_UP_IN_POOL,
    LOOK_UP_SESSION,
    account_change_in_pool,
    account_change_in_table,
)
from infra.endpoints.responses import SETS_COOKIE

ENDPOINTS = (
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/login/mfa",
        name="auth/login_mfa",
        snapshot=True,
        only="own sessions",
        errors=("wrong_code", "login_expired", "account_disabled"),
        responses=(SETS_COOKIE,),
        public=True,
        config=("identity", "rate_limits"),
        table=(
            Grant((GET,), (USERS, SESSIONS, FACTORS)),
            Grant((UPDATE,), (RATE_LIMITS,)),
            # A code is used up as it opens the session, and its owner is owed a mail.
            transaction(Grant((PUT,), (SESSIONS, MAILS)), Grant((UPDATE,), (SESSIONS, FACTORS))),
            Grant((DELETE,), (SESSIONS,)),
        ),
        cognito=LOOK_UP_IN_POOL,
        secrets=("token_key", "sealing_key"),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/mfa/totp",
        name="second_factor/begin_totp",
        only="own sessions",
        errors=("reauthentication_required", "second_factor_exists", "email_not_verified"),
        config=("identity", "reauthentication", "verification"),
        table=(LOOK_UP_SESSION, Grant((GET,), (USERS,)), Grant((PUT,), (FACTORS,))),
        cognito=LOOK_UP_IN_POOL,
        secrets=("sealing_key",),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/mfa/totp/confirm",
        name="second_factor/confirm_totp",
        only="own sessions",
        errors=(
            "reauthentication_required",
            "second_factor_exists",
            "wrong_code",
            "email_not_verified",
        ),
        headers=("Accept-Language",),
        config=("identity", "reauthentication", "verification"),
        table=(
            LOOK_UP_SESSION,
            Grant((GET,), (USERS, SESSIONS, FACTORS)),
            Grant((UPDATE,), (RATE_LIMITS,)),
        ),
        jwt=account_change_in_table(Grant((UPDATE,), (FACTORS,))),
        cognito=account_change_in_pool(Grant((UPDATE,), (FACTORS,))),
        secrets=("sealing_key",),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/auth/mfa/totp",
        name="second_factor/remove_totp",
        only="own sessions",
        errors=("reauthentication_required",),
        headers=("Accept-Language",),
        config=(
            "identity",
            "reauthentication",
        ),
        table=(LOOK_UP_SESSION, Grant((GET,), (USERS, SESSIONS, FACTORS))),
        jwt=account_change_in_table(Grant((DELETE,), (FACTORS,))),
        cognito=account_change_in_pool(Grant((DELETE,), (FACTORS,))),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/mfa/recovery-codes",
        name="second_factor/renew_recovery_codes",
        only="own sessions",
        errors=("reauthentication_required", "second_factor_required"),
        headers=("Accept-Language",),
        config=(
            "identity",
            "reauthentication",
        ),
        table=(
            LOOK_UP_SESSION,
            Grant((GET,), (USERS, FACTORS)),
            transaction(Grant((UPDATE,), (FACTORS, SESSIONS)), Grant((PUT,), (MAILS,))),
        ),
        cognito=LOOK_UP_IN_POOL,
        queues=(CALL_MAIL_WORKER,),
    ),
)
