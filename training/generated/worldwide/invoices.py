"""Invoices of sixteen places in their words, number formats, dates and tax ids, with their facts.

The words are in `invoices.json`. An invoice is either of the tuned half, with the `used` words and
the layouts that rules are made with, or of the held-out half, whose layouts and `held_out` words
nothing is made with. `held_out.txt` names the documents of that half.
"""

import datetime as dt
import hashlib
import json
import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import (
    cidfonts,
    pdfmetrics,
    ttfonts,
)

from analysis import report
from training.generated import drawing
from training.generated.worldwide import tax_ids
from training.generated.worldwide.layouts import LAYOUTS, InvoiceParts

_WORDS = Path(__file__).with_suffix(".json")
_FONTS = Path(report.__file__).parent / "fonts"
_EMBEDDED = ("DejaVuSans", "DejaVuSans-Bold")
_LATIN_1 = frozenset({"en", "de", "fr", "it", "es", "nl", "pt", "sv"})
_EAST_ASIAN = {"ja": ("HeiseiKakuGo-W5", "HeiseiMin-W3"), "zh": ("STSong-Light",)}
_REIWA_BEFORE = 2018
_CENT = Decimal("0.01")
_WHOLE = Decimal(1)
_GROUP = 3
_HELD_OUT_WORDS = 0.6
"""The share of held-out words in an invoice of that half."""
_BUYERS_WITH_ID = 0.7
_SELLERS_ALONE = frozenset({"", "uen", "sst", "jp", "gb"})
"""Kinds of tax ids that invoices print only for the seller."""
_FULL_WIDTH_COLON = "\uff1a"
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "ja": "", "zh": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invoice:
    name: str
    place: str
    data: bytes
    held_out: bool
    truth: dict[str, str]
    digest: str
    """Of everything that is printed, and of the facts."""


@cache
def places() -> dict[str, Any]:
    vocabulary: dict[str, Any] = json.loads(_WORDS.read_text())
    return vocabulary


@cache
def register_fonts() -> None:
    for name in _EMBEDDED:
        pdfmetrics.registerFont(ttfonts.TTFont(name, _FONTS / f"{name}.ttf"))
    for names in _EAST_ASIAN.values():
        for name in names:
            pdfmetrics.registerFont(cidfonts.UnicodeCIDFont(name))


def make(place: str, number: int, *, held_out: bool) -> Invoice:
    """The invoice of this place and number; the same for the same arguments."""
    register_fonts()
    maker = _Maker(random.Random(f"invoice {place} {number} {held_out}"), place, held_out)  # noqa: S311 - no secret
    runs = LAYOUTS[held_out][number % len(LAYOUTS[held_out])](maker.parts())
    data = drawing.pdf([runs], maker.font(), letter=place == "US")
    name = f"{place}-{'held-out' if held_out else 'used'}-{number:02d}"
    printed = repr((runs, sorted(maker.truth.items())))
    digest = hashlib.sha256(printed.encode()).hexdigest()[:12]
    return Invoice(name, place, data, held_out, maker.truth, digest)


