"""The seller and the buyer of an invoice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.extract import addressee, values
from analysis.extract.invoice import (
    company_names,
    east_asian,
    labels,
    party_lines,
    tax_numbers,
)
from analysis.extract.line_items import columns
from analysis.layout.lines import (
    TextLine,
    TextLines,
    TextSpan,
    collapse_whitespace,
    fact,
    union_box,
)
from analysis.model import Fact

_SENDER_RULE = re.compile(r"\s*(?:[|·•●,;✉]|\s[-\u2013\u2022]\s)\s*")
_ONLY_COMMAS = re.compile(r"[^|·•●;✉]*")
_PARTS = 2
"""Most parts between commas of a line with a town; more are a sender's address."""
_CAPITAL = re.compile(r"^\W*[\w.]{2,6}\s+au\s+capital\b|^\W*capitale\s+sociale\b", re.IGNORECASE)
_ADDRESS_RULE = re.compile(
    r"\s*(?:[|·•●;]|,(?!\s*(?:inc|llc|ltd|corp|s\.))|\s[-\u2013]\s)\s*", re.IGNORECASE
)
_NAMED = re.compile(r"^(?:(?:name|firma|company)\s*:\s*|名\s*称\s*[:\uff1a]\s*)", re.IGNORECASE)
_NO_NAME = re.compile(
    r"^\W*\w{0,14}(?:nr|nummer|numer|datum|dato)\.?\W*$|^(?:\W*$|\(c\)|©|name$|herrn?$|frau$|firma$|mr\.?$|mrs\.?$|"
    r"(?:globale\s*)?(?:nummer|number|kunden-?n\w*|lief-?n\w*|"
    r"gln|ust|vat|tel|fax|fon|e-?mail|datum|date|anschrift|address|steuer|no|nr|an|id)\b.*)|"
    r"rechnung|invoice|facture|adresse|address|bemerkung|preis|nummer|number|bestell|order|datum",
    re.IGNORECASE,
)
_POSTCODE = addressee.POSTCODE
_ANY_LABEL = re.compile(
    r"^[^\W\d_][^:\uff1a\d|]{1,28}(?::\s+|\uff1a\s*|:(?=[\u3040-\u30ff\u4e00-\u9fff]))(?=[^\W\d_])"
)
"""A label before a name, in whatever words."""
_LABELLED = re.compile(r"^[^\W\d_][^:\uff1a\d|]{1,28}[:\uff1a]\s")
"""A text with its own label, such as `Site: 3 Mill Lane`, which is not the value of another one."""
_TITLE_OF_DOCUMENT = company_names.DOCUMENT_TITLE
_TITLE_ALONE = re.compile(r"^\s*(?:herrn?|frau|firma|an|mr|mrs|ms|mme|m)\.?\s*$", re.IGNORECASE)
_ROLES = frozenset(["seller", "buyer", "ship_to"])
_LIKELY = 0.5
"""The probability above which the model overrules the rules."""
_OVERRULED = 0.5
"""The factor for a name of the rules that differs from the model's."""
_LETTERS = 3
"""Number of letters that a name exceeds; in Japanese and Chinese a letter is a word."""
_FEWEST = 1
"""The same for names in other scripts."""
_BOTH = 2
"""Two parties: if both are known, none is missing."""
_HEAD_OF_PAGE = 0.45
"""The share of the page's height that may have the address window."""
_LEFT = 0.5
"""The share of the page's width that parts addresses at the left from those at the right."""
_BLOCK = 7
"""Rows of an address, or below a heading, that may have the name."""
_FEW_WORDS = 8
"""Most words of a name; longer lines are sentences."""
_ALIGNED = 0.02
"""The share of the page's width within which left edges are aligned."""
_LETTERHEAD = 0.4
"""The factor for an addressee who is the sender too."""
_WITH_TITLE = 0.65
"""The confidence of a buyer with a title such as `Mr`."""
_ADDRESSED = 0.6
"""The confidence of a name above a town at the left, where windows are."""
_AT_THE_RIGHT = 0.5
"""The confidence of a name above a town at the right."""
_OF_A_FAX = 2
"""Runs of text that the line of a fax machine exceeds: its time, sender, number and page."""
_FIRST_LINE = 0.5
"""The confidence of a seller who is the first line of the page."""
_BESIDE_OTHER = 0.6
"""The least confidence of the only other name above an address."""
_BESIDE_OTHER_AT_MOST = 0.95
"""The highest confidence of such a name."""


