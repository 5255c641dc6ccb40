"""What an order costs: a part of the settings of a stage."""

import re
from dataclasses import dataclass

from infra.setting_types.error import SettingsError

CURRENCY_CODE = re.compile(r"[a-z]{3}")
UNUSUAL_CURRENCIES = frozenset(("bhd", "isk", "jod", "kwd", "omr", "tnd", "ugx"))
"""Stripe charges ISK and UGX in hundredths that are always zero, and rounds currencies of three
decimals to two: https://docs.stripe.com/currencies#special-cases."""


@dataclass(frozen=True, kw_only=True)
class Prices:
    """In minor units of `currency`: `base` for an order, `per_page` for each page that was read."""

    base: int
    per_page: int
    currency: str

    def __post_init__(self) -> None:
        if not CURRENCY_CODE.fullmatch(self.currency):
            raise SettingsError("the currency is a lower-case ISO 4217 code of three letters")
        if self.currency in UNUSUAL_CURRENCIES:
            raise SettingsError(
                f"Stripe's minor unit of {self.currency} is not that of ISO 4217, so amounts would"
                " be shown wrongly: use another currency"
            )
        if self.base < 0 or self.per_page < 0 or self.base + self.per_page == 0:
            raise SettingsError("prices are not negative, and one of them is more than zero")


PRICES = Prices(base=200, per_page=50, currency="eur")
