"""The values of a stage in the pages that are published for it.

The site is built once for all stages. Its pages without the app have placeholders, a small part of
the syntax of Mustache: `{{name}}` is a value, `{{#name}}…{{/name}}` is there only if the stage has
the value, `{{^name}}…{{/name}}` only if it has not. A section can hold those of other values.
"""

import re
from collections.abc import Mapping
from html import escape

from infra.setting_types.prices import Prices
from infra.settings import Settings

FILLED = (".html", ".xml", ".txt")
"""The suffixes of the files with placeholders."""

SECTION = re.compile(r"\{\{([#^])([\w.]+)\}\}(.*?)\{\{/\2\}\}", re.DOTALL)
PLACEHOLDER = re.compile(r"\{\{([\w.]+)\}\}")

CURRENCIES_WITHOUT_DECIMALS = frozenset(
    (
        "bif",
        "clp",
        "djf",
        "gnf",
        "jpy",
        "kmf",
        "krw",
        "pyg",
        "rwf",
        "vnd",
        "vuv",
        "xaf",
        "xof",
        "xpf",
    )
)
"""Of those that the settings accept: https://docs.stripe.com/currencies#zero-decimal."""

CURRENCY_SIGNS = {
    "brl": "R$",
    "cad": "CA$",
    "cny": "CN¥",
    "eur": "€",
    "gbp": "£",
    "hkd": "HK$",
    "ils": "₪",
    "inr": "₹",
    "jpy": "¥",
    "krw": "₩",
    "mxn": "MX$",
    "nzd": "NZ$",
    "twd": "NT$",
    "usd": "$",
    "vnd": "₫",
}
"""Those that browsers write in English and German alike (CLDR). Others are written as codes."""

LANGUAGES = ("en", "de")
NO_BREAK_SPACE = "\u00a0"


def stage_values(settings: Settings, *, url: str) -> dict[str, str]:
    """The values by their names; a value that the stage does not have is missing.

    Raises `SettingsError` if the stage requires an operator and has none.
    """
    settings.require_operator()
    operator = settings.operator
    values: dict[str, object] = {
        "site.url": url.rstrip("/"),
        "site.region": settings.region,
        "deadlines.order_expiry_days": settings.deadlines.order_expiry_days,
        "deadlines.completion_minutes": settings.deadlines.completion_minutes,
        "retention.invoice_years": settings.retention.invoice_years,
        "retention.cancelled_days": settings.retention.cancelled_days,
        "retention.unused_days": settings.unused_days_in_force,
        "retention.notice_days": settings.retention.notice_days,
        "log_retention_days": settings.log_retention_days,
        **_written_prices(settings.prices),
    }
    if operator:
        values |= {
            "operator.name": operator.name,
            "operator.address": "\n".join(operator.address),
            "operator.mail": operator.mail,
            "operator.vat_id": operator.vat_id,
            "operator.represented_by": operator.represented_by,
        }
    return {name: str(value) for name, value in values.items() if value is not None}


def filled(page: str, values: Mapping[str, str]) -> str:
    """The page with the values in place of its placeholders, escaped.

    Raises `KeyError` for a placeholder outside a section whose value is missing.
    """

    def section(match: re.Match[str]) -> str:
        kind, name, content = match.groups()
        return SECTION.sub(section, content) if (kind == "#") == (name in values) else ""

    return PLACEHOLDER.sub(lambda match: escape(values[match[1]]), SECTION.sub(section, page))


def _written_prices(prices: Prices) -> dict[str, str]:
    return {
        f"prices.{name}.{language}": _written(amount, prices.currency, language)
        for name, amount in (("base", prices.base), ("per_page", prices.per_page))
        for language in LANGUAGES
    }


def _written(minor_units: int, currency: str, language: str) -> str:
    """For example `€2.00` or `2,00 €`, as browsers write it by the API's prices later."""
    sign = CURRENCY_SIGNS.get(currency, currency.upper())
    if currency in CURRENCIES_WITHOUT_DECIMALS:
        number = f"{minor_units:,}"
    else:
        number = f"{minor_units // 100:,}.{minor_units % 100:02}"
    if language == "de":
        return f"{number.translate(str.maketrans(',.', '.,'))}{NO_BREAK_SPACE}{sign}"
    return f"{sign}{number}" if currency in CURRENCY_SIGNS else f"{sign}{NO_BREAK_SPACE}{number}"
