"""Disputes: a cardholder's bank takes a payment back until the dispute is decided.

Statuses and reasons are those of docs.stripe.com/api/disputes/object. An inquiry (`warning_…`)
withdraws nothing, and its payment can still be refunded, which resolves it
(docs.stripe.com/disputes, "Inquiries and retrievals"). `is_charge_refundable` says whether a
disputed payment can be refunded.
"""

from local.stripe_double.errors import Json, invalid
from local.stripe_double.objects import money, resources, serializers
from local.stripe_double.params import Params
from local.stripe_double.state.session import Session
from local.stripe_double.state.store import Where

REASONS = (
    "bank_cannot_process", "check_returned", "credit_not_processed", "customer_initiated",
    "debit_not_authorized", "duplicate", "fraudulent", "general", "incorrect_account_details",
    "insufficient_funds", "noncompliant", "product_not_received", "product_unacceptable",
    "subscription_canceled", "unrecognized",
)  # fmt: skip

INQUIRY = ("warning_needs_response", "warning_under_review")
DECIDED = ("won", "lost", "warning_closed", "prevented")
DEADLINE_PASSES = "dispute_deadline_passes"
"""The task scheduled for a new dispute."""

RESPONSE_SECONDS = 7 * 24 * 60 * 60
INQUIRY_SECONDS = 120 * 24 * 60 * 60
"""How long a shop can respond to a dispute, and a bank make one of an inquiry."""

OPENED = ("needs_response", "warning_needs_response", "prevented")
"""The statuses of a new dispute."""

NEXT = {
    "warning_needs_response": ("warning_under_review", "warning_closed", "needs_response"),
    "warning_under_review": ("warning_closed", "needs_response"),
    "needs_response": ("under_review", "won", "lost"),
    "under_review": ("won", "lost"),
    "lost": ("appeal_needs_response",),
    "appeal_needs_response": ("appeal_under_review", "won", "lost"),
    "appeal_under_review": ("won", "lost"),
}
"""The status that may follow each. From any that is not final, a person may decide at once."""

REFUNDABLE = (*INQUIRY, "won", "warning_closed", "prevented")
"""Statuses in which the shop has the money, and may refund it."""

WITHDRAWN = ("needs_response", "under_review", "lost", "appeal_needs_response",
             "appeal_under_review")  # fmt: skip
"""Statuses in which the bank has the money."""

EVIDENCE = {
    "winning_evidence": {"inquiry": "warning_closed", "dispute": "won"},
    "losing_evidence": {"inquiry": "warning_closed", "dispute": "lost"},
    "escalate_inquiry_evidence": {"inquiry": "needs_response"},
}
"""Stripe's test values of `uncategorized_text`, and the status that each leads to at once
(docs.stripe.com/testing, "Evidence").
"""

IN_REVIEW = {
    "warning_needs_response": "warning_under_review",
    "needs_response": "under_review",
    "appeal_needs_response": "appeal_under_review",
}
"""The status after evidence was submitted."""


def open_dispute(
    session: Session,
    charge: Json,
    *,
    status: str = "needs_response",
    reason: str = "fraudulent",
    amount: int | None = None,
) -> Json:
    """The cardholder disputes a charge, in whole or in part."""
    dispute = serializers.dispute(
        session,
        charge,
        amount=charge["amount"] if amount is None else amount,
        reason=reason,
        status=status,
        due_by=session.second + RESPONSE_SECONDS,
        is_charge_refundable=status in REFUNDABLE,
    )
    charge["disputed"] = True
    session.put(charge)
    if status in WITHDRAWN:
        _move_funds(session, dispute, -1)
    session.put(dispute)
    if status not in DECIDED:
        wait = INQUIRY_SECONDS if status in INQUIRY else RESPONSE_SECONDS
        session.schedule(wait, DEADLINE_PASSES, dispute["id"])
    session.emit("charge.dispute.created", dispute)
    if status in WITHDRAWN:
        session.emit("charge.dispute.funds_withdrawn", dispute)
    if status in DECIDED:
        session.emit("charge.dispute.closed", dispute)
    return dispute


def check_opening(charge: Json, status: str, reason: str, amount: int | None) -> None:
    """Raise a 400 unless a dispute of this kind can be opened."""
    if status not in OPENED:
        raise invalid(f"status is one of {', '.join(OPENED)}", param="status")
    if reason not in REASONS:
        raise invalid(f"reason is one of {', '.join(REASONS)}", param="reason")
    if charge["status"] != "succeeded" or charge["disputed"]:
        raise invalid(f"Charge {charge['id']} is not paid, or is disputed already.")
    if amount is not None and not 1 <= amount <= charge["amount"]:
        raise invalid("The amount is up to that of the charge.", param="amount")
    money.check_precision(amount or 0, charge["currency"])


