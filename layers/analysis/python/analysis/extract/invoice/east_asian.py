"""The parties of Japanese and Chinese invoices, by their titles, forms and labels."""

import re
from collections.abc import Iterator

from analysis.layout.lines import TextLines, TextSpan, collapse_whitespace, fact
from analysis.model import Fact

HONORED = re.compile(r"^\s*(.{2,40}?)\s*(?:御中|様|殿)\s*$")
"""A name with a title of honour behind it, which only the addressee has."""
COMPANY = re.compile(r"(?:株式|有限|合同|合資|合名)会社|(?:社団|財団|福祉|医療|学校)法人|公司")
"""A legal form."""
_CHINESE_NAME = re.compile(r"^\s*名\s*称\s*[:\uff1a]\s*(.{2,40}?)\s*$")
"""A Chinese tax invoice has the buyer's name left of the seller's, or above it."""
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
    for span in spans:
        if match := HONORED.match(span.text):
            name = match[1]
            yield fact("buyer", name, name, span, 0.85, chars=match.span(1))
        elif (
            COMPANY.search(span.text)
            and len(span.text) <= _LONGEST
            and not _CHINESE_NAME.match(span.text)
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
    """Both names of a Chinese tax invoice, at their labels."""
    named = [
        (span, match) for row in page for span in row if (match := _CHINESE_NAME.match(span.text))
    ]
    if len(named) == _BOTH:
        for role, (span, match) in zip(("buyer", "seller"), named, strict=True):
            yield fact(role, match[1], match[1], span, _STATED, chars=match.span(1))
