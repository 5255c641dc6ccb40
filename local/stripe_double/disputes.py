"""Disputes: a cardholder's bank takes a payment back until it is decided who is right."""

from local.stripe_double import resources, shapes
from local.stripe_double.books import Books, new_id
from local.stripe_double.errors import Json, invalid
from local.stripe_double.params import Params

DECIDED = ("won", "lost", "warning_closed", "prevented")
REFUNDABLE = ("won", "warning_closed", "prevented")
"""How a dispute ends that leaves the money with the shop, which may refund it then."""
EVIDENCE = {"winning_evidence": "won", "losing_evidence": "lost"}
"""Stripe's test values of `uncategorized_text`, and how the bank then decides."""


def begin(books: Books, charge: Json) -> Json:
    """The cardholder disputes all of a charge."""
    dispute = shapes.dispute(
        books,
        charge,
        amount=charge["amount"],
        balance_transactions=[{"id": new_id("txn"), "object": "balance_transaction"}],
    )
    charge["disputed"] = True
    books.put(charge)
    books.put(dispute)
    books.emit("charge.dispute.created", dispute)
    books.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def listed(books: Books, asked: Params) -> Json:
    """GET /v1/disputes"""
    where: dict[str, str | list[str]] = {}
    for field in ("charge", "payment_intent"):
        value = asked.text(field)
        if value:
            where[field] = value
    return resources.page(books, asked, "dispute", "/v1/disputes", where)


def retrieve(books: Books, asked: Params, id_: str) -> Json:
    """GET /v1/disputes/{id}"""
    asked.finish()
    return books.get(id_, "dispute")


def update(books: Books, asked: Params, id_: str) -> Json:
    """POST /v1/disputes/{id}: the bank decides at once by the test values of the evidence."""
    evidence = asked.below("evidence")
    text = evidence.text("uncategorized_text", among=tuple(EVIDENCE)) if evidence else None
    asked.finish()
    dispute = _undecided(books, id_)
    return _decide(books, dispute, EVIDENCE[text]) if text else dispute


def close(books: Books, asked: Params, id_: str) -> Json:
    """POST /v1/disputes/{id}/close: the dispute is accepted, and thereby lost."""
    asked.finish()
    return _decide(books, _undecided(books, id_), "lost")


def decide(books: Books, id_: str, status: str) -> Json:
    """The bank decides now, or an inquiry ends without a dispute."""
    if status not in DECIDED:
        raise invalid(f"status is one of {', '.join(DECIDED)}", param="status")
    return _decide(books, _undecided(books, id_), status)


def _undecided(books: Books, id_: str) -> Json:
    dispute = books.get(id_, "dispute")
    if dispute["status"] in DECIDED:
        raise invalid("This dispute is already closed")
    return dispute


def _decide(books: Books, dispute: Json, status: str) -> Json:
    before = {"status": dispute["status"]}
    dispute["status"] = status
    books.put(dispute)
    books.emit("charge.dispute.updated", dispute, previous=before)
    books.emit("charge.dispute.closed", dispute)
    if status == "won":
        books.emit("charge.dispute.funds_reinstated", dispute)
    return dispute
