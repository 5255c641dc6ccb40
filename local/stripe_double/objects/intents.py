"""PaymentIntents: create, retrieve, update, confirm, authenticate, cancel."""

from urllib.parse import quote

from local.stripe_double.errors import Json, StripeError, invalid, unexpected_state
from local.stripe_double.objects import charges, money, resources, serializers
from local.stripe_double.params import Params
from local.stripe_double.state.session import Session
from local.stripe_double.state.store import Where

CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
CANCELABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
REASONS = ("duplicate", "fraudulent", "requested_by_customer", "abandoned")
STRIPES_REASONS = ("automatic", "expired", "failed_invoice", "void_invoice")
"""Reasons for which Stripe itself cancels (docs.stripe.com/api/payment_intents/object)."""

AUTHENTICATION_FAILED: Json = {
    "code": "payment_intent_authentication_failure",
    "doc_url": "https://stripe.com/docs/error-codes/payment-intent-authentication-failure",
    "message": "The provided PaymentMethod has failed authentication. You can provide "
    "payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
    "type": "invalid_request_error",
}


def create(session: Session, params: Params) -> Json:
    """POST /v1/payment_intents"""
    params.required("amount")
    currency = money.checked_currency(params.required("currency"))
    amount = money.checked_amount(params.integer("amount") or 0, currency)
    automatic = params.nested("automatic_payment_methods")
    types = params.texts("payment_method_types")
    intent = serializers.payment_intent(session, amount=amount, currency=currency)
    if types is not None:
        if automatic is not None:
            raise invalid(
                "You may only specify one of these parameters: automatic_payment_methods, "
                "payment_method_types."
            )
        intent["payment_method_types"] = _checked_types(types, currency)
    else:
        intent["automatic_payment_methods"] = _automatic(automatic)
        excluded = params.texts("excluded_payment_method_types")
        intent["excluded_payment_method_types"] = excluded
        usable = ["card", "sepa_debit"] if currency == "eur" else ["card"]
        intent["payment_method_types"] = [name for name in usable if name not in (excluded or ())]
    params.text("capture_method", among=("automatic", "automatic_async"))
    params.text("confirmation_method", among=("automatic",))
    _set_description(session, intent, params)
    confirms = bool(params.flag("confirm"))
    method, challenge = _payment_method_and_challenge(session, intent, params)
    params.finish()
    session.put(intent)
    session.emit("payment_intent.created", intent)
    if confirms:
        return _confirm(session, intent, method, challenge)
    if method:
        intent["status"] = "requires_confirmation"
        intent["payment_method"] = method
    return session.put(intent)


def retrieve(session: Session, params: Params, id_: str) -> Json:
    """GET /v1/payment_intents/{id}"""
    params.finish()
    return session.get(id_, "payment_intent", param="intent")


def update(session: Session, params: Params, id_: str) -> Json:
    """POST /v1/payment_intents/{id}"""
    intent = session.get(id_, "payment_intent", param="intent")
    for field in ("amount", "currency", "payment_method"):
        if field in params and intent["status"] not in CONFIRMABLE:
            raise unexpected_state(
                f"This PaymentIntent's {field} could not be updated because it has a status of "
                f"{intent['status']}. You may only update the {field} of a PaymentIntent with one "
                f"of the following statuses: {', '.join(CONFIRMABLE)}.",
                intent,
            )
    intent["currency"] = money.checked_currency(params.text("currency") or intent["currency"])
    amount = params.integer("amount")
    intent["amount"] = money.checked_amount(
        intent["amount"] if amount is None else amount, intent["currency"]
    )
    _set_description(session, intent, params)
    method, _ = _payment_method_and_challenge(session, intent, params)
    params.finish()
    if method:
        intent["status"], intent["payment_method"] = "requires_confirmation", method
        intent["next_action"] = None
    return session.put(intent)


def confirm(session: Session, params: Params, id_: str) -> Json:
    """POST /v1/payment_intents/{id}/confirm"""
    intent = session.get(id_, "payment_intent", param="intent")
    if "receipt_email" in params:
        intent["receipt_email"] = params.text("receipt_email")
    method, challenge = _payment_method_and_challenge(session, intent, params)
    params.finish()
    return _confirm(session, intent, method, challenge)


def cancel(session: Session, params: Params, id_: str) -> Json:
    """POST /v1/payment_intents/{id}/cancel: not one that has succeeded or, but "in rare cases",
    is processing (docs.stripe.com/api/payment_intents/cancel). The double knows no such case.
    """
    intent = session.get(id_, "payment_intent", param="intent")
    reason = params.text("cancellation_reason", among=REASONS)
    params.finish()
    return cancel_intent(session, intent, reason)


def cancel_intent(session: Session, intent: Json, reason: str | None) -> Json:
    """Cancel an intent that is neither paid nor being paid."""
    if intent["status"] not in CANCELABLE:
        raise unexpected_state(
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}. "
            "Only a PaymentIntent with one of the following statuses may be canceled: "
            f"{', '.join(CANCELABLE)}.",
            intent,
        )
    intent |= {
        "status": "canceled",
        "canceled_at": session.second,
        "cancellation_reason": reason,
        "next_action": None,
    }
    session.put(intent)
    session.emit("payment_intent.canceled", intent)
    return intent


