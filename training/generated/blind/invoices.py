"""Invoices of sixteen places whose author did not know the rules, for a blind test.

A place's file (`US.txt`) has its companies (`name | street | town`), the items they sell
(`text | price`) and three layouts:

    == a font=Helvetica money=1,234.56 date=%d/%m/%Y currency=USD rate=7.5 no=INV-{n4} days=30
    @52 40 150r s9 b      a block at y=52 (+52: below the last one) whose columns are at 40 and,
    Total | {gross}       right-aligned, at 150, in bold text of 9 points
    *{text} | {amount}    a row that is repeated for every item

Layout `a` of each place may be looked at when a rule is written; `b` and `c` are unseen, and listed
in `bench/reader/unseen.txt`.
"""

import datetime as dt
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from training.generated import drawing
from training.generated.worldwide import tax_ids
from training.generated.worldwide.invoices import MONTHS, register_fonts

LAYOUTS = ("a", "b", "c")
_HERE = Path(__file__).parent
_FONTS = {
    "Helvetica": ("Helvetica", "Helvetica-Bold"), "Times": ("Times-Roman", "Times-Bold"),
    "DejaVu": ("DejaVuSans", "DejaVuSans-Bold"), "Gothic": ("HeiseiKakuGo-W5",) * 2,
    "Mincho": ("HeiseiMin-W3",) * 2, "Song": ("STSong-Light",) * 2,
}  # fmt: skip
_LANGUAGES = {
    "US": "en", "GB": "en", "IN": "en", "MY": "en", "SG": "en", "DE": "de", "FR": "fr", "IT": "it",
    "ES": "es", "NL": "nl", "PT": "pt", "PL": "pl", "CZ": "cs", "SE": "sv", "JP": "ja", "CN": "zh",
}  # fmt: skip
_SIZE = 10.0
_LEADING = 1.35
_COLUMN = re.compile(r"(\d+)([rc]?)")


@dataclass(frozen=True, slots=True)
class Invoice:
    name: str
    """PLACE-LAYOUT-NUMBER."""
    data: bytes
    truth: dict[str, str]
    """The facts that it prints."""


@dataclass(slots=True)
class _Layout:
    options: dict[str, str]
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Place:
    companies: list[list[str]] = field(default_factory=list)
    items: list[tuple[str, Decimal]] = field(default_factory=list)
    amount_in_words: str = ""
    layouts: dict[str, _Layout] = field(default_factory=dict)


def language(place: str) -> str:
    return _LANGUAGES[place]


def places() -> list[str]:
    return list(_LANGUAGES)


@cache
def _place(name: str) -> _Place:
    place = _Place()
    layout: _Layout | None = None
    for line in (_HERE / f"{name}.txt").read_text().splitlines():
        key, _, rest = line.partition(": ")
        if line.startswith("== "):
            _, letter, *options = line.split()
            pairs = (option.partition("=")[::2] for option in options)
            layout = _Layout({option: value.replace("_", " ") for option, value in pairs})
            place.layouts[letter] = layout
        elif layout:
            layout.lines.append(line)
        elif key == "company":
            place.companies.append(rest.split(" | "))
        elif key == "item":
            text, _, price = rest.rpartition(" | ")
            place.items.append((text, Decimal(price)))
        else:
            place.amount_in_words = rest
    return place


def make(place: str, layout: str, number: int) -> Invoice:
    """The same invoice for the same arguments."""
    register_fonts()
    draw = random.Random(f"blind {place} {layout} {number}")  # noqa: S311 - no secret
    sheet = _place(place).layouts[layout]
    values, items, facts = _values(draw, place, sheet)
    runs = list(_runs(draw, sheet.lines, values, items))
    text = "\n".join(sheet.lines)
    truth = {name: value for name, (mark, value) in facts.items() if mark in text}
    letter = "letter" in sheet.options
    data = drawing.pdf([runs], _FONTS[sheet.options["font"]], letter=letter)
    return Invoice(f"{place}-{layout}-{number}", data, truth)


