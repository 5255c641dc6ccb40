"""Which amounts and currencies Stripe accepts, and in which unit (docs.stripe.com/currencies)."""

from local.stripe_double.errors import invalid

MIN_AMOUNTS = {
    "aed": 200, "aud": 50, "brl": 50, "cad": 50, "chf": 50, "czk": 1500, "dkk": 250, "eur": 50,
    "gbp": 30, "hkd": 400, "huf": 17500, "inr": 50, "jpy": 50, "mxn": 1000, "nok": 300, "nzd": 50,
    "pln": 200, "ron": 200, "sek": 300, "sgd": 50, "usd": 50,
}  # fmt: skip
"""The least that can be charged, in minor units, where Stripe lists one. Elsewhere the least is
that of the account's currency, converted: the double has no rates, and accepts any amount.
"""

ZERO_DECIMAL = frozenset(
    ("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf",
     "xof", "xpf")
)  # fmt: skip
"""An amount is in whole units."""

THREE_DECIMAL = frozenset(("bhd", "jod", "kwd", "omr", "tnd"))
"""An amount is in thousandths, and its last digit is 0."""

WHOLE_UNITS = frozenset(("isk", "ugx"))
"""An amount is in hundredths, and its last two digits are 0. Stripe also lists ugx as a
zero-decimal currency; its own row says this.
"""

OTHERS = ("twd",)
CURRENCIES = frozenset((*MIN_AMOUNTS, *ZERO_DECIMAL, *THREE_DECIMAL, *WHOLE_UNITS, *OTHERS))

MAX_AMOUNT = 99_999_999
"""In minor units: Stripe's amounts have at most eight digits."""
SYMBOLS = {"eur": "€", "usd": "$", "gbp": "£"}


def formatted(amount: int, currency: str) -> str:
    """`€2.50`, `2.50 CHF`, `250 JPY`, `2.500 KWD`."""
    decimals = decimals_of(currency)
    number = f"{amount / 10**decimals:.{decimals}f}"
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{number}" if symbol else f"{number} {currency.upper()}"


def decimals_of(currency: str) -> int:
    """The number of decimals of an amount of the API."""
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def checked_currency(currency: str) -> str:
    """The currency in lower case, or a 400."""
    lower = currency.lower()
    if lower not in CURRENCIES:
        raise invalid(
            f"Invalid currency: {lower}. This double supports these currencies: "
            f"{', '.join(sorted(CURRENCIES))}",
            param="currency",
        )
    return lower


def check_precision(amount: int, currency: str) -> None:
    """Raise a 400 if the currency has no such fraction."""
    step = 10 if currency in THREE_DECIMAL else 100 if currency in WHOLE_UNITS else 1
    if amount % step:
        raise invalid(
            f"Invalid amount: an amount in {currency} is divisible by {step}.",
            param="amount",
            code="parameter_invalid_integer",
        )


def checked_amount(amount: int, currency: str) -> int:
    """The amount, or a 400 if it can't be charged in `currency`."""
    if amount < 1:
        message = "This value must be greater than or equal to 1."
        raise invalid(message, param="amount", code="parameter_invalid_integer")
    least = MIN_AMOUNTS.get(currency, 1)
    if amount < least:
        message = f"Amount must be at least {formatted(least, currency)} {currency}"
        raise invalid(message, param="amount", code="amount_too_small")
    if amount > MAX_AMOUNT:
        message = f"Amount must be no more than {formatted(MAX_AMOUNT, currency)} {currency}"
        raise invalid(message, param="amount", code="amount_too_large")
    check_precision(amount, currency)
    return amount
