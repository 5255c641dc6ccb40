"""Who sells and who buys."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.extract import values
from analysis.extract.invoice import labels
from analysis.layout.lines import Rows, Spot, fact, plain
from analysis.model import Fact

_COMPANY = re.compile(
    r"""(?<![^\W_])(?:gmbh|ag|kg|kgaa|ohg|e\.?\s?k|ug|inc|ltd|limited|llc|llp|corp|s\.?a\.?r\.?l|
    s\.?a\.?s|s\.?a|b\.?v|s\.?r\.?l|s\.?p\.?a|s\.?l|plc|gbr|mbh|se|sdn\.?\s*bhd|e\.?\s?v|a\.?g|co)
    \.?(?![\w])""",
    re.IGNORECASE | re.VERBOSE,
)
_SENDER_RULE = re.compile(r"\s*(?:[|·•●,;✉]|\s[-\u2013\u2022]\s)\s*")
_ADDRESS_RULE = re.compile(
    r"\s*(?:[|·•●;]|,(?!\s*(?:inc|llc|ltd|corp|s\.))|\s[-\u2013]\s)\s*", re.IGNORECASE
)
_NAMED = re.compile(r"^(?:name|firma|company)\s*:\s*", re.IGNORECASE)
_NO_NAME = re.compile(
    r"^(?:\W*$|\(c\)|©|name$|herrn?$|frau$|firma$|mr\.?$|mrs\.?$|"
    r"(?:globale\s*)?(?:nummer|number|kunden-?n\w*|lief-?n\w*|"
    r"gln|ust|vat|tel|fax|fon|e-?mail|datum|date|anschrift|address|steuer|no|nr|an|id)\b.*)|"
    r"rechnung|invoice|facture|adresse|address|bemerkung|preis|nummer|number|bestell|order|datum",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?:^|\s)(?:[A-Z]{1,2}[- ]?)?\d{4,5}\s+[^\W\d]")
_LETTERS = 3
_HEAD_OF_PAGE, _LEFT = 0.45, 0.5
_BLOCK = 7
_FEW_WORDS = 8
_ALIGNED = 0.02
_LETTERHEAD, _FIRST_LINE = 0.4, 0.5
_THEIRS = re.compile(
    r"\b(?:ihre|your|votre|vuestro|client|kunden|customer(?:'s)?|buyer(?:'s)?|käufer)",
    re.IGNORECASE,
)
_OUR_IDS = (("seller_vat_id", 0.85),)
_THEIR_IDS = (("buyer_vat_id", 0.8), ("seller_vat_id", 0.3))


def find(pages: Sequence[Rows]) -> Iterator[Fact]:
    yield from _labelled(pages, "seller", labels.SELLER)
    yield from _labelled(pages, "buyer", labels.BUYER)
    yield from _labelled(pages, "buyer", labels.TO)
    for page in pages[:1]:
        companies = list(_companies(page))
        yield from companies or _head_of_letter(page)
        sender = companies[0].normalised if companies else None
        for one in _addressee(page):
            # The block of an address at the top may be the letterhead.
            lower = _LETTERHEAD if one.normalised == sender else 1.0
            yield replace(one, confidence=one.confidence * lower)
    yield from _vat_ids(pages)


def _labelled(pages: Sequence[Rows], name: str, label: re.Pattern[str]) -> Iterator[Fact]:
    for page in pages:
        for index, row in enumerate(page):
            for spot in row:
                found = label.search(spot.text)
                if not found or not _heads(spot.text, found):
                    continue
                rest = _cleaned(spot.text[found.end() :])
                if rest:
                    yield from _behind(name, spot, found.end())
                elif (below := _below(page, index, spot)) is not None:
                    value = _cleaned(below.text)
                    yield fact(name, value, plain(value), below, 0.8)


def _behind(name: str, spot: Spot, start: int) -> Iterator[Fact]:
    """The name that stands behind its label, without the address behind that."""
    rest = _cleaned(spot.text[start:])
    for sure, value in ((0.7, rest), (0.7, _cleaned(_ADDRESS_RULE.split(rest)[0]))):
        if _is_name(value):
            at = spot.text.find(value, start)
            yield fact(name, value, plain(value), spot, sure, span=(at, at + len(value)))
            return


def _heads(text: str, found: re.Match[str]) -> bool:
    """Whether the label is the heading of a party and not a word within a sentence."""
    rest = text[found.end() :].lstrip()
    return not text[: found.start()].strip() and (not rest or rest[0] == ":")


def _below(page: Rows, index: int, head: Spot) -> Spot | None:
    """The first name under a heading, in its column; a label such as `Name:` is looked past."""
    for row in page[index + 1 : index + 1 + _BLOCK]:
        for spot in row:
            over = head.box.overlap(spot.box)
            beside = spot is not row[0] and _NAMED.match(row[0].text)
            if (over > 0 or beside) and _is_name(_cleaned(spot.text)):
                return spot
    return None


def _cleaned(text: str) -> str:
    return _NAMED.sub("", text.strip()).strip(" :,")


def _is_name(text: str) -> bool:
    return (
        sum(map(str.isalpha, text)) > _LETTERS
        and len(text.split()) <= _FEW_WORDS
        and not _NO_NAME.search(text)
        and not any(values.dates(text))
        and not any(amount.exact for amount in values.amounts(text))
        and not _POSTCODE.search(text)
    )


def _companies(page: Rows) -> Iterator[Fact]:
    """Names with a legal form, the first ones: a letterhead, or the line above the addressee."""
    named = [spot for row in page for spot in row if _COMPANY.search(spot.text)]
    sure = 0.65
    for spot in named[:3]:
        name = _SENDER_RULE.split(spot.text)[0].strip(" :")
        if name and not _NO_NAME.search(name) and len(name.split()) <= _FEW_WORDS:
            yield fact("seller", name, plain(name), spot, sure)
            sure *= 0.6


def _head_of_letter(page: Rows) -> Iterator[Fact]:
    """The first line of a page, where no name says by its legal form that it is a company's."""
    spot = page[0][0] if page else None
    if spot is not None and _is_name(spot.text):
        yield fact("seller", spot.text, plain(spot.text), spot, _FIRST_LINE)


