"""An amount of money in facts: minor units and an ISO currency."""

from decimal import Decimal

NO_DECIMALS = frozenset(["jpy", "krw", "vnd", "isk"])
"""The currencies without a minor unit."""


def money(number: Decimal, currency: str | None) -> dict[str, str | int | None]:
    """Minor units and lower-case ISO currency, as in the API."""
    scale = 1 if currency in NO_DECIMALS else 100
    return {"minor": int((number * scale).to_integral_value()), "currency": currency}
