"""Stripe's objects as JSON. A field that the double never sets is null."""

import hashlib
from typing import Any

from local.stripe_double.errors import Json
from local.stripe_double.methods import Method
from local.stripe_double.session import Session, new_id, random_text

NO_ADDRESS = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))

PUBLIC_INTENT_FIELDS = (
    "id",
    "object",
    "amount",
    "amount_details",
    "automatic_payment_methods",
    "canceled_at",
    "cancellation_reason",
    "capture_method",
    "client_secret",
    "confirmation_method",
    "created",
    "currency",
    "description",
    "last_payment_error",
    "livemode",
    "next_action",
    "payment_method",
    "payment_method_types",
    "processing",
    "receipt_email",
    "setup_future_usage",
    "shipping",
    "source",
    "status",
)
"""The fields of a PaymentIntent that a publishable key and the client secret may see."""


def payment_intent(session: Session, **fields: Any) -> Json:
    id_ = new_id("pi")
    return {
        "id": id_,
        "object": "payment_intent",
        "amount": 0,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "client_secret": f"{id_}_secret_{random_text(25)}",
        "confirmation_method": "automatic",
        "created": session.second,
        "currency": "",
        "customer": None,
        "customer_account": None,
        "description": None,
        "excluded_payment_method_types": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": None,
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
        **fields,
    }


def payment_method(
    session: Session, method: Method, *, expires: tuple[int, int], billing_details: Json
) -> Json:
    """`expires` is (month, year) of a card; a bank account has none."""
    fingerprint = hashlib.sha256(method.number.encode()).hexdigest()[:16]
    details: Json
    if method.type == "card":
        details = {
            "brand": method.brand,
            "checks": {
                "address_line1_check": None,
                "address_postal_code_check": None,
                "cvc_check": "unchecked",
            },
            "country": method.country,
            "display_brand": method.brand,
            "exp_month": expires[0],
            "exp_year": expires[1],
            "fingerprint": fingerprint,
            "funding": "credit",
            "generated_from": None,
            "last4": method.last4,
            "networks": {"available": [method.brand], "preferred": None},
            "regulated_status": "unregulated",
            "three_d_secure_usage": {"supported": True},
            "wallet": None,
        }
    else:
        details = {
            "bank_code": method.number[4:12],
            "branch_code": "",
            "country": method.country,
            "fingerprint": fingerprint,
            "generated_from": {"charge": None, "setup_attempt": None},
            "last4": method.last4,
        }
    return {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": billing_details,
        method.type: details,
        "created": session.second,
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": method.type,
    }


def charge(session: Session, intent: Json, method: Json, **fields: Any) -> Json:
    details = dict(method[method["type"]])
    details.pop("networks", None)
    return {
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": "DOCKET",
        "captured": False,
        "created": session.second,
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "on_behalf_of": None,
        "outcome": None,
        "paid": False,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {"type": method["type"], method["type"]: details},
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": None,
        "source": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "pending",
        "transfer_data": None,
        "transfer_group": None,
        **fields,
    }


def refund(session: Session, charge: Json, **fields: Any) -> Json:
    """A refund of the charge."""
    type_ = charge["payment_method_details"]["type"]
    return {
        "id": new_id("re"),
        "object": "refund",
        "amount": 0,
        "balance_transaction": new_id("txn"),
        "charge": charge["id"],
        "created": session.second,
        "currency": charge["currency"],
        "customer": charge["customer"],
        "destination_details": {"type": type_, type_: {}},
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": None,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
        **fields,
    }


def dispute(session: Session, charge: Json, **fields: Any) -> Json:
    """A dispute of the charge. It has no metadata of the merchant: the intent has."""
    return {
        "id": new_id("dp"),
        "object": "dispute",
        "amount": 0,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": session.second,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {},
        "evidence_details": {
            "due_by": session.second + 7 * 24 * 60 * 60,
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": "fraudulent",
        "status": "needs_response",
        **fields,
    }


def customer(session: Session, **fields: Any) -> Json:
    return {
        "id": new_id("cus"),
        "object": "customer",
        "address": None,
        "balance": 0,
        "created": session.second,
        "currency": None,
        "delinquent": False,
        "description": None,
        "email": None,
        "livemode": False,
        "metadata": {},
        "name": None,
        "phone": None,
        "shipping": None,
        **fields,
    }


def listing(url: str, data: list[Json], *, has_more: bool) -> Json:
    return {"object": "list", "data": data, "has_more": has_more, "url": url}


def public_intent(intent: Json) -> Json:
    """The intent with the fields that a browser may see."""
    return {field: intent[field] for field in PUBLIC_INTENT_FIELDS}
