"""The keys of the table.

entity                PK                       SK                        also
────────────────────  ───────────────────────  ────────────────────────  ──────────────────────────
User                  USER#<uid>               PROFILE                   debt
Credential            EMAIL#<address>          EMAIL                     put with the user: unique
Address change        USER#<uid>               ADDRESS_CHANGE            ttl
Session               SESSION#<uid>            <sid>                     ttl
Account access        SESSION#<uid>            ACCESS                    decides about all sessions
Known device          SESSION#<uid>            DEVICE#<hash>             hash of its cookie; ttl
API key               KEY#<hash>               KEY                       hash of its text
Listed API key        SESSION#<uid>            KEY#<key id>
API keys, counted     SESSION#<uid>            KEYS
Order                 USER#<uid>               ORDER#<oid>               GSI1 by status; debt
Usage                 USER#<uid>               USAGE                     readings in flight, limits
Export                USER#<uid>               EXPORT                    the latest one; debt; ttl
Content               USER#<uid>               CONTENT#<sha256>          what was paid for
Unrecorded content    USER#<uid>               UNRECORDED#<oid>          until they are recorded
Idempotency key       USER#<uid>               IDEMPOTENCY#<name>#<key>  put with its object; ttl
Document              ORDER#<oid>              DOCUMENT#<did>            GSI1 while waiting; debt
Analysis              ORDER#<oid>              ANALYSIS#<did>
Correction            ORDER#<oid>              CORRECTION#<did>#<fact>   of a fact, by its customer
Line items            ORDER#<oid>              CORRECTION#<did>#ITEMS    corrected by its customer
Payment               ORDER#<oid>              PAYMENT#<intent id>       debt
Refund                ORDER#<oid>              REFUND#<id>               debt
Task                  ORDER#<oid>              TASK#<kind>#<subject>     debt
Report                ORDER#<oid>              REPORT#<name>             the latest one; debt; ttl
Audit event           ORDER#<oid>              EVENT#<ulid>              append-only
Stripe event          STRIPE#<event id>        EVENT                     put with its effect; ttl
Unhandled event       STRIPE#<event id>        UNHANDLED                 debt
Stripe cursor         STRIPE#CURSOR            EVENTS                    last event that was listed
Deletion              DELETION#<uid>           DELETION                  of an account; debt
Invoice               INVOICE#<uid>            <intent id>               of a deleted account; ttl
Rate limit            RATE_LIMIT#<kind>#<hash> <window>                  ttl
Mail                  MAIL#<mailbox>           MAIL#<ulid>               GSI1 by account; debt
Suppression           MAIL#<mailbox>           SUPPRESSED                gets no mail
One-time link         LINK#<hash>              LINK                      hashed token; GSI1; ttl
Second factor         FACTOR#<uid>             TOTP                      sealed secret, hashed codes
Passkey               FACTOR#<uid>             PASSKEY#<passkey id>      public key
Passkeys, counted     FACTOR#<uid>             PASSKEYS
Answered challenge    CHALLENGE#<hash>         CHALLENGE                 of a passkey; ttl
Operator's act        OPERATOR                 ACT#<ulid>                append-only

query                                             key
────────────────────────────────────────────────  ────────────────────────────────
a user by id                                      USER#<uid> / PROFILE
a credential by e-mail address                    EMAIL#<address> / EMAIL
a session, and whether its account admits it      SESSION#<uid> / <sid>, ACCESS
the sessions of a user                            SESSION#<uid> / between 0 and 8
a user's change of address                        USER#<uid> / ADDRESS_CHANGE
whether an account knows a device                 SESSION#<uid> / DEVICE#<hash>
the devices that an account knows                 SESSION#<uid> / begins_with DEVICE#
a user's export                                   USER#<uid> / EXPORT
an API key by its text                            KEY#<hash> / KEY
whether an account admits an API key              SESSION#<uid> / KEY#<key id>, ACCESS
the sample order that a test key is limited to    USER#<uid> / USAGE
the API keys of a user, newest first              SESSION#<uid> / begins_with KEY#
an order                                          USER#<uid> / ORDER#<oid>
a user's orders, newest or oldest first           USER#<uid> / begins_with ORDER#
a user's orders of a status, newest first         GSI1 USER#<uid>#<status> / <oid>
an order's documents, in the order of adding      ORDER#<oid> / begins_with DOCUMENT#
a user's documents that wait for the reader       GSI1 USER#<uid>#waiting / <did>
the analyses of some documents                    ORDER#<oid> / ANALYSIS#<did>
the corrections of some documents                 ORDER#<oid> / between CORRECTION#<did>#
the payments of an order                          ORDER#<oid> / begins_with PAYMENT#
the refunds of an order                           ORDER#<oid> / begins_with REFUND#
the report of an order with some options          ORDER#<oid> / REPORT#<name>
the audit events of an order                      ORDER#<oid> / begins_with EVENT#
whether a mailbox gets mail                       MAIL#<mailbox> / SUPPRESSED
a link by its token                               LINK#<hash> / LINK
the links of a user                               GSI1 USER#<uid>#link / <hash>
the mails that a user has caused                  GSI1 USER#<uid>#mail / <mail id>
a user's second factor                            FACTOR#<uid> / TOTP
a user's passkey                                  FACTOR#<uid> / PASSKEY#<passkey id>
a user's passkeys                                 FACTOR#<uid> / begins_with PASSKEY#
the mails that are owed to a mailbox              MAIL#<mailbox> / begins_with MAIL#
debts of a class that are due, oldest first       GSI2 <class>#<shard> / up to <now>

A debt is `GSI2PK=<class>#<shard>` and `GSI2SK=<due>#<PK>#<SK>` on an item that owes something; the
shard is a hash of the order's id. Both indexes hold keys only. Ids are ULIDs, which sort by
creation time, so "newest first" needs no index. An order's key contains its owner, so another
customer's order is not found; a document's key does not, so it is read together with its order. A
mailbox is a hash of an address.
"""