class _Maker:
    """Draws the words and values of one invoice, and notes its facts."""

    def __init__(self, draw: random.Random, place: str, held_out: bool) -> None:  # noqa: FBT001 - private
        self.draw = draw
        self.place = place
        self.vocabulary = places()[place]
        self.language = self.vocabulary["language"]
        self.held_out = held_out
        self.date_format = draw.choice(self.vocabulary["dates"])
        self.number_format = draw.choice(self.vocabulary["numbers"])
        self.money_format = draw.choice(self.vocabulary["money"])
        self.truth: dict[str, str] = {}

    def font(self) -> tuple[str, str]:
        if self.language in _EAST_ASIAN:
            name = self.draw.choice(_EAST_ASIAN[self.language])
            return name, name
        plain = self.language in _LATIN_1 and self.vocabulary["currency"] != "INR"
        return self.draw.choice([*drawing.FONTS[:2], _EMBEDDED]) if plain else _EMBEDDED

    def label(self, fact: str) -> str:
        """A word for the fact; a held-out invoice has mostly held-out words."""
        labels = self.vocabulary["labels"][fact]
        prefers_held_out = self.held_out and self.draw.random() < _HELD_OUT_WORDS
        return str(self.draw.choice(labels["held_out" if prefers_held_out else "used"]))

    def date(self, day: dt.date) -> str:
        months = MONTHS[self.language].split()
        form = self.date_format
        if form == "%E":
            return f"令和{day.year - _REIWA_BEFORE}年{day.month}月{day.day}日"
        if months:
            month = months[day.month - 1]
            form = form.replace("%B", month).replace("%b", month[:3])
        return day.strftime(form)

    def number(self, value: Decimal) -> str:
        """The amount in the notation of the place."""
        example = self.number_format
        mark = "" if example == "1,234" else example[-3]
        grouping = next((sign for sign in example[:-3] if not sign.isdigit()), "")
        if example == "1,234":
            grouping = ","
        whole, _, cents = f"{value:f}".partition(".")
        groups = [whole[-_GROUP:]]
        rest = whole[:-_GROUP]
        size = 2 if example.startswith("1,23,") else _GROUP
        while rest:
            groups.insert(0, rest[-size:])
            rest = rest[:-size]
        return grouping.join(groups) + (mark + cents if mark else "")

    def money(self, value: Decimal) -> str:
        return str(self.money_format.format(self.number(value)))

    def parts(self) -> InvoiceParts:
        vocabulary, draw = self.vocabulary, self.draw
        issued = dt.date(2023, 1, 1) + dt.timedelta(days=draw.randint(0, 1300))
        due = issued + dt.timedelta(days=draw.choice([10, 14, 15, 30, 30, 45, 60]))
        seller, buyer = draw.sample(vocabulary["companies"], 2)
        invoice_number = self._invoice_number(issued)
        items, net = self._items()
        rate = Decimal(draw.choice(vocabulary["rates"]).replace(",", "."))
        cent = _WHOLE if vocabulary["currency"] == "JPY" else _CENT
        rate_totals, tax = self._taxes(net, rate, cent)
        gross = net + tax
        self.truth = {
            "invoice_number": invoice_number, "issue_date": issued.isoformat(),
            "due_date": due.isoformat(), "seller": seller, "buyer": buyer,
            "net": f"{net}", "tax": f"{tax}", "gross": f"{gross}",
            "currency": vocabulary["currency"],
        }  # fmt: skip
        seller_id, buyer_id = self._tax_id("seller"), self._tax_id("buyer")
        account = tax_ids.iban(draw, vocabulary["iban"]) if vocabulary["iban"] else ""
        if account:
            self.truth["iban"] = account
        meta = [
            (self.label("number"), invoice_number), (self.label("issued"), self.date(issued)),
            (self.label("due"), self.date(due)),
        ]  # fmt: skip
        for name, value in draw.sample(vocabulary["other"], draw.randint(0, 2)):
            number = str(draw.randint(10000, 99999))
            delivered = self.date(issued - dt.timedelta(days=draw.randint(1, 9)))
            meta.insert(draw.randint(1, len(meta)), (name, value.format(n=number, d=delivered)))
        totals = [
            (self.label("net"), self.money(net)), *rate_totals,
            (self.label("gross"), self.money(gross)),
        ]  # fmt: skip
        return InvoiceParts(
            title=self.label("title"), meta=meta, seller=seller, buyer=buyer,
            seller_head=self.label("seller"), buyer_head=self.label("buyer"),
            seller_address=self._address(), buyer_address=self._address(),
            seller_id=seller_id, buyer_id=buyer_id, columns=self._columns(), items=items,
            totals=totals, account=f"IBAN: {account}" if account else "",
            notes=[note.format(n=draw.randint(10000, 99999)) for note in vocabulary["terms"]],
            honorific=" 御中" if vocabulary["language"] == "ja" else "",
            colon=_FULL_WIDTH_COLON if vocabulary["language"] in _EAST_ASIAN else ":",
        )  # fmt: skip

    def _invoice_number(self, issued: dt.date) -> str:
        form = self.draw.choice([
            "INV-{n}", "{y}-{n}", "{y}/{n}", "{n}", "{y}{n}", "R{n}", "FV/{s}/{m}/{y}", "A-{n}",
        ])  # fmt: skip
        if self.place == "CN":
            form = "{l}"
        return str(form.format(
            n=self.draw.randint(1000, 99999), y=issued.year, m=f"{issued.month:02d}",
            s=self.draw.randint(1, 400),
            l="24" + "".join(self.draw.choice("0123456789") for _ in range(18)),
        ))  # fmt: skip

    def _columns(self) -> list[str]:
        """The heads of the items; the last states the currency if no amount does."""
        *others, last = self.vocabulary["columns"]
        if self.money_format == "{}":
            last = f"{last} ({self.draw.choice(self.vocabulary['signs'])})"
        return [*others, last]

    def _items(self) -> tuple[list[list[str]], Decimal]:
        currency = self.vocabulary["currency"]
        dear = {"JPY": 100, "INR": 30, "CZK": 20, "SEK": 8}.get(currency, 1)
        cent = _WHOLE if currency == "JPY" else _CENT
        items, net = [], Decimal(0)
        for goods in self.draw.sample(self.vocabulary["goods"], self.draw.randint(2, 5)):
            quantity = self.draw.randint(1, 20)
            price = (Decimal(self.draw.randint(499, 89999) * dear) / 100).quantize(cent)
            amount = price * quantity
            net += amount
            items.append([goods, str(quantity), self.number(price), self.number(amount)])
        return items, net

    def _taxes(
        self, net: Decimal, rate: Decimal, cent: Decimal
    ) -> tuple[list[tuple[str, str]], Decimal]:
        """The rows of the tax; in India it may be divided in two halves."""
        printed = f"{rate:f}".replace(".", "," if self.number_format[-3] == "," else ".")
        label = self.label("tax").format(r=printed, h=f"{rate / 2:f}")
        rows, total = [], Decimal(0)
        names = label.split("+") if "+" in label and "SGST" in label else [label]
        for name in names:
            part = (net * rate / 100 / len(names)).quantize(cent, ROUND_HALF_UP)
            rows.append((name, self.money(part)))
            total += part
        return rows, total

    def _tax_id(self, party: str) -> tuple[str, str] | None:
        kind = self.vocabulary["tax_id"]
        buyer_has_one = kind not in _SELLERS_ALONE and self.draw.random() < _BUYERS_WITH_ID
        if not kind or (party == "buyer" and not buyer_has_one):
            return None
        printed = tax_ids.tax_id(self.draw, kind)
        self.truth[f"{party}_vat_id"] = printed
        return self.label("tax_label"), printed

    def _address(self) -> list[str]:
        return [
            self.draw.choice(self.vocabulary["streets"]),
            self.draw.choice(self.vocabulary["towns"]),
        ]
