"""Payment methods, customers, charges and events, and the lists of any kind."""

import re
from datetime import UTC, datetime
from typing import Any

from local.stripe_double.errors import Json, StripeError, invalid, no_such
from local.stripe_double.objects import serializers
from local.stripe_double.objects.methods import (
    BY_NAME,
    BY_NUMBER,
    NOT_A_TEST_CARD,
    Method,
    passes_luhn,
    passes_mod97,
)
from local.stripe_double.params import Params
from local.stripe_double.state.session import Session
from local.stripe_double.state.store import Where

MAX_PAGE_SIZE = 100
"""Objects of a page of a list at Stripe."""
MAX_TYPES = 20
"""Types by which events can be filtered at once."""
EVENT_SECONDS = 30 * 24 * 60 * 60
"""How long events can be retrieved and listed (docs.stripe.com/api/events)."""

NO_BILLING_DETAILS: Json = {
    "address": serializers.NO_ADDRESS,
    "email": None,
    "name": None,
    "phone": None,
}


def charge_filter(params: Params) -> Where:
    """The filter of a list by `charge` and `payment_intent`, as far as they are given."""
    values = {field: params.text(field) for field in ("charge", "payment_intent")}
    return {field: value for field, value in values.items() if value}


def page(
    session: Session,
    params: Params,
    kind: str,
    url: str,
    where: Where,
    *,
    oldest: int | None = None,
) -> Json:
    """A Stripe list, newest first: `limit`, `starting_after`, `ending_before` and `created`.

    Nothing that was created before `oldest` is in it.
    """
    limit = params.integer("limit")
    if limit is None:
        limit = 10
    if not 1 <= limit <= MAX_PAGE_SIZE:
        message = f"Invalid limit: must be between 1 and {MAX_PAGE_SIZE}"
        raise invalid(message, param="limit", code="parameter_invalid_integer")
    bounds: dict[str, int | None] = {}
    for param, bound in (("starting_after", "after"), ("ending_before", "before")):
        id_ = params.text(param)
        if id_:
            session.get(id_, kind, param=param)
            bounds[bound] = session.transaction.rank(id_)
    if len(bounds) > 1:
        raise invalid(
            "You may only specify one of these parameters: ending_before, starting_after."
        )
    since, until = _created(params)
    since = max((bound for bound in (since, oldest) if bound is not None), default=None)
    params.finish()
    bodies = session.transaction.newest(
        kind, limit=limit + 1, where=where, since=since, until=until, at=session.now, **bounds
    )
    data = bodies[-limit:] if "before" in bounds else bodies[:limit]
    return serializers.listing(url, data, has_more=len(bodies) > limit)


def _created(params: Params) -> tuple[int | None, int | None]:
    if isinstance(params.values.get("created"), str):
        exactly = params.integer("created")
        return exactly, exactly
    created = params.nested("created")
    if created is None:
        return None, None
    above, least = created.integer("gt"), created.integer("gte")
    nested, most = created.integer("lt"), created.integer("lte")
    lows = [low for low in (least, None if above is None else above + 1) if low is not None]
    highs = [high for high in (most, None if nested is None else nested - 1) if high is not None]
    return max(lows, default=None), min(highs, default=None)


# Payment methods


def create_payment_method(session: Session, params: Params) -> Json:
    """POST /v1/payment_methods"""
    method = new_payment_method(session, params)
    params.finish()
    return method


def retrieve_payment_method(session: Session, params: Params, id_: str) -> Json:
    """GET /v1/payment_methods/{id}"""
    params.finish()
    return session.get(id_, "payment_method", param="payment_method")


def usable_payment_method(session: Session, id_: str) -> Json:
    """The payment method of this id; a test name such as `pm_card_visa` creates one."""
    test_method = BY_NAME.get(id_)
    if test_method is None:
        return session.get(id_, "payment_method", param="payment_method")
    return _store_payment_method(
        session, test_method, expires=_expires_in_a_year(session), billing=NO_BILLING_DETAILS
    )


def new_payment_method(session: Session, params: Params) -> Json:
    """A card by its number or a bank account by its IBAN, as the browser sends it."""
    type_ = params.text("type", among=("card", "sepa_debit"))
    billing = _billing(params.nested("billing_details"))
    params.text("allow_redisplay", among=("always", "limited", "unspecified"))
    if type_ == "card":
        card = params.nested("card")
        if card is None:
            raise invalid("Missing required param: card.", param="card", code="parameter_missing")
        test_method, expires = _card(session, card)
        return _store_payment_method(session, test_method, expires=expires, billing=billing)
    if type_ == "sepa_debit":
        account = params.nested("sepa_debit")
        if account is None:
            message = "Missing required param: sepa_debit."
            raise invalid(message, param="sepa_debit", code="parameter_missing")
        for field in ("name", "email"):
            if not billing[field]:
                raise invalid(
                    f"Missing required param: billing_details[{field}].",
                    param=f"billing_details[{field}]",
                    code="parameter_missing",
                )
        return _store_payment_method(session, _account(account), expires=(0, 0), billing=billing)
    raise invalid("Missing required param: type.", param="type", code="parameter_missing")


