"""Layouts of invoices: where the parts stand on the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from training.generated.drawing import Text

_RIGHT = 545.0
_LEFT = 50.0
_COLONS = ":\uff1a"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceParts:
    """What an invoice prints; pairs are a label and its value."""

    title: str
    meta: list[tuple[str, str]]
    seller: str
    buyer: str
    seller_head: str
    buyer_head: str
    seller_address: list[str]
    buyer_address: list[str]
    seller_id: tuple[str, str] | None
    buyer_id: tuple[str, str] | None
    columns: list[str]
    items: list[list[str]]
    totals: list[tuple[str, str]]
    account: str
    notes: list[str]
    honorific: str
    colon: str

    def id_line(self, pair: tuple[str, str] | None) -> list[str]:
        return [f"{pair[0].rstrip(_COLONS)}{self.colon} {pair[1]}"] if pair else []

    def labelled(self, label: str) -> str:
        return label.rstrip(_COLONS) + self.colon

    @property
    def buyer_name(self) -> str:
        return self.buyer + self.honorific


type Layout = Callable[[InvoiceParts], list[Text]]


def _block(
    x: float, y: float, lines: Sequence[str], size: float = 10, step: float = 14
) -> list[Text]:
    return [Text(x, y + place * step, line, size) for place, line in enumerate(lines)]


def _table(parts: InvoiceParts, y: float) -> tuple[list[Text], float]:
    """The items under their heads; the last position."""
    places = ((_LEFT, "l"), (330.0, "r"), (430.0, "r"), (_RIGHT, "r"))
    runs = [
        Text(x, y, head, 9, bold=True, align=align)
        for (x, align), head in zip(places, parts.columns, strict=True)
    ]
    for item in parts.items:
        y += 18
        runs += [
            Text(x, y, cell, 9, align=align) for (x, align), cell in zip(places, item, strict=True)
        ]
    return runs, y + 30


def _totals(
    parts: InvoiceParts, y: float, label_x: float, value_x: float
) -> tuple[list[Text], float]:
    runs = []
    for place, (label, value) in enumerate(parts.totals):
        bold = place == len(parts.totals) - 1
        runs.append(Text(label_x, y, label, 10, bold=bold))
        runs.append(Text(value_x, y, value, 10, bold=bold, align="r"))
        y += 17
    return runs, y + 20


def letterhead(parts: InvoiceParts) -> list[Text]:
    """The seller at the top left, the dates at the right, the buyer under a heading."""
    runs = [
        Text(_LEFT, 60, parts.seller, 15, bold=True),
        Text(_RIGHT, 60, parts.title, 18, bold=True, align="r"),
    ]
    runs += _block(_LEFT, 78, [*parts.seller_address, *parts.id_line(parts.seller_id)])
    runs.append(Text(_LEFT, 160, parts.labelled(parts.buyer_head), 10, bold=True))
    runs += _block(
        _LEFT, 176, [parts.buyer_name, *parts.buyer_address, *parts.id_line(parts.buyer_id)]
    )
    for place, (label, value) in enumerate(parts.meta):
        runs.append(Text(330, 160 + 16 * place, parts.labelled(label)))
        runs.append(Text(_RIGHT, 160 + 16 * place, value, align="r"))
    table, y = _table(parts, 280)
    totals, y = _totals(parts, y, 340, _RIGHT)
    return runs + table + totals + _block(_LEFT, y, [*parts.notes, parts.account])


def boxes(parts: InvoiceParts) -> list[Text]:
    """Seller and buyer side by side under headings, the dates in a row under their labels."""
    runs = [Text(297, 60, parts.title, 18, bold=True, align="c")]
    width = (_RIGHT - _LEFT) / len(parts.meta)
    for place, (label, value) in enumerate(parts.meta):
        runs.append(Text(_LEFT + width * place, 95, label, 8))
        runs.append(Text(_LEFT + width * place, 110, value, 9, bold=True))
    for x, head, name, address, number in (
        (_LEFT, parts.seller_head, parts.seller, parts.seller_address, parts.seller_id),
        (310.0, parts.buyer_head, parts.buyer_name, parts.buyer_address, parts.buyer_id),
    ):
        runs.append(Text(x, 145, parts.labelled(head), 10, bold=True))
        runs += _block(x, 162, [name, *address, *parts.id_line(number)])
    table, y = _table(parts, 250)
    totals, y = _totals(parts, y, 340, _RIGHT)
    return runs + table + totals + _block(_LEFT, y, [parts.account, *parts.notes])


def window(parts: InvoiceParts) -> list[Text]:
    """The buyer in the window of the envelope without a heading, the seller in the footer too."""
    runs = [Text(_RIGHT, 50, parts.seller, 16, bold=True, align="r")]
    sender = " · ".join([parts.seller, *parts.seller_address])
    runs.append(Text(_LEFT, 120, sender, 7))
    runs += _block(_LEFT, 138, [parts.buyer_name, *parts.buyer_address])
    y = 130.0
    for label, value in parts.meta:
        runs.append(Text(350, y, label, 9))
        runs.append(Text(460, y, value, 9))
        y += 14
    runs.append(Text(_LEFT, 240, parts.title, 15, bold=True))
    runs += _block(
        _LEFT,
        258,
        [f"{parts.labelled(parts.buyer_head)} {line}" for line in parts.id_line(parts.buyer_id)],
        9,
    )
    table, y = _table(parts, 290)
    totals, y = _totals(parts, y, 340, _RIGHT)
    runs += table + totals + _block(_LEFT, y, parts.notes, 9)
    foot = [parts.seller, *parts.seller_address, *parts.id_line(parts.seller_id)]
    return runs + _block(_LEFT, 760, foot, 7, 9) + _block(330, 760, [parts.account], 7, 9)


def lines(parts: InvoiceParts) -> list[Text]:
    """Every fact on a line of its own, as `label: value`."""
    runs = [Text(_LEFT, 60, parts.title, 16, bold=True)]
    content = [f"{parts.labelled(label)} {value}" for label, value in parts.meta]
    content += [
        "",
        f"{parts.labelled(parts.seller_head)} {parts.seller}",
        *parts.seller_address,
        *parts.id_line(parts.seller_id),
    ]
    content += [
        "",
        f"{parts.labelled(parts.buyer_head)} {parts.buyer_name}",
        *parts.buyer_address,
        *parts.id_line(parts.buyer_id),
    ]
    runs += [run for run in _block(_LEFT, 85, content) if run.text]
    table, y = _table(parts, 90 + 14.0 * len(content) + 20)
    rows = [f"{parts.labelled(label)} {value}" for label, value in parts.totals]
    runs += table + _block(340, y, rows)
    return runs + _block(_LEFT, y + 70, [*parts.notes, parts.account])


def sidebar(parts: InvoiceParts) -> list[Text]:
    """Each label above its value at the left edge, the totals under heads in one row."""
    runs = [Text(_RIGHT, 55, parts.seller, 13, bold=True, align="r")]
    runs += [
        Text(_RIGHT, 71 + 13 * place, line, 9, align="r")
        for place, line in enumerate([*parts.seller_address, *parts.id_line(parts.seller_id)])
    ]
    runs.append(Text(_LEFT, 60, parts.title, 20, bold=True))
    y = 130.0
    for label, value in parts.meta:
        runs += [Text(_LEFT, y, label, 8), Text(_LEFT, y + 12, value, 10, bold=True)]
        y += 32
    runs.append(Text(260, 130, parts.buyer_head, 8))
    runs += _block(
        260, 144, [parts.buyer_name, *parts.buyer_address, *parts.id_line(parts.buyer_id)]
    )
    table, y = _table(parts, y + 25)
    width = 370.0 / len(parts.totals)
    for place, (label, value) in enumerate(parts.totals):
        x = _RIGHT - width * (len(parts.totals) - 1 - place)
        runs += [Text(x, y, label, 8, align="r"), Text(x, y + 14, value, 10, bold=True, align="r")]
    return runs + table + _block(_LEFT, y + 50, [parts.account, *parts.notes], 8, 12)


def headline(parts: InvoiceParts) -> list[Text]:
    """The number beside the title, two details a line, the names behind their headings."""
    (number_label, number), *others = parts.meta
    runs = [Text(297, 50, parts.seller, 14, bold=True, align="c")]
    runs.append(Text(297, 66, ", ".join(parts.seller_address), 9, align="c"))
    runs += [Text(297, 80, line, 9, align="c") for line in parts.id_line(parts.seller_id)]
    runs.append(Text(_LEFT, 115, parts.title, 14, bold=True))
    runs.append(Text(_LEFT, 135, f"{number_label} {number}", 11, bold=True))
    for place, (label, value) in enumerate(others):
        x, y = _LEFT + 255 * (place % 2), 160.0 + 16 * (place // 2)
        runs += [Text(x, y, parts.labelled(label), 9), Text(x + 120, y, value, 9)]
    y = 215.0
    runs += [
        Text(_LEFT, y, parts.labelled(parts.buyer_head), 10),
        Text(_LEFT + 150, y, parts.buyer_name, 10),
    ]
    runs += _block(_LEFT + 150, y + 14, [*parts.buyer_address, *parts.id_line(parts.buyer_id)])
    table, y = _table(parts, 300)
    totals, y = _totals(parts, y, 260, 450)
    return runs + totals + table + _block(_LEFT, y, [*parts.notes, parts.account])


def summary(parts: InvoiceParts) -> list[Text]:
    """A list of details at the top right, the totals at the left, the seller at the end."""
    runs = [Text(_LEFT, 60, parts.title.upper(), 17, bold=True)]
    runs.append(Text(_LEFT, 100, parts.buyer_head, 9, bold=True))
    runs += _block(
        _LEFT, 115, [parts.buyer_name, *parts.buyer_address, *parts.id_line(parts.buyer_id)], 9, 13
    )
    y = 60.0
    for label, value in parts.meta:
        runs += [Text(340, y, label, 9, bold=True), Text(455, y, value, 9)]
        y += 15
    table, y = _table(parts, 210)
    totals, y = _totals(parts, y, _LEFT, 300)
    runs += table + totals
    runs.append(Text(_LEFT, y, parts.labelled(parts.seller_head), 9, bold=True))
    runs += _block(
        _LEFT, y + 14, [parts.seller, *parts.seller_address, *parts.id_line(parts.seller_id)], 9, 13
    )
    return runs + _block(310, y, [parts.account, *parts.notes], 8, 12)


LAYOUTS: dict[bool, tuple[Layout, ...]] = {
    False: (letterhead, boxes, window, lines),
    True: (sidebar, headline, summary),
}
"""By whether they are held out."""
