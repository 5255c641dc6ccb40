"""The lines of an invoice's first page that name its parties, by a trained CRF.

The features describe the form and the place of a line, its block, the headings near it, and what
the rules of `parties` say of it. `training/invoice_lines.py` trains the weights.
"""

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis import models
from analysis.extract import addressee, values
from analysis.extract.invoice import labels
from analysis.layout.lines import TextLines, TextSpan
from analysis.model import Fact
from analysis.models import crf

OTHER, SELLER, BUYER, SHIP_TO, ADDRESS = LABELS = ("other", "seller", "buyer", "ship_to", "address")
"""The labels of the CRF."""
LINES_AT_MOST = 90
"""Runs of text of a page that are labelled, at a limited cost of time."""

_SIGNS: dict[str, re.Pattern[str]] = {
    "legal form": re.compile(
        r"(?<![^\W_])(?:gmbh|ag|kg|kgaa|ohg|e\.?\s?k|ug|inc|ltd|limited|llc|llp|lp|corp|corporation|"
        r"s\.?a\.?r\.?l|eurl|s\.?a\.?s|s\.?a|b\.?v|n\.?v|v\.?o\.?f|s\.?r\.?[li]|s\.?p\.?a|s\.?n\.?c|"
        r"s\.?l\.?u?|plc|gbr|mbh|se|sdn\.?\s*bhd|e\.?\s?v|company)\.?(?![\w])",
        re.IGNORECASE,
    ),
    "institution": re.compile(
        r"\b(?:stadt|gemeinde|city|council|county|university|universität|school|schule|lycée|mairie|"
        r"comune|ayuntamiento|hotel|hôtel|stiftung|stichting|trust|foundation|verein|praxis|studio|"
        r"garage|gasthof|restaurant|autohaus|gemeente|ministry|bank|parish|clinic|group)\b",
        re.IGNORECASE,
    ),
    "title": addressee.TITLED,
    "person": re.compile(r"^[A-ZÀ-Ý][\w'\u2019-]+\s(?:[A-Z]\.\s)?[A-ZÀ-Ý][\w'\u2019-]+$"),
    "postcode": addressee.POSTCODE,
    "street": re.compile(
        r"(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|markt|straat|laan|gracht)\s*\d|"
        r"\b(?:street|st|road|rd|avenue|ave|lane|drive|blvd|rue|place|chemin|via|viale|corso|piazza|"
        r"calle|avenida|plaza|paseo|postfach|p\.?o\.?\s?box)\b",
        re.IGNORECASE,
    ),
    "house number": re.compile(r"^\d{1,4}[a-z]?,?\s+[^\W\d]|[^\W\d]\s+\d{1,4}\s?[a-z]?$"),
    "phone": re.compile(r"\b(?:tel|t[ée]l|fax|fon|phone|mobil)\w*\b|\+\d{2}", re.IGNORECASE),
    "net": re.compile(r"@|www\.|https?:|\.(?:com|de|fr|it|es|nl|example)\b", re.IGNORECASE),
    "tax number": re.compile(
        r"\b(?:ust|vat|tva|iva|btw|siret|siren|rcs|hrb|kvk|cif|nif|steuer|tax|p\.iva|c\.f\.|"
        r"company\s+no|gln|ein|abn)\b",
        re.IGNORECASE,
    ),
    "bank": re.compile(
        r"\b(?:iban|bic|swift|bank|banque|banca|banco|sparkasse|konto)\b", re.IGNORECASE
    ),
    "attention": re.compile(
        r"^(?:attn|attention|c/o|z\.?\s?hd|abt|t\.a\.v|c\.a\.|à\sl|a\sla\satenci|ansprechpartner|"
        r"contact|kontakt|bearbeiter|your\scontact|votre|referente|prepared)\b",
        re.IGNORECASE,
    ),
    "name label": re.compile(
        r"^(?:name|firma|company|raison\s+sociale|nom|ragione\s+sociale|naam|nombre|razón\s+social)"
        r"\s*:?$",
        re.IGNORECASE,
    ),
    "address label": re.compile(
        r"^(?:anschrift|adress[ee]?|address|indirizzo|dirección|adres|straße|street)\s*:?$",
        re.IGNORECASE,
    ),
    "salutation": re.compile(
        r"^(?:herrn?|frau|firma|an|aan|messrs\.?|société|monsieur|madame|spett\.le|sr\.?(?:\sd\.)?|"
        r"de\s+heer)$",
        re.IGNORECASE,
    ),
    "document": labels.TITLE,
    "number label": labels.NUMBER,
    "ends with colon": re.compile(r":\s*$"),
    "has colon": re.compile(r"^[^:]{2,25}:\s*\S"),
    "divided": re.compile(r"\S\s*[|·•●]\s*\S|\S\s[-\u2013]\s\S"),
    "no letters": re.compile(r"^[\W\d_]*$"),
    "sentence": re.compile(r"[a-z]{2,}\s[a-z]{2,}\s[a-z]{2,}\s[a-z]{2,}|[.!]$"),
    "seller heading": labels.SELLER, "buyer heading": labels.BUYER, "to": labels.TO,
    "ship heading": labels.SHIP_TO,
}  # fmt: skip
_LABELS_BESIDE = frozenset(["name label", "address label"])
_HEADINGS = ("seller heading", "buyer heading", "ship heading", "to")
_NEIGHBOURS = (-2, -1, 1, 2)
"""Places of the lines around a line in its block whose signs are features of it."""
_ALIGNED = 0.012
"""The share of the page's width within which edges are the same."""
_SAME_BLOCK = 1.3
"""Heights of a line below which a gap parts no blocks."""
_TALL = 1.25
"""Times the median height from which a line is tall; its inverse is small."""
_FEW = 3
"""First rows of a page; also the letters that a text with a repetition exceeds."""
_FAR = 14
"""Number of rows below its heading that a party may reach."""
_MANY = 8
"""Blocks of at least this number of lines count as equally large."""
_NEAR_ABOVE = 0.035
"""The share of the page's height within which a heading is directly above."""
_CAPITALS = 0.9
"""The share of letters in capitals from which a line is in capitals."""