def _addressee(page: Rows) -> Iterator[Fact]:
    """The first lines of the block that ends in a postcode, where envelopes have their window."""
    spots = [s for row in page for s in row if s.box.top < _HEAD_OF_PAGE and s.box.left < _LEFT]
    for spot in spots:
        if not _POSTCODE.search(spot.text) or _SENDER_RULE.search(spot.text):
            continue
        above = [
            one
            for one in spots
            if one.row < spot.row and abs(one.box.left - spot.box.left) < _ALIGNED
        ]
        block: list[Spot] = []
        top = spot
        for one in reversed(above):
            apart = top.box.top - one.box.bottom > spot.box.height
            ends_another = _SENDER_RULE.search(one.text) or _POSTCODE.search(one.text)
            if apart or ends_another or spot.row - one.row > _BLOCK:
                break
            top = one
            block.insert(0, one)
        names = [one for one in block if _is_name(one.text)]
        if names:
            yield fact("buyer", names[0].text, plain(names[0].text), names[0], 0.6)


def _vat_ids(pages: Sequence[Rows]) -> Iterator[Fact]:
    """VAT ids; one under the buyer's heading or said to be the customer's is the buyer's."""
    buying = False
    for page in pages:
        for row in page:
            for place, spot in enumerate(row):
                if labels.SELLER.match(spot.text):
                    buying = False
                elif labels.BUYER.match(spot.text):
                    buying = True
                for vat in values.vat_ids(spot.text):
                    label = spot.text[: vat.start] or (row[place - 1].text if place else "")
                    theirs = buying or labels.BUYER.search(label) or _THEIRS.search(label)
                    span = (vat.start, vat.end)
                    for name, sure in _THEIR_IDS if theirs else _OUR_IDS:
                        yield fact(name, vat.printed, vat.value, spot, sure, span=span)
