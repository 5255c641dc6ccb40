"""Payment methods, customers, charges, events; and how any of them is listed."""

import re
from datetime import UTC, datetime
from typing import Any

from local.stripe_double import shapes
from local.stripe_double.books import Books
from local.stripe_double.errors import Json, StripeError, invalid
from local.stripe_double.methods import (
    BY_NAME,
    BY_NUMBER,
    NOT_A_TEST_CARD,
    Method,
    passes_luhn,
    passes_mod97,
)
from local.stripe_double.params import Params

LONGEST_PAGE = 100

NOBODY: Json = {"address": shapes.NO_ADDRESS, "email": None, "name": None, "phone": None}


def page(
    books: Books, asked: Params, kind: str, url: str, where: dict[str, str | list[str]]
) -> Json:
    """A Stripe list, newest first: `limit`, `starting_after`, `ending_before` and `created`."""
    limit = asked.integer("limit")
    if limit is None:
        limit = 10
    if not 1 <= limit <= LONGEST_PAGE:
        message = f"Invalid limit: must be between 1 and {LONGEST_PAGE}"
        raise invalid(message, param="limit", code="parameter_invalid_integer")
    bounds: dict[str, int | None] = {}
    for param, bound in (("starting_after", "after"), ("ending_before", "before")):
        id_ = asked.text(param)
        if id_:
            books.get(id_, kind, param=param)
            bounds[bound] = books.change.rank(id_)
    since, until = _created(asked)
    asked.finish()
    found = books.change.newest(
        kind, limit=limit + 1, where=where, since=since, until=until, **bounds
    )
    data = found[-limit:] if "before" in bounds else found[:limit]
    return shapes.listing(url, data, has_more=len(found) > limit)


def _created(asked: Params) -> tuple[int | None, int | None]:
    if isinstance(asked.values.get("created"), str):
        exactly = asked.integer("created")
        return exactly, exactly
    created = asked.below("created")
    if created is None:
        return None, None
    above, least = created.integer("gt"), created.integer("gte")
    below, most = created.integer("lt"), created.integer("lte")
    lows = [low for low in (least, None if above is None else above + 1) if low is not None]
    highs = [high for high in (most, None if below is None else below - 1) if high is not None]
    return max(lows, default=None), min(highs, default=None)


# Payment methods


def create_payment_method(books: Books, asked: Params) -> Json:
    """POST /v1/payment_methods"""
    method = new_payment_method(books, asked)
    asked.finish()
    return method


def retrieve_payment_method(books: Books, asked: Params, id_: str) -> Json:
    """GET /v1/payment_methods/{id}"""
    asked.finish()
    return books.get(id_, "payment_method", param="payment_method")


def usable_payment_method(books: Books, id_: str) -> Json:
    """The payment method of this id; a test name such as `pm_card_visa` makes a new one."""
    behaviour = BY_NAME.get(id_)
    if behaviour is None:
        return books.get(id_, "payment_method", param="payment_method")
    return _kept(books, behaviour, expires=_in_a_year(books), billing=NOBODY)


def new_payment_method(books: Books, asked: Params) -> Json:
    """A card by its number or an account by its IBAN, as the browser sends it."""
    type_ = asked.text("type", among=("card", "sepa_debit"))
    billing = _billing(asked.below("billing_details"))
    asked.text("allow_redisplay", among=("always", "limited", "unspecified"))
    if type_ == "card":
        card = asked.below("card")
        if card is None:
            raise invalid("Missing required param: card.", param="card", code="parameter_missing")
        behaviour, expires = _card(books, card)
        return _kept(books, behaviour, expires=expires, billing=billing)
    if type_ == "sepa_debit":
        account = asked.below("sepa_debit")
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
        return _kept(books, _account(account), expires=(0, 0), billing=billing)
    raise invalid("Missing required param: type.", param="type", code="parameter_missing")


def _kept(books: Books, behaviour: Method, *, expires: tuple[int, int], billing: Json) -> Json:
    method = shapes.payment_method(books, behaviour, expires=expires, billing_details=billing)
    return books.put(method, note=behaviour.number)


def _card(books: Books, asked: Params) -> tuple[Method, tuple[int, int]]:
    number = asked.required("number").replace(" ", "")
    month, year = asked.integer("exp_month") or 0, asked.integer("exp_year") or 0
    cvc = asked.text("cvc")
    if not (number.isascii() and number.isdigit() and passes_luhn(number)):
        raise _card_error("incorrect_number", "Your card number is incorrect.", "number")
    today = datetime.fromtimestamp(books.now, tz=UTC)
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
    behaviour = BY_NUMBER.get(number)
    if behaviour is None or behaviour.type != "card":
        why = NOT_A_TEST_CARD
        raise StripeError(
            402, "card_error", why.message, code=why.code, decline_code=why.decline_code
        )
    return behaviour, (month, year)


def _account(asked: Params) -> Method:
    iban = asked.required("iban").replace(" ", "").upper()
    behaviour = BY_NUMBER.get(iban)
    if not passes_mod97(iban) or behaviour is None or behaviour.type != "sepa_debit":
        raise invalid(
            "The bank account number provided is invalid, or not one of the test IBANs this double "
            "plays.",
            param="sepa_debit[iban]",
            code="invalid_bank_account_iban",
        )
    return behaviour


def _card_error(code: str, message: str, param: str) -> StripeError:
    return StripeError(402, "card_error", message, code=code, param=param, kept=True)


def _billing(asked: Params | None) -> Json:
    if asked is None:
        return NOBODY
    address = asked.below("address")
    known: dict[str, Any] = {field: asked.text(field) for field in ("email", "name", "phone")}
    where = {field: address.text(field) if address else None for field in shapes.NO_ADDRESS}
    return {"address": where, **known}


def _in_a_year(books: Books) -> tuple[int, int]:
    today = datetime.fromtimestamp(books.now, tz=UTC)
    return today.month, today.year + 1


# Customers, charges, events


def create_customer(books: Books, asked: Params) -> Json:
    """POST /v1/customers"""
    fields = {field: asked.text(field) for field in ("description", "email", "name", "phone")}
    customer = shapes.customer(books, metadata=asked.metadata({}), **fields)
    asked.finish()
    books.put(customer)
    books.emit("customer.created", customer)
    return customer


def retrieve_customer(books: Books, asked: Params, id_: str) -> Json:
    """GET /v1/customers/{id}"""
    asked.finish()
    return books.get(id_, "customer", param="customer")


def retrieve_charge(books: Books, asked: Params, id_: str) -> Json:
    """GET /v1/charges/{id}"""
    asked.finish()
    return books.get(id_, "charge", param="charge")


def list_charges(books: Books, asked: Params) -> Json:
    """GET /v1/charges"""
    intent = asked.text("payment_intent")
    where: dict[str, str | list[str]] = {"payment_intent": intent} if intent else {}
    return page(books, asked, "charge", "/v1/charges", where)


def retrieve_event(books: Books, asked: Params, id_: str) -> Json:
    """GET /v1/events/{id}"""
    asked.finish()
    return books.get(id_, "event", param="id")


def list_events(books: Books, asked: Params) -> Json:
    """GET /v1/events"""
    one, several = asked.text("type"), asked.texts("types")
    if one and several:
        raise invalid("You may only specify one of these parameters: type, types.")
    wanted = several or ([one] if one else None)
    where: dict[str, str | list[str]] = {"type": wanted} if wanted else {}
    return page(books, asked, "event", "/v1/events", where)