def sequence(page: TextLines) -> list[list[TextSpan]]:
    """The runs of text in blocks: those below each other with a common edge."""
    blocks: list[list[TextSpan]] = []
    for span in [span for row in page for span in row][:LINES_AT_MOST]:
        for block in reversed(blocks):
            last = block[-1]
            gap = span.box.top - last.box.bottom
            high = max(last.box.height, span.box.height)
            if last.row != span.row and gap < _SAME_BLOCK * high and _share_edge(last, span):
                block.append(span)
                break
        else:
            blocks.append([span])
    return blocks


def _share_edge(first: TextSpan, second: TextSpan) -> bool:
    box, other = first.box, second.box
    middle = abs((box.left + box.right) - (other.left + other.right)) / 2
    return (
        min(abs(box.left - other.left), abs(box.right - other.right)) < _ALIGNED
        or middle < _ALIGNED / 2
    )


def features(blocks: Sequence[Sequence[TextSpan]], votes: Sequence[Fact]) -> list[list[str]]:
    """The features of each line of the blocks, in their order."""
    lines = [span for block in blocks for span in block]
    context = _Context.of(lines, votes)
    made = []
    for block in blocks:
        signs = [context.signs[id(span)] for span in block]
        shared = list(_of_block(block, signs, context))
        for place, span in enumerate(block):
            current = [*signs[place], *shared, *context.measures(span), "every"]
            current.append(f"line {min(place, 6)}")
            current += [*context.since(span), *(f"beside {sign}" for sign in context.beside(span))]
            current += [f"vote {vote}" for vote in context.votes(span)]
            for step in _NEIGHBOURS:
                at = place + step
                current += (
                    [f"{step:+d} {sign}" for sign in signs[at]]
                    if 0 <= at < len(block)
                    else [f"{step:+d} edge"]
                )
            made.append(current)
    return made


