"""What documents state: one module for each kind of document, and what may stand anywhere."""

from collections.abc import Mapping

ANYWHERE = ("email", "url", "iban", "vat_id", "phone", "identifier", "date", "amount")
"""Names of facts that any document may state, each as often as it likes."""
NAMES: Mapping[str, tuple[str, ...]] = {
    "invoice": (
        "invoice_number", "issue_date", "due_date", "delivery_date", "seller", "buyer",
        "seller_vat_id", "buyer_vat_id", "iban", "bic", "net", "tax", "gross", "currency",
        "payment_terms",
    ),
    "receipt": (
        "merchant", "address", "date", "time", "total", "tax", "currency", "payment_method",
    ),
    "contract": (
        "party", "effective_date", "term", "governing_law", "notice_period", "signature",
    ),
    "letter": ("sender", "recipient", "date", "subject"),
    "statement": (
        "account_holder", "account_number", "iban", "period_start", "period_end",
        "opening_balance", "closing_balance", "currency",
    ),
}  # fmt: skip
"""The stable names of facts by the kind of document that states them.

`due_date` may be computed from `payment_terms`; `period_start` and `period_end` are the first and
the last day of a statement; `notice_period` and `term` are as worded, such as `three months`.
"""