def list_page(session: Session, params: Params) -> Json:
    """GET /v1/disputes"""
    where = resources.charge_filter(params)
    return resources.page(session, params, "dispute", "/v1/disputes", where)


def retrieve(session: Session, params: Params, id_: str) -> Json:
    """GET /v1/disputes/{id}"""
    params.finish()
    return session.get(id_, "dispute")


def update(session: Session, params: Params, id_: str) -> Json:
    """POST /v1/disputes/{id}: evidence is staged, or submitted unless `submit` is false."""
    dispute = _undecided(session, id_)
    evidence = params.nested("evidence")
    changed = (
        {field: evidence.text(field) for field in dispute["evidence"] if field in evidence}
        if evidence
        else {}
    )
    submit = params.flag("submit") is not False
    dispute["metadata"] = params.metadata(dispute["metadata"])
    params.finish()
    text = changed.get("uncategorized_text") or ""
    kind = "inquiry" if dispute["status"] in INQUIRY else "dispute"
    if text in EVIDENCE and kind not in EVIDENCE[text]:
        raise invalid("This dispute is no inquiry.", param="evidence[uncategorized_text]")
    before = {"evidence": dict(dispute["evidence"]), "status": dispute["status"]}
    dispute["evidence"] |= changed
    if changed:
        dispute["evidence_details"]["has_evidence"] = True
    if changed and submit:
        dispute["evidence_details"]["submission_count"] += 1
        decided = EVIDENCE.get(text, {}).get(kind)
        status = decided or IN_REVIEW.get(dispute["status"]) or str(dispute["status"])
        return move(session, dispute, status, before=before)
    session.put(dispute)
    session.emit("charge.dispute.updated", dispute, previous=before)
    return dispute


def close(session: Session, params: Params, id_: str) -> Json:
    """POST /v1/disputes/{id}/close: accept the dispute, which loses it."""
    params.finish()
    dispute = _undecided(session, id_)
    if dispute["status"] in INQUIRY:
        raise invalid("This dispute is an inquiry: it has nothing to accept.")
    return move(session, dispute, "lost")


def decide(session: Session, id_: str, status: str) -> Json:
    """Give the dispute another status now."""
    dispute = session.get(id_, "dispute")
    now = dispute["status"]
    allowed = NEXT.get(now, ()) if now in DECIDED else (*NEXT.get(now, ()), *DECIDED)
    if status not in allowed:
        raise invalid(
            f"After {now}, status is one of {', '.join(allowed) or 'none'}", param="status"
        )
    return move(session, dispute, status)


def run_scheduled_task(session: Session, _: str, id_: str) -> None:
    """The deadline passes: a dispute without evidence is lost, an inquiry ends as one."""
    dispute = session.get(id_, "dispute")
    if dispute["status"] in INQUIRY:
        move(session, dispute, "warning_closed")
    elif dispute["status"] == "needs_response":
        move(session, dispute, "lost")


def resolve_inquiry(session: Session, charge: Json) -> None:
    """Close the inquiries about a charge that was refunded in whole."""
    where: Where = {"charge": charge["id"], "status": list(INQUIRY)}
    for dispute in session.transaction.newest("dispute", limit=10, where=where):
        move(session, dispute, "warning_closed")


def move(session: Session, dispute: Json, status: str, *, before: Json | None = None) -> Json:
    """Give the dispute a status, with the funds that this moves."""
    previous = before or {"status": dispute["status"]}
    had, has = previous["status"] in WITHDRAWN, status in WITHDRAWN
    dispute |= {"status": status, "is_charge_refundable": status in REFUNDABLE}
    if status in DECIDED:
        session.transaction.take_scheduled_task(due=float("inf"), object_id=dispute["id"])
    if had != has:
        _move_funds(session, dispute, -1 if has else 1)
    session.put(dispute)
    session.emit("charge.dispute.updated", dispute, previous=previous)
    if has and not had:
        session.emit("charge.dispute.funds_withdrawn", dispute)
    if status in DECIDED:
        session.emit("charge.dispute.closed", dispute)
    if had and not has:
        session.emit("charge.dispute.funds_reinstated", dispute)
    return dispute


def _move_funds(session: Session, dispute: Json, sign: int) -> None:
    dispute["balance_transactions"] = [
        *dispute["balance_transactions"],
        serializers.dispute_transaction(session, dispute, sign),
    ]


def _undecided(session: Session, id_: str) -> Json:
    dispute = session.get(id_, "dispute")
    if dispute["status"] in DECIDED:
        raise invalid("This dispute is already closed")
    return dispute
