"""The life of a PaymentIntent: made, confirmed, challenged, processed, paid, failed, canceled."""

from urllib.parse import quote

from local.stripe_double import disputes, money, resources, shapes
from local.stripe_double.books import Books, new_id
from local.stripe_double.errors import Json, StripeError, invalid, unexpected_state
from local.stripe_double.methods import BY_NUMBER, Decline, Method
from local.stripe_double.params import Params

CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
CANCELABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
REASONS = ("duplicate", "fraudulent", "requested_by_customer", "abandoned")

AUTHENTICATION_FAILED: Json = {
    "code": "payment_intent_authentication_failure",
    "doc_url": "https://stripe.com/docs/error-codes/payment-intent-authentication-failure",
    "message": "The provided PaymentMethod has failed authentication. You can provide "
    "payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
    "type": "invalid_request_error",
}

SUCCEEDS, FAILS = "intent_succeeds", "intent_fails"
"""The promises made about an intent that is processing."""


def create(books: Books, asked: Params) -> Json:
    """POST /v1/payment_intents"""
    asked.required("amount")
    currency = money.checked_currency(asked.required("currency"))
    amount = money.checked_amount(asked.integer("amount") or 0, currency)
    automatic = asked.below("automatic_payment_methods")
    types = asked.texts("payment_method_types")
    intent = shapes.payment_intent(books, amount=amount, currency=currency)
    if types is not None:
        if automatic is not None:
            raise invalid(
                "You may only specify one of these parameters: automatic_payment_methods, "
                "payment_method_types."
            )
        intent["payment_method_types"] = _checked_types(types, currency)
    else:
        intent["automatic_payment_methods"] = _automatic(automatic)
        intent["payment_method_types"] = ["card", "sepa_debit"] if currency == "eur" else ["card"]
    asked.text("capture_method", among=("automatic", "automatic_async"))
    asked.text("confirmation_method", among=("automatic",))
    _describe(books, intent, asked)
    confirms = bool(asked.flag("confirm"))
    method, how = _method_and_how(books, intent, asked)
    asked.finish()
    books.put(intent)
    books.emit("payment_intent.created", intent)
    if confirms:
        return _confirm(books, intent, method, how)
    if method:
        intent["status"] = "requires_confirmation"
        intent["payment_method"] = method
    return books.put(intent)


def retrieve(books: Books, asked: Params, id_: str) -> Json:
    """GET /v1/payment_intents/{id}"""
    asked.finish()
    return books.get(id_, "payment_intent", param="intent")


def update(books: Books, asked: Params, id_: str) -> Json:
    """POST /v1/payment_intents/{id}"""
    intent = books.get(id_, "payment_intent", param="intent")
    for field in ("amount", "currency"):
        if field in asked and intent["status"] not in CONFIRMABLE:
            raise unexpected_state(
                f"This PaymentIntent's {field} could not be updated because it has a status of "
                f"{intent['status']}. You may only update the {field} of a PaymentIntent with one "
                f"of the following statuses: {', '.join(CONFIRMABLE)}.",
                intent,
            )
    intent["currency"] = money.checked_currency(asked.text("currency") or intent["currency"])
    amount = asked.integer("amount")
    intent["amount"] = money.checked_amount(
        intent["amount"] if amount is None else amount, intent["currency"]
    )
    _describe(books, intent, asked)
    method, _ = _method_and_how(books, intent, asked)
    asked.finish()
    if method:
        intent["status"], intent["payment_method"] = "requires_confirmation", method
        intent["next_action"] = None
    return books.put(intent)


def confirm(books: Books, asked: Params, id_: str) -> Json:
    """POST /v1/payment_intents/{id}/confirm"""
    intent = books.get(id_, "payment_intent", param="intent")
    if "receipt_email" in asked:
        intent["receipt_email"] = asked.text("receipt_email")
    method, how = _method_and_how(books, intent, asked)
    asked.finish()
    return _confirm(books, intent, method, how)


def cancel(books: Books, asked: Params, id_: str) -> Json:
    """POST /v1/payment_intents/{id}/cancel"""
    intent = books.get(id_, "payment_intent", param="intent")
    reason = asked.text("cancellation_reason", among=REASONS)
    asked.finish()
    if intent["status"] not in CANCELABLE:
        raise unexpected_state(
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}. "
            "Only a PaymentIntent with one of the following statuses may be canceled: "
            f"{', '.join(CANCELABLE)}.",
            intent,
        )
    intent |= {
        "status": "canceled",
        "canceled_at": books.second,
        "cancellation_reason": reason,
        "next_action": None,
    }
    books.put(intent)
    books.emit("payment_intent.canceled", intent)
    return intent


def listed(books: Books, asked: Params) -> Json:
    """GET /v1/payment_intents"""
    customer = asked.text("customer")
    where: dict[str, str | list[str]] = {"customer": customer} if customer else {}
    return resources.page(books, asked, "payment_intent", "/v1/payment_intents", where)


