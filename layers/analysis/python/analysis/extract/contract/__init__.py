"""The facts of a contract: its parties, start date, duration, notice period, governing law."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import values
from analysis.layout import paragraphs
from analysis.layout.lines import TextLines, TextSpan, collapse_whitespace, fact
from analysis.model import Fact

_NUMBER = (
    r"(?:(?:one|two|three|four|five|six|twelve|twenty-four|thirty|sixty|ninety|ein(?:e[mnr]|es)?|"
    r"zwei|drei|vier|sechs|zwölf|vierundzwanzig|une?|deux|trois|quatre|six|douze|trente|soixante|"
    r"una?|dos|tres|cuatro|seis|doce|treinta|sesenta|due|tre|quattro|sei|dodici|trenta)\b)?"
    r"\s?\(?\d{0,3}\)?\s?"
)
_UNIT = (
    r"(?:(?:calendar|business|working)\s)?"
    r"(?:days?|weeks?|months?|years?|tagen?|wochen?|monat(?:e[ns]?|s)?|jahr(?:e[ns]?|s)?|"
    r"jours?|semaines?|mois|ans?|années?|d[ií]as?|semanas?|mes(?:es)?|años?|"
    r"giorni|mes[ei]|ann[oi])\b"
)
_PERIOD = rf"(?=\S*\s?\(?[\w(]){_NUMBER}{_UNIT}"
_WORD = r"[^\W\d_a-zäöüßéèêëàâáíóúñçôîïû][\w&.'\u2019-]*"
_LEGAL = (
    r"(?:,?\s(?:Inc|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|Company|LP|LLP|GmbH|AG|SE|KG|UG|GbR|"
    r"S\.?A|S\.?L|SARL|SAS|SpA|S\.p\.A|S\.r\.l|plc|PLC|B\.?V|N\.?V|AS|ASA|A/S|ApS|AB|Oyj?|Pty|Pte|"
    r"s\.r\.o|sp\.\sz\so\.o)\b\.?)"
)
_NAME = rf"(?:{_WORD}(?:\s(?:&|de|del|di|van|von|y|und|and)\b)?\s?){{1,7}}?{_LEGAL}?"
_ARTICLE = (
    r"(?:(?:der|dem|die|das)\s+)?(?:Firma\s+|Herrn?\s+|Frau\s+|Fa\.\s+|(?:[Ll]a\s+)?société\s+|"
    r"M\.\s+|Mme\s+|Monsieur\s+|Madame\s+|D\.\s+|D[ña]{2}\.\s+|Don\s+|Doña\s+|"
    r"(?:la\s+)?(?:mercantil|sociedad|empresa)\s+|(?:la\s+)?(?:società|ditta)\s+)?"
)
_BY_LAW = r"(?:governed by|construed in accordance with|subject to|under)"
_GOVERNED = (
    r"(?:govern(?:ed|s)?|construed|interpreted|enforced)"
    r"(?:[\s,]+(?:and|or|by|in|accordance|with|be|shall|will|is|are|construed|interpreted|enforced|"
    r"performed|exclusively|solely|under|to|pursuant|all|respects|governed|the)){1,16}[\s,]+"
)
"""A contract says that it is governed by, and construed and enforced in accordance with, a law."""
_PLACE = r"[A-Z][\w.'\u2019-]*(?:\s+(?:(?:and|of|the)\s+){0,2}[A-Z][\w'\u2019-]*){0,4}"


def _rule(*parts: str, any_case: bool = True) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE if any_case else 0)


_BETWEEN = _rule(
    rf"(?P<before>[Bb]etween|BETWEEN|\band|[Zz]wischen|\bund)\s*:?\s+{_ARTICLE}(?P<name>{_NAME})\s*(?:,|\(|as\b|\.?$)",
    any_case=False,
)
_TWO_PARTIES = _rule(
    rf"({_WORD}(?:\s{_WORD}){{0,5}}?{_LEGAL})\s+(?:and|und)\s+({_WORD}(?:\s{_WORD}){{0,6}}?{_LEGAL})$",
    any_case=False,
)
"""Two names that only `and` divides."""
_CALLED = _rule(
    r"(?:^|[;,]\s(?:and|und|et|y)\s|\.\s+)\W*(?:\(?[1-9a-c][.)]\s*)?",
    r"(?:(?:[YE]\s+)?[Dd]e (?:una|otra) parte,\s+)?",
    rf"{_ARTICLE}({_NAME})\s*(?:[,(\u2013-]|of\s|mit\s|wohnhaft\s)[^;]{{0,200}}?",
    r"(?:hereinafter|nachfolgend|nachstehend|im Folgenden|ci-après|en adelante|en lo sucesivo|",
    r"di seguito|(?:\(|the\s)[\"“„']|\(the\s)",
    any_case=False,
)
_NO_PARTY = re.compile(
    r"agreement|contract|vertrag|contrat|effective|date|period|services?$|"
    r"^(?:this|the|whereas|each|either|both|article|clause|die|der|das|dies|le|la|les|el|los)\b",
    re.IGNORECASE,
)
_LAWS_OF = _rule(
    rf"(?:{_BY_LAW}|{_GOVERNED})\s*(?:the )?(?:internal |substantive |domestic |applicable )?"
    r"[Ll]aws? (?:of|in force in)\s+(?:the )?"
    r"(?:(?:[Ss]tate|STATE|Commonwealth|Province|Republic|Kingdom)\s+of\s+(?:the )?)?",
    rf"({_PLACE})",
    any_case=False,
)
_NAMED_LAW = _rule(rf"(?:{_BY_LAW}|{_GOVERNED})\s*(?:the )?([A-Z][a-z]+ law)\b", any_case=False)
_GERMAN_LAW = _rule(
    r"(?:gilt|unterliegt|nach)\s+(?:(?:dem|das|ausschließlich|materielles)\s+)*",
    r"((?:deutsche[sm]?|österreichische[sm]?|schweizer(?:isches)?)\s+Recht|"
    r"Recht\s+der\s+(?:Bundesrepublik\s+)?\w+(?:ischen\s+\w+)?)",
)
_ROMANCE_LAW = _rule(
    r"(?:soumise?s?\s+(?:au|à\s+la|aux)|régie?s?\s+par\s+l[ea]s?|(?:se\s+)?(?:rige|regirá)n?\s+por\s+"
    r"(?:la|las|el)|sujeto\s+a\s+la|regolato\s+dalla)\s+",
    r"((?:droit|loi|ley(?:es)?|legislación|derecho|legge)\s+(?:de\s+)?[^\W\d_]+)",
)
_NOTICE_AFTER = _rule(rf"\b({_PERIOD})['\u2019]?\s*(?:prior\s+|written\s+|advance\s+){{0,3}}notice")
_NOTICE_BEFORE = _rule(
    r"(?:notice\s+(?:period\s+)?(?:of|is)|frist\s+(?:beträgt|von)|mit einer Frist von|"
    r"préavis\s+(?:est\s+)?(?:de|d['\u2019])|preaviso\s+(?:es\s+)?de|preavviso\s+di)\s*",
    rf"(?:at least\s+|not less than\s+|mindestens\s+|al menos\s+)?({_PERIOD})",
)
_TERM = _rule(
    r"(?:(?:initial\s+)?term\s+(?:of|is)|period\s+of|laufzeit\s+(?:beträgt|von)|dauer\s+von|",
    r"continues?\s+for|remains?\s+in\s+force\s+for|durée\s+(?:initiale\s+)?(?:est\s+)?d[e'\u2019]|"
    r"duración\s+(?:es\s+)?de|durata\s+(?:è\s+)?di)\s*",
    rf"(?:at least\s+|mindestens\s+)?({_PERIOD})(?!\s*(?:prior|written|notice|['\u2019]))",
)
_TERM_OF_ALL = _rule(
    r"\b(?:agreement|contract|lease|licen[cs]e|engagement|appointment|it)\b[^.;]{0,90}?\s"
    r"(?:remains?|continues?|be)\s+(?:in\s+(?:full\s+)?(?:force|effect)(?:\s+and\s+effect)?\s+)?for\s+",
    r"(?:an?\s+(?:initial\s+|fixed\s+)?(?:period|term)\s+of\s+)?",
    rf"({_PERIOD})(?!\s*(?:prior|written|notice|['\u2019]))",
)
"""How long the contract itself lasts, not one of its duties."""
_OF_A_DUTY = re.compile(
    r"surviv|confidential|warrant|gewähr|geheim|wettbewerb|compet", re.IGNORECASE
)
_BEFORE_TERM = 70
_A_DUTY = 0.6
_SIGNED = _rule(
    r"^\W*(?:signed|signature|unterschrift|unterzeichnet)\s*(?:by|von)?\s*:?\s*",
    r"([^\W\d_][\w .'-]{3,40})$",
)
_RULES: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("party", _BETWEEN, 0.75),
    ("party", _CALLED, 0.8),
    ("governing_law", _LAWS_OF, 0.9),
    ("governing_law", _NAMED_LAW, 0.91),
    ("governing_law", _GERMAN_LAW, 0.9),
    ("governing_law", _ROMANCE_LAW, 0.9),
    ("notice_period", _NOTICE_AFTER, 0.9),
    ("notice_period", _NOTICE_BEFORE, 0.88),
    ("term", _TERM_OF_ALL, 0.9),
    ("term", _TERM, 0.85),
    ("signature", _SIGNED, 0.6),
)
_EFFECTIVE = _rule(
    r"\b(?:effective(?:\s+(?:date|as of|on))?|entered into|dated|made on|commenc\w+|as of|"
    r"(?:enters?|comes?)\s+into\s+(?:force|effect)|takes?\s+effect|made\s+this|begins?\s+on|"
    r"mit Wirkung|beginnt am|tritt am|à compter du|prend effet le|entre en vigueur le|"
    r"a partir del|con efectos? desde|entrará en vigor el|a decorrere dal)\b"
)
_OPENS = re.compile(r"between|zwischen", re.IGNORECASE)
_BEHIND_LABEL = 60
_LOOKED_AT = 20_000
_INTRODUCES = re.compile(r"(?:^|\s)(?:zwischen|between|und|and)\s*:?$", re.IGNORECASE)
_FIRST_NAME = _rule(rf"^{_ARTICLE}({_NAME})\s*(?:,|\(|\u2013|$)", any_case=False)
_EARLY = 12
"""Number of passages from the start that may name the parties without a label."""
_RULE_TO_SIGN_ON = re.compile(r"_{5,}|\.{12,}|…{4,}")
_NAMED = re.compile(r"^\s*(?:name|nom|nombre)\s*:\s*(?P<name>.+)", re.IGNORECASE)
_PERSON = re.compile(
    r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Mme|M)\.?\s)*[^\W\d_a-z][\w'\u2019.-]*(?:\s[^\W\d_][\w'\u2019.-]*){1,3}$"
)
_BELOW = 4


def find(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """A fact at the position of its words, even if its sentence continues over several lines."""
    for page in pages:
        read = paragraphs.passages(page)
        for place, passage in enumerate(read):
            yield from _stated(passage)
            if place and place < _EARLY and _INTRODUCES.search(read[place - 1].text.strip()):
                yield from _party(passage)
        yield from _signatures(page)


def _stated(passage: paragraphs.Passage) -> Iterator[Fact]:
    text = passage.text[:_LOOKED_AT]
    for name, pattern, confidence in _RULES:
        for match in pattern.finditer(text):
            group = "name" if "name" in match.groupdict() else 1
            value = match[group].strip(" ,()").removesuffix(".")
            if not value or (name == "party" and _no_party(value, match)):
                continue
            if name == "party" and (two := _TWO_PARTIES.match(match[group])):
                for part in (1, 2):
                    start = match.start(group)
                    place = (start + two.start(part), start + two.end(part))
                    span, chars = passage.place(*place)
                    yield fact(name, two[part], two[part], span, confidence, chars=chars)
                continue
            before = text[max(0, match.start() - _BEFORE_TERM) : match.start()]
            lower = _A_DUTY if pattern is _TERM and _OF_A_DUTY.search(before) else 1.0
            span, chars = passage.place(*match.span(group))
            yield fact(
                name, value, collapse_whitespace(value), span, confidence * lower, chars=chars
            )
    if hit := _EFFECTIVE.search(text):
        date = next(values.dates(text[hit.start() :]), None)
        if date and date.start < _BEHIND_LABEL:
            start = hit.start() + date.start
            span, chars = passage.place(start, start + len(date.printed))
            yield fact("effective_date", date.printed, date.value, span, 0.88, chars=chars)


def _no_party(value: str, match: re.Match[str]) -> bool:
    """Whether it is only a capitalised word; after `and` there must be a `between` before it."""
    joins = (match.groupdict().get("before") or "") in {"and", "und"}
    alone = joins and not _OPENS.search(match.string[: match.start()])
    return alone or bool(_NO_PARTY.search(value))


def _party(passage: paragraphs.Passage) -> Iterator[Fact]:
    """The name in the line below `between`."""
    match = _FIRST_NAME.search(passage.text)
    if match and not _NO_PARTY.search(match[1]):
        value = match[1].strip(" ,()")
        span, chars = passage.place(*match.span(1))
        yield fact("party", value, collapse_whitespace(value), span, 0.75, chars=chars)


def _signatures(page: TextLines) -> Iterator[Fact]:
    """The names below or beside the signature lines."""
    for number, row in enumerate(page):
        for rule in row:
            if _RULE_TO_SIGN_ON.search(rule.text):
                yield from _signer(page[number + 1 : number + 1 + _BELOW], rule)


def _signer(below: TextLines, rule: TextSpan) -> Iterator[Fact]:
    for row in below:
        for span in row:
            if span.box.overlap(rule.box) <= 0:
                continue
            named = _NAMED.match(span.text)
            name = (named["name"] if named else span.text).split(",")[0].strip()
            if _PERSON.match(name):
                at = span.text.find(name)
                yield fact(
                    "signature",
                    name,
                    collapse_whitespace(name),
                    span,
                    0.65,
                    chars=(at, at + len(name)),
                )
                return