import hashlib
from datetime import datetime

from docket.domain.debt import Due

type Key = dict[str, str]

BY_STATUS = "GSI1"
BY_DUE = "GSI2"
STATUS_PARTITION = f"{BY_STATUS}PK"
STATUS_ID = f"{BY_STATUS}SK"
DEBT_PARTITION = f"{BY_DUE}PK"
DUE = f"{BY_DUE}SK"

USERS = "USER#"
ORDERS = "ORDER#"
DOCUMENTS = "DOCUMENT#"
ANALYSES = "ANALYSIS#"
CORRECTIONS = "CORRECTION#"
PAYMENTS = "PAYMENT#"
REFUNDS = "REFUND#"
TASKS = "TASK#"
REPORTS = "REPORT#"
EVENTS = "EVENT#"
CONTENTS = "CONTENT#"
UNRECORDED = "UNRECORDED#"
IDEMPOTENCY_KEYS = "IDEMPOTENCY#"
STRIPE_EVENTS = "STRIPE#"
STRIPE_EVENT = "EVENT"
UNHANDLED = "UNHANDLED"
USAGE = "USAGE"
MAILS = "MAIL#"
DELETION = "DELETION"
DEVICES = "DEVICE#"
EXPORT = "EXPORT"
PROFILE = "PROFILE"
API_KEYS = "KEY#"
PASSKEYS = "PASSKEY#"

SHARDS = 16
"""The index partitions of each class of debts."""
LINK = "link"
MAIL = "mail"
WAITING = "waiting"
"""In place of a status: the links that were mailed to an account, the mails that it has caused, and
documents that wait for a slot of the reader."""

ULIDS = ("0", "8")
"""Bounds of all ids: their first character is a digit below 8. Other keys begin with a letter."""

LAST = "~"
"""Behind every id."""


def behind(item_id: str) -> str:
    """Between an id and the next one of the same form."""
    return f"{item_id}!"


def behind_documents(order_id: str) -> str:
    """Behind the ids of an order's documents, and before those of the next order."""
    return f"{order_id}-{LAST}"


def user_partition(user_id: str) -> str:
    return f"{USERS}{user_id}"


def order_partition(order_id: str) -> str:
    return f"{ORDERS}{order_id}"


def is_of_order(key: Key) -> bool:
    """Whether an item stands in the partition of an order."""
    return key["PK"].startswith(ORDERS)


