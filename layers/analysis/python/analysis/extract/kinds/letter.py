"""The facts of a letter: sender, recipient, date and subject."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import letter_dates, values
from analysis.layout.lines import TextLine, TextLines, TextSpan, collapse_whitespace, fact, text_of
from analysis.model import Fact

_SUBJECT = re.compile(
    r"^\s*(?:subject|re|betreff|betr\.?|objet|asunto|oggetto|betreft|assunto|ref\.?)"
    r"\s*[:.]\s*(.+)",
    re.IGNORECASE,
)
_DEAR = re.compile(
    r"^\s*(?:dear|sehr geehrte[rn]?|liebe[r]?|guten tag|hallo|cher|chère|estimad[oa]|geachte|"
    r"gentile|egregi[oa]|prezad[oa]|(?:madame|monsieur|messieurs)(?=[^\n]{0,30},\s*$))\b\s*(.*)",
    re.IGNORECASE,
)
_TO_ALL = re.compile(
    r"^(?:damen und herren|sir(?:s| or madam| or madame)?|madam|monsieur|madame|all|"
    r"señor(?:es|as)?|signor[ei])?\W*$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\s*(?:(?:yours\s+)?(?:sincerely|faithfully|truly)|(?:kind|best)\s+regards|"
    r"mit (?:freundlichen|besten) grüßen|freundliche grüße|cordialement|"
    r"(?:nous|je) vous pri(?:ons|e)|veuillez (?:agréer|recevoir)|"
    r"atentamente|cordialmente|saludos|cordiali saluti|distinti saluti|met vriendelijke groet|"
    r"hoogachtend|atenciosamente)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?:^|,\s|\s)(?:(?:[A-Z]{1,2}[- ])?\d{4,5}\s+[^\W\d]|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|"
    r"[A-Z]{2}\s\d{5}\b)"
)
_TITLE_ALONE = re.compile(r"^(?:herrn?|frau|firma|an|mr|mrs|ms|mme|m)\.?:?$", re.IGNORECASE)
_NOT_A_SUBJECT = re.compile(r"@|www\.|\b(?:tel|fax|telefon|phone|e-?mail|iban)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"^(?:\w[\w.'/-]*(?:\s\w[\w.'/-]*){0,2},\s*(?:den|le|the|el|a|li)?|[^\W\d_]+)\s*$",
    re.IGNORECASE,
)
_EARLY_ROWS = 25
"""First rows of a letter that may state its date."""
_BELOW_CLOSING = 4
"""Runs of text below a closing that may be the sender's name."""
_ABOVE_DEAR = 2
"""Rows directly above the salutation that may be the subject."""
_BLOCK = 6
"""Rows above a postcode that may belong to its address."""
_LETTERS = 3
"""Number of letters that a sender's name exceeds."""
_WORDS = 2
"""Fewest words of a subject, without a date."""
_TO_A_NAME = 0.7
"""The confidence of a recipient who is named in the salutation."""
_TO_AN_ADDRESS = 0.8
"""The confidence of a recipient whose name is above an address."""
_UNDER = 0.02
"""The share of the page's width within which edges are aligned."""


