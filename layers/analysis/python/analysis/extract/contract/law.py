"""The law that governs a contract."""

import re
from collections.abc import Iterator

from analysis.extract.contract.clauses import Clause
from analysis.layout import paragraphs
from analysis.layout.lines import collapse_whitespace, fact
from analysis.model import Fact

_SMALL = r"(?:of|and|the|OF|AND|THE|di|de|von|der|van)"
_PLACE_WORD = (
    r"(?!(?:WITHOUT|Without|EXCLUDING|EXCEPT|AS|APPLICABLE|WITH|WHICH|REGARDLESS|IN|BUT|AND\b|IRRESPECTIVE|"
    r"NOTWITHSTANDING|EXCLUSIVE|SHALL|Shall|APPLY|TO|FOR|ANY|All|ALL|If|The|Any)\b)[A-Z][\w'\u2019-]*"
)
_PLACE = rf"{_PLACE_WORD}(?:\.(?=[A-Z]\.))?(?:[\s.]+(?:{_SMALL}\s+){{0,2}}{_PLACE_WORD}){{0,4}}"
_STATE = (
    r"(?:(?:the\s+)?(?:[Ss]tate|STATE|[Cc]ommonwealth|COMMONWEALTH|[Pp]rovince|PROVINCE|[Rr]epublic|"
    r"REPUBLIC|[Kk]ingdom|KINGDOM|[Cc]anton)\s+(?:of|OF)\s+(?:the\s+|THE\s+)?)?"
)
_LAWS_OF = re.compile(
    rf"\b(?:[Ll]aws?|LAWS?)\s+(?:(?:of|OF|in\s+effect\s+in|in|applicable|in\s+force\s+in|applicable\s+in|from\s+time\s+to\s+"
    rf"time\s+in\s+force\s+in)\s+)+(?:the\s+|THE\s+)?{_STATE}({_PLACE})"
)
_NAMED_LAW = re.compile(
    r"\b((?:[A-Z][a-z]+\s){0,2}[A-Z][a-z]+)\s+(?:[Ss]tate\s+|[Ss]ubstantive\s+)?[Ll]aws?\b"
)
_NO_NAME = re.compile(
    r"^(?:governing|applicable|the|this|such|any|all|under|by|international|common|civil|federal|"
    r"relevant|mandatory|local|data|privacy|tax|employment|labou?r|securities|bankruptcy|intellectual|"
    r"patent|export|choice|competition|other|state|protection)\b|\b(?:governing|protection)$",
    re.IGNORECASE,
)
_GOVERNS = re.compile(
    r"govern|constru|interpret|applicable|\bappl(?:y|ies)\b|subject\s+to|in\s+accordance\s+with|"
    r"enforce|regulated|choice\s+of\s+law",
    re.IGNORECASE,
)
_FOUNDED = re.compile(
    r"(?:organi[sz]ed|existing|incorporated|formed|registered|established|constituted|duly|"
    r"corporation|company)\b[^.;()]{0,60}$",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\blaw\b|recht\b|droit|\bloi\b|legge|diritto|\bley\b|legislaci|jurisdic|gerichtsstand|foro",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:[\d.]{1,8}\s+)?(?:governing|applicable)\s+law\s*:\s*(?:the\s+)?(?:laws?\s+of\s+)?(?:the\s+)?"
    rf"(?:state\s+of\s+)?({_PLACE})\.?\s*$",
    re.IGNORECASE,
)
_ADJECTIVE_DE = (
    r"(?:deutsch|österreichisch|schweizerisch|schweizer|liechtensteinisch|englisch|französisch|"
    r"luxemburgisch|niederländisch|belgisch|italienisch|spanisch|polnisch|dänisch|schwedisch)"
)
_CIVIL = re.compile(
    rf"((?:(?:ausschließlich|materielle[smn]?)\s+)?{_ADJECTIVE_DE}(?:e[smnr]?)?\s+(?:materielle[smn]?\s+)?"
    r"Rechts?|Rechts?\s+(?:der\s+(?:Bundesrepublik|Republik|Schweizerischen)?\s*[A-ZÖ]\w+|von\s+[A-Z]\w+)|"
    r"(?:droits?|lois?|législation)\s+(?:(?:de\s+la\s+|de\s+l['\u2019]|du\s+|des\s+|de\s+)"
    r"[A-ZÉ][\w\u2019'-]+|(?:français|belge|suisse|luxembourgeois|anglais|allemand|italien|espagnol|"
    r"québécois|marocain|monégasque)e?s?)|"
    r"(?:legg[ei]|diritto|normativa)\s+(?:(?:della|dello|del|di)\s+[A-Z]\w+|(?:italian|svizzer|"
    r"frances|tedesc|ingles|spagnol)\w+)|"
    r"(?:ley(?:es)?|legislación|derecho|leis?|lei|direito|legislação)\s+(?:(?:de|del|da|do|de\s+la)\s+"
    r"[A-ZÁÉ]\w+|(?:común\s+)?(?:español|mexican|argentin|chilen|colombian|peruan|portugues|"
    r"brasileir|frances|ingles|suiz)\w+)|"
    r"(?:Nederlands|Belgisch|Duits|Engels|Zwitsers|Frans|Luxemburgs)e?\s+recht|"
    r"(?:svensk|dansk|norsk|finsk)\s+(?:lag|rätt|ret|rett)|prawo?[am]?\s+polski\w+)\b",
    re.IGNORECASE,
)
_CIVIL_GOVERNS = re.compile(
    r"\bgilt\b|gelten|findet|finden|anwend|unterlieg|richtet|maßgeb|vereinbar|zugrunde|geregelt|"
    r"soumis|régi|applicable|applique|interprét|regolat|disciplinat|applica|soggett|rige|regirá|"
    r"sujeto|sujeta|somete|aplicable|aplicación|aplicará|regid|rege|aplicável|toepass|beheerst|"
    r"onderworpen|geldt|tillämp|regleras|podlega",
    re.IGNORECASE,
)
_CLEAR = 0.91
"""The confidence of a law beside words that say that it governs."""
_LIKELY = 0.86
"""The confidence with only such words in the sentence, or only such a heading."""
_POSSIBLE = 0.6
"""The confidence of the name of a law with less than that."""
_FROM_LABEL = 0.85
"""The confidence of a law behind a label such as `Governing law:`."""
_TAIL = re.compile(r"[\s.,]+(?:and|of|the|OF|AND|THE)?$")


