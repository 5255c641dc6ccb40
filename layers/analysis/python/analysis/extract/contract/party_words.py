"""The parties in the opening of a contract, by a trained CRF that labels its words.

Names are recognised by the words around them, by their form, and by their place; the model knows
no name. `training/parties.py` trains the weights on contracts of our own making.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis import models
from analysis.extract.contract.clauses import Clause
from analysis.layout.lines import collapse_whitespace, fact
from analysis.model import Fact
from analysis.models import crf

OTHER, FIRST, NEXT = LABELS = ("other", "first", "next")
"""The labels of the CRF: the first word of a name, the next ones, and all others."""
_WORDS_AT_MOST = 320
"""Words that are labelled: the opening of a contract, at a limited cost of time."""
_CLAUSES = 18
"""Number of passages from the start that may name the parties."""
_TOKEN = re.compile(r"[\w&][\w.&'\u2019/-]*|[^\w\s]")
_LEGAL_FORM = re.compile(
    r"(?:inc|llc|l\.l\.c|ltd|limited|corp|corporation|company|co|lp|l\.p|llp|plc|p\.l\.c|gmbh|ag|kg|kgaa|"
    r"ohg|se|ug|gbr|e\.k|e\.v|eg|sarl|s\.a\.r\.l|sas|s\.a\.s|sa|s\.a|eurl|sci|srl|s\.r\.l|spa|s\.p\.a|snc|"
    r"s\.n\.c|sl|s\.l|s\.l\.u|slu|s\.c|bv|b\.v|nv|n\.v|vof|v\.o\.f|as|asa|ab|aps|a/s|oy|oyj|pty|pte|sdn|"
    r"bhd|n\.a|trust|university|foundation|stiftung|lda|ltda|s\.r\.o|kft|zrt|sp)\.?",
    re.IGNORECASE,
)
_PERSON_TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|herrn?|frau|m|mme|monsieur|madame|sig|sig\.ra|sra?|do[nñ]a?|d|dhr|"
    r"mevr)\.?",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"(?:(?:der|die)\s+)?(?:(?:Firma|Fa\.|Mr|Mrs|Ms|Miss|Dr|Prof|Herrn?|Frau|M|Mme|Monsieur|Madame|Sig|"
    r"Sig\.ra|Sra?|Don|Do\u00f1a|D\u00f1a|D|Dhr|Mevr|Soci\u00e9t\u00e9|soci\u00e9t\u00e9)\b\.?\s+)+",
)
"""Titles before a name, which are no part of it."""
_ENDS_SENTENCE = re.compile(r"(?<!\bInc)(?<!\bCorp)(?<!\bCo)(?<!\.\w)\.$")
"""A full stop that does not belong to a legal form that is written with it."""
_FORM_BEHIND = re.compile(
    r",?\s(?:Inc\.?|LLC|L\.L\.C\.|Ltd\.?|Limited|Corp\.|Corporation|LLP|L\.P\.|PLC|plc|GmbH|AG|S\.A\.|"
    r"S\.r\.l\.|S\.p\.A\.|S\.L\.|B\.V\.|N\.V\.)(?!\w)"
)
"""A legal form behind a name, which is part of it."""
_STREET = re.compile(
    r"(?:\w*(?:stra(?:ß|ss)e|str\.|weg|platz|straat|gasse|gracht|laan)|street|st\.?|road|rd\.?|avenue|ave\.?|"
    r"lane|drive|blvd|boulevard|rue|place|chemin|via|corso|piazza|viale|calle|avenida|plaza|paseo|suite|"
    r"floor)",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"(?:\w*agreement|\w*contract|lease|\w*vertrag|\w*vereinbarung|contrat|contratto|contrato|accord|"
    r"acuerdo|\w*overeenkomst|parties|parteien|partij\w*|partes|parti|party|date|section|article|"
    r"artikel|whereas|recitals|between|soussignés|reunidos|exponen|comparecen)",
    re.IGNORECASE,
)
_QUOTES = frozenset("\"\u201c\u201d\u201e\u201f\u00ab\u00bb'\u2018\u2019")
_NEAR = (-3, -2, -1, 1, 2, 3)
"""Places of the words around a word whose form is a feature of it."""
_CHARACTERS_OF_A_YEAR = 4
"""Digits of a year, to tell it from other numbers."""
_SURE_ENOUGH = 0.5
"""The probability above which a word is part of a name: more likely than not."""
_LONGEST_NAME = 14
"""Most words of one name."""
_LETTERS = 2
"""Number of letters that a name, or a word in capitals, exceeds."""
_PASSAGES = (0, 1, 2, 3, 5, 8, 12)
"""Steps of the number of a passage; a feature says how many of them it has reached."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the opening: its text, its passage, and its characters there."""

    text: str
    clause: Clause
    start: int
    end: int
    first: bool


