"""Grants that several rows have."""

from infra.endpoint_spec import Access, Grant, Messages, Objects, transaction
from infra.endpoints.actions import (
    BATCH_GET,
    GET,
    ORDERS,
    PUT,
    QUERY,
    SEND,
    UPDATE,
    UPLOADS,
    USERS,
    WRITE_OBJECT,
)

READ_ORDER = Grant((GET,), (USERS,))
READ_WITH_ORDER = Grant((BATCH_GET,), (USERS, ORDERS))
"""An order, the customer's usage, and items of the order, in one call."""
LIST_ITEMS = Grant((QUERY,), (ORDERS,))
SIGN_UPLOAD_FORM = Objects((WRITE_OBJECT,), UPLOADS, presigned=True)

REQUEST_READINGS = Messages(SEND, ("readings", "parts"))

CALL_MAIL_WORKER = Messages(SEND, ("mail",))
"""A mail that was written is sent at once."""

CALL_EXPORT_WORKER = Messages(SEND, ("exports",))
"""The next archive of an export is made at once."""

VERIFIED = Access(user_pool=("cognito-idp:AdminGetUser",))
"""To look up whether the caller's address is verified, with `cognito`."""


def order_change(*parts: Grant) -> Grant:
    """One transaction changes an order and puts the audit event; `parts` are its further parts."""
    return transaction(Grant((UPDATE,), (USERS,)), Grant((PUT,), (ORDERS,)), *parts)