def is_english(value: str) -> bool:
    """Whether a law is named in English: in none of the forms of other languages."""
    return not _CIVIL.search(value)


def find(clause: Clause) -> Iterator[Fact]:
    """The laws that a clause names as governing, with their place in the text."""
    text = clause.text
    headed = bool(_HEADING.search(clause.heading))
    start = 0
    for phrase in paragraphs.sentences(text):
        start = max(text.find(phrase, start), 0)
        for (begin, end), confidence in _in_sentence(phrase, headed=headed):
            yield _fact(clause, (start + begin, start + end), text, confidence)


def _in_sentence(phrase: str, *, headed: bool) -> Iterator[tuple[tuple[int, int], float]]:
    if label := _LABEL.match(phrase):
        yield label.span(1), _FROM_LABEL
    if _GOVERNS.search(phrase) or headed:
        for match in _LAWS_OF.finditer(phrase):
            if not _FOUNDED.search(phrase[: match.start()]):
                yield match.span(1), _CLEAR if _GOVERNS.search(phrase) else _LIKELY
        for match in _NAMED_LAW.finditer(phrase):
            if not _NO_NAME.search(match[1]):
                confidence_of_name = _LIKELY if _GOVERNS.search(phrase) and headed else _POSSIBLE
                near = re.search(
                    r"(?:govern\w*|construed|subject\s+to|accordance\s+with|under|that|by)"
                    r"(?:\s+(?:by|the|with|and|in))*\s*$",
                    phrase[: match.start()],
                )
                yield (
                    match.span(),
                    _CLEAR if near and _GOVERNS.search(phrase) else confidence_of_name,
                )
    if _CIVIL_GOVERNS.search(phrase) or headed:
        for match in _CIVIL.finditer(phrase):
            yield match.span(1), _CLEAR if _CIVIL_GOVERNS.search(phrase) else _LIKELY


def _fact(clause: Clause, chars: tuple[int, int], text: str, confidence: float) -> Fact:
    begin, end = chars
    value = _TAIL.sub("", text[begin:end])
    span, place = clause.passage.place(begin, begin + len(value))
    normalised = collapse_whitespace(value)
    return fact("governing_law", value, normalised, span, confidence, chars=place)
