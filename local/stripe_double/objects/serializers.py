"""Stripe's objects as JSON. A field that the double never sets is null."""

import hashlib
from typing import Any

from local.stripe_double.errors import Json
from local.stripe_double.objects.methods import Method
from local.stripe_double.state.session import Session

NO_ADDRESS = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))

EVIDENCE_FIELDS = (
    "access_activity_log", "billing_address", "cancellation_policy",
    "cancellation_policy_disclosure", "cancellation_rebuttal", "customer_communication",
    "customer_email_address", "customer_name", "customer_purchase_ip", "customer_signature",
    "duplicate_charge_documentation", "duplicate_charge_explanation", "duplicate_charge_id",
    "product_description", "receipt", "refund_policy", "refund_policy_disclosure",
    "refund_refusal_explanation", "service_date", "service_documentation", "shipping_address",
    "shipping_carrier", "shipping_date", "shipping_documentation", "shipping_tracking_number",
    "uncategorized_file", "uncategorized_text",
)  # fmt: skip
DISPUTE_FEE = 1500
"""In minor units of the dispute's currency, whatever that is."""

ONLY_OF_A_METHOD = ("display_brand", "generated_from", "networks", "three_d_secure_usage")
"""Fields of a payment method that the charge of one does not have."""

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
    """A new intent, with a new id and secret; `fields` are those that differ from its defaults."""
    id_ = session.ids.new("pi")
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
        "client_secret": f"{id_}_secret_{session.ids.text(25)}",
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
        "id": session.ids.new("pm"),
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
    """A new charge of an intent, with its amount and customer; it is pending."""
    details = {
        name: value
        for name, value in method[method["type"]].items()
        if name not in ONLY_OF_A_METHOD
    }
    if method["type"] == "card":
        details |= {"network": details["brand"], "three_d_secure": None}
    return {
        "id": session.ids.new("ch"),
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
    card = {"type": "card", "card": {"reference_status": "pending", "type": "refund"}}
    return {
        "id": session.ids.new("re"),
        "object": "refund",
        "amount": 0,
        "balance_transaction": session.ids.new("txn"),
        "charge": charge["id"],
        "created": session.second,
        "currency": charge["currency"],
        "customer": charge["customer"],
        "destination_details": card if type_ == "card" else None,
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


def dispute(session: Session, charge: Json, *, due_by: int, **fields: Any) -> Json:
    """A dispute of the charge. It has no metadata of the merchant: the intent has."""
    return {
        "id": session.ids.new("du"),
        "object": "dispute",
        "amount": 0,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": session.second,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {**dict.fromkeys(EVIDENCE_FIELDS), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": due_by,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": "fraudulent",
        "status": "needs_response",
        **_disputed_card(charge, str(fields.get("status"))),
        **fields,
    }


def _disputed_card(charge: Json, status: str) -> Json:
    """The details of a card's dispute; a bank debit has none."""
    card = charge["payment_method_details"].get("card")
    if card is None:
        return {}
    case_type = "inquiry" if status.startswith("warning_") else "chargeback"
    return {
        "payment_method_details": {
            "type": "card",
            "card": {
                "brand": card["brand"],
                "case_type": "resolution" if status == "prevented" else case_type,
                "network": card["brand"],
                "network_reason_code": "10.4",
            },
        }
    }


def dispute_transaction(session: Session, dispute: Json, sign: int) -> Json:
    """The movement of a dispute's funds: withdrawn (-1) with the fee, or reinstated (1) with it."""
    currency, fee = dispute["currency"], -sign * DISPUTE_FEE
    description = f"Chargeback {'withdrawal' if sign < 0 else 'reversal'} for {dispute['charge']}"
    return {
        "id": session.ids.new("txn"),
        "object": "balance_transaction",
        "amount": sign * dispute["amount"],
        "available_on": session.second,
        "balance_type": "payments",
        "created": session.second,
        "currency": currency,
        "description": description,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [
            {
                "amount": fee,
                "application": None,
                "currency": currency,
                "description": "Dispute fee",
                "type": "stripe_fee",
            }
        ],
        "net": sign * dispute["amount"] - fee,
        "reporting_category": "dispute" if sign < 0 else "dispute_reversal",
        "source": dispute["id"],
        "status": "available",
        "type": "adjustment",
    }


def customer(session: Session, **fields: Any) -> Json:
    """A new customer; `fields` are those that differ from its defaults."""
    return {
        "id": session.ids.new("cus"),
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
    """One page of a list, as Stripe sends it."""
    return {"object": "list", "data": data, "has_more": has_more, "url": url}


def public_intent(intent: Json) -> Json:
    """The intent with the fields that a browser may see."""
    return {field: intent[field] for field in PUBLIC_INTENT_FIELDS}