def _values(
    draw: random.Random, name: str, sheet: _Layout
) -> tuple[dict[str, str], list[dict[str, str]], dict[str, tuple[str, str]]]:
    """What is printed, the items' texts, and the facts with the mark that prints each."""
    place, options = _place(name), sheet.options
    cent = Decimal(1) if "zero" in options else Decimal("0.01")
    rate = Decimal(options["rate"].replace(",", ".")) / 100
    issued = dt.date(2025, 1, 1) + dt.timedelta(days=draw.randint(0, 650))
    due = issued + dt.timedelta(days=int(options["days"]))
    seller, buyer = draw.sample(place.companies, 2)

    def money(value: Decimal) -> str:
        return _number(value, options["money"])

    def taxed(value: Decimal) -> Decimal:
        return (value * rate).quantize(cent, ROUND_HALF_UP)

    rows, net = [], Decimal(0)
    for index, (text, price) in enumerate(draw.sample(place.items, draw.randint(2, 4)), 1):
        quantity = draw.randint(1, 12)
        amount = price * quantity
        net += amount
        rows.append({
            "i": str(index), "text": text, "qty": str(quantity), "price": money(price),
            "amount": money(amount), "vat": money(taxed(amount)),
            "withvat": money(amount + taxed(amount)),
        })  # fmt: skip
    half = (net * rate / 2).quantize(cent, ROUND_HALF_UP)
    tax = 2 * half if "halves" in options else taxed(net)
    number = _digits(draw, options["no"].replace("{y}", str(issued.year)))
    ids = [tax_ids.tax_id(draw, options.get("tax", "")) for _ in range(2)]
    account = tax_ids.iban(draw, options["iban"]) if "iban" in options else ""
    dates = [
        _date(day, options["date"], language(name))
        for day in (issued, due, issued - dt.timedelta(days=3))
    ]
    values = {
        "no": number, "date": dates[0], "due": dates[1], "dlv": dates[2], "rate": options["rate"],
        "net": money(net), "tax": money(tax), "half": money(half), "gross": money(net + tax),
        "iban": account, "sid": ids[0], "bid": ids[1], "words": place.amount_in_words,
    }  # fmt: skip
    for key, company in (("s", seller), ("b", buyer)):
        values |= dict(zip((key, f"{key}1", f"{key}2"), company, strict=True))
    truth = {
        "invoice_number": ("{no}", number), "issue_date": ("{date}", issued.isoformat()),
        "due_date": ("{due}", due.isoformat()), "seller": ("{s}", seller[0]),
        "buyer": ("{b}", buyer[0]), "net": ("{net}", f"{net}"),
        "tax": ("{half}" if "halves" in options else "{tax}", f"{tax}"),
        "gross": ("{gross}", f"{net + tax}"), "currency": ("", options["currency"]),
        "seller_vat_id": ("{sid}", ids[0]), "buyer_vat_id": ("{bid}", ids[1]),
        "iban": ("{iban}", account),
    }  # fmt: skip
    return values, rows, truth


def _digits(draw: random.Random, text: str) -> str:
    """`{n5}` is a number of five digits."""
    return re.sub(
        r"\{n(\d+)\}",
        lambda match: str(draw.randrange(10 ** (int(match[1]) - 1), 10 ** int(match[1]))),
        text,
    )


def _number(value: Decimal, example: str) -> str:
    """The amount in the notation of an example, such as `1.234,56` or `1,23,456.78`."""
    decimals = re.search(r"(\D)\d\d$", example)
    grouping = re.sub(r"\d", "", example[:-3] if decimals else example)[:1]
    size = 2 if example.startswith("1,23,") else 3
    whole, _, cents = f"{value:f}".partition(".")
    groups = [whole[-3:]]
    rest = whole[:-3]
    while rest:
        groups.insert(0, rest[-size:])
        rest = rest[:-size]
    return grouping.join(groups) + (f"{decimals[1]}{cents}" if decimals else "")


def _date(day: dt.date, form: str, language: str) -> str:
    """`%e` and `%n` are the day and the month without a zero."""
    months = MONTHS[language].split()
    if months:
        month = months[day.month - 1]
        form = form.replace("%B", month).replace("%b", month[:3])
    return day.strftime(form.replace("%e", str(day.day)).replace("%n", str(day.month)))


def _runs(
    draw: random.Random, lines: list[str], values: Mapping[str, str], items: list[dict[str, str]]
) -> Iterator[drawing.Text]:
    y, lowest = 0.0, 0.0
    columns: list[tuple[float, str]] = []
    size, bold = _SIZE, False
    for line in lines:
        if line.startswith("@"):
            top, *options = line[1:].split()
            y = lowest + float(top[1:]) if top.startswith("+") else float(top)
            places = [_COLUMN.fullmatch(option) for option in options]
            columns = [(float(place[1]), place[2] or "l") for place in places if place]
            size = next((float(text[1:]) for text in options if text[0] == "s"), _SIZE)
            bold = "b" in options
            continue
        for row in items if line.startswith("*") else [{}]:
            cells = line.lstrip("*").split(" | ")
            if len(cells) > len(columns):
                raise ValueError(line)
            for (x, align), cell in zip(columns, cells, strict=False):
                text = _digits(draw, cell.strip(" |"))
                for key, value in {**values, **row}.items():
                    text = text.replace(f"{{{key}}}", value)
                if text:
                    yield drawing.Text(x, y, text, size, bold, align)
            y += size * _LEADING
        lowest = max(lowest, y)
