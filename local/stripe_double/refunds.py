"""Refunds: never more than was paid, and sometimes not at once."""

from local.stripe_double import money, resources, shapes
from local.stripe_double.books import Books
from local.stripe_double.disputes import REFUNDABLE
from local.stripe_double.errors import Json, StripeError, invalid
from local.stripe_double.methods import BY_NUMBER
from local.stripe_double.params import Params

REASONS = ("duplicate", "fraudulent", "requested_by_customer")

SUCCEEDS, FAILS, CANCELS = "refund_succeeds", "refund_fails", "refund_cancels"
"""The promises made about a refund."""

_END = {SUCCEEDS: "succeeded", FAILS: "failed", CANCELS: "canceled"}


def create(books: Books, asked: Params) -> Json:
    """POST /v1/refunds"""
    charge = _charge(books, asked)
    amount = asked.integer("amount")
    reason = asked.text("reason", among=REASONS)
    metadata = asked.metadata({})
    asked.finish()
    if _is_charged_back(books, charge):
        raise StripeError(
            400,
            "invalid_request_error",
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
            kept=True,
        )
    left = charge["amount_captured"] - charge["amount_refunded"]
    if left <= 0:
        raise StripeError(
            400,
            "invalid_request_error",
            f"Charge {charge['id']} has already been refunded.",
            code="charge_already_refunded",
            kept=True,
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
            f"Refund amount ({money.written(amount, currency)}) is greater than unrefunded amount "
            f"on charge ({money.written(left, currency)})",
            param="amount",
            kept=True,
        )
    behaviour = BY_NUMBER[books.change.note(charge["payment_method"]) or ""]
    pending = behaviour.refund == "pending" or behaviour.type == "sepa_debit"
    refund = shapes.refund(
        books,
        charge,
        amount=amount,
        reason=reason,
        metadata=metadata,
        status="pending" if pending else "succeeded",
    )
    books.put(refund)
    _owe(books, charge, amount)
    books.emit("refund.created", refund)
    if pending:
        books.promise(books.timing.settle, SUCCEEDS, refund["id"])
    elif behaviour.refund == "fails_later":
        books.promise(books.timing.settle, FAILS, refund["id"])
    return refund


def retrieve(books: Books, asked: Params, id_: str) -> Json:
    """GET /v1/refunds/{id}"""
    asked.finish()
    return books.get(id_, "refund", param="id")


def listed(books: Books, asked: Params) -> Json:
    """GET /v1/refunds"""
    where: dict[str, str | list[str]] = {}
    for field in ("charge", "payment_intent"):
        value = asked.text(field)
        if value:
            where[field] = value
    return resources.page(books, asked, "refund", "/v1/refunds", where)


def keep_promise(books: Books, what: str, id_: str) -> None:
    """The bank's answer about a refund."""
    refund = books.get(id_, "refund")
    before = {"status": refund["status"]}
    refund["status"] = _END[what]
    if what == FAILS:
        refund["failure_reason"] = "expired_or_canceled_card"
    if what != SUCCEEDS:
        _owe(books, books.get(refund["charge"], "charge"), -refund["amount"])
    books.put(refund)
    books.emit("refund.updated", refund, previous=before)
    books.emit("charge.refund.updated", refund, previous=before)
    if what == FAILS:
        books.emit("refund.failed", refund)


def _is_charged_back(books: Books, charge: Json) -> bool:
    """It is disputed, and that was not decided for the shop."""
    disputes = books.change.newest("dispute", limit=10, where={"charge": charge["id"]})
    return any(dispute["status"] not in REFUNDABLE for dispute in disputes)


def _charge(books: Books, asked: Params) -> Json:
    charge_id, intent_id = asked.text("charge"), asked.text("payment_intent")
    if not charge_id and not intent_id:
        raise invalid(
            "One of the following params should be provided for this request: payment_intent or "
            "charge.",
            code="parameter_missing",
        )
    if intent_id:
        intent = books.get(intent_id, "payment_intent", param="payment_intent")
        if intent["status"] != "succeeded" or charge_id not in (None, intent["latest_charge"]):
            raise invalid(
                f"This PaymentIntent ({intent_id}) does not have a successful charge to refund.",
                param="payment_intent",
            )
        charge_id = intent["latest_charge"]
    charge = books.get(str(charge_id), "charge", param="charge")
    if charge["status"] != "succeeded":
        raise invalid(f"Charge {charge['id']} was not paid: there is nothing to refund.")
    return charge


def _owe(books: Books, charge: Json, amount: int) -> None:
    """Count `amount` as given back; a negative one was not given back after all."""
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    books.put(charge)
    books.emit("charge.refunded" if amount > 0 else "charge.updated", charge, previous=before)