def find(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The names that the model finds, those of the rules, and the VAT ids of both."""
    candidates = list(by_rules(pages))
    stated = bool(pages) and bool(list(east_asian.stated(pages[0])))
    found = list(_by_model(pages[0], candidates)) if pages and not stated else []
    yield from found
    by_model = {name.name: name for name in sorted(found, key=lambda name: name.confidence)}
    best = dict(by_model)
    for candidate in candidates:
        other = by_model.get(candidate.name)
        differs = (
            other is not None and other.confidence > _LIKELY and other.value != candidate.value
        )
        lower = _OVERRULED if differs else 1.0
        lowered = replace(candidate, confidence=candidate.confidence * lower)
        yield lowered
        if candidate.name not in best or best[candidate.name].confidence < lowered.confidence:
            best[candidate.name] = lowered
    for page in pages[:1]:
        for rest in _by_elimination(page, best):
            best[rest.name] = rest
            yield rest
    yield from tax_numbers.find(pages, {role: name.value for role, name in best.items()})


def _by_elimination(page: TextLines, best: dict[str, Fact]) -> Iterator[Fact]:
    """The only other name above an address, if one of the parties is missing.

    A party is missing as well if it has the name of the other one, which is more certain.
    """
    seller, buyer = best.get("seller"), best.get("buyer")
    known = [fact for fact in (seller, buyer) if fact is not None]
    if len(known) == _BOTH and known[0].value.casefold() != known[1].value.casefold():
        return
    others: dict[str, TextSpan] = {}
    for block in party_lines.sequence(page):
        place = next((at for at, span in enumerate(block) if _POSTCODE.search(span.text)), 0)
        named = [span for span in block[:place] if _is_name(span.text)]
        if not named or labels.SHIP_TO.search(" ".join(span.text for span in block[:place])):
            continue
        name = company_names.without_address(_cleaned(named[0].text))
        if not known or name.casefold() not in {fact.value.casefold() for fact in known}:
            others.setdefault(name, named[0])
    if len(others) != 1 or not known:
        return
    [(name, span)] = others.items()
    surest = max(known, key=lambda fact: fact.confidence)
    role = "buyer" if surest.name == "seller" else "seller"
    confidence = max(_BESIDE_OTHER, best[role].confidence + 0.01 if role in best else 0.0)
    yield fact(role, name, collapse_whitespace(name), span, min(confidence, _BESIDE_OTHER_AT_MOST))


def _by_model(page: TextLines, candidates: Sequence[Fact]) -> Iterator[Fact]:
    """The names of the lines that the model labels, without their labels and addresses."""
    for role, found, confidence in party_lines.find(page, candidates):
        run = [span for span in found if not company_names.is_beside_name(span.text)]
        if not run or columns.columns(page[run[0].row]):
            continue
        if role not in _ROLES or east_asian.TITLE.search(run[0].text):
            continue
        if _is_contact(page, run[0]):
            continue
        if role == "buyer":
            run = company_names.organisation_in(page, run)
        lines = run[:1] if east_asian.COMPANY.search(run[0].text) else run
        texts = [_without_label(span.text) for span in lines if not _TITLE_ALONE.match(span.text)]
        value = collapse_whitespace(" ".join(texts))
        value = company_names.without_address(value)
        if honored := east_asian.HONORED.match(value):
            value = honored[1]
        letters = sum(map(str.isalpha, value))
        is_title = _TITLE_OF_DOCUMENT.search(value)
        enough = letters >= (_LETTERS if value.isascii() else _FEWEST)
        if enough and not is_title and not party_lines.is_no_name(value):
            at = max(0, lines[0].text.find(value[:_LETTERS]))
            box = union_box(lines) if len(lines) > 1 else None
            chars = (at, min(len(lines[0].text), at + len(value)))
            yield fact(role, value, value, lines[0], confidence, chars=chars, box=box)


def _is_contact(page: TextLines, span: TextSpan) -> bool:
    """Whether the label left of a name or above it is that of a person."""
    row = page[span.row]
    left = [other for other in row if other.box.right <= span.box.left]
    above = page[span.row - 1] if span.row else []
    over = [other for other in above if other.box.overlap(span.box) > 0]
    return any(company_names.CONTACT.match(other.text) for other in [*left[-1:], *over])


def _without_label(text: str) -> str:
    return _ANY_LABEL.sub("", text.strip())


def by_rules(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The names at their headings, in the letterhead and in the address window."""
    yield from headed(pages, "seller", labels.SELLER)
    yield from headed(pages, "buyer", labels.BUYER)
    yield from headed(pages, "buyer", labels.TO)
    yield from headed(pages, "ship_to", labels.SHIP_TO)
    for page in pages[:1]:
        yield from east_asian.find(page)
        companies = list(_companies(page)) or list(_head_of_letter(page))
        yield from companies
        sender = companies[0].normalised if companies else None
        for candidate in _addressee(page):
            # The address block at the top may be the letterhead.
            lower = _LETTERHEAD if candidate.normalised == sender else 1.0
            yield replace(candidate, confidence=candidate.confidence * lower)


def headed(pages: Sequence[TextLines], name: str, label: re.Pattern[str]) -> Iterator[Fact]:
    """The names behind, beside or below headings that match `label`, on all pages."""
    for page in pages:
        for index, row in enumerate(page):
            for span in row:
                match = label.search(span.text)
                if not match or not _heads(span.text, match):
                    continue
                end = max(match.end(), company_names.end_of_heading(span.text, match.start()))
                rest = _cleaned(span.text[end:].lstrip(")"))
                beside = _beside(row, span)
                if rest:
                    yield from _behind(name, span, end)
                elif beside is not None:
                    value = _cleaned(beside.text)
                    yield fact(name, value, collapse_whitespace(value), beside, 0.8)
                elif (below := _below(page, index, span)) is not None:
                    value = company_names.without_street(_cleaned(below.text))
                    yield fact(name, value, collapse_whitespace(value), below, 0.8)


def _beside(row: TextLine, head: TextSpan) -> TextSpan | None:
    """The name right of its label, if that is the first of two cells, as in a list of details."""
    after = [span for span in row if span.box.left > head.box.right]
    if len(after) != 1 or row[0] is not head or labels.PARTY_HEAD.search(after[0].text):
        return None
    if _LABELLED.match(after[0].text.strip()) and not _NAMED.match(after[0].text.strip()):
        return None
    return after[0] if _is_name(_cleaned(after[0].text)) else None


def _behind(name: str, span: TextSpan, start: int) -> Iterator[Fact]:
    """The name after its label, without the address that follows it."""
    rest = _cleaned(span.text[start:])
    for confidence, value in ((0.7, rest), (0.7, _cleaned(_ADDRESS_RULE.split(rest)[0]))):
        if _is_name(value):
            at = span.text.find(value, start)
            yield fact(
                name,
                value,
                collapse_whitespace(value),
                span,
                confidence,
                chars=(at, at + len(value)),
            )
            return


def _heads(text: str, match: re.Match[str]) -> bool:
    """Whether the label is the heading of a party, and not a word in a sentence."""
    end = max(match.end(), company_names.end_of_heading(text, match.start()))
    rest = text[end:].lstrip(" )")
    return not text[: match.start()].strip() and (not rest or rest[0] in ":\uff1a")


def _below(page: TextLines, index: int, head: TextSpan) -> TextSpan | None:
    """The first name under a heading, in its column; a label such as `Name:` is skipped."""
    for row in page[index + 1 : index + 1 + _BLOCK]:
        if columns.columns(row):
            return None
        for span in row:
            over = head.box.overlap(span.box)
            beside = span is not row[0] and _NAMED.match(row[0].text)
            name = company_names.without_street(_cleaned(span.text))
            if (over > 0 or beside) and _is_name(name):
                return company_names.organisation_of(page, span)
    return None


def _cleaned(text: str) -> str:
    return _ANY_LABEL.sub("", _NAMED.sub("", text.strip())).strip(" :,\uff1a")


def _is_name(text: str) -> bool:
    return (
        sum(map(str.isalpha, text)) > (_LETTERS if text.isascii() else _FEWEST)
        and not labels.TAX_ID.match(text)
        and not company_names.is_heading(text)
        and not company_names.CONTACT.match(text)
        and not company_names.CARE_OF.match(text)
        and not _is_label(text)
        and len(text.split()) <= _FEW_WORDS
        and not _NO_NAME.search(text)
        and not _TITLE_OF_DOCUMENT.search(text)
        and not any(values.dates(text))
        and not any(amount.exact for amount in values.amounts(text))
        and not _POSTCODE.search(text)
    )


_LABELS = (
    labels.NUMBER, labels.ISSUED, labels.DATED, labels.DUE, labels.DELIVERED, labels.TERMS,
    labels.ORDER, labels.CUSTOMER_NUMBER, labels.REFERENCE,
)  # fmt: skip


def _is_label(text: str) -> bool:
    """Whether it is nothing but the label of another fact."""
    matches = (label.match(text) for label in _LABELS)
    return any(match and not text[match.end() :].strip(" :.\uff1a") for match in matches)


def _companies(page: TextLines) -> Iterator[Fact]:
    """The first names with a legal form: a letterhead, or the line above the addressee."""
    named = [
        _named_above(page, span)
        for row in page
        for span in row
        if company_names.COMPANY.search(span.text)
        and not _is_buyers(span.text)
        and not company_names.CARE_OF.match(span.text)
    ]
    confidence = 0.65
    for span in named[:3]:
        name = company_names.without_address(_cleaned(span.text))
        if name and not _NO_NAME.search(name) and len(name.split()) <= _FEW_WORDS:
            yield fact("seller", name, collapse_whitespace(name), span, confidence)
            confidence *= 0.6


def _is_buyers(text: str) -> bool:
    """Whether a line names the buyer after its label."""
    label, colon, _ = text.partition(":")
    return (
        bool(colon)
        and any(
            pattern.search(label) for pattern in (labels.BUYER, labels.SHIP_TO, labels.PARTY_HEAD)
        )
        and not labels.SELLER.search(label)
    )


def _named_above(page: TextLines, span: TextSpan) -> TextSpan:
    """The line with the name, above a line that only states the legal form and the capital."""
    if not _CAPITAL.search(span.text) or not span.row:
        return span
    above = [s for s in page[span.row - 1] if abs(s.box.left - span.box.left) < _ALIGNED]
    return above[0] if above else span


def _head_of_letter(page: TextLines) -> Iterator[Fact]:
    """The first line of a page, or that below the line of a fax, if no name has a legal form."""
    faxed = len(page) > 1 and len(page[0]) > _OF_A_FAX and any(values.dates(page[0][0].text))
    span = page[1 if faxed else 0][0] if page else None
    if span is not None and _is_name(span.text):
        yield fact("seller", span.text, collapse_whitespace(span.text), span, _FIRST_LINE)


def _addressee(page: TextLines) -> Iterator[Fact]:
    """The first line of a block that ends in a postcode, where envelopes have their window."""
    head = [span for row in page for span in row if span.box.top < _HEAD_OF_PAGE]
    for span in head:
        if addressee.TITLED.match(span.text.strip()):
            name = collapse_whitespace(span.text)
            yield fact("buyer", span.text, name, span, _WITH_TITLE)
            break
    yield from _above_towns([span for span in head if span.box.left < _LEFT], _ADDRESSED)
    yield from _above_towns([span for span in head if span.box.left >= _LEFT], _AT_THE_RIGHT)


def _is_sender(text: str) -> bool:
    """Whether it is the sender's address in one line; a comma alone may be within a town."""
    return len(_SENDER_RULE.split(text)) > (_PARTS if _ONLY_COMMAS.fullmatch(text) else 1)


def _above_towns(spans: Sequence[TextSpan], confidence: float) -> Iterator[Fact]:
    """The first line of each block of these spans that ends in a town with its postcode."""
    for span in spans:
        if not _POSTCODE.search(span.text) or _is_sender(span.text):
            continue
        above = [
            other
            for other in spans
            if other.row < span.row and abs(other.box.left - span.box.left) < _ALIGNED
        ]
        block: list[TextSpan] = []
        top = span
        for other in reversed(above):
            apart = top.box.top - other.box.bottom > span.box.height
            ends_other_block = _is_sender(other.text) or _POSTCODE.search(other.text)
            if apart or ends_other_block or span.row - other.row > _BLOCK:
                break
            top = other
            block.insert(0, other)
        names = [other for other in block if _is_name(other.text)]
        if names:
            name = collapse_whitespace(names[0].text)
            yield fact("buyer", names[0].text, name, names[0], confidence)
