"""The tax of each document by rate, computed from its line items.

Line items state a rate, and an amount without or with tax. Which of both they are, their sum tells:
it is the document's net or its gross amount, to a cent for each item. If it is neither, the amounts
are shown and no tax is computed. A document whose items state no rate has one row with its totals.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from analysis.extract.catalogue import label
from analysis.model.money import smallest_unit
from analysis.report.phrases import Language
from analysis.report.sheets.headings import HEADINGS, TITLES
from analysis.report.sheets.parts import PLACE, Document, Part, parts_of
from analysis.report.sheets.sheet import Cell, Money, Percent, Sheet, plain
from analysis.report.sheets.values import cell_of, currency_of, number

_OF_DOCUMENT = ("invoice_number", "issue_date", "seller")
_SUMS = ("tax_rate", "items", "amount_of_items", "net", "tax", "gross")
_WHOLE = Decimal(100)
"""Rates are in percent."""


def tax_by_rate_sheet(documents: Sequence[Document], language: Language) -> Sheet:
    """One row for each rate of each document, as the module describes."""
    texts = HEADINGS[language]
    rows = [row for part in parts_of(documents) for row in _rows(part, texts)]
    headings = [
        *(texts[name] for name in PLACE),
        *(label(name, language) for name in _OF_DOCUMENT),
        *(texts[name] for name in _SUMS),
        label("currency", language),
        texts["basis"],
    ]
    return Sheet(
        name="tax_by_rate", title=TITLES[language]["tax_by_rate"], headings=headings, rows=rows
    )


def _rows(part: Part, texts: Mapping[str, str]) -> list[list[Cell]]:
    currency = currency_of(part.document)
    head = [*part.place, *(cell_of(part.facts_of(name)) for name in _OF_DOCUMENT)]
    stated = [cell_of(part.facts_of(name)) for name in ("net", "tax", "gross")]
    by_rate = _by_rate(part.document.get("line_items", ()))
    if not by_rate:
        if plain(stated[1]) is None:
            return []
        return [[*head, None, None, None, *stated, currency, texts["basis_stated"]]]
    count = sum(len(amounts) for amounts in by_rate.values())
    items = sum((amount for amounts in by_rate.values() for amount in amounts), Decimal(0))
    basis = _basis(items, count, plain(stated[0]), plain(stated[2]))
    return [
        [
            *head,
            Percent(rate),
            len(amounts),
            Money(sum(amounts, Decimal(0)), currency),
            *_sums(sum(amounts, Decimal(0)), rate, basis, currency),
            currency,
            texts[f"basis_{basis}"],
        ]
        for rate, amounts in sorted(by_rate.items())
    ]


def _by_rate(items: Sequence[Document]) -> dict[Decimal, list[Decimal]]:
    """The amounts of the items by rate; none if an item states no rate or no number."""
    by_rate: dict[Decimal, list[Decimal]] = {}
    for item in items:
        rate, amount = number(item.get("tax_rate")), number(item["amount"])
        if not isinstance(rate, Decimal) or not isinstance(amount, Decimal):
            return {}
        by_rate.setdefault(rate, []).append(amount)
    return by_rate


def _basis(items: Decimal, count: int, net: object, gross: object) -> str:
    for name, stated in (("net", net), ("gross", gross)):
        if isinstance(stated, Money):
            tolerance = count * smallest_unit((stated.currency or "").lower())
            if abs(items - stated.amount) <= tolerance:
                return name
    return "unknown"


def _sums(amount: Decimal, rate: Decimal, basis: str, currency: str | None) -> list[Cell]:
    """Net, tax and gross."""
    unit = smallest_unit((currency or "").lower())
    if basis == "net":
        tax = (amount * rate / _WHOLE).quantize(unit)
        net = amount
    elif basis == "gross":
        tax = (amount * rate / (_WHOLE + rate)).quantize(unit)
        net = amount - tax
    else:
        return [None, None, None]
    return [Money(net, currency), Money(tax, currency), Money(net + tax, currency)]