def find(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The sender by letterhead and closing, the recipient by address and `Dear …`."""
    if not pages or not pages[0]:
        return
    rows = pages[0]
    first = rows[0][0]
    yield fact("sender", first.text, collapse_whitespace(first.text), first, 0.55)
    dear = next((n for n, row in enumerate(rows) if _DEAR.match(row[0].text)), None)
    yield from _subject(rows, dear)
    yield from _recipient(rows, dear, first)
    yield from _date(rows if dear is None else rows[:dear], rows)
    yield from _signed(pages)


def _subject(rows: TextLines, dear: int | None) -> Iterator[Fact]:
    """The labelled subject, else the line directly above the salutation."""
    for row in rows:
        for span in row:
            if match := _SUBJECT.match(span.text):
                yield fact(
                    "subject",
                    match[1],
                    collapse_whitespace(match[1]),
                    span,
                    0.9,
                    chars=match.span(1),
                )
    above = rows[max(0, dear - _ABOVE_DEAR) : dear] if dear else []
    for row in reversed(above):
        text = text_of(row)
        if len(row) == 1 and _may_be_subject(text):
            yield fact("subject", text, collapse_whitespace(text), row[0], 0.72)
            return


def _may_be_subject(text: str) -> bool:
    date = next(values.dates(text), None)
    rest = text.replace(date.printed, "") if date else text
    return (
        len(rest.split()) >= _WORDS
        and not _PLACE.match(rest.strip())
        and not _POSTCODE.search(text)
        and not _NOT_A_SUBJECT.search(text)
        and not _SUBJECT.match(text)
    )


def _recipient(rows: TextLines, dear: int | None, first: TextSpan) -> Iterator[Fact]:
    """The recipient: the name above a postcode, unless it is the sender's, or in the salutation."""
    for row in rows[:dear]:
        for span in row:
            if _POSTCODE.search(span.text) and (name := _name_above(rows, span)) not in {
                None,
                first,
            }:
                assert name is not None  # noqa: S101 - narrows the type
                yield fact(
                    "recipient", name.text, collapse_whitespace(name.text), name, _TO_AN_ADDRESS
                )
    if dear is not None:
        span = rows[dear][0]
        match = _DEAR.match(span.text)
        salutation_name = match[1].strip(" ,:!") if match else ""
        if match and not _TO_ALL.match(salutation_name):
            value = salutation_name
            start = span.text.find(value)
            chars = (start, start + len(value))
            yield fact(
                "recipient", value, collapse_whitespace(value), span, _TO_A_NAME, chars=chars
            )


def _name_above(rows: TextLines, postcode: TextSpan) -> TextSpan | None:
    """The first line of the block that ends in a postcode; a line with only a title is skipped."""
    block: list[TextSpan] = []
    height = postcode.box.height
    top = postcode
    for row in reversed(rows[max(0, postcode.row - _BLOCK) : postcode.row]):
        above = [other for other in row if _aligned(other, postcode)]
        if not above or top.box.top - above[0].box.bottom > height:
            break
        top = above[0]
        block.insert(0, top)
    named = [other for other in block if not _TITLE_ALONE.match(other.text.strip())]
    return named[0] if named else None


def _aligned(first: TextSpan, second: TextSpan) -> bool:
    """Whether they are aligned at the left or right edge."""
    return (
        min(abs(first.box.left - second.box.left), abs(first.box.right - second.box.right)) < _UNDER
    )


def _date(above: Sequence[TextLine], rows: TextLines) -> Iterator[Fact]:
    """Dates alone in their span or after a place name rank first; others rank lower."""
    for row in [*above, *rows[len(above) : _EARLY_ROWS]]:
        for span in row:
            for date in values.dates(span.text):
                rest = span.text[: date.start] + span.text[date.end :]
                before = span.text[: date.start]
                is_placed = letter_dates.PLACE.match(before) and not span.text[date.end :].strip(
                    " .r"
                )
                alone = is_placed or _PLACE.match(rest.strip(" .,:")) or not rest.strip(" .,:")
                confidence = (0.9 if alone else 0.4) if row[0].row < len(above) else 0.3
                chars = (date.start, date.end)
                yield fact("date", date.printed, date.value, span, confidence, chars=chars)


def _signed(pages: Sequence[TextLines]) -> Iterator[Fact]:
    spans = [span for page in pages for row in page for span in row]
    for index, span in enumerate(spans):
        if _CLOSING.match(span.text):
            for below in spans[index + 1 : index + 1 + _BELOW_CLOSING]:
                name = sum(map(str.isalpha, below.text)) > _LETTERS and below.text[0].isupper()
                if name and not below.text.rstrip().endswith("."):
                    yield fact("sender", below.text, collapse_whitespace(below.text), below, 0.7)
                    return
