"""What a letter states: sender, recipient, date and subject."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import values
from analysis.layout.lines import Row, Rows, Spot, fact, plain, text_of
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
_EARLY_ROWS, _BELOW_CLOSING, _ABOVE_DEAR, _BLOCK = 25, 4, 2, 6
_LETTERS, _WORDS = 3, 2
_TO_A_NAME, _TO_AN_ADDRESS = 0.7, 0.8
_UNDER = 0.02


def find(pages: Sequence[Rows]) -> Iterator[Fact]:
    """The letterhead and the name under the closing are the sender; `Dear …` is the recipient."""
    if not pages or not pages[0]:
        return
    rows = pages[0]
    first = rows[0][0]
    yield fact("sender", first.text, plain(first.text), first, 0.55)
    dear = next((n for n, row in enumerate(rows) if _DEAR.match(row[0].text)), None)
    yield from _subject(rows, dear)
    yield from _recipient(rows, dear, first)
    yield from _date(rows if dear is None else rows[:dear], rows)
    yield from _signed(pages)


def _subject(rows: Rows, dear: int | None) -> Iterator[Fact]:
    """What is said to be the subject, else the line that stands right above the salutation."""
    for row in rows:
        for spot in row:
            if found := _SUBJECT.match(spot.text):
                yield fact("subject", found[1], plain(found[1]), spot, 0.9, span=found.span(1))
    above = rows[max(0, dear - _ABOVE_DEAR) : dear] if dear else []
    for row in reversed(above):
        text = text_of(row)
        if len(row) == 1 and _may_be_subject(text):
            yield fact("subject", text, plain(text), row[0], 0.72)
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


def _recipient(rows: Rows, dear: int | None, first: Spot) -> Iterator[Fact]:
    """Who is addressed: the name above the postcode that is not the sender's, or who is dear."""
    for row in rows[:dear]:
        for spot in row:
            if _POSTCODE.search(spot.text) and (name := _name_above(rows, spot)) not in {
                None,
                first,
            }:
                assert name is not None  # noqa: S101 - narrows the type
                yield fact("recipient", name.text, plain(name.text), name, _TO_AN_ADDRESS)
    if dear is not None:
        spot = rows[dear][0]
        found = _DEAR.match(spot.text)
        name_said = found[1].strip(" ,:!") if found else ""
        if found and not _TO_ALL.match(name_said):
            value = name_said
            start = spot.text.find(value)
            span = (start, start + len(value))
            yield fact("recipient", value, plain(value), spot, _TO_A_NAME, span=span)


def _name_above(rows: Rows, postcode: Spot) -> Spot | None:
    """The first line of the block that ends in a postcode; a title that stands alone is none."""
    block: list[Spot] = []
    height = postcode.box.height
    top = postcode
    for row in reversed(rows[max(0, postcode.row - _BLOCK) : postcode.row]):
        above = [one for one in row if _aligned(one, postcode)]
        if not above or top.box.top - above[0].box.bottom > height:
            break
        top = above[0]
        block.insert(0, top)
    named = [one for one in block if not _TITLE_ALONE.match(one.text.strip())]
    return named[0] if named else None


def _aligned(one: Spot, other: Spot) -> bool:
    """Whether they begin or end at one edge."""
    return min(abs(one.box.left - other.box.left), abs(one.box.right - other.box.right)) < _UNDER


def _date(above: Sequence[Row], rows: Rows) -> Iterator[Fact]:
    """The date that stands alone or behind a place is the letter's; others are spoken of."""
    for row in [*above, *rows[len(above) : _EARLY_ROWS]]:
        for spot in row:
            for date in values.dates(spot.text):
                rest = spot.text[: date.start] + spot.text[date.end :]
                alone = _PLACE.match(rest.strip(" .,:")) or not rest.strip(" .,:")
                sure = (0.9 if alone else 0.4) if row[0].row < len(above) else 0.3
                span = (date.start, date.end)
                yield fact("date", date.printed, date.value, spot, sure, span=span)


def _signed(pages: Sequence[Rows]) -> Iterator[Fact]:
    spots = [spot for page in pages for row in page for spot in row]
    for index, spot in enumerate(spots):
        if _CLOSING.match(spot.text):
            for below in spots[index + 1 : index + 1 + _BELOW_CLOSING]:
                name = sum(map(str.isalpha, below.text)) > _LETTERS and below.text[0].isupper()
                if name and not below.text.rstrip().endswith("."):
                    yield fact("sender", below.text, plain(below.text), below, 0.7)
                    return
