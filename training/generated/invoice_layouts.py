"""The layouts of invoices: where the parties, the title and the numbers stand on the page."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from training.generated.drawing import Text
from training.generated.names import Names

LEFT = 56.0
MIDDLE = 330.0
RIGHT = 540.0


@dataclass(slots=True)
class Party:
    """A name, the lines that print it, all lines of its block, and phone, tax and web."""

    name: str
    named: list[str]
    lines: list[str]
    more: list[str]

    @property
    def address(self) -> list[str]:
        return [line for line in self.lines if line not in self.named]


@dataclass(slots=True)
class Page:
    """What a layout draws on, and what it draws."""

    draw: random.Random
    names: Names
    vocabulary: dict[str, Any]
    held_out: bool
    size: float
    spacing: float
    seller: Party
    buyer: Party
    ship: Party | None
    runs: list[Text] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)

    def word(self, part: str) -> str:
        choice = self.vocabulary[part]
        if isinstance(choice, dict):
            choice = choice["held_out" if self.held_out else "used"]
        text: str = self.draw.choice(choice)
        return text

    def text(self, x: float, y: float, text: str, *, bold: bool = False, grow: float = 1.0,
             align: str = "l") -> None:  # fmt: skip
        self.runs.append(Text(x, y, text, self.size * grow, bold, align))

    def block(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        align: str = "l",
        bold_first: bool = False,
    ) -> float:
        for number, line in enumerate(lines):
            self.text(x, y, line, bold=bold_first and number == 0, align=align)
            y += self.size * self.spacing
        return y

    def party(
        self, x: float, y: float, party: Party, role: str, *, align: str = "l", more: bool = False
    ) -> float:
        """A block of a name and an address; `more` adds phone, tax and web."""
        for line in party.lines:
            self.roles[line] = role if line in party.named else "address"
        lines = [*party.lines, *(party.more if more else [])]
        return self.block(x, y, lines, align=align, bold_first=self.draw.choice([True, False]))


def _details(page: Page, x: float, y: float, *, beside: float) -> float:
    """Number, dates and other numbers with their labels, in one or in two columns."""
    names = page.names
    rows = [("number", f"{page.draw.choice(['', 'RE-', 'INV-', 'F'])}{names.digits(5)}"),
            ("date", names.written(names.day()))]  # fmt: skip
    rows += [row for row in (
        ("due", names.written(names.day())), ("customer", names.digits(5)),
        ("order", f"PO-{names.digits(4)}"),
    ) if names.chance(0.5)]  # fmt: skip
    if names.chance(0.25):
        page.text(x, y, page.word("contact").format(names.person()))
        y += page.size * page.spacing
    together = names.chance(0.4)
    for label, value in rows:
        word = page.word(label)
        if together:
            page.text(x, y, f"{word.rstrip(':')}: {value}")
        else:
            page.text(x, y, word)
            page.text(x + beside, y, value)
        y += page.size * page.spacing
    return y


def _sender(page: Page, y: float, line: str, mark: str) -> None:
    """The line above the window of an envelope, whole or in pieces."""
    if page.names.chance(0.8):
        page.roles[line] = "seller"
        page.text(LEFT, y, line, grow=0.7)
        return
    x = LEFT
    for piece in line.split(mark):
        page.text(x, y, piece, grow=0.7)
        x += len(piece) * page.size * 0.7 * 0.6 + 14
        page.text(x - 9, y, "\u2022", grow=0.7)


def _letter(page: Page) -> float:
    """A letter: the sender's line above the window, the details at the right, a footer."""
    where = page.draw.choice(["r", "l", "c"])
    x = {"r": RIGHT, "l": LEFT, "c": 300.0}[where]
    if page.names.chance(0.8):
        page.roles[page.seller.name] = "seller"
        page.text(x, 60, page.seller.name, bold=True, grow=1.5, align=where)
        if page.names.chance(0.6):
            lines = page.seller.address + page.seller.more
            page.block(x, 78, lines[:4], align=where)
            for line in page.seller.address:
                page.roles[line] = "address"
    mark = page.draw.choice([" · ", " | ", ", ", " - ", " • "])
    if page.names.chance(0.7):
        line = mark.join([page.seller.name, *page.seller.address])
        _sender(page, 142, line, mark)
    bottom = page.party(LEFT, 160, page.buyer, "buyer")
    bottom = max(bottom, _details(page, MIDDLE + 20, 150, beside=100))
    page.text(
        LEFT, bottom + 40, page.word("title").format(n=page.names.digits(4)), bold=True, grow=1.5
    )
    return bottom + 50


