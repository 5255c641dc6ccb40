"""The table, drawn once.

entity                PK                     SK                 also
────────────────────  ─────────────────────  ─────────────────  ──────────────────────────────────
User                  USER#<uid>             PROFILE
Credential            EMAIL#<address>        EMAIL              put with the user: addresses unique
Session               USER#<uid>             SESSION#<sid>      ttl
Order                 USER#<uid>             ORDER#<oid>        GSI1PK USER#<uid>#<status>
  (documents, quote,                                            GSI1SK <oid>
   payment within)                                              GSI2PK DUE#<class>
                                                                GSI2SK <due>#<uid>#<oid>
Idempotency claim     USER#<uid>             CLAIM#<what>#<key> put with what it made; ttl
Analysis of a document ORDER#<oid>           ANALYSIS#<did>
Erasure of a document ORDER#<oid>            ERASURE#<did>      GSI2PK ERASE
                                                                GSI2SK <due>#<oid>#<did>
Audit event           ORDER#<oid>            EVENT#<ulid>       append-only
Stripe event          STRIPE#<event id>      EVENT              put with its effect; ttl
Throttle              THROTTLE#<what>#<who>  <window>           ttl

question                                          asked of
────────────────────────────────────────────────  ────────────────────────────────
who is this?                                      USER#<uid> / PROFILE
who signs in by this address?                     EMAIL#<address> / EMAIL
does this session still count?                    USER#<uid> / SESSION#<sid>
one order of mine, with all that hangs on it      USER#<uid> / ORDER#<oid>
my orders, newest first                           USER#<uid> / begins_with ORDER#
my orders of one status, newest first             GSI1 USER#<uid>#<status>
what was found in this order's documents?         ORDER#<oid> / begins_with ANALYSIS#
what happened to this order?                      ORDER#<oid> / begins_with EVENT#
to whom is something owed by now?                 GSI2 DUE#<class> / up to <now>
what of removed documents is to be erased by now? GSI2 ERASE / up to <now>

Ids are ULIDs: they sort by the time they were made, so no index is needed for "newest". Ownership
is in the key: another customer's order is simply not found.
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
"""Orders with a payment or a refund that has not ended: seen to first."""
DUE_WORK = f"{DUE}work"
"""Orders that wait for nothing but an upload or a reading."""
ERASE = "ERASE"


def user_partition(user_id: str) -> str:
    return f"USER#{user_id}"


def order_partition(order_id: str) -> str:
    return f"ORDER#{order_id}"


def user(user_id: str) -> Key:
    return {"PK": user_partition(user_id), "SK": "PROFILE"}


def credential(address: str) -> Key:
    """`address` is normalised already."""
    return {"PK": f"EMAIL#{address}", "SK": "EMAIL"}


def session(user_id: str, session_id: str) -> Key:
    return {"PK": user_partition(user_id), "SK": f"SESSION#{session_id}"}


def order(user_id: str, order_id: str) -> Key:
    return {"PK": user_partition(user_id), "SK": f"{ORDERS}{order_id}"}


def idempotency_key(user_id: str, what: str, key: str) -> Key:
    return {"PK": user_partition(user_id), "SK": f"CLAIM#{what}#{key}"}


def analysis(order_id: str, document_id: str) -> Key:
    return {"PK": order_partition(order_id), "SK": f"{ANALYSES}{document_id}"}


def erasure(order_id: str, document_id: str) -> Key:
    return {"PK": order_partition(order_id), "SK": f"{ERASURES}{document_id}"}


def event(order_id: str, event_id: str) -> Key:
    return {"PK": order_partition(order_id), "SK": f"{EVENTS}{event_id}"}


def stripe_event(event_id: str) -> Key:
    return {"PK": f"STRIPE#{event_id}", "SK": "EVENT"}


def throttle(what: str, who: str, window: int) -> Key:
    return {"PK": f"THROTTLE#{what}#{who}", "SK": str(window)}


def by_status_partition(user_id: str, status: str) -> str:
    return f"{user_partition(user_id)}#{status}"


def by_status(user_id: str, status: str, order_id: str) -> Key:
    return {"GSI1PK": by_status_partition(user_id, status), "GSI1SK": order_id}


def due_up_to(at: datetime) -> str:
    """What every place in the queue up to that moment sorts before."""
    return f"{at.isoformat(timespec='milliseconds')}#~"


def due(at: datetime, user_id: str, order_id: str, *, due_class: str) -> Key:
    return {
        "GSI2PK": due_class,
        "GSI2SK": f"{at.isoformat(timespec='milliseconds')}#{user_id}#{order_id}",
    }


def due_since(due_key: str) -> datetime:
    """Since when an order has been due, by its place in the queue."""
    return datetime.fromisoformat(due_key.partition("#")[0])


def erasure_due(at: datetime, order_id: str, document_id: str) -> Key:
    return {
        "GSI2PK": ERASE,
        "GSI2SK": f"{at.isoformat(timespec='milliseconds')}#{order_id}#{document_id}",
    }
