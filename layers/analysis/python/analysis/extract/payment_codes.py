"""The facts of payment codes (Swiss QR bill, EPC, SPAYD, UPI), checked against the printed ones."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import parse_qs, unquote

from analysis.errors import warning
from analysis.extract import values
from analysis.extract.catalogue import ANYWHERE, PARTIES, names_of
from analysis.layout.lines import collapse_whitespace
from analysis.model import Barcode, Fact, Normalised, Page
from analysis.model.money import money

_EXACT = 0.97
"""The confidence of what a code states."""
_AGREED = 0.99
"""The least confidence of a printed fact that a code states too."""
_OVERRULED = 0.5
"""The factor for what a code contradicts; also the confidence of a code's other party."""
_SURE = 0.8
"""The confidence from which a printed fact contradicts a code."""
_LONGEST = 300
"""Most characters of a text from a code."""
_CHECKED = frozenset(["iban", "payment_reference", "payable"])
_AMOUNTS = ("payable", "gross")
_SPAYD = {"ACC": "account", "AM": "amount", "CC": "currency", "RN": "creditor", "X-VS": "reference",
          "RF": "reference"}  # fmt: skip
_UPI = {"pn": "creditor", "am": "amount", "cu": "currency", "tr": "reference"}
_PLAIN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What a payment code states; an empty text where it states nothing."""

    creditor: str = ""
    account: str = ""
    bic: str = ""
    amount: str = ""
    currency: str = ""
    reference: str = ""
    debtor: str = ""


def parse(text: str) -> Payment | None:
    """The payment that the text of a code describes; None if it is another code."""
    lines = [line.strip() for line in text.split("\n")]
    if lines[0] == "SPC":
        return _swiss(lines)
    if lines[0] == "BCD":
        return _epc(lines)
    if text.startswith("SPD*"):
        return _named(dict(_pairs(text.split("*")[2:])), _SPAYD)
    if text.lower().startswith("upi://pay?"):
        query = parse_qs(text.partition("?")[2], max_num_fields=50)
        return _named({name: texts[0] for name, texts in query.items()}, _UPI)
    return None


def has_payment(pages: Sequence[Page]) -> bool:
    """Whether a code asks for a payment."""
    return any(parse(code.text) for page in pages for code in page.barcodes)


def add_facts(
    printed: Sequence[Fact], pages: Sequence[Page], kind: str, currency: str | None
) -> tuple[tuple[Fact, ...], list[dict[str, Any]]]:
    """The printed facts with those of the codes, and a warning for each contradiction.

    A fact that both state is where it is printed, and the more certain for it.
    """
    merged = list(printed)
    warnings: list[dict[str, Any]] = []
    listed = {*names_of(kind), *ANYWHERE}
    for page in pages:
        for code in page.barcodes:
            for fact in _facts(code, page.number, currency):
                if fact.name in listed:
                    warnings += _merge(merged, fact)
    return tuple(merged), warnings


def _merge(facts: list[Fact], coded: Fact) -> Iterator[dict[str, Any]]:
    """Put a code's fact before others of its name, or make the printed one certain."""
    names = _AMOUNTS if coded.name == "payable" else (coded.name,)
    same = next((f for f in facts if f.name in names and _same(f, coded)), None)
    if same is not None:
        place = facts.index(same)
        facts[place] = replace(same, confidence=max(same.confidence, _AGREED))
        if same.name != "barcode":
            first = next(i for i, fact in enumerate(facts) if fact.name == same.name)
            facts.insert(first, facts.pop(place))
        return
    rival = next((fact for fact in facts if fact.name in names), None)
    if rival is not None and rival.confidence >= _SURE and coded.name in _CHECKED:
        yield warning("code_disagrees", fact=coded.name, encoded=coded.value, printed=rival.value)
    first = next((i for i, fact in enumerate(facts) if fact.name == coded.name), len(facts))
    if rival is not None and rival.confidence >= _SURE and coded.name in PARTIES:
        facts.insert(first + 1, replace(coded, confidence=_OVERRULED))
        return  # who is paid may be somebody else, such as a factor
    if coded.name != "barcode":
        for place, fact in enumerate(facts):
            if fact.name == coded.name:
                facts[place] = replace(fact, confidence=fact.confidence * _OVERRULED)
    facts.insert(first, coded)


def _same(first: Fact, second: Fact) -> bool:
    if isinstance(first.normalised, dict) and isinstance(second.normalised, dict):
        return bool(first.normalised["minor"] == second.normalised["minor"])
    printed, coded = (_PLAIN.sub("", str(fact.normalised)).casefold() for fact in (first, second))
    return printed == coded


def _facts(code: Barcode, page: int, currency: str | None) -> Iterator[Fact]:
    payment = parse(code.text)
    stated = (
        _of_payment(payment, currency)
        if payment
        else [("barcode", collapse_whitespace(code.text)[:_LONGEST], None)]
    )
    for name, value, normalised in stated:
        yield Fact(
            name=name, value=value, normalised=value if normalised is None else normalised,
            page=page, box=code.box, confidence=_EXACT, source="barcode",
        )  # fmt: skip


def _of_payment(payment: Payment, currency: str | None) -> Iterator[tuple[str, str, Normalised]]:
    stated = payment.currency.lower() or currency
    for name, value in (
        ("seller", payment.creditor),
        ("buyer", payment.debtor),
        ("bic", payment.bic),
        ("payment_reference", payment.reference),
    ):
        if value:
            yield name, collapse_whitespace(value)[:_LONGEST], None
    account = next(iter(values.ibans(payment.account)), None)
    if account is not None:
        yield "iban", account.printed, account.value
    try:
        amount = Decimal(payment.amount) if payment.amount else None
    except InvalidOperation:
        amount = None
    if amount is not None and amount.is_finite() and amount > 0:
        yield "payable", f"{payment.currency} {payment.amount}".strip(), dict(money(amount, stated))
    if payment.currency:
        yield "currency", payment.currency, payment.currency.lower()


def _swiss(lines: Sequence[str]) -> Payment:
    """Swiss QR bill, version 2: creditor, ultimate creditor, amount, debtor, reference."""
    field = [*lines, *[""] * 31][:31]
    return Payment(
        account=field[3], creditor=field[5], amount=field[18], currency=field[19],
        debtor=field[21], reference="" if field[27] == "NON" else field[28],
    )  # fmt: skip


def _epc(lines: Sequence[str]) -> Payment:
    """EPC069-12 (Girocode): the amount is written with its currency."""
    field = [*lines, *[""] * 12][:12]
    return Payment(
        bic=field[4], creditor=field[5], account=field[6], currency=field[7][:3],
        amount=field[7][3:], reference=field[9] or field[10],
    )  # fmt: skip


def _pairs(fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    for field in fields:
        name, colon, value = field.partition(":")
        if colon:
            yield name, unquote(value)


def _named(stated: Mapping[str, str], names: Mapping[str, str]) -> Payment:
    """The payment of a code of names and values. An account may have a BIC after a plus."""
    known = {names[name]: value for name, value in stated.items() if name in names}
    account, _, bic = known.get("account", "").partition("+")
    return Payment(**{**known, "account": account, "bic": bic})