def list_page(session: Session, params: Params) -> Json:
    """GET /v1/payment_intents"""
    customer = params.text("customer")
    where: Where = {"customer": customer} if customer else {}
    return resources.page(session, params, "payment_intent", "/v1/payment_intents", where)


def challenge(session: Session, params: Params, id_: str) -> Json:
    """POST /v1/payment_intents/{id}/challenge: the cardholder's answer to 3-D Secure.

    Stripe has no such endpoint: there the answer goes from the bank's page to Stripe's.
    """
    outcome = params.text("outcome", among=("complete", "fail"))
    params.finish()
    return authenticate(session, id_, passed=outcome == "complete")


def authenticate(session: Session, id_: str, *, passed: bool) -> Json:
    """Continue after the challenge. Returns the intent, also when the charge failed."""
    intent = session.get(id_, "payment_intent", param="intent")
    if intent["status"] != "requires_action":
        message = f"This PaymentIntent has a status of {intent['status']}: it has no challenge."
        raise unexpected_state(message, intent)
    intent["next_action"] = None
    if passed:
        charges.charge_intent(session, intent)
    else:
        charges.fail(session, intent, AUTHENTICATION_FAILED)
    return intent


def _automatic(params: Params | None) -> Json | None:
    if params is None:
        return {"enabled": True, "allow_redirects": "always"}
    enabled = params.flag("enabled")
    redirects = params.text("allow_redirects", among=("always", "never"))
    return {"enabled": True, "allow_redirects": redirects or "always"} if enabled else None


def _checked_types(types: list[str], currency: str) -> list[str]:
    for type_ in types:
        if type_ not in ("card", "sepa_debit"):
            raise invalid(
                f"The payment method type provided: {type_} is invalid (this double supports card "
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


def _set_description(session: Session, intent: Json, params: Params) -> None:
    for field in ("description", "receipt_email", "statement_descriptor_suffix"):
        if field in params:
            intent[field] = params.text(field)
    customer = params.text("customer")
    if customer:
        intent["customer"] = session.get(customer, "customer", param="customer")["id"]
    intent["metadata"] = params.metadata(intent["metadata"])


def _payment_method_and_challenge(
    session: Session, intent: Json, params: Params
) -> tuple[str | None, Json]:
    """The payment method that the request names or describes, and its challenge options."""
    challenge = {
        "return_url": params.text("return_url"),
        "by_sdk": bool(params.flag("use_stripe_sdk")),
    }
    mandate = params.nested("mandate_data")
    if mandate is not None:
        acceptance = mandate.nested("customer_acceptance") or mandate
        acceptance.text("type", among=("online", "offline"))
        online = acceptance.nested("online")
        if online is not None:
            for field in ("ip_address", "user_agent", "infer_from_client"):
                online.text(field)
    named = params.text("payment_method")
    described = params.nested("payment_method_data")
    if described is not None:
        method = resources.new_payment_method(session, described)
    elif named:
        method = resources.usable_payment_method(session, named)
    else:
        return None, challenge
    if method["type"] not in intent["payment_method_types"]:
        raise invalid(
            f"The PaymentMethod provided ({method['type']}) is not allowed for this PaymentIntent. "
            "Please attach a PaymentMethod of one of the following types: "
            f"{', '.join(intent['payment_method_types'])}.",
            param="payment_method",
            code="payment_intent_incompatible_payment_method",
        )
    return method["id"], challenge


def _confirm(session: Session, intent: Json, method: str | None, challenge: Json) -> Json:
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
        _require_return_url(challenge)
    intent["last_payment_error"] = None
    intent["next_action"] = None
    if charges.method_of(session, intent).challenge:
        _require_action(session, intent, challenge)
        return intent
    refused = charges.charge_intent(session, intent)
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


def _require_return_url(challenge: Json) -> None:
    if not challenge["return_url"] and not challenge["by_sdk"]:
        raise invalid(
            "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. "
            "Because some of these payment methods might redirect your customer off of your page, "
            "you must provide a `return_url`. If you don't want to accept redirect-based payment "
            "methods, set `automatic_payment_methods[enabled]` to `true` and "
            "`automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents "
            "and Payment Intents."
        )


def _require_action(session: Session, intent: Json, challenge: Json) -> None:
    intent["status"] = "requires_action"
    if challenge["return_url"] and not challenge["by_sdk"]:
        page = f"{session.url}/3ds/{intent['id']}?client_secret={intent['client_secret']}"
        intent["next_action"] = {
            "type": "redirect_to_url",
            "redirect_to_url": {
                "return_url": challenge["return_url"],
                "url": f"{page}&return_url={quote(challenge['return_url'], safe='')}",
            },
        }
    else:
        intent["next_action"] = {
            "type": "use_stripe_sdk",
            "use_stripe_sdk": {
                "type": "stripe_3ds2_fingerprint",
                "three_d_secure_2_source": session.ids.new("payatt"),
                "directory_server_name": "visa",
            },
        }
    session.put(intent)
    session.emit("payment_intent.requires_action", intent)
