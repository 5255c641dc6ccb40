"""Refunds: at most the amount that was paid; some are pending first, some fail later.

Statuses, `failure_reason` and `pending_reason` are those of docs.stripe.com/api/refunds/object.
Events: `refund.created` and `charge.refunded` for a new one; `refund.updated` and
`charge.refund.updated` for each change; `refund.failed` besides, if it failed (docs.stripe.com/api/
events/types and the change of 2024-10-28, "created, updated, and failed events for all refunds").
"""

from typing import Literal

from local.stripe_double.errors import Json, invalid, refused
from local.stripe_double.objects import disputes, money, resources, serializers
from local.stripe_double.objects.methods import BY_NUMBER
from local.stripe_double.params import Params
from local.stripe_double.state.session import Session
from local.stripe_double.state.store import Where

REASONS = ("duplicate", "fraudulent", "requested_by_customer")
FAILURE_REASONS = (
    "charge_for_pending_refund_disputed", "declined", "expired_or_canceled_card",
    "insufficient_funds", "lost_or_stolen_card", "merchant_request", "unknown",
)  # fmt: skip

SUCCEEDS = "refund_succeeds"
FAILS = "refund_fails"
"""The tasks scheduled for a refund."""

type Outcome = Literal["at_once", "pending", "fails_later"]


def create(session: Session, params: Params) -> Json:
    """POST /v1/refunds"""
    charge = _charge(session, params)
    amount = params.integer("amount")
    reason = params.text("reason", among=REASONS)
    metadata = params.metadata({})
    params.finish()
    return refund_charge(session, charge, amount=amount, reason=reason, metadata=metadata)


def refund_charge(
    session: Session,
    charge: Json,
    *,
    amount: int | None = None,
    reason: str | None = None,
    metadata: dict[str, str] | None = None,
    outcome: Outcome | None = None,
) -> Json:
    """Refund a charge, or what is left of it; by default with its payment method's outcome."""
    amount = _checked_amount(session, charge, amount)
    test_method = BY_NUMBER[session.transaction.note(charge["payment_method"]) or ""]
    pending_by_type = test_method.refund == "at_once" and test_method.type == "sepa_debit"
    outcome = outcome or ("pending" if pending_by_type else test_method.refund)
    pending = {"status": "pending", "pending_reason": "processing"}
    refund = serializers.refund(
        session,
        charge,
        amount=amount,
        reason=reason,
        metadata=metadata or {},
        **(pending if outcome == "pending" else {}),
    )
    session.put(refund)
    _add_refunded(session, charge, amount)
    session.emit("refund.created", refund)
    if outcome != "at_once":
        task = SUCCEEDS if outcome == "pending" else FAILS
        session.schedule(session.timing.settle_seconds, task, refund["id"])
    if charge["refunded"]:
        disputes.resolve_inquiry(session, charge)
    return refund


def retrieve(session: Session, params: Params, id_: str) -> Json:
    """GET /v1/refunds/{id}"""
    params.finish()
    return session.get(id_, "refund", param="id")


def update(session: Session, params: Params, id_: str) -> Json:
    """POST /v1/refunds/{id}: only the metadata can change."""
    refund = session.get(id_, "refund", param="id")
    before = {"metadata": refund["metadata"]}
    refund["metadata"] = params.metadata(refund["metadata"])
    params.finish()
    return _put_and_emit(session, refund, before)


def cancel(session: Session, params: Params, id_: str) -> Json:
    """POST /v1/refunds/{id}/cancel: only while the customer has to act (`requires_action`), which
    no test payment method asks for; a person may cancel a pending one in the Dashboard.
    """
    params.finish()
    refund = session.get(id_, "refund", param="id")
    if refund["status"] != "requires_action":
        raise refused(f"Refund {id_} has a status of {refund['status']} and cannot be canceled.")
    return end(session, refund, "canceled", failure_reason="merchant_request")


def list_page(session: Session, params: Params) -> Json:
    """GET /v1/refunds"""
    where = resources.charge_filter(params)
    return resources.page(session, params, "refund", "/v1/refunds", where)


def run_scheduled_task(session: Session, kind: str, id_: str) -> None:
    """Give a refund its final status."""
    refund = session.get(id_, "refund")
    if kind == SUCCEEDS:
        end(session, refund, "succeeded")
    else:
        end(session, refund, "failed", failure_reason="expired_or_canceled_card")


