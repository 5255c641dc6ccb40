"""Disputes: a cardholder's bank takes a payment back until the dispute is decided."""

from local.stripe_double import resources, serializers
from local.stripe_double.errors import Json, invalid
from local.stripe_double.params import Params
from local.stripe_double.session import Session, new_id

DECIDED = ("won", "lost", "warning_closed", "prevented")
REFUNDABLE = ("won", "warning_closed", "prevented")
"""Final statuses in which the shop has the money, and may refund it."""
EVIDENCE = {"winning_evidence": "won", "losing_evidence": "lost"}
"""Stripe's test values of `uncategorized_text`, and the decision for each."""


def open_dispute(session: Session, charge: Json) -> Json:
    """The cardholder disputes the whole amount of a charge."""
    dispute = serializers.dispute(
        session,
        charge,
        amount=charge["amount"],
        balance_transactions=[{"id": new_id("txn"), "object": "balance_transaction"}],
    )
    charge["disputed"] = True
    session.put(charge)
    session.put(dispute)
    session.emit("charge.dispute.created", dispute)
    session.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def list_page(session: Session, params: Params) -> Json:
    """GET /v1/disputes"""
    where = resources.charge_filter(params)
    return resources.page(session, params, "dispute", "/v1/disputes", where)


def retrieve(session: Session, params: Params, id_: str) -> Json:
    """GET /v1/disputes/{id}"""
    params.finish()
    return session.get(id_, "dispute")


def update(session: Session, params: Params, id_: str) -> Json:
    """POST /v1/disputes/{id}: the bank decides at once by the test values of the evidence."""
    evidence = params.nested("evidence")
    text = evidence.text("uncategorized_text", among=tuple(EVIDENCE)) if evidence else None
    params.finish()
    dispute = _undecided(session, id_)
    return _decide(session, dispute, EVIDENCE[text]) if text else dispute


def close(session: Session, params: Params, id_: str) -> Json:
    """POST /v1/disputes/{id}/close: accept the dispute, which loses it."""
    params.finish()
    return _decide(session, _undecided(session, id_), "lost")


def decide(session: Session, id_: str, status: str) -> Json:
    """Decide the dispute now, or close an inquiry without a dispute."""
    if status not in DECIDED:
        raise invalid(f"status is one of {', '.join(DECIDED)}", param="status")
    return _decide(session, _undecided(session, id_), status)


def _undecided(session: Session, id_: str) -> Json:
    dispute = session.get(id_, "dispute")
    if dispute["status"] in DECIDED:
        raise invalid("This dispute is already closed")
    return dispute


def _decide(session: Session, dispute: Json, status: str) -> Json:
    before = {"status": dispute["status"]}
    dispute["status"] = status
    session.put(dispute)
    session.emit("charge.dispute.updated", dispute, previous=before)
    session.emit("charge.dispute.closed", dispute)
    if status == "won":
        session.emit("charge.dispute.funds_reinstated", dispute)
    return dispute