def order_id(key: Key) -> str:
    """The order to which an item belongs: the order itself, or an item of its partition."""
    if is_of_order(key):
        return key["PK"].removeprefix(ORDERS)
    return key["SK"].removeprefix(ORDERS)


def user(user_id: str) -> Key:
    return {"PK": user_partition(user_id), "SK": PROFILE}


def credential(address: str) -> Key:
    """`address` is already normalized."""
    return {"PK": f"EMAIL#{address}", "SK": "EMAIL"}


def address_change(user_id: str) -> Key:
    return {"PK": user_partition(user_id), "SK": "ADDRESS_CHANGE"}


def session_partition(user_id: str) -> str:
    """A partition of its own, so that no function that writes orders can open a session."""
    return f"SESSION#{user_id}"


def session(user_id: str, session_id: str) -> Key:
    return {"PK": session_partition(user_id), "SK": session_id}


def account_access(user_id: str) -> Key:
    return {"PK": session_partition(user_id), "SK": "ACCESS"}


def known_device(user_id: str, token_hash: str) -> Key:
    return {"PK": session_partition(user_id), "SK": f"{DEVICES}{token_hash}"}


def factor_partition(user_id: str) -> str:
    """A partition of its own, which only functions of accounts may read."""
    return f"FACTOR#{user_id}"


def second_factor(user_id: str) -> Key:
    return {"PK": factor_partition(user_id), "SK": "TOTP"}


def passkey(user_id: str, passkey_id: str) -> Key:
    return {"PK": factor_partition(user_id), "SK": f"{PASSKEYS}{passkey_id}"}


def passkey_count(user_id: str) -> Key:
    return {"PK": factor_partition(user_id), "SK": "PASSKEYS"}


def answered_challenge(challenge_hash: str) -> Key:
    return {"PK": f"CHALLENGE#{challenge_hash}", "SK": "CHALLENGE"}


def api_key(key_hash: str) -> Key:
    return {"PK": f"{API_KEYS}{key_hash}", "SK": "KEY"}


def listed_api_key(user_id: str, key_id: str) -> Key:
    return {"PK": session_partition(user_id), "SK": f"{API_KEYS}{key_id}"}


def api_key_count(user_id: str) -> Key:
    return {"PK": session_partition(user_id), "SK": "KEYS"}


def order(user_id: str, order_id: str) -> Key:
    return {"PK": user_partition(user_id), "SK": f"{ORDERS}{order_id}"}


def usage(user_id: str) -> Key:
    return {"PK": user_partition(user_id), "SK": USAGE}


def export(user_id: str) -> Key:
    return {"PK": user_partition(user_id), "SK": EXPORT}


def content(user_id: str, sha256: str) -> Key:
    return {"PK": user_partition(user_id), "SK": f"{CONTENTS}{sha256}"}


def unrecorded_content(user_id: str, order_id: str) -> Key:
    return {"PK": user_partition(user_id), "SK": f"{UNRECORDED}{order_id}"}


def idempotency_key(user_id: str, operation: str, key: str) -> Key:
    return {"PK": user_partition(user_id), "SK": f"{IDEMPOTENCY_KEYS}{operation}#{key}"}


def analysis(order_id: str, document_id: str) -> Key:
    return {"PK": order_partition(order_id), "SK": f"{ANALYSES}{document_id}"}


def correction(order_id: str, document_id: str, fact_id: str) -> Key:
    """A correction of a fact, or of all line items, with another word in place of a fact's id."""
    return {"PK": order_partition(order_id), "SK": f"{CORRECTIONS}{document_id}#{fact_id}"}


def line_items(order_id: str, document_id: str) -> Key:
    """Among the corrections of the document: ids of facts have no such letters."""
    return {"PK": order_partition(order_id), "SK": f"{CORRECTIONS}{document_id}#ITEMS"}


def corrections_between(first_id: str, last_id: str) -> tuple[str, str]:
    """Bounds of the sort keys of the corrections of the documents from one id to another."""
    return f"{CORRECTIONS}{first_id}#", f"{CORRECTIONS}{last_id}#{LAST}"


def document(order_id: str, document_id: str) -> Key:
    return {"PK": order_partition(order_id), "SK": f"{DOCUMENTS}{document_id}"}