def end(
    session: Session,
    refund: Json,
    status: Literal["succeeded", "failed", "canceled"],
    *,
    failure_reason: str | None = None,
) -> Json:
    """End a pending refund, or fail one that had succeeded: its amount returns to the account."""
    was = refund["status"]
    if was not in ("pending", "requires_action") and (was, status) != ("succeeded", "failed"):
        raise invalid(f"Refund {refund['id']} has a status of {was}: it cannot be {status}.")
    session.transaction.take_scheduled_task(due=float("inf"), object_id=refund["id"])
    before: Json = {"status": was}
    if "pending_reason" in refund:
        before["pending_reason"] = refund.pop("pending_reason")
    refund["status"] = status
    if status != "succeeded":
        failure = {
            "failure_balance_transaction": session.ids.new("txn"),
            "failure_reason": failure_reason or "unknown",
        }
        before |= dict.fromkeys(failure)
        refund |= failure
        _return_money(session, refund)
    _put_and_emit(session, refund, before)
    if status == "failed":
        session.emit("refund.failed", refund)
    return refund


def reach_the_bank(session: Session, refund: Json) -> Json:
    """The card's bank has the refund, and its reference: an update that changes no status."""
    card = (refund["destination_details"] or {}).get("card")
    if card is None or card["reference_status"] == "available":
        raise invalid(f"Refund {refund['id']} gets no reference, or has it.")
    before = {"destination_details": {"card": dict(card), "type": "card"}}
    card |= {
        "reference": session.ids.text(23),
        "reference_status": "available",
        "reference_type": "acquirer_reference_number",
    }
    return _put_and_emit(session, refund, before)


def fail_pending(session: Session, charge: Json) -> None:
    """Fail the pending refunds of a charge that is disputed."""
    where: Where = {"charge": charge["id"], "status": "pending"}
    for refund in session.transaction.newest("refund", limit=100, where=where):
        end(session, refund, "failed", failure_reason="charge_for_pending_refund_disputed")


def _put_and_emit(session: Session, refund: Json, before: Json) -> Json:
    session.put(refund)
    session.emit("refund.updated", refund, previous=before)
    session.emit("charge.refund.updated", refund, previous=before)
    return refund


def _checked_amount(session: Session, charge: Json, amount: int | None) -> int:
    """The amount to refund. Raises Stripe's 400 if the charge or the amount does not allow it."""
    if _is_withdrawn(session, charge):
        raise refused(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
        )
    left: int = charge["amount_captured"] - charge["amount_refunded"]
    if left <= 0:
        raise refused(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    if amount is None:
        return left
    currency = charge["currency"]
    if amount < 1:
        message = "Invalid positive integer"
        raise invalid(message, param="amount", code="parameter_invalid_integer")
    if amount > left:
        raise refused(
            f"Refund amount ({money.formatted(amount, currency)}) is greater than unrefunded "
            f"amount on charge ({money.formatted(left, currency)})",
            param="amount",
        )
    money.check_precision(amount, currency)
    return amount


def _is_withdrawn(session: Session, charge: Json) -> bool:
    """Whether a dispute of the charge makes it impossible to refund it."""
    if not charge["disputed"]:
        return False
    found = session.transaction.newest("dispute", limit=10, where={"charge": charge["id"]})
    return not all(dispute["is_charge_refundable"] for dispute in found)


def _charge(session: Session, params: Params) -> Json:
    charge_id, payment_intent_id = params.text("charge"), params.text("payment_intent")
    if not charge_id and not payment_intent_id:
        raise invalid(
            "One of the following params should be provided for this request: payment_intent or "
            "charge.",
            code="parameter_missing",
        )
    if payment_intent_id:
        intent = session.get(payment_intent_id, "payment_intent", param="payment_intent")
        if intent["status"] != "succeeded" or charge_id not in (None, intent["latest_charge"]):
            raise refused(
                f"This PaymentIntent ({payment_intent_id}) does not have a successful charge to"
                " refund.",
                param="payment_intent",
            )
        charge_id = intent["latest_charge"]
    charge = session.get(str(charge_id), "charge", param="charge")
    if charge["status"] != "succeeded":
        raise refused(f"Charge {charge['id']} was not paid: there is nothing to refund.")
    return charge


def _add_refunded(session: Session, charge: Json, amount: int) -> None:
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    session.put(charge)
    session.emit("charge.refunded", charge, previous=before)


def _return_money(session: Session, refund: Json) -> None:
    """Subtract a refund that did not arrive from its charge. The charge has no event for this."""
    charge = session.get(refund["charge"], "charge")
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    session.put(charge)