def _headed(page: Page) -> float:
    """The seller at the top left, the title at the right, the parties under headings."""
    page.party(LEFT, 60, page.seller, "seller", more=page.names.chance(0.7))
    page.text(
        RIGHT,
        60,
        page.word("title").format(n=page.names.digits(4)),
        bold=True,
        grow=1.8,
        align="r",
    )
    _details(page, MIDDLE + 40, 90, beside=90)
    page.text(LEFT, 180, page.word("buyer"), bold=True)
    bottom = page.party(LEFT, 195, page.buyer, "buyer", more=page.names.chance(0.2))
    if page.ship is not None:
        page.text(MIDDLE, 180, page.word("ship"), bold=True)
        bottom = max(bottom, page.party(MIDDLE, 195, page.ship, "ship_to"))
    return bottom


def _two_columns(page: Page) -> float:
    """`From` and `To` beside each other; sometimes the buyer comes first."""
    page.text(LEFT, 60, page.word("title").format(n=page.names.digits(4)), bold=True, grow=2.0)
    below = _details(page, LEFT if page.names.chance(0.5) else MIDDLE, 84, beside=100)
    y = max(below + 16, 140.0)
    sides = [(page.seller, "seller"), (page.buyer, "buyer")]
    if page.names.chance(0.2):
        sides.reverse()
    bottom = y
    for x, (party, role) in zip((LEFT, MIDDLE), sides, strict=True):
        page.text(x, y, page.word(role), bold=page.names.chance(0.6))
        more = role == "seller" and page.names.chance(0.6)
        bottom = max(bottom, page.party(x, y + 15, party, role, more=more))
    return bottom


def _buyer_right(page: Page) -> float:
    """The seller at the top left, the buyer in a block at the right, as in France and Italy."""
    below = page.party(LEFT, 56, page.seller, "seller", more=True)
    y = max(below, 130.0)
    if page.names.chance(0.4):
        page.text(MIDDLE, y - 14, page.word("buyer"))
    bottom = page.party(MIDDLE, y, page.buyer, "buyer", more=page.names.chance(0.2))
    page.text(
        LEFT, bottom + 30, page.word("title").format(n=page.names.digits(4)), bold=True, grow=1.5
    )
    return _details(page, LEFT, bottom + 50, beside=110)


def _listed(page: Page) -> float:
    """Labels with their values, the parties among them."""
    page.text(LEFT, 60, page.word("title").format(n=page.names.digits(4)), bold=True, grow=1.6)
    y = _details(page, LEFT, 90, beside=130)
    beside = page.names.chance(0.6)
    for party, role in ((page.seller, "seller"), (page.buyer, "buyer")):
        y += 6
        word = page.word(role).rstrip(":")
        if beside:
            page.text(LEFT, y, word, bold=page.names.chance(0.4))
            y = page.party(LEFT + 130, y, party, role)
        else:
            line = f"{word}: {party.name}"
            page.roles[line] = role
            page.text(LEFT, y, line)
            y += page.size * page.spacing
            address = party.address
            page.roles.update(dict.fromkeys(address, "address"))
            y = page.block(LEFT, y, address)
    return y


def _centred(page: Page) -> float:
    """A letterhead in the middle, the buyer at the left, the details at the right."""
    y = page.party(300, 56, page.seller, "seller", align="c", more=page.names.chance(0.7))
    y += 20
    page.text(
        300, y, page.word("title").format(n=page.names.digits(4)), bold=True, grow=1.4, align="c"
    )
    y += 24
    if page.names.chance(0.6):
        page.text(LEFT, y, page.word("buyer"))
        y += 14
    bottom = page.party(LEFT, y, page.buyer, "buyer")
    return max(bottom, _details(page, MIDDLE + 20, y, beside=100))


def _right_letterhead(page: Page) -> float:
    """The seller at the top right, the buyer at the left with or without a heading."""
    page.party(RIGHT, 56, page.seller, "seller", align="r", more=True)
    y = 120.0
    if page.names.chance(0.5):
        page.text(LEFT, y, page.word("buyer"), bold=True)
        y += 15
    bottom = page.party(LEFT, y, page.buyer, "buyer")
    page.text(
        LEFT, bottom + 60, page.word("title").format(n=page.names.digits(4)), bold=True, grow=1.6
    )
    return _details(page, LEFT, bottom + 80, beside=110)


def _footer_alone(page: Page) -> float:
    """Only the footer and the sender's line have the seller's name."""
    mark = page.draw.choice([" · ", " | ", " - "])
    line = mark.join([page.seller.name, *page.seller.address])
    _sender(page, 120, line, mark)
    bottom = page.party(LEFT, 138, page.buyer, "buyer")
    page.text(
        LEFT, bottom + 40, page.word("title").format(n=page.names.digits(4)), bold=True, grow=1.5
    )
    page.party(LEFT, 760, page.seller, "seller")
    page.block(MIDDLE, 760, page.seller.more)
    return _details(page, MIDDLE + 20, bottom - 20, beside=100)


