"""The tax numbers of seller and buyer: VAT ids by their form, other numbers by their label."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import values
from analysis.extract.invoice import labels
from analysis.layout.lines import TextLine, TextLines, TextSpan, fact
from analysis.model import Fact

_NUMBER = re.compile(
    r"[\s:\uff1a.#]*(?:[/e&]\s*(?i:c\.?\s?f\.?|cod\w*\.?\s*fisc\w*\.?)[\s:.]*)?"
    r"(?P<value>[A-Z0-9](?:[A-Z0-9]|[.\-/](?=[A-Z0-9])| (?=[A-Z0-9]{0,4}\d)){6,24})(?![\w])"
)
"""The number behind its label; in Italy, the label may go on: `P.IVA / C.F.`"""
_DIGITS = 7
"""Fewest digits of a tax number."""
_SHORTEST = 8
"""Fewest letters and digits of a tax number."""
_LONGEST = 20
"""Most letters and digits of a tax number."""
_ALIGNED = 0.02
"""The share of the page's width within which edges or middles are one column."""
_BUYERS_ROWS = 14
"""Number of rows below the buyer's heading that may state the buyer's number."""
_FOOTER = 0.75
"""The share of the page's height below which numbers are the seller's."""
_FARTHEST = 0.15
"""The height of a party with its address, of a page's height."""
_CUSTOMER_LABEL = re.compile(
    r"\b(?:ihre|your|votre|vuestro|client|kunden|customer(?:'s)?|buyer(?:'s)?|käufer|cliente|klant)",
    re.IGNORECASE,
)
_CUSTOMER_BEFORE = re.compile(
    r"^\W*(?:ihre?|your|votre|vuestro|(?:n\.?[°º]\s*)?client|kunden|customer(?:'s)?|buyer(?:'s)?|"
    r"käufer|klant|v/|vossa?|vostra|vs\.?|uw|ert?|kundens)(?![^\W_])[\s/-]*",
    re.IGNORECASE,
)
"""What a label begins with that names the buyer's number: `Your VAT no.`."""
_SELLERS = (("seller_vat_id", 0.85),)
"""The facts that a number near the seller may be, with their confidence."""
_BUYERS = (("buyer_vat_id", 0.8), ("seller_vat_id", 0.3))
"""The same near the buyer: it may still be the seller's."""

type _Head = tuple[bool, TextSpan]
"""Whether it heads the buyer, and the heading or name."""


def find(pages: Sequence[TextLines], names: dict[str, str]) -> Iterator[Fact]:
    """The numbers of both; `names` are the best names of seller and buyer.

    A number is of the party whose heading or name is the nearest above it in its column,
    otherwise of the party whose heading was read last.
    """
    for page in pages:
        buyers_from: int | None = None
        heads = list(_heads(page, names))
        for row in page:
            for place, span in enumerate(row):
                if labels.SELLER.match(span.text):
                    buyers_from = None
                elif labels.BUYER.match(span.text):
                    buyers_from = span.row
                below = buyers_from is not None and span.row - buyers_from <= _BUYERS_ROWS
                of_buyer = below and span.box.top < _FOOTER
                for number in _numbers(page, row, place):
                    left = row[place - 1].text if place else ""
                    beside = left if _is_label(left) else _label_above(page, span) or left
                    label = span.text[: number.start] or beside
                    buyer = _is_buyers(span, label, heads, otherwise=of_buyer)
                    chars = (number.start, number.end)
                    for name, confidence in _BUYERS if buyer else _SELLERS:
                        yield fact(
                            name, number.printed, number.value, span, confidence, chars=chars
                        )


def _heads(page: TextLines, names: dict[str, str]) -> Iterator[_Head]:
    """The headings of parties, and every line that begins with the name of one."""
    for span in (span for row in page for span in row):
        printed = span.text.strip().casefold()
        if labels.SELLER.match(span.text) or _starts_with_name(printed, names.get("seller")):
            yield False, span
        elif (
            labels.BUYER.match(span.text)
            or labels.TO.match(span.text)
            or _starts_with_name(printed, names.get("buyer"))
        ):
            yield True, span


def _starts_with_name(printed: str, name: str | None) -> bool:
    behind_label = re.sub(r"^[^:\uff1a]{1,12}[:\uff1a]\s*", "", printed)
    return bool(name) and behind_label.startswith(str(name).casefold())


def _numbers(page: TextLines, row: TextLine, place: int) -> Iterator[values.ValueMatch]:
    """VAT ids, and the number after a label in the same run, in the one before or above it."""
    text = row[place].text
    found = list(values.vat_ids(text))
    starts = [match.end() for match in labels.TAX_ID.finditer(text)]
    if (place and _is_label(row[place - 1].text)) or _label_above(page, row[place]):
        starts.append(0)
    for start in starts:
        match = _NUMBER.match(text, start)
        if match and _is_number(match["value"]):
            begin, end = match.span("value")
            if not any(begin < other.end and other.start < end for other in found):
                plain = "".join(filter(str.isalnum, match["value"]))
                found.append(values.ValueMatch(match["value"], begin, end, plain))
    return iter(found)


def _label_above(page: TextLines, span: TextSpan) -> str:
    """The label alone in the column in the row above; empty if there is none."""
    above = page[span.row - 1] if span.row else []
    over = (other for other in above if other.box.overlap(span.box) > 0 and _is_label(other.text))
    return next((other.text for other in over), "")


def _is_label(text: str) -> bool:
    text = _CUSTOMER_BEFORE.sub("", text).strip()
    match = labels.TAX_ID.match(text)
    return match is not None and not text[match.end() :].strip(" :.\uff1a")


def _is_number(printed: str) -> bool:
    plain = "".join(filter(str.isalnum, printed))
    digits = sum(map(str.isdigit, plain))
    return _SHORTEST <= len(plain) <= _LONGEST and digits >= _DIGITS


def _is_buyers(span: TextSpan, label: str, heads: Sequence[_Head], *, otherwise: bool) -> bool:
    names_buyer = labels.BUYER.search(label) or _CUSTOMER_LABEL.search(label)
    if names_buyer or _CUSTOMER_BEFORE.match(label):
        return True
    above = [
        (head.box.top, buyer)
        for buyer, head in heads
        if 0 <= span.box.top - head.box.top < _FARTHEST
        and head is not span
        and _in_column(head, span)
    ]
    return max(above, key=lambda item: item[0])[1] if above else otherwise


def _in_column(head: TextSpan, span: TextSpan) -> bool:
    box, other = head.box, span.box
    middle = abs((box.left + box.right) - (other.left + other.right)) / 2
    return (
        box.overlap(other) > 0
        or min(abs(box.left - other.left), abs(box.right - other.right), middle) < _ALIGNED
    )
