"""The parties of Japanese and Chinese invoices, by their titles, forms and labels."""

import re
from collections.abc import Iterator
from itertools import pairwise

from analysis.extract.invoice import labels
from analysis.layout.lines import TextLines, TextSpan, collapse_whitespace, fact
from analysis.model import Fact

HONORED = re.compile(r"^\s*(.{2,40}?)\s*(?:御中|様|殿)\s*$")
"""A name with a title of honour behind it, which only the addressee has."""
COMPANY = re.compile(r"(?:株式|有限|合同|合資|合名)会社|(?:社団|財団|福祉|医療|学校)法人|公司")
"""A legal form."""
_CHINESE_NAME = re.compile(r"^\s*名\s*称\s*[:\uff1a]\s*(.{2,40}?)\s*$")
"""A Chinese tax invoice has the buyer's name left of the seller's, or above it."""
_TITLE_OF_HONOR = re.compile(r"^\s*(?:御中|様|殿)\s*$")
_REGISTRATION = re.compile(r"登録番号|\bT\d{13}\b")
"""The number of those who issue invoices in Japan."""
_BEHIND_LABEL = re.compile(r"\s*(?:名\s*称)?\s*[:\uff1a]\s*(\S.*)$")
_LABEL = re.compile(r"^[^:\uff1a\d]{1,10}[:\uff1a]\s*")
"""The label of a name, before it in its run of text."""
_ROWS = 7
"""Most rows of a company's address above its number."""
_LONGEST = 30
"""Most characters of a line with a company's name; longer ones are sentences."""
TITLE = re.compile(r"^\W*(?:[御ご]\s*)?(?:適格)?(?:請\s*求\s*書|納\s*品\s*書)|发票[)\uff09]?\s*$")
"""The line that calls the document an invoice or a delivery note."""
_BOTH = 2
"""Two parties: with another number of names it is not known who is who."""
_STATED = 0.95
"""The confidence of the two names at the labels of a Chinese tax invoice."""


def find(page: TextLines) -> Iterator[Fact]:
    """The buyer has a title behind the name; the seller is the other company.

    Without titles and headings, the seller is the company that is printed again, as in the line of
    the sender, and the buyer is the other one.
    """
    yield from stated(page)
    spans = [span for row in page for span in row]
    companies: list[TextSpan] = []
    honored = [row[at] for row in page for at in _honored(row)]
    for span in spans:
        if span in honored:
            continue
        if match := HONORED.match(span.text):
            name = match[1]
            yield fact("buyer", name, name, span, 0.85, chars=match.span(1))
        elif (
            COMPANY.search(span.text)
            and len(span.text) <= _LONGEST
            and not _CHINESE_NAME.match(span.text)
            and not any(_labelled(span.text))
        ):
            yield fact("seller", span.text, collapse_whitespace(span.text), span, 0.8)
            companies.append(span)
    printed = {span.text: sum(span.text in other.text for other in spans) for span in companies}
    again = [text for text, times in printed.items() if times > 1]
    if len(printed) == _BOTH and len(again) == 1:
        for span in companies:
            role = "seller" if span.text in again else "buyer"
            yield fact(role, span.text, collapse_whitespace(span.text), span, 0.82)


def stated(page: TextLines) -> Iterator[Fact]:
    """Both names of a Chinese tax invoice at their labels, or of a Japanese one by its signs."""
    yield from list(_by_signs(page)) or _at_labels(page)
    named = [
        (span, match) for row in page for span in row if (match := _CHINESE_NAME.match(span.text))
    ]
    if len(named) == _BOTH:
        for role, (span, match) in zip(("buyer", "seller"), named, strict=True):
            yield fact(role, match[1], match[1], span, _STATED, chars=match.span(1))


def _by_signs(page: TextLines) -> Iterator[Fact]:
    """The buyer with a title of honour, and the seller above the number of its registration."""
    spans = [span for row in page for span in row]
    buyers = [(row[at], row[at].text) for row in page for at in _honored(row)]
    buyers += [(span, match[1]) for span in spans if (match := HONORED.match(span.text))]
    sellers = [
        span
        for span in spans
        if _is_company(span.text) and any(_is_registered(span, other) for other in spans)
    ]
    if len(buyers) == 1 and sellers:
        [(buyer, text)] = buyers
        for role, span, printed in (
            ("buyer", buyer, text),
            ("seller", sellers[-1], sellers[-1].text),
        ):
            name = _LABEL.sub("", printed.strip())
            start = span.text.find(name)
            chars = (start, start + len(name))
            yield fact(role, name, collapse_whitespace(name), span, _STATED, chars=chars)


def _honored(row: list[TextSpan]) -> Iterator[int]:
    """The places in a row of names whose title of honour stands apart from them."""
    for place, (name, title) in enumerate(pairwise(row)):
        if _TITLE_OF_HONOR.match(title.text) and any(map(str.isalpha, name.text)):
            yield place


def _is_company(text: str) -> bool:
    return bool(COMPANY.search(text)) and len(text) <= _LONGEST and not HONORED.match(text)


def _is_registered(company: TextSpan, number: TextSpan) -> bool:
    """Whether a registration number is the company's: a few rows below it, in its column."""
    below = 0 <= number.row - company.row <= _ROWS
    aligned = company.box.overlap(number.box) > 0
    return below and aligned and bool(_REGISTRATION.search(number.text))


def _at_labels(page: TextLines) -> Iterator[Fact]:
    """Both companies, each once behind a label of its role in the same run of text."""
    found = [
        (role, span, name)
        for row in page
        for span in row
        for role, name in _labelled(span.text)
        if COMPANY.search(name)
    ]
    if sorted(role for role, _, _ in found) == ["buyer", "seller"]:
        for role, span, name in found:
            start = span.text.find(name)
            yield fact(role, name, name, span, _STATED, chars=(start, start + len(name)))


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """The role and the name of a text such as `购买方: …`."""
    for role, label in (("buyer", labels.BUYER), ("seller", labels.SELLER)):
        match = label.match(text.strip())
        rest = text.strip()[match.end() :] if match else ""
        if named := _BEHIND_LABEL.match(rest):
            honored = HONORED.match(named[1])
            yield role, (honored or named)[1].strip()
