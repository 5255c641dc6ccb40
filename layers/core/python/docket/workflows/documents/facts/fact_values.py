"""A value that a person typed for a fact, checked and normalised by the type of the fact."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from analysis.extract.catalogue import BY_NAME
from analysis.extract.values.identifiers import valid_iban
from analysis.model.money import decimals, major_units, money
from docket.domain.errors import BadInput, FieldProblem

type Normalised = str | dict[str, Any]

FIELD = "value"
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{2}:\d{2}")
_AMOUNT = re.compile(r"(?P<number>-?\d{1,12}(?:\.\d{1,3})?)(?: (?P<currency>[A-Za-z]{3}))?")
_CURRENCY = re.compile(r"[A-Za-z]{3}")
_VAT_ID = re.compile(r"[A-Z0-9]{5,20}")
_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_SEPARATORS = re.compile(r"[\s.\-/()]")


def typed(name: str, text: str, *, currency: str | None) -> tuple[str, Normalised]:
    """The value to show and its normalised form, of a text that a person typed for a fact.

    An amount without a currency has `currency`. Raises `BadInput`.
    """
    spec = BY_NAME.get(name)
    kind = spec.type if spec else "text"
    if kind == "money":
        return _money(text, currency)
    normalised = _PARSERS[kind](text)
    return (text if kind in {"text", "phone"} else normalised), normalised


def require_page(number: int, page_count: int | None) -> None:
    """Raises `BadInput` unless the document has a page of that number."""
    if number > (page_count or 0):
        raise BadInput(FieldProblem("page", "too_big", {"maximum": page_count or 0}))


def _refused(code: str) -> BadInput:
    return BadInput(FieldProblem(FIELD, code))


def _text(text: str) -> str:
    return " ".join(text.split())


def _date(text: str) -> str:
    try:
        if _ISO_DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise _refused("not_a_date")


def _time(text: str) -> str:
    try:
        if _TIME.fullmatch(text):
            return time.fromisoformat(text).isoformat("minutes")
    except ValueError:
        pass
    raise _refused("not_a_time")


def _money(text: str, currency: str | None) -> tuple[str, Normalised]:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise _refused("not_an_amount")
    code = match["currency"].lower() if match["currency"] else currency
    number = Decimal(match["number"])
    if number != number.quantize(Decimal(1).scaleb(-decimals(code))):
        raise _refused("not_an_amount")
    normalised = money(number, code)
    amount = f"{major_units(int(normalised['minor'] or 0), code):f}"
    return f"{(code or '').upper()} {amount}".strip(), normalised


def _currency(text: str) -> str:
    if not _CURRENCY.fullmatch(text):
        raise _refused("not_a_currency")
    return text.upper()


def _iban(text: str) -> str:
    compact = _SEPARATORS.sub("", text).upper()
    if not (compact.isascii() and compact.isalnum() and valid_iban(compact)):
        raise _refused("not_an_iban")
    return compact


def _vat_id(text: str) -> str:
    compact = _SEPARATORS.sub("", text).upper()
    if not _VAT_ID.fullmatch(compact):
        raise _refused("not_a_vat_id")
    return compact


def _phone(text: str) -> str:
    compact = _SEPARATORS.sub("", text)
    if not _PHONE.fullmatch(compact):
        raise _refused("not_a_phone_number")
    return compact


_PARSERS: Mapping[str, Callable[[str], str]] = {
    "text": _text,
    "date": _date,
    "time": _time,
    "currency": _currency,
    "iban": _iban,
    "vat_id": _vat_id,
    "phone": _phone,
}
"""By the type of a fact in the catalogue, except money."""
