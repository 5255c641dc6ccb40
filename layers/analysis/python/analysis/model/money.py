"""An amount of money in facts: minor units and an ISO currency."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_USUAL = 2
"""Decimals of most currencies in ISO 4217."""
_NONE = "bif clp djf gnf isk jpy kmf krw pyg rwf ugx vnd vuv xaf xof xpf"
_THREE = "bhd iqd jod kwd lyd omr tnd"
_DECIMALS = {**dict.fromkeys(_NONE.split(), 0), **dict.fromkeys(_THREE.split(), 3)}
"""The decimals of the currencies that have not two, by ISO 4217."""


def decimals(currency: str | None) -> int:
    """The number of decimals of a lower-case ISO currency; two if none is known."""
    return _DECIMALS.get(currency or "", _USUAL)


def smallest_unit(currency: str | None) -> Decimal:
    """One minor unit in major ones: a cent, a yen, a fils."""
    return Decimal(1).scaleb(-decimals(currency))


def minor_units(number: Decimal, currency: str | None) -> int:
    """The amount in the smallest unit of the currency, such as cents; fractions are rounded."""
    return int(number.scaleb(decimals(currency)).to_integral_value())


def major_units(minor: int, currency: str | None) -> Decimal:
    """The amount with all decimals of its currency, as `12.00`."""
    return Decimal(minor).scaleb(-decimals(currency))


def money(number: Decimal, currency: str | None) -> dict[str, str | int | None]:
    """Minor units and lower-case ISO currency, as in the API."""
    return {"minor": minor_units(number, currency), "currency": currency}


def amount_of(normalised: Mapping[str, Any]) -> Decimal:
    """The amount of a fact's `normalised` money, in major units."""
    return major_units(int(normalised["minor"]), normalised.get("currency"))