def challenge(books: Books, asked: Params, id_: str) -> Json:
    """POST /v1/payment_intents/{id}/challenge: what the cardholder did when asked by 3-D Secure.

    This one is ours; with Stripe it goes between the bank's page and Stripe's.
    """
    outcome = asked.text("outcome", among=("complete", "fail"))
    asked.finish()
    return authenticate(books, id_, passed=outcome == "complete")


def authenticate(books: Books, id_: str, *, passed: bool) -> Json:
    """Go on after the challenge; the intent as it then is, also when the charge failed."""
    intent = books.get(id_, "payment_intent", param="intent")
    if intent["status"] != "requires_action":
        message = f"This PaymentIntent has a status of {intent['status']}: it asks nothing."
        raise unexpected_state(message, intent)
    intent["next_action"] = None
    if passed:
        _charge(books, intent)
    else:
        _fail(books, intent, AUTHENTICATION_FAILED)
    return intent


def keep_promise(books: Books, what: str, id_: str) -> None:
    """The bank's answer about an intent that was processing."""
    intent = books.get(id_, "payment_intent")
    charge = books.get(intent["latest_charge"], "charge")
    if what == SUCCEEDS:
        _paid(books, intent, charge)
        return
    decline = _behaviour(books, intent).decline
    if decline is None:
        raise LookupError(f"{id_} was to fail, but its payment method does not")
    _refuse(books, intent, charge, decline)


def _automatic(asked: Params | None) -> Json | None:
    if asked is None:
        return {"enabled": True, "allow_redirects": "always"}
    enabled = asked.flag("enabled")
    redirects = asked.text("allow_redirects", among=("always", "never"))
    return {"enabled": True, "allow_redirects": redirects or "always"} if enabled else None


def _checked_types(types: list[str], currency: str) -> list[str]:
    for type_ in types:
        if type_ not in ("card", "sepa_debit"):
            raise invalid(
                f"The payment method type provided: {type_} is invalid (this double plays card "
                "and sepa_debit).",
                param="payment_method_types",
            )
        if type_ == "sepa_debit" and currency != "eur":
            raise invalid(
                f"The currency provided ({currency}) is invalid for the payment method type "
                "sepa_debit: it takes eur.",
                param="payment_method_types",
            )
    return types


def _describe(books: Books, intent: Json, asked: Params) -> None:
    for field in ("description", "receipt_email", "statement_descriptor_suffix"):
        if field in asked:
            intent[field] = asked.text(field)
    customer = asked.text("customer")
    if customer:
        intent["customer"] = books.get(customer, "customer", param="customer")["id"]
    intent["metadata"] = asked.metadata(intent["metadata"])


def _method_and_how(books: Books, intent: Json, asked: Params) -> tuple[str | None, Json]:
    """The payment method named or described, as an id, and how its challenge would be shown."""
    how = {"return_url": asked.text("return_url"), "by_sdk": bool(asked.flag("use_stripe_sdk"))}
    mandate = asked.below("mandate_data")
    if mandate is not None:
        acceptance = mandate.below("customer_acceptance") or mandate
        acceptance.text("type", among=("online", "offline"))
        online = acceptance.below("online")
        if online is not None:
            for field in ("ip_address", "user_agent", "infer_from_client"):
                online.text(field)
    named = asked.text("payment_method")
    described = asked.below("payment_method_data")
    if described is not None:
        method = resources.new_payment_method(books, described)
    elif named:
        method = resources.usable_payment_method(books, named)
    else:
        return None, how
    if method["type"] not in intent["payment_method_types"]:
        raise invalid(
            f"The PaymentMethod provided ({method['type']}) is not allowed for this PaymentIntent. "
            "Please attach a PaymentMethod of one of the following types: "
            f"{', '.join(intent['payment_method_types'])}.",
            param="payment_method",
            code="payment_intent_incompatible_payment_method",
        )
    return method["id"], how


def _confirm(books: Books, intent: Json, method: str | None, how: Json) -> Json:
    status = intent["status"]
    if status == "succeeded":
        raise unexpected_state(
            "You cannot confirm this PaymentIntent because it has already succeeded after being "
            "previously confirmed.",
            intent,
        )
    if status not in CONFIRMABLE:
        raise unexpected_state(
            f"You cannot confirm this PaymentIntent because it has a status of {status}. Only a "
            "PaymentIntent with one of the following statuses may be confirmed: "
            "requires_confirmation, requires_action.",
            intent,
        )
    intent["payment_method"] = method or intent["payment_method"]
    if not intent["payment_method"]:
        raise unexpected_state(
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can "
            "either update the PaymentIntent with a payment method and then confirm it again, or "
            "confirm it again directly with a payment method or ConfirmationToken.",
            intent,
        )
    automatic = intent["automatic_payment_methods"]
    if automatic and automatic["allow_redirects"] == "always":
        _must_know_the_way_back(how)
    intent["last_payment_error"] = None
    intent["next_action"] = None
    if _behaviour(books, intent).challenge:
        _ask(books, intent, how)
        return intent
    refused = _charge(books, intent)
    if refused is not None:
        raise StripeError(
            402,
            refused["type"],
            refused["message"],
            took_effect=True,
            payment_intent=intent,
            **{k: v for k, v in refused.items() if k not in ("type", "message")},
        )
    return intent


