"""The functions that messages and the schedule invoke."""

from infra.endpoint_spec import (
    Access,
    FunctionSpec,
    Grant,
    Messages,
    Objects,
    QueueName,
    transaction,
)
from infra.endpoints.actions import (
    API_KEYS,
    BATCH_GET,
    BY_DUE,
    BY_STATUS,
    DEBTS,
    DELETE,
    DELETE_VERSION,
    DELETIONS,
    EMAILS,
    EXPORTS,
    FACTORS,
    GET,
    INVOICES,
    LINKS,
    MAILS,
    MEASURE,
    ORDERS,
    PARTS,
    PUT,
    QUERY,
    READ_OBJECT,
    READ_VERSION,
    READ_VERSION_TAGS,
    RECEIVE,
    REPORTS,
    RESULTS,
    SEND,
    SESSIONS,
    STRIPE_EVENTS,
    UPDATE,
    UPLOADS,
    USERS,
    WRITE_OBJECT,
)
from infra.endpoints.grants import (
    CALL_EXPORT_WORKER,
    CALL_MAIL_WORKER,
    LIST_ITEMS,
    READ_WITH_ORDER,
    REQUEST_READINGS,
    order_change,
)
from infra.endpoints.layers import WITH_ANALYSIS, WITH_READER

DEBT_QUEUES: tuple[QueueName, ...] = ("money", "work", "housekeeping")
"""The queues of the debts that one function settles."""


def _receive_reasons(*queues: QueueName) -> dict[str, str]:
    """Why no handler uses the permission to receive messages."""
    reason = "Lambda's event source receives and deletes the messages with the function's role"
    return {f"{action} {queue}": reason for action in RECEIVE for queue in queues}


ON_UPLOAD = FunctionSpec(
    name="events/on_upload",
    timeout_seconds=30,
    config=("limits", "uploads"),
    table=(READ_WITH_ORDER, order_change(Grant((UPDATE,), (ORDERS,)))),
    # It erases files that no document expects, and reads none.
    objects=(Objects((DELETE_VERSION,), UPLOADS),),
    malware_scan=Access(objects=(Objects((READ_VERSION_TAGS,), UPLOADS),)),
    queues=(Messages(RECEIVE, ("uploads",)), Messages(SEND, ("readings",))),
    unused_reasons=_receive_reasons("uploads"),
)

READ_DOCUMENT = FunctionSpec(
    name="events/read_document",
    layers=WITH_READER,
    memory="reader",
    timeout_seconds=300,
    config=("reader",),
    # It fetches untrusted bytes: no item of the table, no listing, nothing to delete.
    objects=(
        Objects((READ_VERSION,), UPLOADS),
        Objects((WRITE_OBJECT,), RESULTS),
        Objects((READ_OBJECT, WRITE_OBJECT), PARTS),
    ),
    queues=(Messages(RECEIVE, ("readings", "parts")), Messages(SEND, ("results",))),
    unused_reasons=_receive_reasons("readings", "parts"),
)

ON_RESULT = FunctionSpec(
    name="events/on_result",
    timeout_seconds=30,
    config=("limits",),
    table=(
        READ_WITH_ORDER,
        Grant((GET,), (USERS,)),
        LIST_ITEMS,
        Grant((QUERY,), (USERS,), index=BY_STATUS),
        order_change(Grant((UPDATE,), (ORDERS,))),
    ),
    objects=(Objects((READ_OBJECT,), RESULTS),),
    queues=(Messages(RECEIVE, ("results",)), REQUEST_READINGS),
    unused_reasons=_receive_reasons("results"),
)

DISPATCH = FunctionSpec(
    name="events/dispatch",
    timeout_seconds=50,
    table=(Grant((QUERY,), DEBTS, index=BY_DUE),),
    queues=(Messages((*SEND, *MEASURE), (*DEBT_QUEUES, "mail")),),
)

DISPATCH_MINUTES = 1
"""The interval of the schedule. Alarms are about several of them."""

