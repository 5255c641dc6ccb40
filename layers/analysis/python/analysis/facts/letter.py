"""What a letter states: sender, recipient, date and subject."""

import re
from collections.abc import Iterator, Sequence

from analysis import values
from analysis.layout import Rows, fact, plain
from analysis.reading import Fact

_SUBJECT = re.compile(r"^\s*(?:subject|re|betreff|betr\.?|objet)\s*[:.]\s*(.+)", re.IGNORECASE)
_DEAR = re.compile(
    r"^\s*(?:dear|sehr geehrte[rn]?|liebe[r]?|cher|chère|madame|monsieur)\b\s*(.*)", re.IGNORECASE
)
_CLOSING = re.compile(
    r"^\s*(?:(?:yours\s+)?(?:sincerely|faithfully|truly)|(?:kind|best)\s+regards|"
    r"mit freundlichen grüßen|cordialement)",
    re.IGNORECASE,
)
_EARLY_ROWS, _BELOW_CLOSING = 15, 4
_LETTERS = 3


def find(pages: Sequence[Rows]) -> Iterator[Fact]:
    """The letterhead and the name under the closing are the sender; `Dear …` is the recipient."""
    if not pages or not pages[0]:
        return
    first = [spot for row in pages[0] for spot in row]
    yield fact("sender", first[0].text, plain(first[0].text), first[0], 0.55)
    for spot in first:
        if found := _SUBJECT.match(spot.text):
            yield fact("subject", found[1], plain(found[1]), spot, 0.9, span=found.span(1))
        if (found := _DEAR.match(spot.text)) and (name := found[1].strip(" ,:")):
            yield fact("recipient", name, plain(name), spot, 0.7, span=found.span(1))
    for spot in first:
        if spot.row < _EARLY_ROWS:
            for date in values.dates(spot.text):
                span = (date.start, date.end)
                yield fact("date", date.printed, date.value, spot, 0.9, span=span)
    yield from _signed(pages)


def _signed(pages: Sequence[Rows]) -> Iterator[Fact]:
    spots = [spot for page in pages for row in page for spot in row]
    for index, spot in enumerate(spots):
        if _CLOSING.match(spot.text):
            for below in spots[index + 1 : index + 1 + _BELOW_CLOSING]:
                if sum(map(str.isalpha, below.text)) > _LETTERS:
                    yield fact("sender", below.text, plain(below.text), below, 0.7)
                    return
