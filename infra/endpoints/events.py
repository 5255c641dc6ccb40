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
    CHECK,
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
    RATE_LIMITS,
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
    CALL_REPORT_WORKER,
    LIST_ITEMS,
    LOOK_UP_IN_POOL,
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
        Objects((READ_OBJECT, WRITE_OBJECT), RESULTS),
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
        # Whether an account is unused, and whether its address gets mail.
        Grant((GET,), (SESSIONS, MAILS)),
        Grant((BATCH_GET,), (API_KEYS,)),
        Grant((QUERY,), (USERS, SESSIONS, FACTORS, MAILS)),
        Grant((DELETE,), (SESSIONS, API_KEYS, LINKS, FACTORS)),
        Grant((PUT,), (INVOICES,)),
    ),
    objects=(Objects((DELETE_VERSION,), REPORTS), Objects((DELETE_VERSION,), EXPORTS)),
    listed=(REPORTS, EXPORTS),
)
"""Everything of an account is removed, except what the law asks to keep of its payments."""

# The transactions of a deletion: the notice of an unused account, the beginning, the end of the
# profile, and a minute later the end with a mail. They share keys, so statements for each of them
# would allow no less than one for each action.
DELETE_IN_TABLE = Access(
    table=(Grant((PUT, UPDATE, DELETE), (USERS, SESSIONS, API_KEYS, EMAILS, DELETIONS, MAILS)),)
)
DELETE_IN_POOL = Access(
    table=(
        Grant((PUT, UPDATE), (USERS, SESSIONS, API_KEYS, DELETIONS, MAILS)),
        Grant((DELETE,), (EMAILS, USERS, DELETIONS, MAILS)),
    ),
    user_pool=("cognito-idp:AdminDeleteUser",),
)
"""The credential is removed as a deletion begins; in a user pool a minute later."""

SETTLE_DEBT = FunctionSpec(
    name="events/settle_debt",
    timeout_seconds=120,  # less than `docket.domain.debt.CLAIM`
    config=("limits", "deadlines", "uploads", "retention", "verification"),
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
        # That a task is what it was, in the transaction that records content as paid.
        Grant((CHECK,), (USERS, ORDERS)),
    ),
    # It checks whether a file was uploaded, and erases deleted documents. It reads no content.
    objects=tuple(Objects((DELETE_VERSION,), prefix) for prefix in (UPLOADS, RESULTS, PARTS)),
    listed=(UPLOADS, RESULTS, PARTS),
    malware_scan=Access(objects=(Objects((READ_VERSION_TAGS,), UPLOADS),)),
    queues=(Messages(RECEIVE, DEBT_QUEUES), REQUEST_READINGS, CALL_REPORT_WORKER),
    secrets=("stripe",),
    jwt=DELETE_ACCOUNTS | DELETE_IN_TABLE | Access(queues=(CALL_EXPORT_WORKER,)),
    cognito=DELETE_ACCOUNTS | DELETE_IN_POOL | Access(queues=(CALL_EXPORT_WORKER,)),
    gateway=Access(),
    unused_reasons=_receive_reasons(*DEBT_QUEUES),
)

SEND_MAIL = FunctionSpec(
    name="events/send_mail",
    timeout_seconds=60,
    config=("identity", "verification"),
    # It looks up the account of an address, and makes the links in mails.
    table=(
        Grant((GET, UPDATE, DELETE), (MAILS,)),
        Grant((PUT,), (LINKS,)),
        Grant((GET,), (USERS, DELETIONS)),
        # Of mails that strangers request few are sent in a day.
        Grant((UPDATE,), (RATE_LIMITS,)),
    ),
    jwt=Access(table=(Grant((GET,), (EMAILS,)),)),
    cognito=LOOK_UP_IN_POOL,
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
    only="own sessions",  # as the endpoints that request it
    layers=WITH_ANALYSIS,
    # An archive takes minutes; less than `docket.domain.accounts.export.CHECK`.
    timeout_seconds=900,
    # It reads everything of a customer, and changes nothing but the export and its mail.
    table=(
        Grant((GET,), (USERS, SESSIONS, ORDERS, FACTORS, MAILS)),
        Grant((QUERY,), (USERS, SESSIONS, ORDERS, FACTORS, MAILS)),
        Grant((QUERY,), (USERS,), index=BY_STATUS),
        Grant((BATCH_GET,), (USERS, ORDERS, LINKS, API_KEYS, MAILS)),
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

LOOK_UP_ACCOUNT = Access(table=(Grant((GET,), (SESSIONS,)),))
"""Whether the deletion of an account has begun."""

MAKE_REPORT = FunctionSpec(
    name="events/make_report",
    layers=WITH_READER,
    memory="report",
    # 500 documents take minutes; less than `docket.domain.orders.report.CHECK`.
    timeout_seconds=900,
    # It reads an order that is paid, and changes nothing but the report.
    table=(
        Grant((GET,), (USERS, ORDERS)),
        READ_WITH_ORDER,
        LIST_ITEMS,
        Grant((PUT,), (ORDERS,)),
    ),
    objects=(Objects((READ_OBJECT,), RESULTS), Objects((WRITE_OBJECT,), REPORTS)),
    queues=(Messages(RECEIVE, ("reports",)),),
    config=("identity",),
    jwt=LOOK_UP_ACCOUNT,
    cognito=LOOK_UP_ACCOUNT,
    gateway=Access(),
    unused_reasons=_receive_reasons("reports"),
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
    MAKE_REPORT,
)
