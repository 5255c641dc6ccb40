"""What an order costs: a part of the settings of a stage."""

import re
from dataclasses import dataclass

from infra.setting_types.error import SettingsError

CURRENCY_CODE = re.compile(r"[a-z]{3}")
UNUSUAL_CURRENCIES = frozenset(("bhd", "isk", "jod", "kwd", "omr", "tnd", "ugx"))
"""Stripe charges ISK and UGX in hundredths that are always zero, and rounds currencies of three
decimals to two: https://docs.stripe.com/currencies#special-cases."""

LEAST_CHARGES = {
    "aed": 200, "aud": 50, "brl": 50, "cad": 50, "chf": 50, "czk": 1500, "dkk": 250, "eur": 50,
    "gbp": 30, "hkd": 400, "huf": 17500, "inr": 50, "jpy": 50, "mxn": 1000, "myr": 200, "nok": 300,
    "nzd": 50, "pln": 200, "ron": 200, "sek": 300, "sgd": 50, "thb": 1000, "usd": 50,
}  # fmt: skip
"""The least amount that Stripe charges, in minor units of currencies that it pays out:
https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts. Another currency is converted
at the day's rate, so its least amount is not known here."""


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
        least = LEAST_CHARGES.get(self.currency, 1)
        if self.base + self.per_page < least:
            raise SettingsError(
                f"an order of one page costs {self.base + self.per_page} minor units of"
                f" {self.currency}, and Stripe charges at least {least}: raise base or per_page"
            )


PRICES = Prices(base=200, per_page=50, currency="eur")
"""Two euros for an order, half a euro for each page."""
