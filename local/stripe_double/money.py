"""Which amounts and currencies Stripe accepts."""

from local.stripe_double.errors import invalid

MIN_AMOUNTS = {
    "aed": 200, "aud": 50, "brl": 50, "cad": 50, "chf": 50, "czk": 1500, "dkk": 250, "eur": 50,
    "gbp": 30, "hkd": 400, "huf": 17500, "inr": 50, "jpy": 50, "mxn": 1000, "nok": 300, "nzd": 50,
    "pln": 200, "ron": 200, "sek": 300, "sgd": 50, "usd": 50,
}  # fmt: skip
"""The least that can be charged, in minor units, of the currencies that the double supports."""

MAX_AMOUNT = 99_999_999
NO_MINOR_UNIT = ("jpy",)
SYMBOLS = {"eur": "€", "usd": "$", "gbp": "£"}


def formatted(amount: int, currency: str) -> str:
    """`€2.50`, `2.50 CHF`, `250 JPY`."""
    number = f"{amount}" if currency in NO_MINOR_UNIT else f"{amount / 100:.2f}"
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{number}" if symbol else f"{number} {currency.upper()}"


def checked_currency(currency: str) -> str:
    """The currency in lower case, or a 400."""
    lower = currency.lower()
    if lower not in MIN_AMOUNTS:
        raise invalid(
            f"Invalid currency: {lower}. This double supports these currencies: "
            f"{', '.join(MIN_AMOUNTS)}",
            param="currency",
        )
    return lower


def checked_amount(amount: int, currency: str) -> int:
    """The amount, or a 400 if it can't be charged in `currency`."""
    if amount < 1:
        message = "This value must be greater than or equal to 1."
        raise invalid(message, param="amount", code="parameter_invalid_integer")
    if amount < MIN_AMOUNTS[currency]:
        message = f"Amount must be at least {formatted(MIN_AMOUNTS[currency], currency)} {currency}"
        raise invalid(message, param="amount", code="amount_too_small")
    if amount > MAX_AMOUNT:
        message = f"Amount must be no more than {formatted(MAX_AMOUNT, currency)} {currency}"
        raise invalid(message, param="amount", code="amount_too_large")
    return amount