def _store_payment_method(
    session: Session, test_method: Method, *, expires: tuple[int, int], billing: Json
) -> Json:
    method = serializers.payment_method(
        session, test_method, expires=expires, billing_details=billing
    )
    return session.put(method, note=test_method.number)


def _card(session: Session, params: Params) -> tuple[Method, tuple[int, int]]:
    number = params.required("number").replace(" ", "")
    month, year = params.integer("exp_month") or 0, params.integer("exp_year") or 0
    cvc = params.text("cvc")
    if not (number.isascii() and number.isdigit() and passes_luhn(number)):
        raise _card_error("incorrect_number", "Your card number is incorrect.", "number")
    today = datetime.fromtimestamp(session.now, tz=UTC)
    if year < 100:  # noqa: PLR2004 - two digits mean this century
        year += 2000
    if not 1 <= month <= 12:  # noqa: PLR2004 - months
        raise _card_error(
            "invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month"
        )
    if (year, month) < (today.year, today.month) or year > today.year + 50:
        raise _card_error(
            "invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year"
        )
    if cvc is not None and not re.fullmatch("[0-9]{3,4}", cvc):
        raise _card_error("invalid_cvc", "Your card's security code is invalid.", "cvc")
    test_method = BY_NUMBER.get(number)
    if test_method is None or test_method.type != "card":
        decline = NOT_A_TEST_CARD
        raise StripeError(
            402, "card_error", decline.message, code=decline.code, decline_code=decline.decline_code
        )
    return test_method, (month, year)


def _account(params: Params) -> Method:
    iban = params.required("iban").replace(" ", "").upper()
    test_method = BY_NUMBER.get(iban)
    if not passes_mod97(iban) or test_method is None or test_method.type != "sepa_debit":
        raise invalid(
            "The bank account number provided is invalid, or not one of the test IBANs this double "
            "plays.",
            param="sepa_debit[iban]",
            code="invalid_bank_account_iban",
        )
    return test_method


def _card_error(code: str, message: str, param: str) -> StripeError:
    return StripeError(402, "card_error", message, code=code, param=param, stored=True)


def _billing(params: Params | None) -> Json:
    if params is None:
        return NO_BILLING_DETAILS
    address = params.nested("address")
    known: dict[str, Any] = {field: params.text(field) for field in ("email", "name", "phone")}
    where = {field: address.text(field) if address else None for field in serializers.NO_ADDRESS}
    return {"address": where, **known}


def _expires_in_a_year(session: Session) -> tuple[int, int]:
    today = datetime.fromtimestamp(session.now, tz=UTC)
    return today.month, today.year + 1


# Customers, charges, events


def create_customer(session: Session, params: Params) -> Json:
    """POST /v1/customers"""
    fields = {field: params.text(field) for field in ("description", "email", "name", "phone")}
    customer = serializers.customer(session, metadata=params.metadata({}), **fields)
    params.finish()
    session.put(customer)
    session.emit("customer.created", customer)
    return customer


def retrieve_customer(session: Session, params: Params, id_: str) -> Json:
    """GET /v1/customers/{id}"""
    params.finish()
    return session.get(id_, "customer", param="customer")


def retrieve_charge(session: Session, params: Params, id_: str) -> Json:
    """GET /v1/charges/{id}"""
    params.finish()
    return session.get(id_, "charge", param="charge")


def list_charges(session: Session, params: Params) -> Json:
    """GET /v1/charges"""
    values = {field: params.text(field) for field in ("customer", "payment_intent")}
    where: Where = {field: value for field, value in values.items() if value}
    return page(session, params, "charge", "/v1/charges", where)


def retrieve_event(session: Session, params: Params, id_: str) -> Json:
    """GET /v1/events/{id}, for 30 days."""
    params.finish()
    event = session.get(id_, "event", param="id")
    if event["created"] < session.second - EVENT_SECONDS:
        raise no_such("event", id_, param="id")
    return event


def list_events(session: Session, params: Params) -> Json:
    """GET /v1/events, those of the last 30 days; `type` may end in `*`."""
    type_, types = params.text("type"), params.texts("types")
    if type_ and types:
        raise invalid("You may only specify one of these parameters: type, types.")
    if types and len(types) > MAX_TYPES:
        raise invalid(f"You may only specify {MAX_TYPES} types.", param="types")
    delivered = params.flag("delivery_success")
    where: Where = {}
    if types or type_:
        where["type"] = types or [str(type_)]
    if delivered is not None:
        where["pending_webhooks"] = 0 if delivered else 1
    oldest = session.second - EVENT_SECONDS
    return page(session, params, "event", "/v1/events", where, oldest=oldest)