DELETE_ACCOUNTS = Access(
    table=(
        Grant((QUERY,), (USERS, SESSIONS, MAILS)),
        Grant((DELETE,), (SESSIONS, API_KEYS, LINKS, FACTORS)),
        Grant((PUT,), (INVOICES,)),
        # The address becomes free; a minute later the deletion ends with a mail.
        transaction(Grant((DELETE,), (EMAILS, USERS)), Grant((UPDATE,), (DELETIONS,))),
        transaction(Grant((DELETE,), (DELETIONS, MAILS)), Grant((PUT,), (MAILS,))),
    ),
    objects=(Objects((DELETE_VERSION,), REPORTS), Objects((DELETE_VERSION,), EXPORTS)),
    listed=(REPORTS, EXPORTS),
    config=("retention",),
)
"""Everything of an account is removed, except what the law asks to keep of its payments."""

SETTLE_DEBT = FunctionSpec(
    name="events/settle_debt",
    timeout_seconds=120,  # less than `docket.domain.debt.CLAIM`
    config=("limits", "deadlines", "uploads"),
    table=(
        Grant((GET,), (USERS, ORDERS)),
        Grant((BATCH_GET,), (USERS, ORDERS, STRIPE_EVENTS)),
        LIST_ITEMS,
        Grant((QUERY,), (USERS,), index=BY_STATUS),
        order_change(
            Grant((UPDATE,), (ORDERS, STRIPE_EVENTS)),
            # The content that a customer has paid for, and Stripe's events.
            Grant((PUT, DELETE), (USERS, STRIPE_EVENTS)),
            Grant((DELETE,), (ORDERS,)),
        ),
    ),
    # It checks whether a file was uploaded, and erases deleted documents. It reads no content.
    objects=tuple(Objects((DELETE_VERSION,), prefix) for prefix in (UPLOADS, RESULTS, PARTS)),
    listed=(UPLOADS, RESULTS, PARTS),
    malware_scan=Access(objects=(Objects((READ_VERSION_TAGS,), UPLOADS),)),
    queues=(Messages(RECEIVE, DEBT_QUEUES), REQUEST_READINGS),
    secrets=("stripe",),
    jwt=DELETE_ACCOUNTS | Access(queues=(CALL_EXPORT_WORKER,)),
    unused_reasons=_receive_reasons(*DEBT_QUEUES),
)

SEND_MAIL = FunctionSpec(
    name="events/send_mail",
    timeout_seconds=60,
    config=("identity",),
    # It looks up the account of an address, and makes the links in mails.
    table=(Grant((GET, UPDATE, DELETE), (MAILS,)), Grant((PUT,), (LINKS,))),
    jwt=Access(table=(Grant((GET,), (EMAILS, USERS)),)),
    cognito=Access(user_pool=("cognito-idp:AdminGetUser",)),
    queues=(Messages(RECEIVE, ("mail",)),),
    sends_mail=True,
    unused_reasons=_receive_reasons("mail"),
)

ON_MAIL_REPORT = FunctionSpec(
    name="events/on_mail_report",
    table=(Grant((PUT, DELETE), (MAILS,)),),
    queues=(Messages(RECEIVE, ("feedback",)),),
    unused_reasons=_receive_reasons("feedback"),
)

EXPORT_ACCOUNT = FunctionSpec(
    name="events/export_account",
    only="jwt",  # as the endpoints that request it
    layers=WITH_ANALYSIS,
    # An archive takes minutes; less than `docket.domain.accounts.export.CHECK`.
    timeout_seconds=900,
    # It reads everything of a customer, and changes nothing but the export and its mail.
    table=(
        Grant((GET,), (USERS, SESSIONS, ORDERS, FACTORS, MAILS)),
        Grant((QUERY,), (USERS, SESSIONS, ORDERS, MAILS)),
        Grant((QUERY,), (USERS,), index=BY_STATUS),
        Grant((BATCH_GET,), (USERS, ORDERS, LINKS, API_KEYS)),
        transaction(Grant((PUT,), (USERS, MAILS))),
    ),
    objects=(
        Objects((READ_VERSION,), UPLOADS),
        Objects((READ_OBJECT,), RESULTS),
        Objects((WRITE_OBJECT,), EXPORTS),
    ),
    queues=(Messages(RECEIVE, ("exports",)), CALL_EXPORT_WORKER, CALL_MAIL_WORKER),
    unused_reasons=_receive_reasons("exports"),
)

FUNCTIONS = (
    ON_UPLOAD,
    READ_DOCUMENT,
    ON_RESULT,
    DISPATCH,
    SETTLE_DEBT,
    SEND_MAIL,
    ON_MAIL_REPORT,
    EXPORT_ACCOUNT,
)
