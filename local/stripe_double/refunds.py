"""Refunds: at most the amount that was paid; some are pending first, some fail later."""

from local.stripe_double import money, resources, serializers
from local.stripe_double.disputes import REFUNDABLE
from local.stripe_double.errors import Json, StripeError, invalid
from local.stripe_double.methods import BY_NUMBER
from local.stripe_double.params import Params
from local.stripe_double.session import Session

REASONS = ("duplicate", "fraudulent", "requested_by_customer")

SUCCEEDS = "refund_succeeds"
FAILS = "refund_fails"
CANCELS = "refund_cancels"
"""The tasks scheduled for a refund."""

_FINAL_STATUS = {SUCCEEDS: "succeeded", FAILS: "failed", CANCELS: "canceled"}


def create(session: Session, params: Params) -> Json:
    """POST /v1/refunds"""
    charge = _charge(session, params)
    amount = params.integer("amount")
    reason = params.text("reason", among=REASONS)
    metadata = params.metadata({})
    params.finish()
    if _is_lost_to_dispute(session, charge):
        raise StripeError(
            400,
            "invalid_request_error",
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
            stored=True,
        )
    left = charge["amount_captured"] - charge["amount_refunded"]
    if left <= 0:
        raise StripeError(
            400,
            "invalid_request_error",
            f"Charge {charge['id']} has already been refunded.",
            code="charge_already_refunded",
            stored=True,
        )
    amount = left if amount is None else amount
    if amount < 1:
        message = "Invalid positive integer"
        raise invalid(message, param="amount", code="parameter_invalid_integer")
    if amount > left:
        currency = charge["currency"]
        raise StripeError(
            400,
            "invalid_request_error",
            f"Refund amount ({money.formatted(amount, currency)}) is greater than unrefunded "
            f"amount on charge ({money.formatted(left, currency)})",
            param="amount",
            stored=True,
        )
    test_method = BY_NUMBER[session.transaction.note(charge["payment_method"]) or ""]
    pending = test_method.refund == "pending" or test_method.type == "sepa_debit"
    refund = serializers.refund(
        session,
        charge,
        amount=amount,
        reason=reason,
        metadata=metadata,
        status="pending" if pending else "succeeded",
    )
    session.put(refund)
    _add_refunded(session, charge, amount)
    session.emit("refund.created", refund)
    if pending:
        session.schedule(session.timing.settle_seconds, SUCCEEDS, refund["id"])
    elif test_method.refund == "fails_later":
        session.schedule(session.timing.settle_seconds, FAILS, refund["id"])
    return refund


def retrieve(session: Session, params: Params, id_: str) -> Json:
    """GET /v1/refunds/{id}"""
    params.finish()
    return session.get(id_, "refund", param="id")


def list_page(session: Session, params: Params) -> Json:
    """GET /v1/refunds"""
    where = resources.charge_filter(params)
    return resources.page(session, params, "refund", "/v1/refunds", where)


def run_scheduled_task(session: Session, kind: str, id_: str) -> None:
    """Give a refund its final status."""
    refund = session.get(id_, "refund")
    before = {"status": refund["status"]}
    refund["status"] = _FINAL_STATUS[kind]
    if kind == FAILS:
        refund["failure_reason"] = "expired_or_canceled_card"
    if kind != SUCCEEDS:
        _add_refunded(session, session.get(refund["charge"], "charge"), -refund["amount"])
    session.put(refund)
    session.emit("refund.updated", refund, previous=before)
    session.emit("charge.refund.updated", refund, previous=before)
    if kind == FAILS:
        session.emit("refund.failed", refund)


def _is_lost_to_dispute(session: Session, charge: Json) -> bool:
    """Whether the charge has a dispute that the merchant has not won."""
    disputes = session.transaction.newest("dispute", limit=10, where={"charge": charge["id"]})
    return any(dispute["status"] not in REFUNDABLE for dispute in disputes)


def _charge(session: Session, params: Params) -> Json:
    charge_id, intent_id = params.text("charge"), params.text("payment_intent")
    if not charge_id and not intent_id:
        raise invalid(
            "One of the following params should be provided for this request: payment_intent or "
            "charge.",
            code="parameter_missing",
        )
    if intent_id:
        intent = session.get(intent_id, "payment_intent", param="payment_intent")
        if intent["status"] != "succeeded" or charge_id not in (None, intent["latest_charge"]):
            raise invalid(
                f"This PaymentIntent ({intent_id}) does not have a successful charge to refund.",
                param="payment_intent",
            )
        charge_id = intent["latest_charge"]
    charge = session.get(str(charge_id), "charge", param="charge")
    if charge["status"] != "succeeded":
        raise invalid(f"Charge {charge['id']} was not paid: there is nothing to refund.")
    return charge


def _add_refunded(session: Session, charge: Json, amount: int) -> None:
    """Add `amount` to what the charge has refunded; it is negative for a failed refund."""
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    session.put(charge)
    session.emit("charge.refunded" if amount > 0 else "charge.updated", charge, previous=before)