def _must_know_the_way_back(how: Json) -> None:
    if not how["return_url"] and not how["by_sdk"]:
        raise invalid(
            "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. "
            "Because some of these payment methods might redirect your customer off of your page, "
            "you must provide a `return_url`. If you don't want to accept redirect-based payment "
            "methods, set `automatic_payment_methods[enabled]` to `true` and "
            "`automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents "
            "and Payment Intents."
        )


def _behaviour(books: Books, intent: Json) -> Method:
    return BY_NUMBER[books.change.note(intent["payment_method"]) or ""]


def _ask(books: Books, intent: Json, how: Json) -> None:
    intent["status"] = "requires_action"
    if how["return_url"] and not how["by_sdk"]:
        page = f"{books.url}/3ds/{intent['id']}?client_secret={intent['client_secret']}"
        intent["next_action"] = {
            "type": "redirect_to_url",
            "redirect_to_url": {
                "return_url": how["return_url"],
                "url": f"{page}&return_url={quote(how['return_url'], safe='')}",
            },
        }
    else:
        intent["next_action"] = {
            "type": "use_stripe_sdk",
            "use_stripe_sdk": {
                "type": "stripe_3ds2_fingerprint",
                "three_d_secure_2_source": new_id("payatt"),
                "directory_server_name": "visa",
            },
        }
    books.put(intent)
    books.emit("payment_intent.requires_action", intent)


def _charge(books: Books, intent: Json) -> Json | None:
    """Try to take the money; the error if the bank refused."""
    behaviour = _behaviour(books, intent)
    method = books.get(intent["payment_method"], "payment_method")
    charge = shapes.charge(books, intent, method)
    if behaviour.settles_late == "no":
        if behaviour.decline is not None:
            return _refuse(books, intent, charge, behaviour.decline)
        _paid(books, intent, charge)
        return None
    intent |= {"status": "processing", "latest_charge": charge["id"]}
    books.put(charge)
    books.put(intent)
    books.emit("payment_intent.processing", intent)
    books.emit("charge.pending", charge)
    wait = books.timing.settle if behaviour.settles_late == "soon" else books.timing.delayed
    books.promise(wait, FAILS if behaviour.decline else SUCCEEDS, intent["id"])
    return None


def _paid(books: Books, intent: Json, charge: Json) -> None:
    charge |= {
        "status": "succeeded",
        "paid": True,
        "captured": True,
        "amount_captured": charge["amount"],
        "balance_transaction": new_id("txn"),
        "outcome": _outcome("approved_by_network", None, "Payment complete.", "authorized"),
    }
    intent |= {
        "status": "succeeded",
        "latest_charge": charge["id"],
        "amount_received": charge["amount"],
    }
    books.put(charge)
    books.put(intent)
    books.emit("charge.succeeded", charge)
    books.emit("payment_intent.succeeded", intent)
    if _behaviour(books, intent).disputed:
        disputes.begin(books, charge)


def _refuse(books: Books, intent: Json, charge: Json, why: Decline) -> Json:
    charge |= {
        "status": "failed",
        "failure_code": why.code,
        "failure_message": why.message,
        "outcome": _outcome(
            "declined_by_network", why.decline_code, why.message, "issuer_declined"
        ),
    }
    intent["latest_charge"] = charge["id"]
    books.put(charge)
    books.emit("charge.failed", charge)
    error: Json = {
        "charge": charge["id"],
        "code": why.code,
        "doc_url": f"https://stripe.com/docs/error-codes/{why.code.replace('_', '-')}",
        "message": why.message,
        "type": "card_error"
        if _behaviour(books, intent).type == "card"
        else "invalid_request_error",
    }
    if why.decline_code:
        error["decline_code"] = why.decline_code
    if why.param:
        error["param"] = why.param
    _fail(books, intent, error)
    failed: Json = intent["last_payment_error"]
    return failed


def _fail(books: Books, intent: Json, error: Json) -> None:
    method = books.get(intent["payment_method"], "payment_method")
    intent |= {
        "status": "requires_payment_method",
        "last_payment_error": error | {"payment_method": method},
        "payment_method": None,
        "next_action": None,
    }
    books.put(intent)
    books.emit("payment_intent.payment_failed", intent)


def _outcome(network: str, reason: str | None, message: str, type_: str) -> Json:
    return {
        "network_status": network,
        "reason": reason,
        "risk_level": "normal",
        "seller_message": message,
        "type": type_,
    }
