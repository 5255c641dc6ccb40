"""What contracts and letters state."""

import re
from collections.abc import Iterator, Sequence

from analysis import values
from analysis.layout import Spot, fact
from analysis.reading import Fact, Normalised

type Pages = Sequence[list[list[Spot]]]

_RULES: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("party", re.compile(r"(?:between|and|zwischen|und)\s*:?\s+((?:[A-ZÄÖÜ][\w&.'-]*\s?){1,6}?)\s*(?:,|\(|as\b|$)"), 0.75),  # noqa: E501 long patterns, and thresholds named by their line
    ("governing_law", re.compile(r"(?:governed by|construed in accordance with|subject to)\s+(?:and [a-z ]{1,40} )?(?:the )?laws? of\s+(?:the )?([A-Z][\w ]{2,40}?)\s*(?:[.,;]|$)"), 0.9),  # noqa: E501 long patterns, and thresholds named by their line
    ("governing_law", re.compile(r"(?:gilt|unterliegt|nach)\s+(?:dem |ausschließlich )*((?:deutsche[sm]?|österreichische[sm]?|schweizer(?:isches)?)\s+Recht)"), 0.9),  # noqa: E501 long patterns, and thresholds named by their line
    ("notice_period", re.compile(r"((?:(?:one|two|three|six|twelve|thirty|sixty|ninety)\s)?\(?\d{0,3}\)?\s?(?:days|weeks|months|day|month)['’]?\s*(?:prior\s+|written\s+|advance\s+){0,3}notice)", re.IGNORECASE), 0.9),  # noqa: E501, RUF001 long patterns, and thresholds named by their line
    ("notice_period", re.compile(r"(?:notice (?:period )?of|Kündigungsfrist (?:beträgt|von))\s+((?:\w+\s){0,2}\(?\d{0,3}\)?\s?(?:days|weeks|months|Tagen?|Wochen|Monaten?))", re.IGNORECASE), 0.88),  # noqa: E501 long patterns, and thresholds named by their line
    ("term", re.compile(r"(?:term of|period of|Laufzeit (?:beträgt|von)|for a term of|initial term of)\s+((?:\w+\s){0,2}\(?\d{0,3}\)?\s?(?:days|months|years?|Monaten?|Jahren?))", re.IGNORECASE), 0.85),  # noqa: E501 long patterns, and thresholds named by their line
)  # fmt: skip
_EFFECTIVE = re.compile(r"\b(?:effective(?:\s+(?:date|as of|on))?|entered into|dated|commenc\w+|as of|mit Wirkung|beginnt am|vom)\b", re.IGNORECASE)  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_BEHIND_LABEL = 60


def contract(pages: Pages) -> Iterator[Fact]:
    """Parties, effective date, term, governing law, notice period."""
    spots = [spot for page in pages for row in page for spot in row]
    for index, spot in enumerate(spots):
        # A sentence may run on in the next line; the fact is said to stand where it begins.
        following = spots[index + 1].text if index + 1 < len(spots) else ""
        text = f"{spot.text} {following}"
        for name, pattern, sure in _RULES:
            for found in pattern.finditer(text):
                if found.start(1) < len(spot.text) and found[1].strip():
                    value = found[1].strip(" .,()")
                    span = (found.start(1), min(found.end(1), len(spot.text)))
                    yield fact(name, value, _plain(value), spot, sure, span)
        hit = _EFFECTIVE.search(text)
        if hit and hit.start() < len(spot.text):
            for date in values.dates(text[hit.start() :]):
                if date.start < _BEHIND_LABEL:
                    span = (min(hit.start() + date.start, len(spot.text) - 1), len(spot.text))
                    yield fact("effective_date", date.printed, date.value, spot, 0.88, span)
                break


_SUBJECT = re.compile(r"^\s*(?:subject|re|betreff|betr\.?|objet)\s*[:.]\s*(.+)", re.IGNORECASE)
_DEAR = re.compile(r"^\s*(?:dear|sehr geehrte[rn]?|liebe[r]?|cher|chère|madame|monsieur)\b\s*(.*)", re.IGNORECASE)  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line


def letter(pages: Pages) -> Iterator[Fact]:
    """Sender, recipient, subject and date."""
    if not pages:
        return
    first = [spot for row in pages[0] for spot in row]
    if first:
        yield fact("sender", first[0].text, _plain(first[0].text), first[0], 0.55)
    for spot in first:
        if found := _SUBJECT.match(spot.text):
            yield fact("subject", found[1], _plain(found[1]), spot, 0.9, found.span(1))
        if found := _DEAR.match(spot.text):
            name = found[1].strip(" ,:")
            if name:
                yield fact("recipient", name, _plain(name), spot, 0.7, found.span(1))


def _plain(value: str) -> Normalised:
    return " ".join(value.split())
