"""Accounts, and how a session begins and is prolonged."""

from infra.endpoint_spec import Access, EndpointSpec, Grant, ResponseSpec, transaction
from infra.endpoints.actions import (
    BATCH_GET,
    CHECK,
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
from infra.endpoints.grants import (
    CALL_MAIL_WORKER,
    CHECK_PASSWORD,
    LOOK_UP_IN_POOL,
    LOOK_UP_SESSION,
    account_change_in_pool,
    account_change_in_table,
)
from infra.endpoints.responses import SETS_COOKIE

LINK_ERRORS = ("link_invalid", "link_expired", "link_used")
PROOF_ERRORS = ("password_required", "wrong_credentials", "link_exhausted", "not_signed_in")
"""Of a link that needs a session or the password, too."""

BEGIN_DELETION = (Grant((PUT,), (DELETIONS, MAILS)), Grant((UPDATE,), (SESSIONS,)))
"""The parts of the transaction in which sessions end, and the deletion and a mail are owed."""

LEASE_WHILE_UNCHANGED = Access(table=(Grant((CHECK,), (USERS, SESSIONS)),))
"""The lease of an account in a user pool is taken while its profile is the one that was read."""

VERIFY_IN_POOL = Access(
    table=(Grant((GET,), (USERS,)),),
    user_pool=(*CHECK_PASSWORD, "cognito-idp:AdminUpdateUserAttributes"),
)
"""To mark an address as verified in the pool; the profile is read."""

ENDPOINTS = (
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/register",
        name="auth/register",
        snapshot=True,
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
            # An address is reserved between the pool's two calls. A repeated request reads whether
            # its account was changed since.
            table=(
                Grant((GET,), (USERS,)),
                Grant((UPDATE,), (EMAILS,)),
                Grant((PUT,), (MAILS,)),
            ),
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
        snapshot=True,
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
            table=(
                Grant((GET,), (SESSIONS, USERS)),
                # The profile is made, or its copy of the pool's account updated.
                transaction(
                    Grant((PUT,), (SESSIONS, MAILS)),
                    Grant((UPDATE,), (SESSIONS, USERS, RATE_LIMITS)),
                ),
                Grant((DELETE,), (SESSIONS,)),
            ),
            user_pool=CHECK_PASSWORD,
            secrets=("token_key",),
        ),
        gateway=Access(table=(Grant((UPDATE,), (RATE_LIMITS,)),), user_pool=CHECK_PASSWORD),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/refresh",
        name="auth/refresh",
        snapshot=True,
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
        cognito=Access(
            table=(
                Grant((GET,), (USERS,)),
                Grant((BATCH_GET,), (SESSIONS,)),
                transaction(Grant((DELETE, UPDATE), (SESSIONS,)), Grant((PUT,), (MAILS,))),
            ),
            user_pool=("cognito-idp:AdminGetUser",),
            secrets=("token_key",),
        ),
        # Exchanging a refresh token of the pool needs no permission.
        gateway=Access(user_pool=("cognito-idp:AdminGetUser",)),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/logout",
        name="auth/logout",
        responses=(SETS_COOKIE,),
        config=("identity",),
        jwt=Access(table=(Grant((DELETE,), (SESSIONS,)),)),
        cognito=Access(table=(Grant((DELETE,), (SESSIONS,)),)),
        gateway=Access(user_pool=("cognito-idp:AdminUserGlobalSignOut",)),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/me",
        name="account/get",
        snapshot=True,
        scope="read",
        config=("identity",),
        table=(Grant((GET,), (USERS,)),),
        cognito=LOOK_UP_IN_POOL,
    ),
    EndpointSpec(
        method="PATCH",
        path="/api/v1/auth/me",
        name="account/update",
        config=("identity",),
        table=(Grant((GET,), (USERS,)),),
        jwt=Access(table=(Grant((UPDATE,), (USERS, EMAILS)),)),
        cognito=Access(
            table=(Grant((UPDATE,), (USERS,)),),
            user_pool=("cognito-idp:AdminGetUser", "cognito-idp:AdminUpdateUserAttributes"),
        ),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/verify-email",
        name="account/verify_email",
        errors=(*LINK_ERRORS, *PROOF_ERRORS),
        public=True,
        optional_session=True,
        config=("identity", "rate_limits"),
        table=(Grant((GET,), (LINKS,)), Grant((UPDATE,), (RATE_LIMITS,))),
        # The link is used up as the API keys end, while the session is open.
        jwt=Access(
            table=(
                LOOK_UP_SESSION,
                # A device that the account knows is counted by itself.
                Grant((GET,), (EMAILS, SESSIONS)),
                transaction(Grant((UPDATE,), (LINKS, EMAILS, USERS, SESSIONS))),
            )
        ),
        cognito=VERIFY_IN_POOL
        | Access(
            table=(
                LOOK_UP_SESSION,
                Grant((GET,), (SESSIONS,)),
                transaction(Grant((UPDATE,), (LINKS, USERS, SESSIONS))),
            )
        ),
        # There the password is the only proof, and no API key ends.
        gateway=VERIFY_IN_POOL | Access(table=(Grant((UPDATE,), (LINKS, USERS)),)),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/verify-email/send",
        name="account/send_verification",
        headers=("Accept-Language",),
        config=("identity", "rate_limits"),
        table=(
            Grant((GET,), (USERS,)),
            Grant((UPDATE,), (RATE_LIMITS,)),
            Grant((PUT,), (MAILS,)),
        ),
        queues=(CALL_MAIL_WORKER,),
        cognito=LOOK_UP_IN_POOL,
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/forgot-password",
        name="auth/forgot_password",
        only="own sessions",
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
        only="own sessions",
        errors=(*LINK_ERRORS, "account_disabled"),
        headers=("Accept-Language",),
        responses=(SETS_COOKIE,),
        public=True,
        config=("identity", "verification"),
        # The mail says how many passkeys the account has. A reset that verifies the address removes
        # them, and the second factor.
        table=(
            Grant((GET,), (LINKS, FACTORS, SESSIONS)),
            Grant((QUERY,), (FACTORS,)),
            Grant((DELETE,), (RATE_LIMITS,)),
        ),
        queues=(CALL_MAIL_WORKER,),
        jwt=account_change_in_table(Grant((UPDATE,), (LINKS,)), Grant((DELETE, CHECK), (FACTORS,))),
        # The profile is read. The pool has the password before, and the verification after that.
        cognito=Access(table=(Grant((GET,), (USERS,)),))
        | account_change_in_pool(
            Grant((UPDATE,), (LINKS,)),
            Grant((DELETE, CHECK), (FACTORS,)),
            user_pool=(
                "cognito-idp:AdminSetUserPassword",
                "cognito-idp:AdminUpdateUserAttributes",
            ),
        ),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/change-password",
        name="account/change_password",
        only="own sessions",
        errors=(
            "wrong_credentials",
            "no_password",
            "reauthentication_required",
            "email_not_verified",
        ),
        headers=("Accept-Language",),
        config=("identity", "reauthentication", "verification"),
        table=(
            LOOK_UP_SESSION,
            Grant((GET,), (USERS, SESSIONS)),
            Grant((UPDATE,), (RATE_LIMITS,)),
        ),
        queues=(CALL_MAIL_WORKER,),
        jwt=account_change_in_table(),
        cognito=LEASE_WHILE_UNCHANGED
        | account_change_in_pool(
            user_pool=("cognito-idp:AdminInitiateAuth", "cognito-idp:AdminSetUserPassword")
        ),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/auth/me/password",
        name="account/remove_password",
        only="own passwords",
        errors=(
            "reauthentication_required",
            "email_not_verified",
            "no_mail",
            "mail_suppressed",
            "no_passkey",
        ),
        headers=("Accept-Language",),
        config=("reauthentication", "verification", "mail_sender"),
        # A mail is the way back: whether the address gets any.
        table=(LOOK_UP_SESSION, Grant((GET,), (USERS, SESSIONS, MAILS))),
        queues=(CALL_MAIL_WORKER,),
        # The account has a passkey: its only way in after that.
        jwt=account_change_in_table(Grant((CHECK,), (FACTORS,))),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/change-email",
        name="account/change_email",
        only="own sessions",
        errors=("reauthentication_required",),
        headers=("Accept-Language",),
        config=("identity", "rate_limits", "reauthentication"),
        table=(
            LOOK_UP_SESSION,
            Grant((GET,), (USERS,)),
            Grant((UPDATE,), (RATE_LIMITS,)),
            transaction(Grant((PUT,), (USERS, MAILS)), Grant((UPDATE,), (SESSIONS,))),
        ),
        cognito=LOOK_UP_IN_POOL,
        queues=(CALL_MAIL_WORKER,),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/confirm-email",
        name="account/confirm_email",
        only="own sessions",
        errors=(*LINK_ERRORS, *PROOF_ERRORS, "email_taken"),
        headers=("Accept-Language",),
        public=True,
        optional_session=True,
        config=("identity", "rate_limits", "verification"),
        table=(
            LOOK_UP_SESSION,
            Grant((GET,), (LINKS, USERS, SESSIONS)),
            Grant((UPDATE,), (RATE_LIMITS,)),
        ),
        queues=(CALL_MAIL_WORKER,),
        jwt=Access(
            table=(
                Grant((GET,), (EMAILS,)),
                transaction(
                    Grant((UPDATE,), (LINKS, USERS, SESSIONS)),
                    Grant((DELETE,), (EMAILS, USERS)),
                    Grant((PUT,), (EMAILS, MAILS)),
                ),
            )
        ),
        cognito=LEASE_WHILE_UNCHANGED
        | account_change_in_pool(
            Grant((UPDATE,), (LINKS,)),
            Grant((DELETE,), (USERS,)),
            user_pool=("cognito-idp:AdminInitiateAuth", "cognito-idp:AdminUpdateUserAttributes"),
        ),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/auth/me",
        name="account/delete",
        only="own sessions",
        errors=("reauthentication_required", "account_disabled"),
        headers=("Accept-Language",),
        responses=(ResponseSpec(status=202, headers=("Set-Cookie",)),),
        config=("reauthentication", "verification"),
        table=(
            LOOK_UP_SESSION,
            Grant((GET,), (USERS, SESSIONS)),
            # An account that is not verified is counted.
            Grant((UPDATE,), (RATE_LIMITS,)),
        ),
        # An address that is not verified is free at once.
        jwt=Access(table=(transaction(*BEGIN_DELETION, Grant((DELETE,), (EMAILS,))),)),
        cognito=Access(table=(transaction(*BEGIN_DELETION),)),
        queues=(CALL_MAIL_WORKER,),
    ),
)
