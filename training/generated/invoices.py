"""Invoices in the layouts of several countries, with their parties; some layouts are held out.

An invoice has either one of the used layouts with the used headings of `invoices.json`, or one of
the held-out layouts with the held-out headings, which no rule or model is made with.
"""

import json
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from training.generated import drawing
from training.generated.invoice_layouts import HELD_OUT, LEFT, RIGHT, USED, Page, Party
from training.generated.names import COUNTRIES, Names, language_of

_WORDS = Path(__file__).with_suffix(".json")
_WIDEST = 24


@dataclass(frozen=True, slots=True)
class Invoice:
    """The file, and its lines by role: `seller`, `buyer`, `ship_to` and `address`."""

    data: bytes
    language: str
    layout: str
    truth: dict[str, str]
    roles: dict[str, str]


def make(seed: int, *, held_out: bool) -> Invoice:
    draw = random.Random(f"invoice {seed} {held_out}")  # noqa: S311 - not a secret
    country = draw.choice(("US", "GB", "DE", "DE", "FR", *COUNTRIES))
    names = Names(draw, country)
    vocabulary = _vocabulary()[language_of(country)]
    seller = _party(names, vocabulary, company=True)
    buyer = _party(names, vocabulary, company=names.chance(0.7))
    ship = None
    if names.chance(0.2):
        ship = _party(names, vocabulary, company=names.chance(0.6))
    size, spacing = draw.choice([8.5, 9, 10, 11]), draw.choice([1.15, 1.25, 1.25, 1.4, 1.8, 2.6])
    page = Page(draw, names, vocabulary, held_out, size, spacing, seller, buyer, ship)
    layouts = HELD_OUT if held_out else USED
    layout = draw.choice(layouts)
    bottom = layout(page)
    _body(page, max(bottom, 260.0) + 20)
    font = draw.choice(drawing.FONTS)
    truth = {"seller": seller.name, "buyer": buyer.name}
    if ship is not None and any(line in page.roles for line in ship.lines):
        truth["ship_to"] = ship.name
    data = drawing.pdf([page.runs], font, letter=country == "US")
    return Invoice(data, language_of(country), layout.__name__, truth, page.roles)


@cache
def _vocabulary() -> dict[str, Any]:
    vocabulary: dict[str, Any] = json.loads(_WORDS.read_text())
    return vocabulary


def _party(names: Names, vocabulary: dict[str, Any], *, company: bool) -> Party:
    draw = names.draw
    name = names.company() if company else names.person(titled=names.chance(0.6))
    named = [name]
    if len(name) > _WIDEST and names.chance(0.5):
        middle = name.find(" ", len(name) // 2 - 4)
        named = [name[:middle], name[middle + 1 :]] if middle > 0 else named
    lines = list(named)
    if names.chance(0.08):
        lines.insert(0, draw.choice(vocabulary["salutation"]))
    if company and names.chance(0.3):
        lines.append(
            draw.choice(vocabulary["attention"]).format(names.person(titled=names.chance(0.5)))
        )
    if names.chance(0.9):
        lines += [names.street(), names.town()]
    else:
        lines.append(f"{names.street()}, {names.town()}")
    web = "".join(sign for sign in name.lower() if sign.isascii() and sign.isalpha())[:14]
    more = [
        vocabulary["phone"].format(names.digits(9)),
        f"info@{web}.example",
        f"www.{web}.example",
    ]
    more += [line.format(names.digits(9)) for line in vocabulary["vat"]]
    return Party(name, named, lines, draw.sample(more, draw.randint(1, 4)))


def _body(page: Page, y: float) -> None:
    """Items, totals, terms, bank details and a footer."""
    vocabulary, names = page.vocabulary, page.names
    columns = (LEFT, 330.0, 430.0, RIGHT)
    for x, word in zip(columns, vocabulary["columns"], strict=True):
        page.text(x, y, word, bold=True, align="l" if x == LEFT else "r")
    whole = 0
    before, behind = vocabulary["currency"]
    comma = language_of(names.country) != "en"

    def money(cents: int) -> str:
        text = f"{cents / 100:,.2f}"
        text = text.translate(str.maketrans(",.", ".,")) if comma else text
        return f"{before}{text}{behind}"

    for _ in range(names.draw.randint(1, 6)):
        y += page.size * 1.6
        count, price = names.draw.randint(1, 9), names.draw.randint(500, 90_000)
        whole += count * price
        cells = (
            names.draw.choice(vocabulary["items"]),
            str(count),
            money(price),
            money(count * price),
        )
        for x, cell in zip(columns, cells, strict=True):
            page.text(x, y, cell, align="l" if x == LEFT else "r")
    y += 8
    tax = whole // 5
    for label, amount in (("net", whole), ("tax", tax), ("gross", whole + tax)):
        y += page.size * 1.5
        page.text(420, y, vocabulary[label], align="r")
        page.text(RIGHT, y, money(amount), align="r")
    y += 30
    lines = [*names.draw.sample(vocabulary["terms"], 1)]
    lines += [names.draw.choice(vocabulary["bank"]).format(seller=page.seller.name)]
    lines += [vocabulary["thanks"]] if names.chance(0.5) else []
    page.block(LEFT, y, lines)
    _footer(page)


def _footer(page: Page) -> None:
    """Columns with the seller's particulars, on most pages."""
    if "_footer" in page.roles or not page.names.chance(0.6):
        return
    if any(run.y >= 755 for run in page.runs):  # noqa: PLR2004 - the layout has a footer
        return
    person = page.names.person()
    page.party(LEFT, 770, page.seller, "seller")
    page.block(
        240,
        770,
        [*page.seller.more[:2], page.draw.choice(page.vocabulary["contact"]).format(person)],
    )
    page.block(420, 770, [page.vocabulary["bank"][0], f"BIC {page.names.digits(8)}"])
