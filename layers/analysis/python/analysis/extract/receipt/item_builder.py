"""Items from the rows of a receipt between its head and its totals."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from analysis.extract import values
from analysis.extract.receipt import item_words
from analysis.extract.receipt.item_rows import TIMES, ItemRow
from analysis.layout.lines import TextSpan, collapse_whitespace, union_box
from analysis.model import LineItem

_NOT_ITEM = re.compile(
    r"\b(?:tel|fax|gst\s*(?:no|id|reg)|reg\s*no|co\.?\s*no|invoice|receipt|bill\s*no|table|cashier|"
    r"date|time|datum|uhrzeit|member|customer|doc(?:ument)?\s*no|order\s*no|page|terminal|till|"
    r"authori[sz]ed?|sales(?:person|man)|serve[rd](?:\s+by)?)\b",
    re.IGNORECASE,
)
_DISCOUNT = re.compile(
    r"\b(?:disc(?:ount)?|rabatt|nachlass|preisvorteil|coupon|voucher|less|promo\w*|saving|saved|offer|"
    r"remise|r[ée]duction|descuento|dto|sconto|korting|actie|member\s*price|multibuy|price\s*cut)",
    re.IGNORECASE,
)
"""What a row says that lowers the price of the item above it."""
_VOID = re.compile(r"\b(?:void|cancel\w*|storno|refund\w*|annul\w*)\b", re.IGNORECASE)
_GIVEN_BACK = re.compile(
    r"\b(?:leergut|pfand\w*|statiegeld|consigne|emballages?|panta?|deposit|bottle\s*return)\b",
    re.IGNORECASE,
)
"""What a negative amount is for that is an item, not a discount."""
_REMARK = re.compile(
    r"^\W*[#*(].*[#*)]\W*$|^\W*\d+[.,]\d{2,3}\s*(?:kg|lbs?|g|oz)\b.*[@/]", re.IGNORECASE
)
"""`*** DINE IN ***`, `'#TAKE AWAY#'`, or a weight whose price cannot be read."""
_POSITION = re.compile(r"^\W*\d{1,2}(?:[.)]|\s?[xX])?\s+")
_COUNTED = re.compile(r"^\d{1,3}[.,]\d{2,3}\s+(?=[A-Z]+$)")
_ROWS_OF_A_NAME = 2
"""Most rows of an item's name."""
_SHORT = 5
"""Most letters of a word that may be a unit instead of a name: `PCS`, `KG`."""
_SEVERAL = 3
"""Items from which numbers before all names are certainly counts."""
_ROUNDED = Decimal("0.02")
"""By less than this, a product differs from its amount if both are right."""


@dataclass(slots=True)
class DraftItem:
    """An item whose rows are being read."""

    title: list[str]
    spans: list[TextSpan]
    row: ItemRow
    amount: Decimal
    quantity: Decimal | None = None
    unit: str | None = None
    price: Decimal | None = None
    discount: Decimal = Decimal(0)
    leading: ItemRow | None = None
    """The row that begins with a count or a position."""

    @property
    def counts(self) -> bool:
        """Whether both count and price are known."""
        return self.quantity is not None and self.price is not None

    def count(self, row: ItemRow) -> None:
        """Take over the count, the unit and the price of a row."""
        self.quantity, self.unit, self.price = row.quantity, row.unit, row.price

    def item(self) -> LineItem:
        """The item as a result, with the box of all its rows on the displayed page.

        Its confidence is that of the OCR; a text layer is certain.
        """
        page = self.row.spans[0].page
        return LineItem(
            description=collapse_whitespace(" ".join(self.title)),
            quantity=None if self.quantity is None else str(self.quantity),
            unit=self.unit,
            unit_price=None if self.price is None else str(self.price),
            discount=str(self.discount) if self.discount else None,
            amount=str(self.amount),
            page=page.number,
            box=page.displayed(union_box(self.spans)),
            confidence=page.confidence if page.source == "ocr" else 1.0,
        )


def build(rows: Sequence[ItemRow], *, counts_first: bool) -> list[DraftItem]:
    """The items of these rows. `counts_first`: the head has the counts in its first column."""
    builder = _Builder(rows)
    for row in rows:
        builder.read(row)
    return _with_counts(builder.items(), counts_first=counts_first)


