"""The parties of a contract, by the words that introduce and that name them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.extract.contract import party_words
from analysis.extract.contract.clauses import Clause
from analysis.layout.lines import collapse_whitespace, fact
from analysis.layout.paragraphs import Passage
from analysis.model import Fact

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
_OPENS = re.compile(r"between|zwischen", re.IGNORECASE)
_INTRODUCES = re.compile(r"(?:^|\s)(?:zwischen|between|und|and)\s*:?$", re.IGNORECASE)
_FIRST_NAME = _rule(rf"^{_ARTICLE}({_NAME})\s*(?:,|\(|\u2013|$)", any_case=False)
_PARTIES_AT_LEAST = 2
"""Different parties below which the rules are asked too: a contract has two."""
_RULE_ALONE = 0.85
"""The factor for a party that only a rule finds."""
_EARLY = 12
"""Number of passages from the start that may name the parties without a label."""
_STATED = ((_BETWEEN, 0.75), (_CALLED, 0.8))
"""The patterns of a statement of parties, each with its confidence."""


def find(clauses: Sequence[Clause]) -> Iterator[Fact]:
    """The parties that the model finds, and those of the rules where it finds too few."""
    found = list(party_words.find(clauses))
    yield from found
    names = [str(party.normalised).casefold() for party in found]
    if len(set(names)) < _PARTIES_AT_LEAST:
        for party in _by_rules(clauses):
            name = str(party.normalised).casefold()
            if not any(name in other or other in name for other in names):
                yield replace(party, confidence=party.confidence * _RULE_ALONE)


def _by_rules(clauses: Sequence[Clause]) -> Iterator[Fact]:
    for place, clause in enumerate(clauses):
        yield from _stated(clause)
        before = clauses[place - 1].passage.text.strip() if place else ""
        if place < _EARLY and _INTRODUCES.search(before):
            yield from _party(clause.passage)


def _stated(clause: Clause) -> Iterator[Fact]:
    for pattern, confidence in _STATED:
        for match in pattern.finditer(clause.text):
            group = "name" if "name" in match.groupdict() else 1
            value = match[group].strip(" ,()").removesuffix(".")
            if not value or _no_party(value, match):
                continue
            start = match.start(group)
            places = [(start, start + len(match[group]))]
            if two := _TWO_PARTIES.match(match[group]):
                places = [(start + two.start(part), start + two.end(part)) for part in (1, 2)]
            for begin, end in places:
                name = clause.text[begin:end].strip(" ,()")
                name = name if len(places) > 1 else value
                span, chars = clause.passage.place(begin, end)
                yield fact("party", name, collapse_whitespace(name), span, confidence, chars=chars)


def _no_party(value: str, match: re.Match[str]) -> bool:
    """Whether it is only a capitalised word; after `and` there must be a `between` before it."""
    joins = (match.groupdict().get("before") or "") in {"and", "und"}
    alone = joins and not _OPENS.search(match.string[: match.start()])
    return alone or bool(_NO_PARTY.search(value))


def _party(passage: Passage) -> Iterator[Fact]:
    """The name in the line below `between`."""
    match = _FIRST_NAME.search(passage.text)
    if match and not _NO_PARTY.search(match[1]):
        value = match[1].strip(" ,()")
        span, chars = passage.place(*match.span(1))
        yield fact("party", value, collapse_whitespace(value), span, 0.75, chars=chars)
