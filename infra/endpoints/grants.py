"""Grants that several rows have."""

from infra.endpoint_spec import Access, Grant, Messages, Objects, transaction
from infra.endpoints.actions import (
    BATCH_GET,
    EMAILS,
    GET,
    MAILS,
    ORDERS,
    PUT,
    QUERY,
    SEND,
    SESSIONS,
    UPDATE,
    UPLOADS,
    USERS,
    WRITE_OBJECT,
)

READ_ORDER = Grant((GET,), (USERS,))
"""An order of the caller."""
READ_WITH_ORDER = Grant((BATCH_GET,), (USERS, ORDERS))
"""An order, the customer's usage, and items of the order, in one call."""
LIST_ITEMS = Grant((QUERY,), (ORDERS,))
"""The items of an order, such as its documents."""
SIGN_UPLOAD_FORM = Objects((WRITE_OBJECT,), UPLOADS, presigned=True)
"""A presigned form has the rights of the function that signs it."""

REQUEST_READINGS = Messages(SEND, ("readings", "parts"))
"""Of a whole document, or of its parts."""

LOOK_UP_SESSION = Grant((BATCH_GET,), (SESSIONS,))
"""The session of a request, which may have ended since the authorizer has looked it up."""

CALL_MAIL_WORKER = Messages(SEND, ("mail",))
"""A mail that was written is sent at once."""

CALL_REPORT_WORKER = Messages(SEND, ("reports",))
"""A report that was requested is made at once."""

CALL_EXPORT_WORKER = Messages(SEND, ("exports",))
"""The next archive of an export is made at once."""

CHECK_PASSWORD = ("cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser")
"""Actions on the user pool: it verifies the password of an account."""

LOOK_UP_IN_POOL = Access(user_pool=("cognito-idp:AdminGetUser",))
"""To look an account up, with `cognito`."""


def account_change_in_table(*parts: Grant) -> Access:
    """One transaction changes an account of the table, which ends its sessions and owes a mail."""
    return Access(
        table=(
            Grant((GET,), (EMAILS,)),
            transaction(
                *parts, Grant((UPDATE,), (EMAILS, USERS, SESSIONS)), Grant((PUT,), (MAILS,))
            ),
        )
    )


def account_change_in_pool(*parts: Grant, user_pool: tuple[str, ...] = ()) -> Access:
    """The same with `cognito`, after further actions on the user pool."""
    change = transaction(*parts, Grant((UPDATE,), (USERS, SESSIONS)), Grant((PUT,), (MAILS,)))
    return LOOK_UP_IN_POOL | Access(table=(change,), user_pool=user_pool)


def order_change(*parts: Grant) -> Grant:
    """One transaction changes an order and puts the audit event; `parts` are its further parts."""
    return transaction(Grant((UPDATE,), (USERS,)), Grant((PUT,), (ORDERS,)), *parts)
