"""What a contract states: its parties, when it begins, how long it lasts, which law governs it."""

import re
from collections.abc import Iterator, Sequence

from analysis import values
from analysis.layout import Rows, fact, plain
from analysis.reading import Fact

_NUMBER = (
    r"(?:(?:one|two|three|four|five|six|twelve|twenty-four|thirty|sixty|ninety|ein(?:e[mnr])?|zwei|"
    r"drei|vier|sechs|zwölf)\b)?\s?\(?\d{0,3}\)?\s?"
)
_PERIOD = _NUMBER + (
    r"(?:(?:calendar|business|working)\s)?"
    r"(?:days?|weeks?|months?|years?|tagen?|wochen?|monat(?:en?)?|jahr(?:en?)?)"
)
_NAME = r"(?:[A-ZÄÖÜÉ&][\w&.'\u2019-]*\s?){1,7}?"
_BY_LAW = r"(?:governed by|construed in accordance with|subject to|under)"


def _rule(*parts: str, any_case: bool = True) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE if any_case else 0)


_BETWEEN = _rule(
    rf"(?:[Bb]etween|\band|zwischen|\bund)\s*:?\s+({_NAME})\s*(?:,|\(|as\b|$)", any_case=False
)
_CALLED = _rule(
    rf"^\W*(?:\(?[1-9a-c][.)]\s*)?({_NAME})\s*[,(]?\s*\(?",
    r"(?:the|hereinafter|nachfolgend|im Folgenden)\s+[\"“„']",
    any_case=False,
)
_LAWS_OF = _rule(
    rf"{_BY_LAW}\s+(?:and [a-z ]{{1,40}} )?(?:the )?laws? of\s+(?:the )?(?:state of )?",
    r"([A-Z][\w ]{2,40}?)\s*(?:[.,;]|$)",
    any_case=False,
)
_NAMED_LAW = _rule(rf"{_BY_LAW}\s+([A-Z][a-z]+ law)\b", any_case=False)
_GERMAN_LAW = _rule(
    r"(?:gilt|unterliegt|nach)\s+(?:dem |ausschließlich )*",
    r"((?:deutsche[sm]?|österreichische[sm]?|schweizer(?:isches)?)\s+Recht)",
)
_NOTICE_AFTER = _rule(rf"\b({_PERIOD})['\u2019]?\s*(?:prior\s+|written\s+|advance\s+){{0,3}}notice")
_NOTICE_BEFORE = _rule(
    r"(?:notice\s+(?:period\s+)?(?:of|is)|frist\s+(?:beträgt|von)|mit einer Frist von)\s+",
    rf"(?:at least\s+|not less than\s+)?({_PERIOD})",
)
_TERM = _rule(
    r"(?:(?:initial\s+)?term\s+(?:of|is)|period\s+of|laufzeit\s+(?:beträgt|von)|dauer\s+von|",
    r"continues?\s+for|remains?\s+in\s+force\s+for)\s+",
    rf"(?:at least\s+)?({_PERIOD})(?!\s*(?:prior|written|notice|['\u2019]))",
)
_SIGNED = _rule(
    r"^\W*(?:signed|signature|unterschrift|unterzeichnet)\s*(?:by|von)?\s*:?\s*",
    r"([^\W\d_][\w .'-]{3,40})$",
)
_RULES: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("party", _BETWEEN, 0.75),
    ("party", _CALLED, 0.8),
    ("governing_law", _LAWS_OF, 0.9),
    ("governing_law", _NAMED_LAW, 0.85),
    ("governing_law", _GERMAN_LAW, 0.9),
    ("notice_period", _NOTICE_AFTER, 0.9),
    ("notice_period", _NOTICE_BEFORE, 0.88),
    ("term", _TERM, 0.85),
    ("signature", _SIGNED, 0.6),
)
_EFFECTIVE = _rule(
    r"\b(?:effective(?:\s+(?:date|as of|on))?|entered into|dated|made on|commenc\w+|as of|"
    r"mit Wirkung|beginnt am|tritt am|vom)\b"
)
_BEHIND_LABEL = 60


def find(pages: Sequence[Rows]) -> Iterator[Fact]:
    """A sentence may run on in the next line; its fact is said to stand where it begins."""
    spots = [spot for page in pages for row in page for spot in row]
    for spot, following in zip(spots, [*spots[1:], None], strict=True):
        text = f"{spot.text} {following.text}" if following else spot.text
        for name, pattern, sure in _RULES:
            for found in pattern.finditer(text):
                value = found[1].strip(" .,()")
                if found.start(1) < len(spot.text) and value:
                    span = (found.start(1), min(found.end(1), len(spot.text)))
                    yield fact(name, value, plain(value), spot, sure, span=span)
        hit = _EFFECTIVE.search(text)
        if hit and hit.start() < len(spot.text):
            date = next(values.dates(text[hit.start() :]), None)
            if date and date.start < _BEHIND_LABEL:
                start = min(hit.start() + date.start, len(spot.text) - 1)
                span = (start, min(start + len(date.printed), len(spot.text)))
                yield fact("effective_date", date.printed, date.value, spot, 0.88, span=span)
