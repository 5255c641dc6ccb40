"""The facts of receipts."""

from analysis.extract.catalogue.spec import FactSpec

FACTS: tuple[FactSpec, ...] = (
    FactSpec(
        name="merchant",
        meaning="Who issued the receipt",
        type="text",
        labels={"en": "Merchant", "de": "Händler"},
        kinds=("receipt",),
        party=True,
        quote=(1, 2),
    ),
    FactSpec(
        name="address",
        meaning="The merchant's address",
        type="text",
        labels={"en": "Address", "de": "Anschrift"},
        kinds=("receipt",),
    ),
    FactSpec(
        name="time",
        meaning="The time of the purchase",
        type="time",
        labels={"en": "Time", "de": "Uhrzeit"},
        kinds=("receipt",),
    ),
    FactSpec(
        name="total",
        meaning="What was paid",
        type="money",
        labels={"en": "Total", "de": "Summe"},
        kinds=("receipt",),
        order_total=True,
        quote=(2, 2),
    ),
    FactSpec(
        name="payment_method",
        meaning="How it was paid: `cash` or `card`",
        type="text",
        labels={"en": "Paid by", "de": "Bezahlt mit"},
        kinds=("receipt",),
    ),
    FactSpec(
        name="currency",
        meaning="The currency the document's amounts are in",
        type="currency",
        labels={"en": "Currency", "de": "Währung"},
        kinds=(
            "invoice",
            "credit_note",
            "receipt",
            "statement",
            "payslip",
            "quotation",
            "purchase_order",
            "reminder",
            "insurance_policy",
            "tax_form",
        ),
    ),
)