def payment(order_id: str, payment_intent_id: str) -> Key:
    return {"PK": order_partition(order_id), "SK": f"{PAYMENTS}{payment_intent_id}"}


def refund(order_id: str, refund_id: str) -> Key:
    return {"PK": order_partition(order_id), "SK": f"{REFUNDS}{refund_id}"}


def task(order_id: str, kind: str, subject: str) -> Key:
    return {"PK": order_partition(order_id), "SK": f"{TASKS}{kind}#{subject}"}


def report(order_id: str, name: str) -> Key:
    """`name` says what the report is like: its format, language and content."""
    return {"PK": order_partition(order_id), "SK": f"{REPORTS}{name}"}


def event(order_id: str, event_id: str) -> Key:
    return {"PK": order_partition(order_id), "SK": f"{EVENTS}{event_id}"}


def stripe_event(event_id: str) -> Key:
    return {"PK": f"{STRIPE_EVENTS}{event_id}", "SK": STRIPE_EVENT}


def unhandled_event(event_id: str) -> Key:
    return {"PK": f"{STRIPE_EVENTS}{event_id}", "SK": UNHANDLED}


def stripe_cursor() -> Key:
    return {"PK": f"{STRIPE_EVENTS}CURSOR", "SK": "EVENTS"}


def mail_partition(mailbox: str) -> str:
    return f"MAIL#{mailbox}"


def mail(mailbox: str, mail_id: str) -> Key:
    """`mailbox` is a hash of the address; see `docket.domain.accounts.mail`."""
    return {"PK": mail_partition(mailbox), "SK": f"{MAILS}{mail_id}"}


def suppression(mailbox: str) -> Key:
    return {"PK": mail_partition(mailbox), "SK": "SUPPRESSED"}


def one_time_link(token_hash: str) -> Key:
    return {"PK": f"LINK#{token_hash}", "SK": "LINK"}


def deletion(user_id: str) -> Key:
    return {"PK": f"DELETION#{user_id}", "SK": DELETION}


def invoice(user_id: str, payment_intent_id: str) -> Key:
    """In a partition of its own, apart from the person's other data."""
    return {"PK": f"INVOICE#{user_id}", "SK": payment_intent_id}


def operator_act(act_id: str) -> Key:
    return {"PK": "OPERATOR", "SK": f"ACT#{act_id}"}


def rate_limit(kind: str, subject_hash: str, window: int) -> Key:
    """A counter of the attempts of a kind in a window, which is numbered (`domain.rate_limits`)."""
    return {"PK": f"RATE_LIMIT#{kind}#{subject_hash}", "SK": str(window)}


def by_status_partition(user_id: str, status: str) -> str:
    return f"{user_partition(user_id)}#{status}"


def by_status(user_id: str, status: str, item_id: str) -> Key:
    """The index keys of an order in a status, or of a document that is `WAITING`."""
    return {STATUS_PARTITION: by_status_partition(user_id, status), STATUS_ID: item_id}


def debt_partition(debt_class: str, shard: int) -> str:
    return f"{debt_class}#{shard}"


def debt_class(partition: str) -> str:
    """The class of the debts in a partition of the index."""
    return partition.partition("#")[0]


def debt(due: Due | None, order_id: str, key: Key) -> Key:
    """The index keys of what the item at `key` owes; none if it owes nothing.

    What belongs to no order has another id in place of the order's.
    """
    if due is None:
        return {}
    return {
        DEBT_PARTITION: debt_partition(due.debt_class, shard(order_id)),
        DUE: due_key(due.at, key),
    }


def due_key(at: datetime, key: Key) -> str:
    """The sort key of a debt of the item at `key`."""
    return f"{_due_time(at)}#{key['PK']}#{key['SK']}"


def shard(order_id: str) -> int:
    """The shard of an order's debts, from 0: the same one for each of them."""
    return hashlib.sha256(order_id.encode()).digest()[0] % SHARDS


def due_up_to(at: datetime) -> str:
    """An upper bound for all due keys up to that time."""
    return f"{_due_time(at)}#~"


def due_since(due_key: str) -> datetime:
    """The time since which a debt has been due, from its due key."""
    return datetime.fromisoformat(due_key.partition("#")[0])


def _due_time(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")