class _Builder:
    """Reads rows from the top; a name may stand above or below the row of the amount."""

    def __init__(self, rows: Sequence[ItemRow]) -> None:
        priced = [row.amount is not None and not self._lowers(row) for row in rows]
        texts = [bool(row.name) and row.amount is None for row in rows]
        names = Counter(
            _bare(row) for row, is_priced in zip(rows, priced, strict=True) if is_priced
        )
        named_beside = Counter(
            _bare(row)
            for place, row in enumerate(rows)
            if priced[place] and row.text[:1].isdigit()
            and any(texts[max(0, place - 1) : place + 2])
        )  # fmt: skip
        self._units = {
            name for name, count in names.items()
            if " " not in name and len(name) <= _SHORT and named_beside[name] * 2 > count
        } if sum(texts) >= sum(priced) else set()  # fmt: skip
        first = next(
            (place for place, row in enumerate(rows)
             if priced[place] or (row.name and not _is_remark(row))), None,
        )  # fmt: skip
        self._names_below = bool(
            first is not None and priced[first] and not self._own_name(rows[first])
        )
        self._items: list[DraftItem] = []
        self._named: list[ItemRow] = []
        self._counted: ItemRow | None = None
        """A row of a count and a price, which may belong to the item below it."""

    def items(self) -> list[DraftItem]:
        """The items read so far that have a name."""
        return [item for item in self._items if item.title]

    def read(self, row: ItemRow) -> None:
        """Add a row: to the last item, as a new item, or as a name or count for the next one."""
        last = self._items[-1] if self._items else None
        amount = row.amount
        if self._completes(last, row, amount):
            return
        if _is_about_the_sale(row):
            self._named = []
            return
        if amount is None and (_is_remark(row) or (row.counts and not row.name)):
            self._counted = row if row.counts else self._counted
        elif _is_remark(row) and not row.counts:
            return
        elif amount is None:
            self._read_text(row, last)
        else:
            self._add_item(row, amount, last)

    def _own_name(self, row: ItemRow) -> str:
        return "" if _bare(row) in self._units else row.name

    def _lowers(self, row: ItemRow) -> bool:
        """Whether a row is a discount: its amount is negative, or it says so."""
        if row.amount is None:
            return False
        if (row.quantity is not None and row.quantity < 0) or _GIVEN_BACK.search(row.text):
            return False
        return row.amount < 0 or bool(_DISCOUNT.search(row.text) and not TIMES.search(row.text))

    def _completes(self, last: DraftItem | None, row: ItemRow, amount: Decimal | None) -> bool:
        """Add to an item what a row below it says of it; whether it says anything."""
        if row.amount is not None and self._lowers(row):
            if last is None:
                return bool(_DISCOUNT.search(row.text))
            if last.amount == abs(row.amount) and _VOID.search(row.text):
                self._items.pop()
            elif row.amount:
                last.discount += abs(row.amount)
                last.amount -= abs(row.amount)
            return True
        if last is None or not row.counts or self._own_name(row) or self._named:
            return False
        if amount is None and _makes(row, last.amount) and not last.counts:
            last.count(row)
            return True
        is_price = (
            not last.counts and last.amount == row.price and last.row.name and not last.discount
        )
        if amount is not None and is_price and last.title:
            last.count(row)
            last.amount = amount
            last.spans += row.spans
            return True
        return False

    def _read_text(self, row: ItemRow, last: DraftItem | None) -> None:
        if not row.name:
            return
        if last is not None and (self._names_below or not last.title):
            if len(last.title) < _ROWS_OF_A_NAME:
                last.title.append(row.name)
                last.spans += row.spans
        else:
            before = [] if row.has_code or row.is_position else self._named
            self._named = [*before, row][-_ROWS_OF_A_NAME:]

    def _add_item(self, row: ItemRow, amount: Decimal, last: DraftItem | None) -> None:
        name = self._own_name(row)
        above = [] if name or self._names_below else self._named
        title = [name] if name else [other.name for other in above]
        if not title and row.counts and last is not None and not self._names_below:
            title = list(last.title)  # the same article again
        spans = [span for other in (*above, row) for span in other.spans]
        item = DraftItem(title, spans, row, amount, leading=above[0] if above else row)
        counted = self._counted
        if not row.counts and counted and _makes(counted, amount):
            row = counted
        item.count(row)
        self._items.append(item)
        self._named, self._counted = [], None


def without_saving(row: ItemRow) -> ItemRow:
    """The row, but for a saving without a minus, which may only inform of a lower price."""
    if row.amount is None or row.amount <= 0 or row.counts or not _DISCOUNT.search(row.text):
        return row
    return replace(row, amount=None, name="", others=())


def _bare(row: ItemRow) -> str:
    """The name without a count or a position before it."""
    return _COUNTED.sub("", _POSITION.sub("", row.name))


def _makes(row: ItemRow, amount: Decimal) -> bool:
    """Whether the count and the price of a row make an amount."""
    product = (row.quantity or Decimal(0)) * (row.price or Decimal(0))
    return abs(product - amount) < _ROUNDED


def _is_remark(row: ItemRow) -> bool:
    return bool(_REMARK.match(row.text))


def _is_about_the_sale(row: ItemRow) -> bool:
    """Whether a row has no item: of rows with an amount, if it begins so."""
    if row.amount is not None and not _NOT_ITEM.match(row.text.lstrip(" .,:*-")):
        return False
    return bool(
        _NOT_ITEM.search(row.text)
        or item_words.is_label(row.text)
        or next(values.dates(row.text), None)
        or next(values.times(row.text), None)
    )


def _with_counts(items: list[DraftItem], *, counts_first: bool) -> list[DraftItem]:
    """The items, where they begin with small numbers, with these as counts or without them."""
    leading = [(item, row, row.leading) for item in items if (row := item.leading)]
    numbered = [(item, row, number) for item, row, number in leading if number is not None]
    numbers = [number for _, _, number in numbered]
    all_begin = len(numbered) == len(items)
    is_list = len(items) > 1 and numbers == list(range(1, len(items) + 1))
    is_list = is_list or (all_begin and all(row.is_position for _, row, _ in numbered))
    is_list = is_list and not counts_first
    is_certain = len(items) >= _SEVERAL or all(row.is_alone for _, row, _ in numbered)
    if not is_list and not counts_first and not (all_begin and is_certain):
        return items
    for item, _, number in numbered:
        item.title[0] = _POSITION.sub("", item.title[0]) or item.title[0]
        if not is_list and number and item.quantity is None:
            item.quantity = Decimal(number)
    return items