def _of_block(
    block: Sequence[TextSpan], signs: Sequence[set[str]], context: "_Context"
) -> Iterator[str]:
    yield f"lines {min(len(block), _MANY)}"
    together = set().union(*signs)
    for sign in ("postcode", "phone", "net", "tax number", "bank", "date", "amount", "divided"):
        if sign in together:
            yield f"block has {sign}"
    for heading in _HEADINGS:
        if heading in signs[0]:
            yield f"block under {heading}"
    for heading in context.above(block[0]):
        yield f"block under {heading}"
    for heading in context.beside(block[0]):
        yield f"block beside {heading}"


@dataclass(frozen=True, slots=True)
class _Context:
    """What a line is compared with: the other lines of the page, and the rules' candidates."""

    lines: Sequence[TextSpan]
    lines_in_rows: Sequence[TextSpan]
    signs: dict[int, set[str]]
    candidates: Sequence[Fact]
    height: float

    @classmethod
    def of(cls, lines: Sequence[TextSpan], candidates: Sequence[Fact]) -> "_Context":
        """The context of a page: the signs of its lines and their median height."""
        height = statistics.median(span.box.height for span in lines) if lines else 1.0
        in_rows = sorted(lines, key=lambda span: span.row)
        return cls(
            lines, in_rows, {id(span): _signs(span.text) for span in lines}, candidates, height
        )

    def votes(self, span: TextSpan) -> Iterator[str]:
        """The role and the confidence that the rules give to this line, if it is theirs."""
        printed = span.text.casefold()
        for candidate in self.candidates:
            if candidate.value.casefold() in printed:
                yield f"{candidate.name} {min(9, int(candidate.confidence * 10))}"
                yield candidate.name

    def above(self, span: TextSpan) -> Iterator[str]:
        """The headings directly above a block, in its column."""
        for other in self.lines:
            gap = span.box.top - other.box.bottom
            if 0 <= gap < _NEAR_ABOVE and (
                _share_edge(other, span) or span.box.overlap(other.box) > 0
            ):
                yield from (self.signs[id(other)] & set(_HEADINGS))

    def beside(self, span: TextSpan) -> Iterator[str]:
        """The headings at the left in the same row."""
        for other in self.lines:
            if other.row == span.row and other.box.right <= span.box.left:
                yield from self.signs[id(other)] & {*_HEADINGS, *_LABELS_BESIDE}

    def since(self, span: TextSpan) -> Iterator[str]:
        """The nearest heading of a party above a line, at its left or in its column."""
        for other in reversed(self.lines_in_rows):
            if 0 < span.row - other.row <= _FAR and other.box.left <= span.box.left + _ALIGNED:
                heading = self.signs[id(other)] & set(_HEADINGS)
                if heading:
                    yield f"since {min(heading)}"
                    return

    def measures(self, span: TextSpan) -> Iterator[str]:
        """The features of a line's place, height and repetition."""
        box = span.box
        yield f"height {min(9, int(box.top * 10))}"
        yield f"left {min(4, int(box.left * 5))}"
        yield f"place {min(4, int(box.left * 5))} {min(9, int(box.top * 10))}"
        if box.right > 0.85:  # noqa: PLR2004 - the right margin
            yield "at the right margin"
        if box.height > _TALL * self.height:
            yield "tall"
        if box.height < self.height / _TALL:
            yield "small"
        if span.row < _FEW:
            yield "first rows"
        printed = span.text.casefold().strip()
        again = [
            other for other in self.lines if other is not span and printed in other.text.casefold()
        ]
        if again and len(printed) > _FEW:
            yield "again"
            yield "again above" if again[0].box.top < box.top else "again below"
        yield (
            "only of row"
            if sum(other.row == span.row for other in self.lines) == 1
            else "shared row"
        )


