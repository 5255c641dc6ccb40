"""Accounts and sessions, and the function that decides who a caller is."""

from infra.endpoint_spec import Access, EndpointSpec, FunctionSpec, Grant, ResponseSpec, transaction
from infra.endpoints.actions import (
    API_KEYS,
    BATCH_GET,
    DELETE,
    DELETIONS,
    EMAILS,
    FACTORS,
    GET,
    LINKS,
    MAILS,
    PUT,
    QUERY,
    RATE_LIMITS,
    SESSIONS,
    UPDATE,
    USERS,
)
from infra.endpoints.grants import CALL_MAIL_WORKER

SETS_COOKIE = ResponseSpec(status=200, headers=("Set-Cookie",))

LINK_ERRORS = ("link_invalid", "link_expired", "link_used")

ENDPOINTS = (
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/register",
        name="auth/register",
        errors=("email_taken", "idempotency_key_reused"),
        headers=("Accept-Language",),
        idempotent=True,
        public=True,
        table=(Grant((UPDATE,), (RATE_LIMITS,)),),
        config=("identity", "rate_limits", "verification"),
        queues=(CALL_MAIL_WORKER,),
        responses=(
            ResponseSpec(
                status=202,
                description="Addresses are verified by mail: a mail is sent to this one",
                schema="RegisterResponse",
            ),
        ),
        jwt=Access(
            table=(
                Grant((GET,), (EMAILS,)),
                # An account that exists is written, too, so that no timing shows it.
                transaction(Grant((PUT,), (MAILS,)), Grant((PUT, UPDATE), (USERS, EMAILS))),
            )
        ),
        cognito=Access(
            # An address is reserved between the pool's two calls.
            table=(Grant((PUT,), (EMAILS, MAILS)),),
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
        errors=("wrong_credentials", "account_disabled"),
        responses=(SETS_COOKIE,),
        public=True,
        config=("identity", "rate_limits"),
        jwt=Access(
            table=(
                Grant((GET,), (EMAILS, SESSIONS)),
                # The session starts as its device becomes known, its owner is owed a mail, the
                # limits are reset, and a hash with outdated parameters is replaced.
                transaction(
                    Grant((PUT,), (SESSIONS, MAILS)),
                    Grant((UPDATE,), (SESSIONS, EMAILS, RATE_LIMITS)),
                ),
                # The session whose cookie the browser has sent ends.
                Grant((DELETE,), (SESSIONS,)),
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
        table=(Grant((UPDATE,), (RATE_LIMITS,)),),
        config=("identity", "rate_limits"),
        jwt=Access(
            table=(
                Grant((GET,), (USERS,)),
                Grant((BATCH_GET,), (SESSIONS,)),
                # A session whose token is used twice ends with a mail to its owner.
                transaction(Grant((DELETE, UPDATE), (SESSIONS,)), Grant((PUT,), (MAILS,))),
            ),
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
        scope="read",
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
        method="POST",
        path="/api/v1/auth/verify-email",
        name="auth/verify_email",
        errors=LINK_ERRORS,
        public=True,
        config=("identity",),
        table=(Grant((GET,), (LINKS,)),),
        jwt=Access(table=(Grant((GET,), (EMAILS,)), Grant((UPDATE,), (LINKS, EMAILS, USERS)))),
        cognito=Access(
            table=(Grant((UPDATE,), (LINKS,)),),
            user_pool=("cognito-idp:AdminGetUser", "cognito-idp:AdminUpdateUserAttributes"),
        ),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/verify-email/send",
        name="auth/send_verification",
        headers=("Accept-Language",),
        config=("identity", "rate_limits"),
        table=(Grant((UPDATE,), (RATE_LIMITS,)), Grant((PUT,), (MAILS,))),
        queues=(CALL_MAIL_WORKER,),
        jwt=Access(table=(Grant((GET,), (USERS,)),)),
        cognito=Access(user_pool=("cognito-idp:AdminGetUser",)),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/forgot-password",
        name="auth/forgot_password",
        only="jwt",
        headers=("Accept-Language",),
        public=True,
        config=("rate_limits",),
        # The account is not looked up: the worker does.
        table=(Grant((UPDATE,), (RATE_LIMITS,)), Grant((PUT,), (MAILS,))),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/reset-password",
        name="auth/reset_password",
        only="jwt",
        errors=LINK_ERRORS,
        headers=("Accept-Language",),
        responses=(SETS_COOKIE,),
        public=True,
        table=(
            Grant((GET,), (LINKS, EMAILS)),
            transaction(
                Grant((UPDATE,), (LINKS, EMAILS, USERS, SESSIONS)), Grant((PUT,), (MAILS,))
            ),
            Grant((DELETE,), (RATE_LIMITS,)),
        ),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/change-password",
        name="auth/change_password",
        only="jwt",
        errors=("wrong_credentials",),
        headers=("Accept-Language",),
        table=(
            Grant((GET,), (USERS, EMAILS, SESSIONS)),
            Grant((UPDATE,), (RATE_LIMITS,)),
            transaction(Grant((UPDATE,), (EMAILS, USERS, SESSIONS)), Grant((PUT,), (MAILS,))),
        ),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/change-email",
        name="auth/change_email",
        only="jwt",
        errors=("reauthentication_required",),
        headers=("Accept-Language",),
        config=("rate_limits", "reauthentication"),
        table=(
            Grant((GET,), (USERS,)),
            Grant((UPDATE,), (RATE_LIMITS,)),
            transaction(Grant((PUT,), (USERS, MAILS))),
        ),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/confirm-email",
        name="auth/confirm_email",
        only="jwt",
        errors=(*LINK_ERRORS, "email_taken"),
        headers=("Accept-Language",),
        public=True,
        table=(
            Grant((GET,), (LINKS, EMAILS, USERS, SESSIONS)),
            transaction(
                Grant((UPDATE,), (LINKS, USERS, SESSIONS)),
                Grant((DELETE,), (EMAILS, USERS)),
                Grant((PUT,), (EMAILS, MAILS)),
            ),
        ),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/jwks.json",
        name="auth/jwks",
        only="jwt",
        public=True,
        responses=(ResponseSpec(status=200, headers=("Cache-Control",)),),
        secrets=("token_key",),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/sessions",
        name="auth/sessions",
        only="jwt",
        table=(Grant((GET, QUERY), (SESSIONS,)),),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/auth/sessions",
        name="auth/end_other_sessions",
        errors=("reauthentication_required",),
        only="jwt",
        config=("reauthentication",),
        table=(Grant((UPDATE,), (SESSIONS,)),),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/auth/sessions/{session_id}",
        name="auth/end_session",
        errors=("reauthentication_required", "session_not_found"),
        only="jwt",
        config=("reauthentication",),
        table=(
            Grant((BATCH_GET,), (SESSIONS,)),
            transaction(Grant((DELETE, UPDATE), (SESSIONS,))),
        ),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/reauthenticate",
        name="auth/reauthenticate",
        errors=("wrong_credentials", "second_factor_required", "wrong_code"),
        only="jwt",
        table=(
            Grant((GET,), (USERS, EMAILS, FACTORS)),
            Grant((UPDATE,), (SESSIONS, RATE_LIMITS, FACTORS)),
        ),
        secrets=("sealing_key",),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/login/mfa",
        name="auth/login_mfa",
        only="jwt",
        errors=("wrong_code", "login_expired", "account_disabled"),
        responses=(SETS_COOKIE,),
        public=True,
        config=("rate_limits",),
        table=(
            Grant((GET,), (USERS, SESSIONS, FACTORS)),
            Grant((UPDATE,), (RATE_LIMITS,)),
            # A code is used up as it opens the session, and its owner is owed a mail.
            transaction(Grant((PUT,), (SESSIONS, MAILS)), Grant((UPDATE,), (SESSIONS, FACTORS))),
            Grant((DELETE,), (SESSIONS,)),
        ),
        secrets=("token_key", "sealing_key"),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/mfa/totp",
        name="auth/begin_totp",
        only="jwt",
        errors=("reauthentication_required", "second_factor_exists", "email_not_verified"),
        config=("reauthentication", "verification"),
        table=(Grant((GET,), (USERS,)), Grant((PUT,), (FACTORS,))),
        secrets=("sealing_key",),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/mfa/totp/confirm",
        name="auth/confirm_totp",
        only="jwt",
        errors=("reauthentication_required", "second_factor_exists", "wrong_code"),
        headers=("Accept-Language",),
        config=("reauthentication",),
        table=(
            Grant((GET,), (USERS, EMAILS, SESSIONS, FACTORS)),
            Grant((UPDATE,), (RATE_LIMITS,)),
            transaction(
                Grant((UPDATE,), (FACTORS, EMAILS, USERS, SESSIONS)), Grant((PUT,), (MAILS,))
            ),
        ),
        secrets=("sealing_key",),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/auth/mfa/totp",
        name="auth/remove_totp",
        only="jwt",
        errors=("reauthentication_required",),
        headers=("Accept-Language",),
        config=("reauthentication",),
        table=(
            Grant((GET,), (USERS, EMAILS, SESSIONS, FACTORS)),
            transaction(
                Grant((DELETE,), (FACTORS,)),
                Grant((UPDATE,), (EMAILS, USERS, SESSIONS)),
                Grant((PUT,), (MAILS,)),
            ),
        ),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/mfa/recovery-codes",
        name="auth/renew_recovery_codes",
        only="jwt",
        errors=("reauthentication_required", "second_factor_required"),
        headers=("Accept-Language",),
        config=("reauthentication",),
        table=(
            Grant((GET,), (USERS, FACTORS)),
            transaction(Grant((UPDATE,), (FACTORS,)), Grant((PUT,), (MAILS,))),
        ),
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/auth/me",
        name="auth/delete_me",
        only="jwt",
        errors=("reauthentication_required", "account_disabled"),
        headers=("Accept-Language",),
        responses=(ResponseSpec(status=202, headers=("Set-Cookie",)),),
        config=("reauthentication",),
        table=(
            Grant((GET,), (USERS, SESSIONS)),
            transaction(Grant((PUT,), (DELETIONS, MAILS)), Grant((UPDATE,), (SESSIONS,))),
        ),
        queues=(CALL_MAIL_WORKER,),
    ),
)

AUTHORIZER = FunctionSpec(
    name="auth/authorize",
    only="jwt",
    table=(
        Grant((BATCH_GET,), (SESSIONS,)),
        Grant((GET,), (API_KEYS,)),
        # The last use of an API key, and its rate.
        Grant((UPDATE,), (API_KEYS, RATE_LIMITS)),
    ),
    secrets=("token_key",),
)
