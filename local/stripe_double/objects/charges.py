"""The charge of a PaymentIntent: it succeeds, is declined, or waits for a task that settles it."""

from local.stripe_double.errors import Json, invalid
from local.stripe_double.objects import disputes, serializers
from local.stripe_double.objects.methods import BY_NUMBER, Decline, Method
from local.stripe_double.state.session import Session

SUCCEEDS = "intent_succeeds"
FAILS = "intent_fails"
"""The tasks scheduled for an intent that is processing."""


def charge_intent(session: Session, intent: Json) -> Json | None:
    """Charge the payment method. Returns the error if the bank declined."""
    test_method = method_of(session, intent)
    method = session.get(intent["payment_method"], "payment_method")
    charge = serializers.charge(session, intent, method)
    if test_method.settlement == "immediate":
        if test_method.decline is not None:
            return _refuse(session, intent, charge, test_method.decline)
        _succeed(session, intent, charge)
        return None
    intent |= {"status": "processing", "latest_charge": charge["id"]}
    session.put(charge)
    session.put(intent)
    session.emit("payment_intent.processing", intent)
    session.emit("charge.pending", charge)
    wait = (
        session.timing.settle_seconds
        if test_method.settlement == "soon"
        else session.timing.delayed_seconds
    )
    session.schedule(wait, FAILS if test_method.decline else SUCCEEDS, intent["id"])
    return None


def run_scheduled_task(session: Session, kind: str, id_: str) -> None:
    """Settle an intent that is processing."""
    intent = session.get(id_, "payment_intent")
    settle_debit(session, intent, method_of(session, intent).decline if kind == FAILS else None)


def settle_debit(session: Session, intent: Json, decline: Decline | None) -> None:
    """The bank settles a debit that is processing, or declines it."""
    if intent["status"] != "processing":
        raise invalid(f"{intent['id']} has a status of {intent['status']}: it is not processing.")
    session.transaction.take_scheduled_task(due=float("inf"), object_id=intent["id"])
    charge = session.get(intent["latest_charge"], "charge")
    if decline is None:
        _succeed(session, intent, charge)
    else:
        _refuse(session, intent, charge, decline)


def method_of(session: Session, intent: Json) -> Method:
    """The test payment method of the intent."""
    return BY_NUMBER[session.transaction.note(intent["payment_method"]) or ""]


def _succeed(session: Session, intent: Json, charge: Json) -> None:
    charge |= {
        "status": "succeeded",
        "paid": True,
        "captured": True,
        "amount_captured": charge["amount"],
        "balance_transaction": session.ids.new("txn"),
        "outcome": _outcome("approved_by_network", None, "Payment complete.", "authorized"),
    }
    intent |= {
        "status": "succeeded",
        "latest_charge": charge["id"],
        "amount_received": charge["amount"],
    }
    session.put(charge)
    session.put(intent)
    session.emit("charge.succeeded", charge)
    session.emit("payment_intent.succeeded", intent)
    dispute = method_of(session, intent).dispute
    if dispute is not None:
        disputes.open_dispute(session, charge, status=dispute[0], reason=dispute[1])


def _refuse(session: Session, intent: Json, charge: Json, decline: Decline) -> Json:
    charge |= {
        "status": "failed",
        "failure_code": decline.code,
        "failure_message": decline.message,
        "outcome": _outcome(
            "declined_by_network", decline.decline_code, decline.message, "issuer_declined"
        ),
    }
    intent["latest_charge"] = charge["id"]
    session.put(charge)
    session.emit("charge.failed", charge)
    error: Json = {
        "charge": charge["id"],
        "code": decline.code,
        "doc_url": f"https://stripe.com/docs/error-codes/{decline.code.replace('_', '-')}",
        "message": decline.message,
        "type": "card_error"
        if method_of(session, intent).type == "card"
        else "invalid_request_error",
    }
    if decline.decline_code:
        error["decline_code"] = decline.decline_code
    if decline.param:
        error["param"] = decline.param
    fail(session, intent, error)
    failed: Json = intent["last_payment_error"]
    return failed


def fail(session: Session, intent: Json, error: Json) -> None:
    """Return the intent to `requires_payment_method`, with the error."""
    method = session.get(intent["payment_method"], "payment_method")
    intent |= {
        "status": "requires_payment_method",
        "last_payment_error": error | {"payment_method": method},
        "payment_method": None,
        "next_action": None,
    }
    session.put(intent)
    session.emit("payment_intent.payment_failed", intent)


def _outcome(network: str, reason: str | None, message: str, type_: str) -> Json:
    return {
        "network_status": network,
        "reason": reason,
        "risk_level": "normal",
        "seller_message": message,
        "type": type_,
    }