def _signs(text: str) -> set[str]:
    found = {name for name, sign in _SIGNS.items() if sign.search(text)}
    for heading in _HEADINGS:
        match = _SIGNS[heading].search(text)
        if match and (text[: match.start()].strip() or text[match.end() :].lstrip(" :")):
            found.discard(heading)
            found.add(f"{heading} within" if text[: match.start()].strip() else f"{heading} first")
    if next(values.dates(text), None):
        found.add("date")
    if any(amount.exact for amount in values.amounts(text)):
        found.add("amount")
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) > _FEW and sum(map(str.isupper, letters)) > _CAPITALS * len(letters):
        found.add("capitals")
    if any(map(str.isdigit, text)):
        found.add("digits")
    found.add(f"length {min(6, len(text) // 6)}")
    found.add(f"pieces {min(6, len(text.split()))}")
    return found


_PROSE = re.compile(r"(?:(?<!\w)[^\W\d_A-Z]{2,}\s){3}[^\W\d_A-Z]{2,}(?!\w)")
"""Four words in a row without a capital."""


_LABEL_OF_NUMBER = re.compile(
    r"^\W*\w{0,14}(?:nr|nummer|number|num[ée]ro|numer|číslo|datum|date|dato)\.?\W*$", re.IGNORECASE
)


def is_no_name(text: str) -> bool:
    """Whether a text is a heading, a street, a number or prose, whatever the model says of it."""
    signs = _signs(text)
    if _PROSE.search(text) or _LABEL_OF_NUMBER.match(text):
        return True
    street = "digits" in signs and bool({"street", "house number"} & signs)
    return bool(signs & {*_HEADINGS, "net", "no letters", "salutation"}) or street


def find(page: TextLines, votes: Sequence[Fact]) -> Iterator[tuple[str, list[TextSpan], float]]:
    """The role, the lines and the probability of each name; a name may take two lines."""
    blocks = sequence(page)
    weights = models.table("invoice_parties")["weights"]
    emissions = crf.emission_scores(weights, LABELS, features(blocks, votes))
    marginals = crf.marginals(emissions, crf.transition_scores(weights, LABELS))
    for index, role in enumerate(LABELS[1:4], start=1):
        chances = [row[index] for row in marginals]
        place = 0
        for block in blocks:
            yield from _runs(role, block, chances[place : place + len(block)])
            place += len(block)


_POSSIBLE = 0.2
"""The probability from which a line may begin a name; the best one is chosen later."""
_SECOND_LINE = 0.5
"""The probability above which a line continues the name above it."""


def _runs(
    role: str, block: Sequence[TextSpan], chances: Sequence[float]
) -> Iterator[tuple[str, list[TextSpan], float]]:
    place = 0
    while place < len(block):
        if chances[place] < _POSSIBLE:
            place += 1
            continue
        end = place + 1
        while (
            end < len(block)
            and min(chances[place], chances[end]) > _SECOND_LINE
            and not _is_contact(block[end - 1], block[end])
        ):
            end += 1
        start = place - 1 if _begins_name(block, place) else place
        yield role, list(block[start:end]), statistics.mean(chances[place:end])
        place = end


def _is_contact(above: TextSpan, span: TextSpan) -> bool:
    """Whether a line below a whole name is a person there, and not the rest of the name."""
    signs = _signs(span.text)
    return "person" in signs and "legal form" not in signs and " " in above.text.strip()


def _begins_name(block: Sequence[TextSpan], place: int) -> bool:
    """Whether the line above is the first of a name in two lines, below a heading or a number."""
    if place < _WITH_HEADING:
        return False
    heading, above = (_signs(span.text) for span in block[place - 2 : place])
    headed = bool(heading & {*_HEADINGS, "digits"}) and not heading & _NO_HEADING
    return headed and not above & _NOT_IN_A_NAME and "pieces 1" not in above


_WITH_HEADING = 2
"""Lines above a name's second line: its first line, and the heading above that."""
_NO_HEADING = frozenset(["street", "house number", "postcode", "phone", "date", "amount"])
_NOT_IN_A_NAME = frozenset(
    [
        *_HEADINGS,
        *_LABELS_BESIDE,
        "digits",
        "salutation",
        "attention",
        "net",
        "phone",
        "tax number",
        "document",
        "number label",
        "sentence",
        "ends with colon",
        "has colon",
        "no letters",
    ]
)
