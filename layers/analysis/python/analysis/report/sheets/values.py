"""Typed values of what the reader's results state as text."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from analysis.extract.catalogue import BY_NAME
from analysis.model.money import amount_of
from analysis.report.sheets.sheet import Cell, Doubtful, Money, Percent, Value
from analysis.report.visible_facts import is_to_review

type Fact = Mapping[str, Any]

_STATES_CURRENCY = ("gross", "total", "payable", "net", "tax")
"""The amounts by which a document's currency is known, if it states none as such."""
_JOINED = "; "


def of_fact(fact: Fact) -> Value:
    """The value of a fact by the type that the catalogue says."""
    normalised, spec = fact["normalised"], BY_NAME.get(fact["name"])
    if isinstance(normalised, Mapping):
        return Money(amount_of(normalised), _code(normalised.get("currency")))
    text = str(normalised or fact["value"])
    match spec.type if spec else "text":
        case "date":
            return day(text)
        case "time":
            return _time(text)
        case "currency":
            return _code(text)
        case _:
            return text


def cell_of(facts: Sequence[Fact]) -> Cell:
    """What a document states as the facts of one name.

    What its customer has reviewed comes first, else the best candidate. Of a name that may be
    repeated, all different texts are in one cell.
    """
    if not facts:
        return None
    spec = BY_NAME[facts[0]["name"]]
    ranked = sorted(facts, key=lambda fact: not fact.get("review"))
    if spec.repeats and spec.type == "text":
        texts = list(dict.fromkeys(str(of_fact(fact)) for fact in ranked))
        value: Value = _JOINED.join(texts)
    else:
        value, ranked = of_fact(ranked[0]), ranked[:1]
    return Doubtful(value) if any(is_to_review(fact) for fact in ranked) else value


def currency_of(document: Mapping[str, Any]) -> str | None:
    """The upper-case code of the currency of a document's amounts; None if it states none."""
    facts = document.get("facts", ())
    for name in ("currency", *_STATES_CURRENCY):
        for fact in facts:
            if fact["name"] != name:
                continue
            value = of_fact(fact)
            if code := value.currency if isinstance(value, Money) else value:
                return str(code)
    return None


def number(text: str | None) -> Value:
    """The number that a decimal text such as `12.50` states; another text as it is."""
    if not text:
        return None
    if text.endswith("%") and isinstance(rate := number(text[:-1].strip()), Decimal):
        return Percent(rate)
    try:
        stated = Decimal(text)
    except InvalidOperation:
        return text
    return stated if stated.is_finite() else text


def amount(text: str | None, currency: str | None) -> Value:
    """A decimal text as money."""
    stated = number(text)
    return Money(stated, currency) if isinstance(stated, Decimal) else stated


def day(text: str | None) -> Value:
    """The day that an ISO date states; another text as it is."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text


def _time(text: str) -> Value:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return text


def _code(currency: str | None) -> str | None:
    return currency.upper() if currency else None