def sequence(clauses: Sequence[Clause]) -> list[Word]:
    """The words that are labelled, in reading order."""
    tokens: list[Word] = []
    for clause in clauses[:_CLAUSES]:
        found = list(_TOKEN.finditer(clause.text))
        tokens += [
            Word(match.group(), clause, *match.span(), first=place == 0)
            for place, match in enumerate(found)
        ]
    return tokens[:_WORDS_AT_MOST]


def features(tokens: Sequence[Word], clauses: Sequence[Clause]) -> list[list[str]]:
    """The features of each word, in the order of `tokens`, as the model was trained with them.

    The clauses behind the opening tell which words are used again.
    """
    signs = [_signs(word.text) for word in tokens]
    again = Counter(
        match.group()
        for clause in clauses[_CLAUSES // 2 :]
        for match in _TOKEN.finditer(clause.text)
    )
    made, quoted, bracketed = [], False, False
    for place, word in enumerate(tokens):
        quoted = not quoted if word.text in _QUOTES else quoted and not word.first
        bracketed = word.text == "(" or (bracketed and word.text != ")" and not word.first)
        current = [
            *signs[place],
            "every",
            f"passage {sum(word.clause.number >= n for n in _PASSAGES)}",
        ]
        current += [name for name, holds in (
            ("starts passage", word.first),
            ("ends passage", place + 1 == len(tokens) or tokens[place + 1].first),
            ("quoted", quoted), ("bracketed", bracketed),
            ("again", "name" in signs[place] and again[word.text] > 0),
            ("role", again[word.text] > 3 and "name" in signs[place]),  # noqa: PLR2004 - often
        ) if holds]  # fmt: skip
        for step in _NEAR:
            at = place + step
            if not 0 <= at < len(tokens):
                current.append(f"{step:+d} edge")
            elif tokens[at].clause is not word.clause:
                current += [
                    f"{step:+d} other passage",
                    *(f"{step:+d} {sign}" for sign in signs[at]),
                ]
            else:
                current += [f"{step:+d} {sign}" for sign in signs[at]]
        made.append(current)
    return made


def _signs(text: str) -> list[str]:
    """The form of a word; the word itself only if it is no name."""
    if not text[0].isalnum() and text != "&":
        return [f"mark {'quote' if text in _QUOTES else text}"]
    if any(map(str.isdigit, text)):
        year = len(text) == _CHARACTERS_OF_A_YEAR and text.isdigit()
        return ["year" if year else "number"]
    found = [sign for sign, pattern in (
        ("legal form", _LEGAL_FORM), ("title", _PERSON_TITLE), ("street", _STREET),
        ("document", _DOCUMENT),
    ) if pattern.fullmatch(text)]  # fmt: skip
    if text.islower():
        return [*found, f"word {text}"]
    if text.isupper() and len(text) > _LETTERS:
        found.append("capitals")
    return [*found, "name"]


def find(clauses: Sequence[Clause]) -> Iterator[Fact]:
    """The names that the model labels, with the lowest probability of their words."""
    tokens = sequence(clauses)
    weights = models.table("contract_parties")["weights"]
    emissions = crf.emission_scores(weights, LABELS, features(tokens, clauses))
    marginals = crf.marginals(emissions, crf.transition_scores(weights, LABELS))
    for begin, end, confidence in segments(marginals):
        run = tokens[begin:end]
        clause = run[0].clause
        inside = [word for word in run if word.clause is clause]
        start = inside[0].start
        form = _FORM_BEHIND.match(clause.text, inside[-1].end)
        value = clause.text[start : form.end() if form else inside[-1].end].rstrip(" ,(")
        if _ENDS_SENTENCE.search(value) and not clause.text[start + len(value) :].strip():
            value = value.removesuffix(".")
        titled = _TITLED.match(value)
        start += titled.end() if titled else 0
        value = value[titled.end() :] if titled else value
        if sum(map(str.isalpha, value)) > _LETTERS:
            span, chars = clause.passage.place(start, start + len(value))
            yield fact("party", value, collapse_whitespace(value), span, confidence, chars=chars)


def segments(marginals: Sequence[Sequence[float]]) -> Iterator[tuple[int, int, float]]:
    """Runs of words that are probably a name: start, end, and the lowest probability."""
    place = 0
    while place < len(marginals):
        _, first, following = marginals[place]
        if first + following <= _SURE_ENOUGH:
            place += 1
            continue
        end = place + 1
        while (
            end < len(marginals)
            and end - place < _LONGEST_NAME
            and marginals[end][2] > _SURE_ENOUGH
        ):
            end += 1
        chances = [first + following, *(row[2] for row in marginals[place + 1 : end])]
        yield place, end, min(chances)
        place = end
