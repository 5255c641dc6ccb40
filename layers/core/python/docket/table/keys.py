"""The keys of the table.

entity                PK                       SK                        also
────────────────────  ───────────────────────  ────────────────────────  ──────────────────────────
User                  USER#<uid>               PROFILE
Credential            EMAIL#<address>          EMAIL                     put with the user: unique
Session               SESSION#<uid>            <sid>                     ttl
Order                 USER#<uid>               ORDER#<oid>               GSI1PK USER#<uid>#<status>
  (documents, quote,                                                     GSI1SK <oid>
   payment within)                                                       GSI2PK DUE#<class>
                                                                         GSI2SK <due>#<uid>#<oid>
Idempotency key       USER#<uid>               IDEMPOTENCY#<name>#<key>  put with its object; ttl
Document analysis     ORDER#<oid>              ANALYSIS#<did>
Document erasure      ORDER#<oid>              ERASURE#<did>             GSI2PK ERASE
                                                                         GSI2SK <due>#<oid>#<did>
Audit event           ORDER#<oid>              EVENT#<ulid>              append-only
Stripe event          STRIPE#<event id>        EVENT                     put with its effect; ttl
Rate limit            RATE_LIMIT#<kind>#<hash> <window>                  ttl

query                                             key
────────────────────────────────────────────────  ────────────────────────────────
a user by id                                      USER#<uid> / PROFILE
a credential by e-mail address                    EMAIL#<address> / EMAIL
a session                                         SESSION#<uid> / <sid>
an order with its documents and payment           USER#<uid> / ORDER#<oid>
a user's orders, newest first                     USER#<uid> / begins_with ORDER#
a user's orders of a status, newest first         GSI1 USER#<uid>#<status>
the analyses of an order's documents              ORDER#<oid> / begins_with ANALYSIS#
the audit events of an order                      ORDER#<oid> / begins_with EVENT#
orders of a class that are due                    GSI2 DUE#<class> / up to <now>
erasures that are due                             GSI2 ERASE / up to <now>

Ids are ULIDs, which sort by creation time, so "newest first" needs no index. An order's key
contains its owner, so another customer's order is not found.
"""

from datetime import datetime

type Key = dict[str, str]

BY_STATUS = "GSI1"
BY_DUE = "GSI2"

ORDERS = "ORDER#"
ANALYSES = "ANALYSIS#"
EVENTS = "EVENT#"
ERASURES = "ERASURE#"

DUE = "DUE#"
DUE_MONEY = f"{DUE}money"
"""The due class of orders with an unfinished payment or refund; the sweeper settles it first."""
DUE_WORK = f"{DUE}work"
"""The due class of orders with only an upload or a reading unfinished."""
ERASE = "ERASE"


def user_partition(user_id: str) -> str:
    return f"USER#{user_id}"


def order_partition(order_id: str) -> str:
    return f"ORDER#{order_id}"


def user(user_id: str) -> Key:
    return {"PK": user_partition(user_id), "SK": "PROFILE"}


def credential(address: str) -> Key:
    """`address` is already normalized."""
    return {"PK": f"EMAIL#{address}", "SK": "EMAIL"}


def session(user_id: str, session_id: str) -> Key:
    """A partition of its own, so that no function that writes orders can open a session."""
    return {"PK": f"SESSION#{user_id}", "SK": session_id}


def order(user_id: str, order_id: str) -> Key:
    return {"PK": user_partition(user_id), "SK": f"{ORDERS}{order_id}"}


def idempotency_key(user_id: str, operation: str, key: str) -> Key:
    return {"PK": user_partition(user_id), "SK": f"IDEMPOTENCY#{operation}#{key}"}


def analysis(order_id: str, document_id: str) -> Key:
    return {"PK": order_partition(order_id), "SK": f"{ANALYSES}{document_id}"}


def erasure(order_id: str, document_id: str) -> Key:
    return {"PK": order_partition(order_id), "SK": f"{ERASURES}{document_id}"}


def event(order_id: str, event_id: str) -> Key:
    return {"PK": order_partition(order_id), "SK": f"{EVENTS}{event_id}"}


def stripe_event(event_id: str) -> Key:
    return {"PK": f"STRIPE#{event_id}", "SK": "EVENT"}


def rate_limit(kind: str, subject_hash: str, window: int) -> Key:
    return {"PK": f"RATE_LIMIT#{kind}#{subject_hash}", "SK": str(window)}


def by_status_partition(user_id: str, status: str) -> str:
    return f"{user_partition(user_id)}#{status}"


def by_status(user_id: str, status: str, order_id: str) -> Key:
    return {"GSI1PK": by_status_partition(user_id, status), "GSI1SK": order_id}


def due_up_to(at: datetime) -> str:
    """An upper bound for all due keys up to that time."""
    return f"{at.isoformat(timespec='milliseconds')}#~"


def due(at: datetime, user_id: str, order_id: str, *, due_class: str) -> Key:
    return {
        "GSI2PK": due_class,
        "GSI2SK": f"{at.isoformat(timespec='milliseconds')}#{user_id}#{order_id}",
    }


def due_since(due_key: str) -> datetime:
    """The time since which an order has been due, from its due key."""
    return datetime.fromisoformat(due_key.partition("#")[0])


def erasure_due(at: datetime, order_id: str, document_id: str) -> Key:
    return {
        "GSI2PK": ERASE,
        "GSI2SK": f"{at.isoformat(timespec='milliseconds')}#{order_id}#{document_id}",
    }