def _head_line(page: Page) -> float:
    """The seller's name and address in one line at the top, the buyer at the right, and a block of
    delivery to the same name.
    """
    mark = page.draw.choice([" - ", " \u2022 ", " | "])
    line = mark.join([page.seller.name, *page.seller.address])
    page.roles[line] = "seller"
    page.text(page.draw.choice([LEFT, 120.0]), 50, line, grow=0.9)
    page.text(120, 62, mark.join(page.seller.more), grow=0.8)
    page.text(LEFT, 96, page.word("title").format(n=page.names.digits(4)), bold=True, grow=1.3)
    bottom = page.party(MIDDLE, 136, page.buyer, "buyer")
    if page.names.chance(0.6):
        page.text(LEFT, 128, page.word("ship"), bold=True)
        page.block(LEFT, 142, page.buyer.lines)
    page.text(MIDDLE, bottom + 14, page.word("contact").split("{")[0].strip(" :"))
    page.text(MIDDLE, bottom + 14 + page.size * 1.3, page.names.person())
    return _details(page, LEFT, bottom + 14, beside=120)


def _form(page: Page) -> float:
    """A heading for each party, and below it rows of labels with values."""
    page.text(LEFT, 56, page.word("title").format(n=page.names.digits(4)), bold=True, grow=1.3)
    y = _details(page, LEFT, 80, beside=180) + 14
    labels = page.vocabulary["fields"]
    x = page.draw.choice([LEFT + 120, LEFT + 180])
    for party, role in ((page.seller, "seller"), (page.buyer, "buyer")):
        page.text(LEFT, y, page.word(role), bold=True)
        y += page.size * 1.7
        if page.names.chance(0.5):
            page.text(LEFT, y, f"{labels[0]}:")
            page.text(x, y, page.names.digits(page.draw.choice([6, 13])))
            y += page.size * page.spacing
        listed = page.names.chance(0.7)
        if listed:
            beside_last = len(party.named) > 1 and page.names.chance(0.5)
            lower = page.size * page.spacing if beside_last else 0
            page.text(LEFT, y + lower, f"{labels[1]}:")
        for line in party.lines:
            page.roles[line] = role if line in party.named else "address"
            if listed and line == party.address[0]:
                y += page.size * 0.5
                page.text(LEFT, y, f"{labels[2]}:")
            page.text(x if listed else LEFT, y, line)
            y += page.size * page.spacing
        page.text(LEFT, y, page.draw.choice(page.vocabulary["vat"]).format(page.names.digits(9)))
        y += 24
    return y


def _boxes(page: Page) -> float:
    """Held out: the buyer at the top left, the seller at the right, headings above both."""
    page.text(
        300, 50, page.word("title").format(n=page.names.digits(4)), bold=True, grow=1.6, align="c"
    )
    page.text(LEFT, 84, page.word("buyer"))
    page.text(MIDDLE + 30, 84, page.word("seller"))
    first = page.party(LEFT, 98, page.buyer, "buyer")
    second = page.party(MIDDLE + 30, 98, page.seller, "seller", more=True)
    return _details(page, LEFT, max(first, second) + 20, beside=120)


def _one_line_head(page: Page) -> float:
    """Held out: the seller's name large, its address in one line below; the parties in a band."""
    page.roles[page.seller.name] = "seller"
    page.text(LEFT, 58, page.seller.name, bold=True, grow=1.8)
    rest = [*page.seller.address, *page.seller.more[:2]]
    page.text(LEFT, 74, "  |  ".join(rest), grow=0.8)
    page.text(RIGHT, 110, page.word("title").format(n=page.names.digits(4)), bold=True, align="r")
    page.text(LEFT, 130, page.word("buyer"), bold=True)
    page.text(LEFT + 200, 130, page.word("ship"), bold=True)
    first = page.party(LEFT, 145, page.buyer, "buyer")
    second = page.party(LEFT + 200, 145, page.ship, "ship_to") if page.ship else first
    return max(first, second, _details(page, LEFT + 360, 130, beside=60))


def _plain_letter(page: Page) -> float:
    """Held out: the seller's block, then the buyer's below it at the left, without headings."""
    bottom = page.party(LEFT, 60, page.seller, "seller", more=page.names.chance(0.5))
    bottom = page.party(LEFT, bottom + 36, page.buyer, "buyer")
    page.text(RIGHT, bottom + 24, page.names.written(page.names.day()), align="r")
    page.text(
        LEFT, bottom + 50, page.word("title").format(n=page.names.digits(4)), bold=True, grow=1.4
    )
    return _details(page, LEFT, bottom + 70, beside=110)


USED: tuple[Callable[[Page], float], ...] = (
    _letter, _letter, _headed, _headed, _two_columns, _buyer_right, _listed, _centred,
    _right_letterhead, _footer_alone, _form, _form, _head_line,
)  # fmt: skip
HELD_OUT: tuple[Callable[[Page], float], ...] = (_boxes, _one_line_head, _plain_letter)
