"""What people at Stripe's Dashboard, customers and banks do: acts that no call of the shop begins.

Each act gets the session, the JSON of its request and the id of its object.
"""

from typing import Any

from local.stripe_double.errors import Json, invalid
from local.stripe_double.objects import charges, disputes, intents, refunds
from local.stripe_double.objects.methods import DEBIT_FAILED, Decline
from local.stripe_double.state.session import Session


def _fields(body: Json, **types: Any) -> list[Any]:
    """The fields of these names and types, None for those that are absent; 400 for any other."""
    for name, value in body.items():
        if name not in types:
            raise invalid(f"Unknown: {name}. Known are {', '.join(types)}.", param=name)
        if isinstance(value, bool) or not isinstance(value, types[name]):
            raise invalid(f"{name} can't be {value!r}", param=name)
    return [body.get(name) for name in types]


def authenticate(session: Session, body: Json, id_: str) -> Json:
    """The customer's answer to 3-D Secure."""
    (outcome,) = _fields(body, outcome=str)
    if outcome not in ("complete", "fail"):
        raise invalid("outcome is complete or fail", param="outcome")
    return intents.authenticate(session, id_, passed=outcome == "complete")


def settle_debit(session: Session, body: Json, id_: str) -> Json:
    """The bank settles a debit; as its test account says, or by `outcome`. A failure may have a
    code and a decline code of its own.
    """
    outcome, code, decline_code, message = _fields(
        body, outcome=str, code=str, decline_code=str, message=str
    )
    if outcome not in (None, "succeeds", "fails"):
        raise invalid("outcome is succeeds or fails", param="outcome")
    intent = session.get(id_, "payment_intent")
    decline = charges.method_of(session, intent).decline if outcome is None else None
    if outcome == "fails":
        decline = Decline(code or DEBIT_FAILED.code, message or DEBIT_FAILED.message, decline_code)
    charges.settle_debit(session, intent, decline)
    return intent


def cancel_intent(session: Session, body: Json, id_: str) -> Json:
    """A person cancels a payment, or Stripe does."""
    (reason,) = _fields(body, reason=str)
    known = (*intents.REASONS, *intents.STRIPES_REASONS)
    if reason not in (None, *known):
        raise invalid(f"reason is one of {', '.join(known)}", param="reason")
    return intents.cancel_intent(session, session.get(id_, "payment_intent"), reason)


def expire_intent(session: Session, body: Json, id_: str) -> Json:
    """Stripe cancels a payment that was not completed in time."""
    _fields(body)
    return intents.cancel_intent(session, session.get(id_, "payment_intent"), "expired")


def refund_intent(session: Session, body: Json, id_: str) -> Json:
    """A person refunds a payment, in whole or in part."""
    amount, reason, outcome = _fields(body, amount=int, reason=str, outcome=str)
    if reason not in (None, *refunds.REASONS):
        raise invalid(f"reason is one of {', '.join(refunds.REASONS)}", param="reason")
    if outcome not in (None, "at_once", "pending", "fails_later"):
        raise invalid("outcome is at_once, pending or fails_later", param="outcome")
    charge = _paid_charge(session, id_)
    return refunds.refund_charge(session, charge, amount=amount, reason=reason, outcome=outcome)


def settle_refund(session: Session, body: Json, id_: str) -> Json:
    """The bank accepts or rejects a refund, as its test card says."""
    _fields(body)
    task = session.transaction.take_scheduled_task(due=float("inf"), object_id=id_)
    if task is None:
        raise invalid(f"{id_} has no scheduled task.")
    refunds.run_scheduled_task(session, *task)
    return session.get(id_, "refund")


def fail_refund(session: Session, body: Json, id_: str) -> Json:
    """The bank rejects a refund, also one that had succeeded."""
    (reason,) = _fields(body, failure_reason=str)
    if reason not in (None, *refunds.FAILURE_REASONS):
        known = ", ".join(refunds.FAILURE_REASONS)
        raise invalid(f"failure_reason is one of {known}", param="failure_reason")
    return refunds.end(session, session.get(id_, "refund"), "failed", failure_reason=reason)


def refund_reaches_bank(session: Session, body: Json, id_: str) -> Json:
    """The card's bank has the refund: `refund.updated` without another status, as Stripe sends it
    for every refund to a card.
    """
    _fields(body)
    return refunds.reach_the_bank(session, session.get(id_, "refund"))


def cancel_refund(session: Session, body: Json, id_: str) -> Json:
    """A person cancels a pending refund: the amount stays with the shop."""
    _fields(body)
    refund = session.get(id_, "refund")
    return refunds.end(session, refund, "canceled", failure_reason="merchant_request")


def dispute_intent(session: Session, body: Json, id_: str) -> Json:
    """The customer's bank disputes a payment or inquires about it. Pending refunds of a payment
    whose funds are withdrawn fail.
    """
    status, reason, amount = _fields(body, status=str, reason=str, amount=int)
    status, reason = status or "needs_response", reason or "fraudulent"
    charge = _paid_charge(session, id_)
    disputes.check_opening(charge, status, reason, amount)
    if status in disputes.WITHDRAWN:
        refunds.fail_pending(session, charge)
        charge = _paid_charge(session, id_)
    if charge["refunded"]:
        raise invalid(f"Charge {charge['id']} is refunded: its bank disputes it no more.")
    return disputes.open_dispute(session, charge, status=status, reason=reason, amount=amount)


def decide_dispute(session: Session, body: Json, id_: str) -> Json:
    """The bank gives a dispute another status."""
    (status,) = _fields(body, status=str)
    return disputes.decide(session, id_, str(status))


def _paid_charge(session: Session, payment_intent_id: str) -> Json:
    intent = session.get(payment_intent_id, "payment_intent")
    if intent["status"] != "succeeded":
        raise invalid(f"{payment_intent_id} has a status of {intent['status']}: it is not paid.")
    return session.get(intent["latest_charge"], "charge")
